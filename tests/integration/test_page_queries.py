"""The page's queries: shared between viewers, in threads, with their errors in words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from clickhouse.client import connect
from clickhouse.schema.rows import ActivityRow
from grafana.pages.catalogue import PAGES
from grafana.web.frames import Frame
from grafana.web.queries import (
    NOTHING_FILTERED,
    VERSIONS,
    Filters,
    Pace,
    QueryError,
    QueryRunner,
    SlowError,
    UnreachableError,
)
from grafana.web.ranges import RawRange
from streams.demo.brokers import free_port
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
)
from tests.support.pages import sql_of
from tests.support.sample_rows import insert, row, sample_world

__all__ = ["clickhouse_server", "migrated_clickhouse"]

TYPES = """
SELECT toDecimal64(12.5, 2) AS money, toNullable(0.5) AS share, 0 / 0 AS nothing, true AS flag,
    CAST('won' AS Enum8('won' = 1)) AS state, toLowCardinality('Nord') AS team, ['a', 'b'] AS words,
    toDate32('2026-11-24') AS day, CAST(NULL AS Nullable(Float64)) AS unknown
"""


ID_AND_ACTIVITIES = "SELECT generateUUIDv4() AS id, count() AS stored FROM salgspuls.activities"
"""Another answer each time that it is asked."""
SHARED_FOR = 0.1


def something_arrives(running: RunningClickHouse) -> None:
    now, writer = datetime.now(UTC), connect(running.writer)
    arrived = row(ActivityRow, activity_id="a", revision=1, kind="email", started_at=now, received_at=now)
    insert(writer, {ActivityRow: [arrived]})
    writer.close()


class Counting(QueryRunner):
    """Knows what it asked ClickHouse."""

    asked: list[str]

    def _query(self, sql: str, filters: Filters = NOTHING_FILTERED) -> Frame:
        self.asked.append(sql)
        return super()._query(sql, filters)


@pytest.fixture
async def counting(migrated_clickhouse: RunningClickHouse) -> AsyncIterator[Counting]:
    runner = Counting(migrated_clickhouse.reader, timeout=30, shared_for=SHARED_FOR)
    runner.asked = []
    yield runner
    runner.close()


@pytest.fixture
async def runner(clickhouse_server: RunningClickHouse) -> AsyncIterator[QueryRunner]:
    runner = QueryRunner(clickhouse_server.reader, timeout=2, shared_for=0.5)
    yield runner
    runner.close()


async def test_every_type_of_the_views_becomes_a_number_a_time_or_text(runner: QueryRunner) -> None:
    frame = await runner.run(TYPES)
    kinds = {column.name: column.kind for column in frame.columns}
    assert [name for name, kind in kinds.items() if kind == "number"] == [
        "money",
        "share",
        "nothing",
        "flag",
        "unknown",
    ]
    assert [name for name, kind in kinds.items() if kind == "time"] == ["day"]
    row = frame.row(0)
    assert (row["money"], row["share"], row["nothing"], row["flag"], row["unknown"]) == (
        12.5,
        0.5,
        None,
        1,
        None,
    )
    assert (row["state"], row["team"], row["words"]) == ("won", "Nord", ["a", "b"])


async def test_viewers_share_an_answer_for_a_moment(runner: QueryRunner) -> None:
    sql = "SELECT generateUUIDv4() AS id"
    first, second = await asyncio.gather(runner.run_now(sql), runner.run_now(sql))
    assert first is second
    await asyncio.sleep(0.6)
    assert (await runner.run_now(sql)).row(0) != first.row(0)


async def test_nothing_is_asked_again_while_nothing_new_came(
    migrated_clickhouse: RunningClickHouse, counting: Counting
) -> None:
    """Forty viewers who look again and again are one question, until newer data arrives."""
    answers = set()
    for _ in range(4):
        frames = await asyncio.gather(*(counting.run(ID_AND_ACTIVITIES) for _ in range(40)))
        answers |= {str(frame.row(0)["id"]) for frame in frames}
        await asyncio.sleep(1.5 * SHARED_FOR)
    assert len(answers) == 1
    something_arrives(migrated_clickhouse)
    await asyncio.sleep(9 * SHARED_FOR)
    assert str((await counting.run(ID_AND_ACTIVITIES)).row(0)["id"]) not in answers
    moments = {str((await counting.run_now(ID_AND_ACTIVITIES)).row(0)["id"])}
    await asyncio.sleep(1.5 * SHARED_FOR)
    assert str((await counting.run_now(ID_AND_ACTIVITIES)).row(0)["id"]) not in moments


async def test_a_question_follows_the_tables_that_it_reads_and_what_narrows_it(
    migrated_clickhouse: RunningClickHouse, counting: Counting
) -> None:
    other = "SELECT generateUUIDv4() AS id, count() AS stored FROM salgspuls.trackers"
    narrowed = {"salgspuls.trackers": "tracker_id IN (SELECT activity_id FROM salgspuls.activities)"}
    asked = [(other, NOTHING_FILTERED), (other, narrowed), (ID_AND_ACTIVITIES, NOTHING_FILTERED)]
    before = [await counting.run(*each) for each in asked]
    something_arrives(migrated_clickhouse)
    await asyncio.sleep(9 * SHARED_FOR)
    after = [await counting.run(*each) for each in asked]
    assert [first is second for first, second in zip(before, after, strict=True)] == [True, False, False]


async def test_a_wall_asks_nothing_of_its_numbers_while_nothing_changed(
    migrated_clickhouse: RunningClickHouse, counting: Counting
) -> None:
    """Only the clock's questions, and whether anything changed."""
    now, writer = datetime.now(UTC), connect(migrated_clickhouse.writer)
    insert(writer, sample_world(now).rows)
    writer.close()
    queries = {panel.query.name: panel.query for panel in PAGES["wall"].panels if not panel.query.clocked}
    asked = [sql_of(query, now, "en", RawRange("now-24h", "now"), {}) for query in queries.values()]
    await asyncio.gather(*map(counting.run, asked))
    assert set(counting.asked) == {VERSIONS, *asked}
    await asyncio.sleep(1.5 * SHARED_FOR)
    counting.asked.clear()
    await asyncio.gather(*map(counting.run, asked))
    assert counting.asked == [VERSIONS]


