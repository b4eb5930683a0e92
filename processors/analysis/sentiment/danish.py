"""Danish sentiment: VADER's rules with Danish words, over the lexicon of danish_lexicon and the sales lexicon.

What differs from English: a negation may follow its verb ("det hjælper ikke"), "ikke kun" negates nothing, "godt"
after a modal verb only affirms ("det kan godt være"), an expression counts as one word, verbs of removing turn
what is bad ("undgår fejl"), and AFINN's faintest step alone makes no sentence positive or negative.
docs/accuracy.md says how well that does.
"""

from collections.abc import Sequence
from math import copysign
from typing import Final
from unicodedata import is_normalized, normalize

from processors.analysis.sentiment.danish_lexicon import Words, general_lines
from processors.analysis.sentiment.phrases import Lexicon, Line
from processors.analysis.sentiment.scale import Contribution, to_compound
from processors.analysis.sentiment.tokens import Token, has_phrase, is_negated_from_afar, join_phrases, key_of
from processors.lang.da import sentiment as danish
from processors.text.chunks import Chunk, Look, chunks

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


_BOOSTERS: Final = dict.fromkeys(danish.STRONGER, _BOOSTED) | dict.fromkeys(danish.WEAKER, -_BOOSTED)
_TURNING: Final = frozenset(_BOOSTERS) | danish.NEGATIONS | danish.REMOVERS
"""Words that change the valence of others: a new word is mostly none of them."""
_PUNCTUATION: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”„‘’–—…"
_QUOTES: Final = "\"'”’»«)]"
_ENDING: Final = (".", "!", "?", "…")


def analysis(sales: Sequence[Line] | None) -> "DanishSentiment":
    """The rules over the general lexicon, with the words and phrases of `sales` over it where they are given."""
    return DanishSentiment(sales)


class DanishSentiment:
    """The rules over the general lexicon, with the words and phrases of `sales` over it where they are given."""

    def __init__(self, sales: Sequence[Line] | None) -> None:
        self._within_sentence = sales is not None
        general = general_lines()
        self._lexicon = Lexicon([*general, *(sales or ())])
        self._general = Words({word: entry.valence for word, entry in Lexicon(general).words.items()})
        self._sales = Lexicon(sales or ()).words
        """In the form that they are written: "opgav" (gave up) says nothing of "opgaver" (tasks)."""
        self._seen = Look(self._token)

    def may_feel(self, said: Sequence[Chunk]) -> bool:
        """Whether a text of these chunks may have a feeling; one that may not has compound 0."""
        tokens = self._seen.at(said)
        feeling = [token for token in tokens if token.valence is not None]
        return bool(feeling) or has_phrase(tokens)

    def is_answer(self, sentence: str) -> bool:
        """Whether a sentence is nothing but "ja", "nej" and the like."""
        return all(token.key in danish.ANSWERS for token in self._seen.at(chunks(sentence)))

    def compound(self, sentence: str, *, only_phrases: bool = False) -> float:
        """The compound of a sentence, in [-1, 1]."""
        total = sum([valence for _, valence in self._valences(sentence, only_phrases=only_phrases)])
        if abs(total) <= _FAINT:
            return 0.0
        return to_compound(total - copysign(_FAINT, total), sentence)

    def explain(self, sentence: str, *, only_phrases: bool = False) -> list[Contribution]:
        """The words and phrases that make up the compound, with the valence of each."""
        found = self._valences(sentence, only_phrases=only_phrases)
        return [Contribution(token.text, valence, token.why) for token, valence in found]

    def _token(self, chunk: Chunk) -> Token:
        """The token for what stands between white space."""
        raw = chunk.text
        if not raw.isascii() and not is_normalized("NFC", raw):
            raw = normalize("NFC", raw)
        text = raw.strip(_PUNCTUATION) or raw
        lower = text.lower()
        key = key_of(lower)
        sales = self._sales.get(key)
        valence = self._general.valence(lower) if sales is None else sales.valence
        turns = lower in _TURNING
        return Token(
            text=text,
            lower=lower,
            key=key,
            valence=valence or None,
            phrases=self._lexicon.starts.get(key),
            booster=_BOOSTERS.get(lower, 0.0) if turns else 0.0,
            negates=turns and lower in danish.NEGATIONS,
            removes=turns and lower in danish.REMOVERS,
            capitals=text.isupper() and len(text) > 1,
            is_but=lower == danish.BUT,
            closes=not raw.endswith(text),
            ends=raw.rstrip(_QUOTES).endswith(_ENDING),
            why="" if sales is None else sales.why,
        )

    def _valences(self, sentence: str, *, only_phrases: bool) -> list[tuple[Token, float]]:
        """Each token that has a feeling, with its valence as it is among the other words."""
        tokens = join_phrases(self._seen.at(chunks(sentence)))
        hits = [i for i, token in enumerate(tokens) if token.valence and not _is_particle(tokens, i)]
        if only_phrases:
            hits = [i for i in hits if tokens[i].is_phrase]
        if not hits:
            return []
        capitals_tell = not all(token.capitals for token in tokens)
        found = [
            (tokens[i], _valence(tokens, i, capitals_tell, within_sentence=self._within_sentence), i)
            for i in hits
        ]
        for but, token in enumerate(tokens):
            if token.is_but:
                return [(said, valence * (0.5 if i < but else 1.5)) for said, valence, i in found]
        return [(said, valence) for said, valence, _ in found]


