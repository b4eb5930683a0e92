"""What the store must hold: computed from the facts in one go, without Kafka, batches, or restarts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from clickhouse.schema.columns import columns_of, row_from
from clickhouse.schema.rows import (
    FIRST_EPOCH,
    ActivityRow,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    OpportunityChangeRow,
    PeriodRow,
    SegmentRow,
    SellerRow,
    TrackerRow,
)
from clickhouse.schema.tables import TABLE_OF, TABLES
from processors.analysis.analyser import Analyser
from processors.conversation.rows import call_row, keyword_rows, name_rows, segment_rows
from processors.conversation.state import fold
from schemas.events import AnyEvent, CallEvent, TrackerChanged
from streams.simulator import facts
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of

RECEIVED_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in for the broker's time, which a computation from the facts cannot know."""

_TIMES_OF_RECEIPT = ("received_at", "last_event_at")
_KINDS: tuple[type, ...] = (
    SegmentRow,
    CallRow,
    CallKeywordRow,
    CallNameRow,
    OpportunityChangeRow,
    ActivityRow,
    SellerRow,
    TrackerRow,
    PeriodRow,
)


class Queryable(Protocol):
    """Whatever answers SQL."""

    def query(self, sql: str) -> list[tuple[Any, ...]]: ...


def a_recent_working_day(now: datetime, hour: int = 10) -> datetime:
    """A full hour on the last Tuesday that is a week ago or more, in UTC: within retention, whenever tests run."""
    day = now - timedelta(days=7 + (now.weekday() - 1) % 7)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def expected_rows(events: Iterable[AnyEvent]) -> dict[str, list[Any]]:
    """Table -> rows, sorted, of all facts among the events at their highest revision."""
    final = list(facts(events).values())
    trackers = [
        cast(TrackerRow, row_of(event, RECEIVED_AT)) for event in final if isinstance(event, TrackerChanged)
    ]
    rows: dict[str, list[Any]] = {TABLE_OF[kind].name: [] for kind in _KINDS}
    for event in final:
        if not isinstance(event, CallEvent):
            row = row_of(event, RECEIVED_AT)
            rows[TABLE_OF[type(row)].name].append(row)
    for kind, computed in _call_rows(final, analyser_for(trackers)).items():
        rows[TABLE_OF[kind].name] = computed
    return {table: sorted(map(comparable, some), key=repr) for table, some in rows.items()}


def _call_rows(final: Sequence[AnyEvent], analyser: Analyser) -> dict[type, list[Any]]:
    calls = [(event, RECEIVED_AT) for event in final if isinstance(event, CallEvent)]
    conversations = fold(calls, analyser).values()
    return {
        SegmentRow: [row for one in conversations for row in segment_rows(one, FIRST_EPOCH)],
        CallRow: [call_row(one, FIRST_EPOCH) for one in conversations],
        CallKeywordRow: [row for one in conversations for row in keyword_rows(one, FIRST_EPOCH)],
        CallNameRow: [
            row
            for one in conversations
            for row in name_rows(one, FIRST_EPOCH)
            if row.mentions_seller + row.mentions_customer
        ],
    }


def stored_rows(pipeline: Queryable) -> dict[str, list[Any]]:
    """Table -> rows, sorted, as they stand in the store; of mentions those that are not zero."""
    stored = {}
    for kind in _KINDS:
        table, columns = TABLE_OF[kind].name, ", ".join(columns_of(kind))
        where = (
            "WHERE mentions_seller + mentions_customer > 0"
            if table in ("call_keywords", "call_names")
            else ""
        )
        found = pipeline.query(f"SELECT {columns} FROM salgspuls_store.{table} FINAL {where}")
        stored[table] = sorted((comparable(row_from(kind, row)) for row in found), key=repr)
    return stored


def comparable(row: Any) -> Any:
    """A row without what depends on when it was received, and in how many flushes."""
    changes: dict[str, Any] = {name: RECEIVED_AT for name in _TIMES_OF_RECEIPT if name in row._fields}
    if isinstance(row, SegmentRow | CallKeywordRow | CallNameRow):
        changes["version"] = 0
    if isinstance(row, SegmentRow) and row.confidence is not None:
        changes["confidence"] = round(row.confidence, 5)
    return row._replace(**changes)


def assert_same(stored: dict[str, list[Any]], expected: dict[str, list[Any]], *tables: str) -> None:
    """Fails with the rows that are missing or too many, else with the first that differs, and in which columns."""
    for table in tables or tuple(expected):
        have, want = _by_key(table, stored[table]), _by_key(table, expected[table])
        assert not want.keys() - have.keys(), f"{table}: missing {sorted(want.keys() - have.keys())[:5]}"
        assert not have.keys() - want.keys(), f"{table}: too many {sorted(have.keys() - want.keys())[:5]}"
        for key, row in want.items():
            different = {
                name: (getattr(have[key], name), getattr(row, name))
                for name in row._fields
                if getattr(have[key], name) != getattr(row, name)
            }
            assert not different, f"{table} {key}: stored and expected differ in {different}"


def _by_key(table: str, rows: list[Any]) -> dict[tuple[Any, ...], Any]:
    return {tuple(getattr(row, column) for column in TABLES[table].key): row for row in rows}