async def test_versions_follow_rows_that_come_are_deleted_and_no_merge(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    writer = connect(migrated_clickhouse.writer)

    def versions() -> dict[str, int]:
        rows = writer.query(VERSIONS).result_rows
        return {str(table): int(version) for table, version in rows}

    before = versions()
    something_arrives(migrated_clickhouse)
    come = versions()
    assert {name for name, version in come.items() if version != before.get(name)} == {"activities"}
    something_arrives(migrated_clickhouse)
    again = versions()
    assert again["activities"] != come["activities"]
    writer.command("OPTIMIZE TABLE salgspuls_store.activities FINAL")
    assert versions() == again
    writer.command(
        "ALTER TABLE salgspuls_store.activities DELETE WHERE activity_id = 'b'",
        settings={"mutations_sync": 1},
    )
    deleted = versions()
    assert deleted["activities"] != again["activities"]
    something_arrives(migrated_clickhouse)
    newest = versions()
    assert newest["activities"] != deleted["activities"]
    writer.command("OPTIMIZE TABLE salgspuls_store.activities FINAL")
    assert versions() == newest
    writer.close()


async def test_a_version_changes_with_the_last_part_that_a_deletion_reaches(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    """What was answered while some parts still had the deleted rows is no answer for later."""
    writer = connect(migrated_clickhouse.writer)
    something_arrives(migrated_clickhouse)
    writer.command(
        "INSERT INTO salgspuls_store.activities (activity_id, revision, kind, started_at, received_at) "
        "SELECT toString(number), 1, 'email', now(), now() FROM numbers(4)"
    )
    writer.command(
        "ALTER TABLE salgspuls_store.activities DELETE WHERE activity_id IN ('a', '0') AND NOT sleepEachRow(0.3)",
        settings={"mutations_sync": 0, "allow_nondeterministic_mutations": 1},
    )
    left: dict[str, set[int]] = {}
    ends, version, count = time.monotonic() + 20, "", 5
    while time.monotonic() < ends and count > 3:
        version = str(writer.query(f"{VERSIONS} WHERE table = 'activities'").result_rows)
        (count,) = writer.query("SELECT count() FROM salgspuls_store.activities").result_rows[0]
        left.setdefault(version, set()).add(count)
    version = str(writer.query(f"{VERSIONS} WHERE table = 'activities'").result_rows)
    writer.close()
    assert set().union(*left.values()) == {5, 4, 3}
    assert 4 not in left.get(version, set())


async def test_what_is_live_is_asked_again_as_soon_as_newer_data_came(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    runner = QueryRunner(migrated_clickhouse.reader, timeout=5, shared_for=60)
    first = await runner.run_live(ID_AND_ACTIVITIES, {}, 0.05)
    await asyncio.sleep(0.1)
    assert await runner.run_live(ID_AND_ACTIVITIES, {}, 0.05) is first
    something_arrives(migrated_clickhouse)
    await asyncio.sleep(0.25)
    frames = await asyncio.gather(*(runner.run_live(ID_AND_ACTIVITIES, {}, 0.05) for _ in range(40)))
    assert frames[0] is not first
    assert all(frame is frames[0] for frame in frames)
    runner.close()


@pytest.mark.parametrize(("took", "seconds"), [(0.0, 2.5), (0.01, 2.5), (0.05, 10), (0.075, 15), (3.0, 15)])
def test_what_is_dear_is_asked_more_rarely(took: float, seconds: float) -> None:
    assert Pace(2.5, share=0.005, longest=15).seconds(took) == pytest.approx(seconds)
    assert Pace(2.5).seconds(took) == 2.5


async def test_one_page_asks_ahead_at_a_time(runner: QueryRunner) -> None:
    assert runner.is_free
    runner.ahead = [asyncio.create_task(asyncio.sleep(0.2))]
    assert not runner.is_free
    await asyncio.gather(*runner.ahead)
    assert runner.is_free


async def test_a_question_that_nobody_waits_for_any_more_is_not_asked(runner: QueryRunner) -> None:
    asked = [asyncio.create_task(runner.run_now(f"SELECT sleep(0.4), {number}")) for number in range(60)]
    await asyncio.sleep(0.1)
    for task in asked:
        task.cancel()
    began = time.monotonic()
    assert (await runner.run_now("SELECT 1 AS one")).rows == 1
    assert time.monotonic() - began < 2


async def test_an_answer_that_nobody_waits_for_any_more_still_comes_for_the_others(
    runner: QueryRunner,
) -> None:
    sql = "SELECT sleep(0.5) AS slept"
    left = asyncio.create_task(runner.run(sql))
    stayed = asyncio.create_task(runner.run(sql))
    await asyncio.sleep(0.1)
    left.cancel()
    assert (await stayed).rows == 1


@pytest.mark.alone
async def test_a_slow_query_fails_in_time_and_holds_nobody_up(runner: QueryRunner) -> None:
    slow = asyncio.create_task(runner.run("SELECT sleep(3)"))
    began = time.monotonic()
    assert (await runner.run("SELECT 1 AS one")).rows == 1
    assert time.monotonic() - began < 1.5
    with pytest.raises(SlowError, match=r"^2$"):
        await slow
    assert time.monotonic() - began < 6


async def test_what_clickhouse_refuses_is_said(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match="no_such_table"):
        await runner.run("SELECT * FROM no_such_table")
    with pytest.raises(QueryError):
        await runner.run("CREATE TABLE t (x UInt8) ENGINE = Memory")
    assert (await runner.run("SELECT 1 AS one")).rows == 1


async def test_a_database_that_is_not_there_is_an_error_of_the_query(
    clickhouse_server: RunningClickHouse,
) -> None:
    from dataclasses import replace

    runner = QueryRunner(replace(clickhouse_server.reader, port=free_port()), timeout=2, shared_for=0)
    with pytest.raises(UnreachableError, match=r"^$"):
        await runner.run("SELECT 1")
    runner.close()
