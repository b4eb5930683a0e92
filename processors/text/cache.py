"""A bounded memory of what has been worked out about pieces of text, and how the analyses use it to be fast.

Speech repeats the same few thousand words, and most segments have nothing for most analyses. So each analysis first
asks of every chunk (what stands between blanks, see `text.chunks`) whether it could matter, which a memo remembers, and
looks at the text itself only when one does. That question may be answered by yes too often, but never by no wrongly:
memos save time and change no result.

All memos of a process share one budget.
"""

from collections.abc import Callable
from typing import Final, TypeVar
from weakref import ref

T = TypeVar("T")
C = TypeVar("C")

DEFAULT_ENTRIES: Final = 400_000
LONGEST: Final = 48
"""Characters; a longer token is worked out anew each time, so that odd text cannot fill the memory."""
_KEPT_WHEN_FULL: Final = 0.75
"""Share of the budget that is left when memos are emptied, so that this is rare."""


class Budget:
    """How many entries memos may have together; an entry takes some 300 bytes. When it is spent the largest memos are
    emptied."""

    def __init__(self, entries: int = DEFAULT_ENTRIES) -> None:
        self.entries = entries
        self._memos: list[ref[Memo[object]]] = []
        self._counted = 0
        """Never less than there are: a memo that is gone is counted until the budget is spent."""

    def add(self, memo: "Memo[T]") -> None:
        """Let a memo draw on the budget, for as long as somebody holds it."""
        self._memos.append(ref(memo))  # type: ignore[arg-type]  # its length and emptying it do not depend on T

    def spend(self) -> None:
        """Count an entry that is about to be made, and make room for it when there is none."""
        if self._counted >= self.entries:
            self._make_room()
        self._counted += 1

    def used(self) -> int:
        """Entries of all memos."""
        return sum(map(len, self._living()))

    def _make_room(self) -> None:
        self._memos = [reference for reference in self._memos if reference() is not None]
        memos = sorted(self._living(), key=len)
        self._counted = sum(map(len, memos))
        while memos and self._counted >= self.entries * _KEPT_WHEN_FULL:
            largest = memos.pop()
            self._counted -= len(largest)
            largest.clear()

    def _living(self) -> list["Memo[object]"]:
        return [memo for reference in self._memos if (memo := reference()) is not None]


def _left_to_python(class_: type[C]) -> type[C]:
    """The class itself. mypyc compiles no class that has such a decorator: those that it compiles do not tell weak
    references of their end, and a process that follows one later dies."""
    return class_


@_left_to_python
class Memo(dict[str, T]):
    """Token to the result of `work_out(token)`; starts afresh when the budget is spent.

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
            self._budget.spend()
            self[token] = result
        return result


BUDGET: Final = Budget()
"""That of the process."""
