"""Fills ClickHouse with what the worker would have stored of simulated events, without Kafka and worker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from clickhouse_connect.driver import Client

from clickhouse.aggregates import Hour, hour_of, refresh_statements, word_statement
from clickhouse.schema.columns import columns_of, in_columns
from clickhouse.schema.rows import FIRST_EPOCH, CallRow, TrackerRow
from clickhouse.schema.tables import STORE, TABLE_OF
from processors.analysis.analyser import Analyser
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT
from processors.conversation.rows import call_row, keyword_rows, name_rows, segment_rows
from processors.conversation.state import fold
from schemas.events import CallEvent, CallFact
from streams.replay import TimedEvent
from streams.simulator.trackers import TRACKERS
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of

_HOURS_AT_ONCE = 2_000
_ROWS_AT_ONCE = 4_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def simulated_analyser() -> Analyser:
    """The analyses that listen for the trackers of every simulated world."""
    return analyser_for([cast(TrackerRow, row_of(tracker.event, _LONG_AGO)) for tracker in TRACKERS])


def store(client: Client, events: Iterable[TimedEvent], analyser: Analyser) -> None:
    """Insert the rows of the events, and bring the hourly aggregates up to date.

    Each is received and stored when it was sent. All events of a call must be among them. `client` writes to the
    product's database.
    """
    rows: dict[type, list[Any]] = {}
    calls: list[tuple[CallFact, datetime]] = []
    for at, event in events:
        if isinstance(event, CallEvent):
            calls.append((event, at))
        else:
            row = row_of(event, at)
            rows.setdefault(type(row), []).append(row)
    for conversation in fold(calls, analyser).values():
        found: Sequence[Any] = (
            *segment_rows(conversation, FIRST_EPOCH),
            call_row(conversation, FIRST_EPOCH),
            *keyword_rows(conversation, FIRST_EPOCH),
            *name_rows(conversation, FIRST_EPOCH),
        )
        for row in found:
            rows.setdefault(type(row), []).append(row)
    for kind, some in rows.items():
        for start in range(0, len(some), _ROWS_AT_ONCE):
            few, columns = some[start : start + _ROWS_AT_ONCE], columns_of(kind)
            values = in_columns(few)
            if kind is CallRow:
                values.append([call.last_event_at for call in few])
                columns = (*columns, "stored_at")
            client.insert(
                TABLE_OF[kind].name, values, column_names=columns, database=STORE, column_oriented=True
            )
    buckets = sorted({Hour(call.seller_id, hour_of(call.call_started_at)) for call in rows.get(CallRow, [])})
    for start in range(0, len(buckets), _HOURS_AT_ONCE):
        some_hours = buckets[start : start + _HOURS_AT_ONCE]
        for statement in [
            *refresh_statements(some_hours),
            word_statement(some_hours, MAX_TERMS, MIN_PAIR_COUNT),
        ]:
            client.command(statement)
