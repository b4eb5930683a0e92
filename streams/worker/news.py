"""Looks every few seconds whether anything in ClickHouse is news to the worker; one small query says whether."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from clickhouse.store import Marks


class MarksReader(Protocol):
    """Where it is asked."""

    async def marks(self) -> Marks:
        """What changes with what the worker goes by."""


class News:
    """Has read anew what changed since the last look, and everything at the first one."""

    def __init__(
        self,
        store: MarksReader,
        read_trackers: Callable[[], Awaitable[None]],
        read_erased: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._read_trackers = read_trackers
        self._read_erased = read_erased
        self._known: Marks | None = None

    async def look(self) -> None:
        """Look once. What changes while it is being read is news at the next look, too."""
        marks = await self._store.marks()
        known, self._known = self._known, None  # a read that fails is repeated
        if known is None or (known.trackers, known.epoch) != (marks.trackers, marks.epoch):
            await self._read_trackers()
        if known is None or known.erasures != marks.erasures:
            await self._read_erased()
        self._known = marks
