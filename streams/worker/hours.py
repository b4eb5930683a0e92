"""The aggregates by hour: the buckets that batches touched, recomputed together and not more often than needed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from clickhouse.aggregates import NARROWER, Hour


class HourStore(Protocol):
    """Where the buckets are recomputed."""

    async def refresh_hours(self, hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]]) -> None:
        """Recompute buckets of all that is counted from calls, of some aggregates only the `narrower` ones."""

    async def refresh_words(self, hours: Collection[Hour]) -> None:
        """Recompute buckets of what is counted from the words of ended calls."""


class HourRefresher:
    """Recomputes what several batches touched in one go, at most once in `seconds`.

    A batch is acknowledged only when its buckets are up to date, so a crash leaves none behind: what was not
    acknowledged comes again, and touches them again.
    """

    def __init__(self, store: HourStore, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._clock = clock
        self._due = clock()
        self._hours: set[Hour] = set()
        self._hours_of_ended: set[Hour] = set()
        self._narrower: dict[str, set[Hour]] = {}
        self._next: asyncio.Future[None] | None = None
        self._running = asyncio.Lock()

    async def refresh(
        self,
        hours: Collection[Hour],
        hours_of_ended: Collection[Hour],
        narrower: Mapping[str, Collection[Hour]] = NARROWER,
    ) -> None:
        """Returns when these buckets hold what is stored by now. Raises what the store raises, to all that wait.

        `narrower` are aggregates in which only some of them changed.
        """
        if not hours:
            return
        self._narrower = {
            table: {*self._narrower.get(table, self._hours), *narrower.get(table, hours)}
            for table in (*self._narrower, *narrower)
        }
        self._hours.update(hours)
        self._hours_of_ended.update(hours_of_ended)
        if self._next is not None:
            await asyncio.shield(self._next)
            return
        self._next = coming = asyncio.get_running_loop().create_future()
        try:
            await self._run()
        except BaseException as error:
            self._next = None if self._next is coming else self._next
            if isinstance(error, Exception):
                coming.set_exception(error)
                coming.exception()  # nobody else may wait for it
            else:
                coming.cancel()
            raise
        coming.set_result(None)

    async def _run(self) -> None:
        """The first that waits runs for all that come until it begins."""
        async with self._running:
            await asyncio.sleep(max(0.0, self._due - self._clock()))
            hours, hours_of_ended, narrower = self._hours, self._hours_of_ended, self._narrower
            self._hours, self._hours_of_ended, self._narrower, self._next = set(), set(), {}, None
            self._due = self._clock() + self._seconds
            await self._store.refresh_hours(hours, narrower)
            await self._store.refresh_words(hours_of_ended)
