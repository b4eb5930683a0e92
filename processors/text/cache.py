"""A bounded memory of what has been worked out about pieces of text, and how the analyses use it to be fast.

Speech repeats the same few thousand words, and most segments have nothing for most analyses. So each analysis first
asks of every chunk (what stands between blanks, see `text.chunks`) whether it could matter, which a memo remembers, and
looks at the text itself only when one does. That question may be answered by yes too often, but never by no wrongly:
memos save time and change no result.

All memos of a process share one budget.
"""

from collections.abc import Callable
from itertools import islice
from typing import Final, TypeVar
from weakref import ref

T = TypeVar("T")
C = TypeVar("C")

DEFAULT_ENTRIES: Final = 400_000
LONGEST: Final = 48
"""Characters; a longer token is worked out anew each time, so that odd text cannot fill the memory."""
_KEPT_WHEN_FULL: Final = 0.75
"""Share of the budget that is left when memos forget, so that this is rare."""


class Budget:
    """How many entries memos may have together; an entry takes some 300 bytes. When it is spent, the older half
    of the largest memos is forgotten."""

    def __init__(self, entries: int = DEFAULT_ENTRIES) -> None:
        self.entries = entries
        self._memos: list[ref[Memo[object]]] = []
        self.counted = 0
        """Entries, never less than there are: a memo that is gone is counted until the budget is spent."""

    def add(self, memo: "Memo[T]") -> None:
        """Let a memo draw on the budget, for as long as somebody holds it."""
        self._memos.append(ref(memo))  # type: ignore[arg-type]  # its length and emptying it do not depend on T

    def used(self) -> int:
        """Entries of all memos."""
        return sum(map(len, self._living()))

    def make_room(self) -> None:
        """Forget the older half of the largest memos, until a quarter of the budget is free."""
        self._memos = [reference for reference in self._memos if reference() is not None]
        memos = sorted(self._living(), key=len)
        self.counted = sum(map(len, memos))
        while memos and self.counted >= self.entries * _KEPT_WHEN_FULL:
            largest = memos.pop()
            oldest = list(islice(largest, (len(largest) + 1) // 2))
            for token in oldest:
                del largest[token]
            self.counted -= len(oldest)

    def _living(self) -> list["Memo[object]"]:
        return [memo for reference in self._memos if (memo := reference()) is not None]


def _left_to_python(class_: type[C]) -> type[C]:
    """The class itself. mypyc compiles no class that has such a decorator: those that it compiles do not tell weak
    references of their end, and a process that follows one later dies."""
    return class_


@_left_to_python
class Memo(dict[str, T]):
    """Token to the result of `work_out(token)`; forgets the oldest when the budget is spent.

    A dictionary because looking up a known token must not cost a Python call: `any(map(memo.__getitem__, chunks))`.
    """

    def __init__(self, work_out: Callable[[str], T], budget: "Budget | None" = None) -> None:
        super().__init__()
        self._work_out = work_out
        self._budget = BUDGET if budget is None else budget
        self._budget.add(self)

    def __missing__(self, token: str) -> T:
        result = self._work_out(token)
        if len(token) <= LONGEST:
            budget = self._budget
            if budget.counted >= budget.entries:
                budget.make_room()
            budget.counted += 1  # a call of `spend` for each new word is felt
            self[token] = result
        return result


BUDGET: Final = Budget()
"""That of the process."""
