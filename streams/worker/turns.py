"""The event loop's turn: heartbeats, timers and probes must not wait for a long batch, whatever its messages cost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_SECONDS = 0.01


class Turns:
    """Says when work in a loop has held the event loop long enough, by the clock:

    if turns.due():
        await turns.yield_()
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = clock() + _SECONDS

    def due(self) -> bool:
        """Whether others should have a turn now."""
        return self._clock() >= self._ends

    async def yield_(self) -> None:
        """Let others have theirs."""
        await asyncio.sleep(0)
        self._ends = self._clock() + _SECONDS