def _valence(tokens: list[Token], i: int, capitals_tell: bool, *, within_sentence: bool) -> float:
    """The valence of the token at `i` with what the words around it do to it."""
    token = tokens[i]
    valence = token.valence or 0.0
    if token.capitals and capitals_tell:
        valence += copysign(_CAPITALS, valence)
    if within_sentence and token.key in danish.SENTENCE_ADVERBS:
        return valence
    for distance in range(1, min(i, _WINDOW) + 1):
        before = tokens[i - distance]
        if before.is_but or (within_sentence and before.ends):
            break
        if before.booster and not before.valence:
            booster = before.booster if valence > 0 else -before.booster
            valence += booster * _BY_DISTANCE[distance - 1]
        if before.negates:
            if not token.says_no and _pair(before, tokens[i - distance + 1]) not in danish.NO_NEGATIONS:
                valence *= _NEGATED
        elif before.removes and valence < 0:
            valence *= _REMOVED
    if not token.says_no and is_negated_from_afar(tokens, i, _WINDOW):
        valence *= _NEGATED
    return valence * _NEGATED if _is_negated_behind(tokens, i) else valence


def _pair(one: Token, next_to_it: Token) -> str:
    return f"{one.lower} {next_to_it.lower}"


def _is_negated_behind(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb at `i` has its negation behind it, at most a pronoun between: "hjælper os ikke"."""
    if not tokens[i].lower.endswith(danish.FINITE_ENDINGS):
        return False
    for behind in (i + 1, i + 2):
        if behind >= len(tokens) or tokens[behind - 1].closes:
            return False
        if tokens[behind].lower in danish.POSTPOSED:
            following = tokens[behind + 1].lower if behind + 1 < len(tokens) else ""
            return f"{tokens[behind].lower} {following}" not in danish.NO_NEGATIONS
        if tokens[behind].lower not in danish.PRONOUNS:
            return False
    return False


def _is_particle(tokens: list[Token], i: int) -> bool:
    """Whether "godt" at `i` says that something may be so ("kan godt", "ved jeg godt"), not that it is good."""
    if tokens[i].lower != "godt":
        return False
    if i + 1 < len(tokens) and (tokens[i + 1].lower in danish.MODALS or tokens[i + 1].lower.isdecimal()):
        return True
    for before in reversed(tokens[max(0, i - 4) : i]):
        if before.lower in danish.MODALS:
            return True
        if before.lower not in danish.PRONOUNS and before.lower not in danish.ADVERBS:
            return False
    return False
