"""Fills ClickHouse with what the worker would have stored of simulated events, without Kafka and worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
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
_COMPLETE_AFTER = timedelta(days=2)


def simulated_analyser() -> Analyser:
    """The analyses that listen for the trackers of every simulated world."""
    return analyser_for([cast(TrackerRow, row_of(tracker.event, _LONG_AGO)) for tracker in TRACKERS])


def store(client: Client, events: Iterable[TimedEvent], analyser: Analyser) -> None:
    """Insert the rows of the events, and bring the hourly aggregates up to date.

    Each is received and stored when it was sent. All events of a call must be among them, no two of them two days
    apart: calls of which nothing more comes are stored and forgotten, so that a year fits into memory. `client` writes
    to the product's database.
    """
    rows: dict[type, list[Any]] = {}
    calls: dict[str, list[tuple[CallFact, datetime]]] = {}
    stored: set[str] = set()
    hours: set[Hour] = set()
    look_at = _LONG_AGO
    for at, event in events:
        if not isinstance(event, CallEvent):
            row = row_of(event, at)
            rows.setdefault(type(row), []).append(row)
            continue
        assert event.call_id not in stored, f"{event.call_id} goes on two days later"
        calls.setdefault(event.call_id, []).append((event, at))
        if at >= look_at:
            complete = [call_id for call_id, facts in calls.items() if facts[-1][1] < at - _COMPLETE_AFTER]
            hours |= _store_calls(client, [calls.pop(call_id) for call_id in complete], analyser)
            stored.update(complete)
            look_at = at + _COMPLETE_AFTER
    hours |= _store_calls(client, list(calls.values()), analyser)
    _insert(client, rows)
    buckets = sorted(hours)
    for start in range(0, len(buckets), _HOURS_AT_ONCE):
        some_hours = buckets[start : start + _HOURS_AT_ONCE]
        for statement in [
            *refresh_statements(some_hours),
            word_statement(some_hours, MAX_TERMS, MIN_PAIR_COUNT),
        ]:
            client.command(statement)


def _store_calls(
    client: Client, calls: Sequence[list[tuple[CallFact, datetime]]], analyser: Analyser
) -> set[Hour]:
    """Insert the rows of whole calls; the hours that they began in."""
    rows: dict[type, list[Any]] = {}
    for conversation in fold([fact for facts in calls for fact in facts], analyser).values():
        found: Sequence[Any] = (
            *segment_rows(conversation, FIRST_EPOCH),
            call_row(conversation, FIRST_EPOCH),
            *keyword_rows(conversation, FIRST_EPOCH),
            *name_rows(conversation, FIRST_EPOCH),
        )
        for row in found:
            rows.setdefault(type(row), []).append(row)
    _insert(client, rows)
    return {Hour(call.seller_id, hour_of(call.call_started_at)) for call in rows.get(CallRow, [])}


def _insert(client: Client, rows: Mapping[type, list[Any]]) -> None:
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
