"""Lexicons of words and phrases: how a line of one is read, and how phrases are found by their first two words.

A line has a valence, a word or phrase, and why, with tabs between: `-2.5`, `(go|went) with (another|someone else)`,
`lost`. Alternatives stand in brackets, an empty one for nothing; `...` is a gap of up to two words; `not` in the place
of a valence makes the phrase negate what follows it. A phrase of valence 0 takes the feeling of its words away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

GAP: Final = "..."
"""Among the words of a phrase: nothing, or a word or two."""
WIDEST_GAP: Final = 2

_ALTERNATIVES: Final = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, lower case without apostrophes, that mean something together."""

    words: tuple[str, ...]
    valence: float
    negates: bool
    why: str


class Starts:
    """The phrases that begin with one word, by their second."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_second: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            by_second[phrase.words[1]].append(phrase)
        self._gapped = tuple(by_second.pop(GAP, ()))
        self._by_second = {second: (*found, *self._gapped) for second, found in by_second.items()}

    def beginning(self, second: str) -> tuple[Phrase, ...]:
        """Those that may go on with this word."""
        return self._by_second.get(second, self._gapped)


class Lexicon:
    """The words and phrases of a lexicon's lines."""

    def __init__(self, entries: Sequence[Phrase]) -> None:
        self.words = {entry.words[0]: entry for entry in entries if len(entry.words) == 1}
        by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        for entry in entries:
            if len(entry.words) > 1:
                by_first[entry.words[0]].append(entry)
        self.starts = {first: Starts(phrases) for first, phrases in by_first.items()}
        self.telling = frozenset(
            max(entry.words, key=_rarity) for entry in entries if len(entry.words) > 1 and entry.valence
        )
        """A text without one of these words has no phrase with a feeling."""


def _rarity(word: str) -> int:
    """Long words are rare ones."""
    return 0 if word == GAP else len(word)


def read(lines: Iterable[str]) -> list[Phrase]:
    """The entries of a lexicon's lines, later ones over earlier ones.

    Raises ValueError, which quotes the line, for one that is not of the form above.
    """
    found: dict[tuple[str, ...], Phrase] = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.rstrip("\n").split("\t")
        if len(columns) != 3 or not all(columns):
            raise ValueError(f"{line!r}: a line is a valence, a word or phrase, and why, with tabs between")
        valence, pattern, why = columns
        for words in _expand(pattern):
            if GAP in (words[0], words[-1]):
                raise ValueError(f"{line!r}: a phrase begins and ends with a word")
            negates = valence == "not"
            found[words] = Phrase(words, 0.0 if negates else float(valence), negates, why)
    return list(found.values())


def _expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """Every phrase that a pattern stands for."""
    parts = _ALTERNATIVES.split(pattern)  # text and alternatives in turn
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    for choice in product(*choices):
        yield tuple("".join(choice).replace("'", "").lower().split())
