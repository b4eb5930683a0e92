"""English sentiment: the compound of VADER as its authors keep it (vaderSentiment 3.3.2), without its cost.

The package looks at every word and at every character in turn. Here what a token is (its word, valence, booster,
negation) is worked out once and remembered, and only words of the lexicon are followed up: many sentences have none.
Constants are NLTK's, boosters, idioms and lexicons the package's: NLTK's copy lacks eighteen boosters and its mends
of idioms and of "no". Its quirks are kept and named where they are; tests/property/test_sentiment.py
compares. With the sales lexicon its phrases count as one word, and a "no" that answers negates nothing.
"""

import ast
import re
import string
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import Any, Final  # Any: what a literal of NLTK's says

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SPECIAL_CASES

from processors.analysis.sentiment.phrases import Lexicon, Line
from processors.analysis.sentiment.scale import Contribution, to_compound
from processors.analysis.sentiment.tokens import Token, has_phrase, is_negated_from_afar, join_phrases, key_of
from processors.lang.en import sentiment as english
from processors.text.chunks import Chunk, Look, chunks


def nltk_constants() -> dict[str, Any]:
    """What NLTK's VaderConstants says by literals, read from its source: to import it brings all of NLTK along, which
    costs every process 40 MB and half a second."""
    source = Path(str(distribution("nltk").locate_file("nltk/sentiment/vader.py"))).read_text(
        encoding="utf-8"
    )
    body = next(
        node.body
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == "VaderConstants"
    )
    return {
        target.id: ast.literal_eval(node.value)
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("NEGATE", "N_SCALAR", "C_INCR")
    }


_NLTK: Final = nltk_constants()
_BOOSTERS: Final[dict[str, float]] = BOOSTER_DICT
_IDIOMS: Final[dict[str, float]] = SPECIAL_CASES
_IDIOM_WORDS: Final = frozenset(
    word for phrase in (*_IDIOMS, *_BOOSTERS) if " " in phrase for word in phrase.split()
)
_NEGATIONS: Final[frozenset[str]] = frozenset(_NLTK["NEGATE"])
_TURNING: Final = frozenset(_BOOSTERS) | _NEGATIONS | _IDIOM_WORDS
"""Words that change the valence of others: a new word is mostly none of them."""
_NEGATED: Final[float] = _NLTK["N_SCALAR"]
_CAPITALS: Final[float] = _NLTK["C_INCR"]
_BY_DISTANCE: Final = (1.0, 0.95, 0.9)
"""A booster's effect fades with the number of words between it and the word that it boosts."""
_WINDOW: Final = 3
_EMPHASISED: Final = 1.25
_ENDING: Final = (".", "!", "?", "…")
_CLOSING: Final = (*_ENDING, ",", ";", ":")
_NO: Final = "no"


@cache
def vader_lexicon() -> dict[str, float]:
    """VADER's lexicon: lower-case word or emoticon to its valence in [-4, 4]."""
    return {word: float(rest.split("\t")[0]) for word, rest in _lines("vader_lexicon.txt")}


@cache
def emoji() -> dict[str, str]:
    """What an emoji is in words. The package looks at single characters, so that longer ones are not found."""
    return {
        character: rest.split("\t")[0]
        for character, rest in _lines("emoji_utf8_lexicon.txt")
        if len(character) == 1
    }


def _lines(name: str) -> list[tuple[str, str]]:
    """First column and rest of the lines of a file of the package."""
    text = files("vaderSentiment").joinpath(name).read_text(encoding="utf-8").rstrip("\n")
    columns = [line.strip().partition("\t") for line in text.split("\n") if line]
    return [(first, rest) for first, _, rest in columns]


@cache
def _an_emoji() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, emoji())) + "]")


def analysis(sales: Sequence[Line] | None) -> "EnglishSentiment":
    """VADER, with the words and phrases of `sales` over its lexicon where they are given."""
    return EnglishSentiment(sales)


