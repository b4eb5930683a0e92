"""Chunks, what stands between the blanks of a text, and what the analyses see in each of them by itself.

Most segments have nothing for most analyses. So each first looks at every chunk by itself, whether it could matter, and
at the text only when one does. That question may be answered by yes too often, but never by no wrongly. A chunk is
found in memory once for all analyses, and holds what each look has seen in it: that saves time and changes no result.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final, Generic, TypeVar  # Any: a chunk holds whatever looks see

from processors.text.cache import Memo

T = TypeVar("T")

_LAST_TEXTS: Final = 8
"""The analyses of a segment ask for the same text one after another."""
_MARKS_BEHIND: Final = frozenset(".,!?:;")
_PLACES: Final = 32
"""In each chunk, for what looks see: as many as a process has; what tests make beyond has its place behind them."""
_NEXT_PLACE: Final = count()
_ENTRIES: Final = 6
"""As so many entries of the memos' budget a chunk counts, with what is seen in it."""


class Chunk:
    """What stands between two blanks: a word with its punctuation."""

    __slots__ = ("lower", "seen", "text", "word")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower()
        word = self.lower[:-1] if text[-1:] in _MARKS_BEHIND else self.lower
        self.word = word if word.isalpha() else ""
        """The word in lower case, where there is nothing else but one mark behind it; else empty. Most chunks have it,
        and it is all that most looks ask of them."""
        self.seen: list[Any] = [None] * _PLACES
        """What each look has seen, by its place; None where it has not looked yet."""


class Look(Generic[T]):
    """What an analysis sees in a chunk by itself, `see(chunk)`; worked out once, never None."""

    def __init__(self, see: Callable[[Chunk], T]) -> None:
        self._see = see
        self._place = next(_NEXT_PLACE)

    def at(self, chunks: Sequence[Chunk]) -> list[T]:
        """What is seen in each of the chunks."""
        place = self._place
        if place >= _PLACES:
            for chunk in chunks:
                chunk.seen += [None] * (place + 1 - len(chunk.seen))
        return [self._work_out(chunk) if (seen := chunk.seen[place]) is None else seen for chunk in chunks]

    def of(self, chunk: Chunk) -> T:
        """What is seen in a chunk."""
        if self._place >= _PLACES:
            return self.at((chunk,))[0]
        seen: T | None = chunk.seen[self._place]
        return self._work_out(chunk) if seen is None else seen

    def _work_out(self, chunk: Chunk) -> T:
        found = chunk.seen[self._place] = self._see(chunk)
        return found


_KNOWN: Final = Memo(Chunk, weight=_ENTRIES)


@lru_cache(_LAST_TEXTS)
def chunks(text: str) -> tuple[Chunk, ...]:
    """What stands between white space, of whatever kind and length."""
    return tuple(map(_KNOWN.__getitem__, text.split()))


@lru_cache(_LAST_TEXTS)
def parts(text: str) -> tuple[Chunk, ...]:
    """What stands between two single blanks, so that offsets can be told: mostly the same."""
    said = text.split(" ")
    return chunks(text) if said == text.split() else tuple(map(_KNOWN.__getitem__, said))
