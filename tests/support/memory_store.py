"""A store in memory that keeps what ClickHouse would: of rows with one key the highest version, the last of equal ones.

For tests that run the worker's real code over thousands of histories; the same code runs over the real ClickHouse in
tests/integration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.aggregates import NARROWER, Hour, hour_of
from clickhouse.schema.rows import (
    FIRST_EPOCH,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    Row,
    SegmentRow,
    StoredCall,
    TrackerRow,
)
from clickhouse.schema.tables import TABLE_OF
from clickhouse.store import FactRow

Gate = Callable[[str], Awaitable[None]]
"""Awaited before a statement takes effect and after it did; may take time, and raise."""


async def _open(_part: str) -> None:
    """Nothing goes wrong."""


class MemoryStore:
    """What `PersistentStore` needs of a `Store`. `refuses` are segments that no insert may hold."""

    def __init__(self) -> None:
        self.gate: Gate = _open
        self.refuses: set[tuple[str, str]] = set()
        self.tables: dict[type, dict[tuple[Any, ...], Any]] = defaultdict(dict)
        self.hours: dict[Hour, tuple[int, int, int]] = {}
        """Bucket -> version, calls, and milliseconds of calls."""
        self.erased_facts: dict[str, int] = {}
        self.announced = 0
        self.current_epoch = FIRST_EPOCH
        self.parts = 0

    async def insert(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        await self.gate("insert")
        if any(isinstance(row, SegmentRow) and (row.call_id, row.segment_id) in self.refuses for row in rows):
            raise _refused()
        table = TABLE_OF[type(rows[0])]
        kept = self.tables[type(rows[0])]
        self.parts += 1
        for row in rows:
            key = tuple(getattr(row, column) for column in table.key)
            before = kept.get(key)
            if before is None or getattr(row, table.version) >= getattr(before, table.version):
                kept[key] = row
        await self.gate("inserted")

    async def refresh_hours(
        self, hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]] = NARROWER
    ) -> None:
        if not hours:
            return
        await self.gate("hours")
        for hour, found in self.counted(hours).items():
            if found >= self.hours.get(hour, (0, 0, 0)):
                self.hours[hour] = found
        await self.gate("counted")

    def counted(self, hours: Collection[Hour]) -> dict[Hour, tuple[int, int, int]]:
        """The buckets as the calls in them give them."""
        found: dict[Hour, tuple[int, int, int]] = dict.fromkeys(hours, (0, 0, 0))
        for row in self.tables[CallRow].values():
            hour = Hour(row.seller_id, hour_of(row.call_started_at))
            if hour in found:
                version, calls, duration = found[hour]
                found[hour] = (version + row.version, calls + 1, duration + row.duration_ms)
        return found

    async def refresh_words(self, hours: Collection[Hour], max_terms: int, min_pair_count: int) -> None:
        """Words are counted by SQL; tests/integration has that."""

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        await self.gate("load")
        wanted = set(call_ids)
        found = {}
        for call_id in sorted(wanted):
            [call] = self._of(CallRow, call_id)[:1] or [None]
            segments = tuple(self._of(SegmentRow, call_id))
            if call is not None or segments:
                found[call_id] = StoredCall(
                    call,
                    segments,
                    frozenset(row.tracker_id for row in self._of(CallKeywordRow, call_id)),
                    frozenset(row.name_key for row in self._of(CallNameRow, call_id)),
                )
        return found

    def _of(self, kind: type, call_id: str) -> list[Any]:
        return [row for row in self.tables[kind].values() if row.call_id == call_id]

    async def revisions(
        self, kind: type[FactRow], keys: Iterable[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], int]:
        await self.gate("revisions")
        kept = self.tables[kind]
        return {key: kept[key].revision for key in keys if key in kept}

    async def purge_withdrawn(self) -> int:
        """Replaced rows are not kept here."""
        return 0

    async def trackers(self) -> list[TrackerRow]:
        return sorted(self.tables[TrackerRow].values())

    async def epoch(self) -> int:
        return self.current_epoch

    async def erasures(self) -> int:
        return self.announced

    async def erased(self) -> dict[str, int]:
        return dict(self.erased_facts)


def _refused() -> DatabaseError:
    """What ClickHouse says of a row that violates a constraint."""
    error = DatabaseError("Code: 469. Constraint `odd` is violated. (VIOLATED_CONSTRAINT)")
    error.code = 469
    return error