class EnglishSentiment:
    """VADER, with the words and phrases of `sales` over its lexicon where it is given."""

    def __init__(self, sales: Sequence[Line] | None) -> None:
        self._sales = None if sales is None else Lexicon(sales)
        self._seen = Look(self._token)

    def may_feel(self, said: Sequence[Chunk]) -> bool:
        """Whether a text of these chunks may have a feeling; one that may not has compound 0."""
        tokens = self._seen.at(said)
        feeling = [token for token in tokens if token.valence is not None or token.is_emoji]
        return bool(feeling) or (self._sales is not None and has_phrase(tokens))

    def is_answer(self, sentence: str) -> bool:
        """Whether a sentence is nothing but "yes", "no" and the like."""
        return all(token.key in english.ANSWERS for token in self._seen.at(chunks(sentence)))

    def compound(self, sentence: str, *, only_phrases: bool = False) -> float:
        """The compound of a sentence, in [-1, 1]."""
        text = _in_words(sentence)
        found = self._valences(text, only_phrases=only_phrases)
        return to_compound(sum([valence for _, valence in found]), text) if found else 0.0

    def explain(self, sentence: str, *, only_phrases: bool = False) -> list[Contribution]:
        """The words that make up the compound, with the valence of each."""
        found = self._valences(_in_words(sentence), only_phrases=only_phrases)
        return [Contribution(token.text, valence, token.why) for token, valence in found if valence]

    def _token(self, chunk: Chunk) -> Token:
        """The token for what stands between white space."""
        raw = chunk.text
        text = raw.strip(string.punctuation)
        if len(text) <= 2:
            text = raw  # it may be an emoticon
        lower = text.lower()
        key = key_of(lower if text != raw else lower.rstrip(".,!?;:"))
        valence = vader_lexicon().get(lower)
        phrases = None
        why = ""
        if self._sales is not None:
            entry = self._sales.words.get(key)
            if entry is not None:
                valence, why = entry.valence or None, entry.why
            phrases = self._sales.starts.get(key)
        behind = raw.rstrip("\"'”’»)]")
        turns = lower in _TURNING
        return Token(
            text=text,
            lower=lower,
            key=key,
            valence=valence,
            phrases=phrases,
            booster=_BOOSTERS.get(lower, 0.0) if turns else 0.0,
            negates=(turns and lower in _NEGATIONS) or "n't" in lower,
            in_idiom=turns and lower in _IDIOM_WORDS,
            capitals=text.isupper(),
            is_emoji=_in_words(raw) != raw,
            is_but=lower == "but",
            closes=behind.endswith(_CLOSING),
            ends=behind.endswith(_ENDING),
            why=why,
        )

    def _tokens(self, text: str) -> list[Token]:
        tokens = self._seen.at(chunks(text))
        return tokens if self._sales is None else join_phrases(tokens)

    def _valences(self, text: str, *, only_phrases: bool) -> list[tuple[Token, float]]:
        """Each token that is in the lexicon, with its valence among the others."""
        tokens = self._tokens(text)
        hits = [i for i, token in enumerate(tokens) if token.valence is not None]
        if self._sales is not None and _NO in [tokens[i].lower for i in hits]:
            tokens = [_ANSWER if _answers(tokens, i) else token for i, token in enumerate(tokens)]
            hits = [i for i, token in enumerate(tokens) if token.valence is not None]
        if only_phrases:
            hits = [i for i in hits if tokens[i].is_phrase]
        if not hits:
            return []
        capitals_tell = not all(token.capitals for token in tokens)
        if self._sales is not None:
            found = [(i, _valence(*_sentence_of(tokens, i), capitals_tell)) for i in hits]
        else:
            found = [(i, _valence(tokens, i, capitals_tell)) for i in hits]
        for but, token in enumerate(tokens):
            if token.is_but:
                found = _weigh_contrast(found, but)
                break
        return [(tokens[i], valence) for i, valence in found]


_ANSWER: Final = Token(text="No", lower="no,", key="no", valence=None)
"""A "no" that answers. Written with its comma it is no word of VADER's lexicon either."""


def _answers(tokens: list[Token], i: int) -> bool:
    """Whether there is a "no" at `i` that answers, and does not belong to what comes next: "no I think we're good"."""
    if tokens[i].lower != _NO:
        return False
    if i + 1 < len(tokens) and not tokens[i].closes and tokens[i + 1].key not in english.AFTER_ANSWER:
        return False
    return i == 0 or tokens[i - 1].closes or tokens[i - 1].key in english.BEFORE_ANSWER


