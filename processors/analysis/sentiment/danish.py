"""Danish sentiment: VADER's rules with Danish words, over the lexicon of danish_lexicon.

What differs from English: a negation may follow its verb ("det hjælper ikke"), "ikke kun" negates nothing, "godt"
after a modal verb only affirms ("det kan godt være"), an expression counts as one word, verbs of removing turn
what is bad ("undgår fejl"), and AFINN's faintest step alone makes no sentence positive or negative.
docs/accuracy.md says how well that does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import copysign
from typing import Final
from unicodedata import normalize

from processors.analysis.sentiment.danish_lexicon import Expressions, lexicon
from processors.analysis.sentiment.scale import Contribution, to_compound
from processors.text.cache import Memo
from processors.text.sentences import chunks

_NEGATED: Final = -0.74
_BOOSTED: Final = 0.293
_CAPITALS: Final = 0.733
_BY_DISTANCE: Final = (1.0, 0.95, 0.9)
_WINDOW: Final = 3
"""VADER's constants: what a negation, a booster and capitals do, and how many words away."""
_REMOVED: Final = -0.5
"""What a verb of removing does to something bad: less than having the good."""
_FAINT: Final = 1.0
"""AFINN's weakest valence. Text of every kind holds such words, so a sentence starts to lean beyond it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS: Final = _set(
    "ikke ik ikk aldrig ingen intet ingenting hverken uden næppe sjældent trods manglende nul mindre færre"
)
_NO_NEGATIONS: Final = frozenset(
    {"ikke kun", "ikke bare", "ikke blot", "ikke alene", "ikke mindst", "uden for"}
)
_POSTPOSED: Final = _set("ikke ik ikk aldrig")
_FINITE_ENDINGS: Final = ("r", "s", "de", "te")
"""How a finite verb ends; its negation stands behind it."""
_STRONGER: Final = _set(
    """
    meget rigtig rigtigt virkelig helt vildt ekstremt utrolig utroligt særdeles yderst enormt total totalt
    fuldstændig fuldstændigt ualmindelig ualmindeligt usædvanlig usædvanligt overordentlig særlig særligt så ret
    ganske langt endnu mere mest dybt kæmpe alt absolut simpelthen vanvittig vanvittigt ekstra bare sindssygt
    pisse skide mega hamrende
    """
)
_WEAKER: Final = _set(
    "lidt noget nogenlunde næsten knap delvist smule anelse måske nok rimelig rimeligt sådan"
)
_BOOSTERS: Final = dict.fromkeys(_STRONGER, _BOOSTED) | dict.fromkeys(_WEAKER, -_BOOSTED)
_REMOVERS: Final = _set(
    """
    reducere reducerer reduceret undgå undgår undgik slippe slipper slap løse løser løste løst forebygge
    forebygger forhindre forhindrer forhindret mindske mindsker mindsket nedbringe nedbringer minimere
    minimerer fjerne fjerner fjernet stoppe stopper bekæmpe bekæmper
    """
)
_BUT: Final = "men"
_MODALS: Final = _set("kan kunne vil ville må måtte skal skulle ved vidste tør tror gider burde bør")
_PRONOUNS: Final = _set("jeg du han hun den det vi i de man der mig dig ham hende os jer dem sig")
_ADVERBS: Final = _set("da jo nu også sagtens nok ikke selv altid")
_PUNCTUATION: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”„‘’–—…"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or an expression as one word, and what the rules ask of it that does not depend on its neighbours."""

    text: str
    lower: str
    valence: float = 0.0
    expressions: Expressions = field(default_factory=dict)
    booster: float = 0.0
    negates: bool = False
    removes: bool = False
    capitals: bool = False
    is_but: bool = False
    closes: bool = False
    """Punctuation follows: what comes next belongs to another phrase."""


def compound(sentence: str) -> float:
    """The compound of a Danish sentence, in [-1, 1]."""
    total = sum([valence for _, valence in _valences(_tokens(sentence))])
    if abs(total) <= _FAINT:
        return 0.0
    return to_compound(total - copysign(_FAINT, total), sentence)


def explain(sentence: str) -> list[Contribution]:
    """The words and expressions that make up the compound, with the valence of each."""
    tokens = _tokens(sentence)
    return [Contribution(tokens[i].text, valence) for i, valence in _valences(tokens)]


