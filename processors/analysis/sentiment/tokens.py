"""What both languages' sentiment makes of the words of a sentence, and expressions of several words as one."""

from dataclasses import dataclass
from typing import Final

from processors.analysis.sentiment.phrases import GAP, WIDEST_GAP, Phrase, Starts

_APOSTROPHES: Final = str.maketrans("", "", "'’‘`´")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a phrase as one word, and what the rules ask of it that does not depend on its neighbours."""

    text: str
    lower: str
    key: str
    """What phrases are made of: lower case without apostrophes, which speech-to-text may leave out."""
    valence: float | None
    """None for what is in no lexicon."""
    phrases: Starts | None = None
    """The phrases that begin with it."""
    booster: float = 0.0
    negates: bool = False
    removes: bool = False
    in_idiom: bool = False
    """One of the words that idioms and boosters of several words are made of (English)."""
    capitals: bool = False
    is_but: bool = False
    closes: bool = False
    """Punctuation follows: what comes next belongs to another clause."""
    ends: bool = False
    """It ends a sentence."""
    is_phrase: bool = False


def key_of(word: str) -> str:
    """A lower-case word as phrases have it."""
    return word.translate(_APOSTROPHES)


def join_phrases(tokens: list[Token]) -> list[Token]:
    """The tokens with each phrase among them as one; the first phrase wins, of those that begin with it the longest."""
    starts = [i for i, token in enumerate(tokens) if token.phrases is not None]
    if not starts:
        return tokens
    joined: list[Token] = []
    copied = 0
    for i in starts:
        if i < copied:
            continue
        phrase, end = _longest(tokens, i)
        if phrase is not None:
            joined += tokens[copied:i]
            joined.append(_as_one(tokens[i:end], phrase))
            copied = end
    return joined + tokens[copied:] if copied else tokens


def _longest(tokens: list[Token], first: int) -> tuple[Phrase | None, int]:
    """The longest phrase that begins with the token numbered `first`, and the place behind it."""
    starts = tokens[first].phrases
    best: Phrase | None = None
    longest = first
    if starts is None or first + 1 >= len(tokens) or tokens[first].ends:
        return best, longest
    for phrase in starts.beginning(tokens[first + 1].key):
        end = _end(tokens, first + 1, phrase, 1)
        if end > longest:
            best, longest = phrase, end
    return best, longest


def _end(tokens: list[Token], at: int, phrase: Phrase, matched: int) -> int:
    """The place behind the phrase of which `matched` words stand before `at`; 0 when it does not go on there."""
    words = phrase.words
    while matched < len(words):
        if words[matched] == GAP:
            for skipped in range(WIDEST_GAP + 1):
                if any(token.ends for token in tokens[at - 1 : at + skipped]):
                    return 0
                if end := _end(tokens, at + skipped, phrase, matched + 1):
                    return end
            return 0
        if at >= len(tokens) or tokens[at].key != words[matched] or tokens[at - 1].ends:
            return 0
        at += 1
        matched += 1
    return at


def _as_one(tokens: list[Token], phrase: Phrase) -> Token:
    text = " ".join([token.text for token in tokens])
    lower = text.lower()
    return Token(
        text=text,
        lower=lower,
        key=lower,
        valence=phrase.valence or None,
        negates=phrase.negates,
        closes=tokens[-1].closes,
        ends=tokens[-1].ends,
        is_phrase=True,
    )