def _in_words(text: str) -> str:
    """`text` with its emoji in words, as the package puts them."""
    if text.isascii() or _an_emoji().search(text) is None:
        return text
    words = emoji()
    written: list[str] = []
    after_blank = True
    for character in text:
        if character in words:
            written.append(words[character] if after_blank else f" {words[character]}")
            after_blank = False
        else:
            written.append(character)
            after_blank = character == " "
    return "".join(written)


def _valence(tokens: list[Token], i: int, capitals_tell: bool) -> float:
    """The valence of the lexicon's word at `i`, with what the words around it do to it."""
    token = tokens[i]
    alone = token.valence
    assert alone is not None
    valence = alone
    if token.booster or (token.lower == "kind" and i + 1 < len(tokens) and tokens[i + 1].lower == "of"):
        return 0.0
    if token.lower == _NO and i + 1 < len(tokens) and tokens[i + 1].valence is not None:
        valence = 0.0  # it negates the next word instead
    if _is_after_no(tokens, i) and not token.says_no:
        valence = alone * _NEGATED
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
    if not token.says_no and is_negated_from_afar(tokens, i, _WINDOW):
        valence *= _NEGATED
    return valence * _least(tokens, i)


def _sentence_of(tokens: list[Token], i: int) -> tuple[list[Token], int]:
    """The tokens without those of sentences before that of the token at `i`, and its place among them.

    Nothing negates or boosts what no negation belongs to: another sentence, or a remark about the whole one.
    """
    if tokens[i].key in english.SENTENCE_ADVERBS:
        return tokens[i:], 0
    for start in range(i, max(i - 3, 0), -1):
        if tokens[start - 1].ends:
            return tokens[start:], i - start
    return tokens, i


def _is_after_no(tokens: list[Token], i: int) -> bool:
    """Whether "no" negates the word at `i`: one or two words before it, or three with an "or" between."""
    if i > 0 and tokens[i - 1].lower == _NO:
        return True
    if i > 1 and tokens[i - 2].lower == _NO:
        return True
    return i > 2 and tokens[i - 3].lower == _NO and tokens[i - 1].lower in ("or", "nor")


def _negation(tokens: list[Token], i: int, distance: int) -> float:
    """The factor by which the token `distance` before `i` turns its valence.

    Quirk of the package: at distance three "so" or "this" right before the word is enough.
    """
    before = tokens[i - distance]
    if distance == 2:
        if before.lower == "never" and tokens[i - 1].lower in ("so", "this"):
            return _EMPHASISED
        if before.lower == "without" and tokens[i - 1].lower == "doubt":
            return 1.0
    elif distance == 3:
        if (before.lower == "never" and tokens[i - 2].lower in ("so", "this")) or tokens[i - 1].lower in (
            "so",
            "this",
        ):
            return _EMPHASISED
        if before.lower == "without" and "doubt" in (tokens[i - 2].lower, tokens[i - 1].lower):
            return 1.0
    return _NEGATED if before.negates and not tokens[i].says_no else 1.0


def _least(tokens: list[Token], i: int) -> float:
    """The factor of "least" right before `i`, unless it is "at least" or "very least"."""
    if i == 0 or tokens[i - 1].lower != "least" or tokens[i - 1].valence is not None:
        return 1.0
    return 1.0 if i > 1 and tokens[i - 2].lower in ("at", "very") else _NEGATED


def _idiom(tokens: list[Token], i: int, valence: float) -> float:
    """The valence of an idiom around `i`, else `valence`; less for each "kind of" or the like before it.

    Quirk of the package: idioms need three words before the word of the lexicon.
    """
    three, two, one, zero = (token.lower for token in tokens[i - 3 : i + 1])
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
    after = [token.lower for token in tokens[i + 1 : i + 3]]
    for count in range(1, len(after) + 1):
        valence = _IDIOMS.get(" ".join([zero, *after[:count]]), valence)
    for said in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
        valence += _BOOSTERS.get(said, 0.0)
    return valence


def _weigh_contrast(found: list[tuple[int, float]], but: int) -> list[tuple[int, float]]:
    """What stands before "but" counts half, what stands behind it half as much again.

    Quirk of the package: it looks a valence up by its value, so that of equal ones the first is weighed again.
    """
    places = [place for place, _ in found]
    values = [value for _, value in found]
    for value_at in range(len(values)):
        first = values.index(values[value_at])
        values[first] *= 0.5 if places[first] < but else 1.5
    return list(zip(places, values, strict=True))