def _token(raw: str) -> Token:
    """The token for what stands between white space."""
    raw = normalize("NFC", raw)
    text = raw.strip(_PUNCTUATION) or raw
    lower = text.lower()
    return Token(
        text=text,
        lower=lower,
        valence=lexicon().valence(lower),
        expressions=lexicon().expressions(lower),
        booster=_BOOSTERS.get(lower, 0.0),
        negates=lower in NEGATIONS,
        removes=lower in _REMOVERS,
        capitals=text.isupper() and len(text) > 1,
        is_but=lower == _BUT,
        closes=not raw.endswith(text),
    )


_TOKENS: Final = Memo(_token)

may_feel: Final = Memo(lambda chunk: lexicon().may_feel(_token(chunk).lower))
"""Whether a chunk may have a feeling; a sentence of chunks that have none has compound 0."""


def _tokens(sentence: str) -> list[Token]:
    tokens = [_TOKENS[chunk] for chunk in chunks(sentence)]
    starts = [i for i, token in enumerate(tokens) if token.expressions]
    if starts and (found := {i: length for i in starts if (length := _expression_length(tokens, i))}):
        return _joined(tokens, found)
    return tokens


def _expression_length(tokens: list[Token], i: int) -> int:
    """The number of tokens of the longest expression that starts at `i`, 0 for none."""
    if i + 1 < len(tokens):
        for words in tokens[i].expressions.get(tokens[i + 1].lower, ()):
            if tuple(token.lower for token in tokens[i : i + len(words)]) == words:
                return len(words)
    return 0


def _joined(tokens: list[Token], expressions: Mapping[int, int]) -> list[Token]:
    """The tokens with each expression, given by its place and length, as one that has a valence and no effect."""
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        length = expressions.get(i, 1)
        if length > 1:
            text = " ".join(token.text for token in tokens[i : i + length])
            valence = lexicon().valence(text.lower())
            joined.append(Token(text, text.lower(), valence, closes=tokens[i + length - 1].closes))
        else:
            joined.append(tokens[i])
        i += length
    return joined


def _valences(tokens: list[Token]) -> list[tuple[int, float]]:
    """Index and valence of each token that has a feeling, as it is among the other words."""
    hits = [i for i, token in enumerate(tokens) if token.valence and not _is_particle(tokens, i)]
    if not hits:
        return []
    capitals_tell = not all(token.capitals for token in tokens)
    found = [(i, _valence(tokens, i, capitals_tell)) for i in hits]
    for but, token in enumerate(tokens):
        if token.is_but:
            return [(i, valence * (0.5 if i < but else 1.5)) for i, valence in found]
    return found


def _valence(tokens: list[Token], i: int, capitals_tell: bool) -> float:
    """The valence of the token at `i` with what the words around it do to it."""
    token = tokens[i]
    valence = token.valence
    if token.capitals and capitals_tell:
        valence += copysign(_CAPITALS, valence)
    for distance in range(1, min(i, _WINDOW) + 1):
        before = tokens[i - distance]
        if before.is_but:
            break
        if before.booster and not before.valence:
            booster = before.booster if valence > 0 else -before.booster
            valence += booster * _BY_DISTANCE[distance - 1]
        if before.negates and f"{before.lower} {tokens[i - distance + 1].lower}" not in _NO_NEGATIONS:
            valence *= _NEGATED
        elif before.removes and valence < 0:
            valence *= _REMOVED
    return valence * _NEGATED if _is_negated_behind(tokens, i) else valence


def _is_negated_behind(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb at `i` has its negation behind it, at most a pronoun between: "hjælper os ikke"."""
    if not tokens[i].lower.endswith(_FINITE_ENDINGS):
        return False
    for behind in (i + 1, i + 2):
        if behind >= len(tokens) or tokens[behind - 1].closes:
            return False
        if tokens[behind].lower in _POSTPOSED:
            following = tokens[behind + 1].lower if behind + 1 < len(tokens) else ""
            return f"{tokens[behind].lower} {following}" not in _NO_NEGATIONS
        if tokens[behind].lower not in _PRONOUNS:
            return False
    return False


def _is_particle(tokens: list[Token], i: int) -> bool:
    """Whether "godt" at `i` says that something may be so ("kan godt", "ved jeg godt"), not that it is good."""
    if tokens[i].lower != "godt":
        return False
    if i + 1 < len(tokens) and (tokens[i + 1].lower in _MODALS or tokens[i + 1].lower.isdecimal()):
        return True
    for before in reversed(tokens[max(0, i - 4) : i]):
        if before.lower in _MODALS:
            return True
        if before.lower not in _PRONOUNS and before.lower not in _ADVERBS:
            return False
    return False
