"""A bounded memory of what has been worked out about a piece of text, and how the analyses use it to be fast.

Speech repeats the same few thousand words, and most segments have nothing for most analyses. So each analysis first
asks of every chunk (what stands between blanks, see `text.chunks`) whether it could matter, which a memo remembers, and
looks at the text itself only when one does. That question may be answered by yes too often, but never by no wrongly:
memos save time and change no result.
"""

from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

CAPACITY: Final = 50_000
"""Entries; one is some 100 bytes and what was worked out."""
LONGEST: Final = 48
"""Characters; a longer token is worked out anew each time, so that odd text cannot fill the memory."""


class Memo(dict[str, T]):
    """Token to the result of `work_out(token)`; starts afresh when full, so its size is bounded.

    A dictionary because looking up a known token must not cost a Python call: `any(map(memo.__getitem__, chunks))`.
    """

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, token: str) -> T:
        result = self._work_out(token)
        if len(token) <= LONGEST:
            if len(self) >= CAPACITY:
                self.clear()
            self[token] = result
        return result
