"""A bounded memory of what has been worked out about pieces of text.

Speech repeats the same few thousand words: what depends on a word alone is worked out once. Memos save time and change
no result. All memos of a process share one budget. They have two generations: what is asked for again moves from the
older to the younger one, and when half of the budget is spent on the younger, the older is forgotten.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar  # Any: a budget holds memos of whatever they remember

T = TypeVar("T")
C = TypeVar("C")

DEFAULT_ENTRIES: Final = 400_000
LONGEST: Final = 48
"""Characters; a longer token is worked out anew each time, so that odd text cannot fill the memory."""


class Budget:
    """How many entries memos may have together; an entry takes some 200 bytes."""

    def __init__(self, entries: int = DEFAULT_ENTRIES) -> None:
        self.entries = entries
        self.counted = 0
        """Entries of the younger generation."""
        self._older = 0
        self._memos: list[Memo[Any]] = []

    def add(self, memo: "Memo[Any]") -> None:
        """Let a memo draw on the budget, from now on."""
        self._memos.append(memo)

    def used(self) -> int:
        """Entries of all memos; never less than there are."""
        return self.counted + self._older

    def make_room(self) -> None:
        """Forget the older generation; the younger one is the older from now on."""
        for memo in self._memos:
            memo.grow_old()
        self._older, self.counted = self.counted, 0

    def forget(self) -> None:
        """Forget everything."""
        self.make_room()
        self.make_room()


def _left_to_python(class_: type[C]) -> type[C]:
    """The class itself. mypyc compiles no class that has such a decorator, and cannot compile a dictionary's."""
    return class_


@_left_to_python
class Memo(dict[str, T]):
    """Token to the result of `work_out(token)`; forgets what was not asked for lately when the budget is spent.

    A dictionary because looking up a known token must not cost a Python call. `weight` is how many entries one of
    its results counts as.
    """

    def __init__(
        self, work_out: Callable[[str], T], budget: "Budget | None" = None, *, weight: int = 1
    ) -> None:
        super().__init__()
        self._work_out = work_out
        self._weight = weight
        self._older: dict[str, T] = {}
        self._budget = BUDGET if budget is None else budget
        self._budget.add(self)

    def __missing__(self, token: str) -> T:
        older = self._older
        if token in older:
            result = older.pop(token)
        else:
            result = self._work_out(token)
            if len(token) > LONGEST:
                return result
        budget = self._budget
        if budget.counted + self._weight > budget.entries // 2:
            budget.make_room()
        budget.counted += self._weight
        self[token] = result
        return result

    def grow_old(self) -> None:
        """Only the older generation knows the results from now on."""
        self._older = dict(self)
        self.clear()


BUDGET: Final = Budget()
"""That of the process."""
