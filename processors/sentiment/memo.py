"""A bounded memory of what has been worked out about a token: speech repeats the same few thousand."""

from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

CAPACITY: Final = 50_000
LONGEST: Final = 48
"""Characters; a longer token is worked out anew each time, so that odd text cannot fill the memory."""


class Memo(dict[str, T]):
    """Token to the result of `work_out(token)`; starts afresh when full, so its size is bounded.

    A dictionary because looking up a known token must not cost a Python call.
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
