"""The event loop's turn: heartbeats, timers and probes must not wait for a long batch, whatever its messages cost."""

from __future__ import annotations

import asyncio

_SECONDS = 0.01


class Turns:
    """Says when work in a loop has held the event loop long enough, by the loop's clock:

    if turns.due():
        await turns.yield_()
    """

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._ends = self._clock() + _SECONDS

    def due(self) -> bool:
        """Whether others should have a turn now."""
        return self._clock() >= self._ends

    async def yield_(self) -> None:
        """Let others have theirs."""
        await asyncio.sleep(0)
        self._ends = self._clock() + _SECONDS
