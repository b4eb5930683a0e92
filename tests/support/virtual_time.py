"""An event loop whose time passes only when everything waits, and then at once: hours in milliseconds."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class StuckError(Exception):
    """Everything waits, and nothing will ever happen."""


class _Selector(selectors.SelectSelector):
    """Where a loop would wait for sockets, its clock goes on instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise StuckError("all tasks wait for each other")
        self.now += max(0.0, timeout)
        return []


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Runs coroutines that wait by `asyncio` alone."""

    def __init__(self) -> None:
        self._selecting = _Selector()
        super().__init__(self._selecting)

    def time(self) -> float:
        return self._selecting.now


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run in virtual time."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)
