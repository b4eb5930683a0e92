"""Reprocessing over several processes: of everything, and of the trackers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, cast

import psutil
import pytest
from clickhouse_connect.driver import Client

from clickhouse.aggregates import Hour, hour_of, refresh_statements
from clickhouse.client import connect
from clickhouse.schema.rows import FIRST_EPOCH, CallNameRow, TrackerRow
from processors.conversation.rows import keyword_rows
from processors.conversation.state import fold
from schemas.events import CallEvent
from streams.jobs.shards import BEHIND_LIVE_WORK, Job, Reported, run
from streams.replay import TimedEvent
from streams.simulator import World
from streams.simulator.trackers import TRACKERS
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of
from tests.support import simulated_store
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.sample_rows import insert

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
STORE = "salgspuls_store"
ALL_TRACKERS = [cast(TrackerRow, row_of(tracker.event, NOW)) for tracker in TRACKERS]
BEFORE = ALL_TRACKERS[::2]
KEYWORDS = (
    "SELECT call_id, tracker_id, mentions_seller, mentions_customer "
    f"FROM {STORE}.call_keywords FINAL ORDER BY ALL"
)
OTHERS = (
    f"SELECT call_id, words_seller, sentiment_compound, switches FROM {STORE}.calls FINAL ORDER BY call_id"
)


@pytest.fixture(scope="module")
def events() -> Sequence[TimedEvent]:
    return list(World.create(5, NOW, 4, 0.3, length=0.1).history(end=NOW))


@pytest.fixture
def client(clickhouse_server: RunningClickHouse, events: Sequence[TimedEvent]) -> Iterator[Client]:
    """A store in which every second tracker was listened for."""
    migrated(clickhouse_server)
    client = connect(clickhouse_server.writer, database="")
    simulated_store.store(client, events, analyser_for(BEFORE))
    yield client
    client.close()


def rows(client: Client, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in client.query(query).result_rows]


def expected(events: Sequence[TimedEvent], trackers: Sequence[TrackerRow]) -> list[tuple[object, ...]]:
    """What is mentioned, from all facts in one go."""
    calls = [(event, at) for at, event in events if isinstance(event, CallEvent)]
    found = [
        (row.call_id, row.tracker_id, row.mentions_seller, row.mentions_customer)
        for one in fold(calls, analyser_for(trackers)).values()
        for row in keyword_rows(one, FIRST_EPOCH)
    ]
    return sorted(row for row in found if row[2] + row[3])


def job(server: RunningClickHouse, kind: Literal["all", "trackers"], trackers: Sequence[TrackerRow]) -> Job:
    return Job(kind, server.writer, 2, trackers, (), True)


def said(found: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [row for row in found if row[2] or row[3]]


@pytest.mark.parametrize("kind", ["trackers", "all"])
def test_new_trackers_are_found_in_what_was_said_before(
    clickhouse_server: RunningClickHouse,
    client: Client,
    events: Sequence[TimedEvent],
    kind: Literal["all", "trackers"],
) -> None:
    others = rows(client, OTHERS)
    assert said(rows(client, KEYWORDS)) == expected(events, BEFORE)
    seen: list[tuple[int, int]] = []
    niceness: set[int] = set()
    itself = psutil.Process()

    def report(*so_far: int) -> None:
        niceness.update(child.nice() - itself.nice() for child in itself.children())
        seen.append((so_far[0], so_far[1]))

    done = run(job(clickhouse_server, kind, ALL_TRACKERS), 2, report)
    assert said(rows(client, KEYWORDS)) == expected(events, ALL_TRACKERS)
    assert rows(client, OTHERS) == others
    assert done.done == done.total > 0
    assert seen[-1] == (done.total, done.total)
    assert BEHIND_LIVE_WORK in niceness
    by_hours = rows(client, f"SELECT sum(mentions_customer) FROM {STORE}.keyword_hours FINAL")
    assert by_hours == rows(client, f"SELECT sum(mentions_customer) FROM {STORE}.call_keywords FINAL")


def test_of_calls_that_no_change_touches_nothing_is_written_and_a_day_that_is_done_is_not_done_again(
    clickhouse_server: RunningClickHouse, client: Client, events: Sequence[TimedEvent]
) -> None:
    versions = f"SELECT call_id, max(version) FROM {STORE}.calls FINAL GROUP BY call_id ORDER BY call_id"
    before = {row[0]: row[1] for row in rows(client, versions)}
    one = ALL_TRACKERS[1]
    changed = {row[0] for row in expected(events, [*BEFORE, one]) if row[1] == one.tracker_id}
    assert 0 < len(changed) < len(before)
    done = run(job(clickhouse_server, "trackers", [*BEFORE, one]), 2, lambda *_: None)
    after = {row[0]: row[1] for row in rows(client, versions)}
    assert {call_id for call_id in after if after[call_id] != before[call_id]} >= changed
    assert done.rewritten < len(before)
    assert run(job(clickhouse_server, "trackers", [*BEFORE, one]), 2, lambda *_: None) == Reported(0, 0, 0)


def test_a_tracker_that_is_gone_is_found_no_more(
    clickhouse_server: RunningClickHouse, client: Client, events: Sequence[TimedEvent]
) -> None:
    run(job(clickhouse_server, "trackers", BEFORE[1:]), 1, lambda *_: None)
    assert said(rows(client, KEYWORDS)) == expected(events, BEFORE[1:])


def test_a_rebuild_removes_names_that_older_rules_kept(
    clickhouse_server: RunningClickHouse, client: Client
) -> None:
    """What is no name any more is found neither in the call nor in its hour, nor stored with a count."""
    named = (
        f"SELECT name FROM {STORE}.call_names FINAL WHERE mentions_seller + mentions_customer > 0"
        f" UNION ALL SELECT name FROM {STORE}.name_hours FINAL WHERE calls > 0"
    )
    before = sorted(rows(client, named))
    [(seller, began, call)] = rows(
        client,
        f"SELECT seller_id, call_started_at, call_id FROM {STORE}.calls FINAL ORDER BY call_id LIMIT 1",
    )
    older = CallNameRow(seller, began, call, "sukkersyge", 1, "Sukkersyge", 0, 3, 4_000, "")  # type: ignore[arg-type]  # columns of these types
    insert(client, {CallNameRow: [older]})
    for statement in refresh_statements([Hour(str(seller), hour_of(began))]):  # type: ignore[arg-type]  # a datetime
        client.command(statement)
    assert [name for (name,) in rows(client, named)].count("Sukkersyge") == 2
    run(job(clickhouse_server, "all", BEFORE), 2, lambda *_: None)
    assert before
    assert sorted(rows(client, named)) == before
