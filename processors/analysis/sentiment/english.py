"""English sentiment: the compound of NLTK's VADER, to the last decimal, without its cost.

NLTK builds a dictionary of words times punctuation for each sentence and looks at every word. Here what a
token is (its word, valence, booster, negation) is worked out once and remembered, and only words of the
lexicon are followed up: many sentences have none. Constants come from NLTK, the lexicon from the wheel
vaderSentiment. NLTK's quirks are kept and named where they are; tests/property/test_sentiment.py compares.
"""

import string
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from nltk.sentiment.vader import VaderConstants

from processors.analysis.sentiment.scale import Contribution, to_compound
from processors.text.cache import Memo
from processors.text.sentences import chunks

_AFFIXES: Final = frozenset(VaderConstants.PUNC_LIST)
_WITHOUT_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)
_BOOSTERS: Final[dict[str, float]] = VaderConstants.BOOSTER_DICT
_IDIOMS: Final[dict[str, float]] = VaderConstants.SPECIAL_CASE_IDIOMS
_IDIOM_WORDS: Final = frozenset(
    word for phrase in (*_IDIOMS, *_BOOSTERS) if " " in phrase for word in phrase.split()
)
_NEGATIONS: Final[frozenset[str]] = frozenset(VaderConstants.NEGATE)
_NEGATED: Final[float] = VaderConstants.N_SCALAR
_CAPITALS: Final[float] = VaderConstants.C_INCR
_DAMPENED: Final[float] = VaderConstants.B_DECR
_BY_DISTANCE: Final = (1.0, 0.95, 0.9)
"""A booster's effect fades with the number of words between it and the word that it boosts."""


@dataclass(frozen=True, slots=True)
class Token:
    """What the rules ask of a token, none of which depends on its neighbours."""

    text: str
    lower: str
    valence: float | None
    booster: float
    negates: bool
    in_idiom: bool
    """One of the words that idioms and boosters of several words are made of."""
    capitals: bool
    is_but: bool


def compound(sentence: str) -> float:
    """VADER's compound of an English sentence, in [-1, 1]."""
    found = _valences(_tokens(sentence))
    return to_compound(sum([valence for _, valence in found]), sentence) if found else 0.0


def explain(sentence: str) -> list[Contribution]:
    """The words that make up the compound, with the valence of each."""
    tokens = _tokens(sentence)
    return [Contribution(tokens[i].text, valence) for i, valence in _valences(tokens) if valence]


@cache
def lexicon() -> dict[str, float]:
    """VADER's lexicon: lower-case word or emoticon to its valence in [-4, 4]."""
    lines = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf-8").split("\n")
    entries = (line.strip().split("\t")[:2] for line in lines)
    return {word: float(valence) for word, valence in entries}


def _token(raw: str) -> Token | None:
    """The token for what stands between white space; None for a single character, which VADER skips."""
    if len(raw) < 2:
        return None
    text = _strip(raw)
    lower = text.lower()
    return Token(
        text=text,
        lower=lower,
        valence=lexicon().get(lower),
        booster=_BOOSTERS.get(lower, 0.0),
        negates=lower in _NEGATIONS or "n't" in lower,
        in_idiom=text in _IDIOM_WORDS,
        capitals=text.isupper(),
        is_but=lower == "but",
    )


def _strip(raw: str) -> str:
    """`raw` without its punctuation, when it has some on one side only; else it may be an emoticon."""
    word = raw.translate(_WITHOUT_PUNCTUATION)
    if len(word) > 1 and (
        (raw.startswith(word) and raw[len(word) :] in _AFFIXES)
        or (raw.endswith(word) and raw[: -len(word)] in _AFFIXES)
    ):
        return word
    return raw


_TOKENS: Final = Memo(_token)

may_feel: Final = Memo(lambda chunk: (token := _token(chunk)) is not None and token.valence is not None)
"""Whether a chunk has a feeling by itself; a sentence without such has compound 0."""


def _tokens(sentence: str) -> list[Token]:
    return [token for chunk in chunks(sentence) if (token := _TOKENS[chunk]) is not None]


def _valences(tokens: list[Token]) -> list[tuple[int, float]]:
    """Index and valence of each token that is in the lexicon."""
    hits = [i for i, token in enumerate(tokens) if token.valence is not None]
    if not hits:
        return []
    capitals_tell = not all(token.capitals for token in tokens)
    first: dict[str, int] = {}
    found = [(i, _valence(tokens, first.setdefault(tokens[i].text, i), capitals_tell)) for i in hits]
    for but, token in enumerate(tokens):
        if token.is_but:
            return [(i, valence * (0.5 if i < but else 1.5)) for i, valence in found]
    return found


def _valence(tokens: list[Token], i: int, capitals_tell: bool) -> float:
    """The valence of the lexicon's word at `i`, with what the words around it do to it.

    Quirk of NLTK: a repeated word counts each time as it does where it is first said; the caller passes that
    place.
    """
    token = tokens[i]
    valence = token.valence
    assert valence is not None
    if token.booster or (token.lower == "kind" and i + 1 < len(tokens) and tokens[i + 1].lower == "of"):
        return 0.0
    if token.capitals and capitals_tell:
        valence += _CAPITALS if valence > 0 else -_CAPITALS
    for distance in range(1, min(i, 3) + 1):
        before = tokens[i - distance]
        if before.valence is not None:
            continue
        if before.booster:
            booster = before.booster if valence >= 0 else -before.booster
            if before.capitals and capitals_tell:
                booster += _CAPITALS if valence > 0 else -_CAPITALS
            valence += booster * _BY_DISTANCE[distance - 1]
        if before.negates or distance == 3:
            valence *= _negation(tokens, i, distance)
        if distance == 3 and (token.in_idiom or tokens[i - 1].in_idiom or tokens[i - 2].in_idiom):
            valence = _idiom(tokens, i, valence)
    return valence * _least(tokens, i)


def _negation(tokens: list[Token], i: int, distance: int) -> float:
    """The factor by which the token `distance` before `i` turns its valence.

    Quirks of NLTK: "never so" and "never this" count in lower case only, and at distance three "so" or "this"
    right before the word is enough.
    """
    if distance == 2 and tokens[i - 2].text == "never" and tokens[i - 1].text in ("so", "this"):
        return 1.5
    if distance == 3 and (
        (tokens[i - 3].text == "never" and tokens[i - 2].text in ("so", "this"))
        or tokens[i - 1].text in ("so", "this")
    ):
        return 1.25
    return _NEGATED if tokens[i - distance].negates else 1.0


def _least(tokens: list[Token], i: int) -> float:
    """The factor of "least" right before `i`, unless it is "at least" or "very least"."""
    if i == 0 or tokens[i - 1].lower != "least" or tokens[i - 1].valence is not None:
        return 1.0
    return 1.0 if i > 1 and tokens[i - 2].lower in ("at", "very") else _NEGATED


def _idiom(tokens: list[Token], i: int, valence: float) -> float:
    """The valence of an idiom around `i`, else `valence`; less when "kind of" or the like stands before.

    Quirk of NLTK: idioms need three words before the word of the lexicon and count in lower case only.
    """
    three, two, one, zero = (token.text for token in tokens[i - 3 : i + 1])
    for idiom in (
        f"{one} {zero}",
        f"{two} {one} {zero}",
        f"{two} {one}",
        f"{three} {two} {one}",
        f"{three} {two}",
    ):
        if idiom in _IDIOMS:
            valence = _IDIOMS[idiom]
            break
    after = [token.text for token in tokens[i + 1 : i + 3]]
    for count in range(1, len(after) + 1):
        valence = _IDIOMS.get(" ".join([zero, *after[:count]]), valence)
    if f"{three} {two}" in _BOOSTERS or f"{two} {one}" in _BOOSTERS:
        valence += _DAMPENED
    return valence
