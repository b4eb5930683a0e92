"""The page's queries: shared between viewers, in threads, with their errors in words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from clickhouse.client import connect
from clickhouse.schema.rows import ActivityRow
from grafana.web.queries import QueryError, QueryRunner, SlowError, UnreachableError
from streams.demo.brokers import free_port
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
)
from tests.support.sample_rows import insert, row

__all__ = ["clickhouse_server", "migrated_clickhouse"]

TYPES = """
SELECT toDecimal64(12.5, 2) AS money, toNullable(0.5) AS share, 0 / 0 AS nothing, true AS flag,
    CAST('won' AS Enum8('won' = 1)) AS state, toLowCardinality('Nord') AS team, ['a', 'b'] AS words,
    toDate32('2026-11-24') AS day, CAST(NULL AS Nullable(Float64)) AS unknown
"""


def something_arrives(running: RunningClickHouse) -> None:
    now, writer = datetime.now(UTC), connect(running.writer)
    arrived = row(ActivityRow, activity_id="a", revision=1, kind="email", started_at=now, received_at=now)
    insert(writer, {ActivityRow: [arrived]})
    writer.close()


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
    migrated_clickhouse: RunningClickHouse,
) -> None:
    """Forty viewers who look again and again are one question, until newer data arrives."""
    runner = QueryRunner(migrated_clickhouse.reader, timeout=5, shared_for=0.1, settles=0)
    sql = "SELECT generateUUIDv4() AS id"
    answers = set()
    for _ in range(4):
        frames = await asyncio.gather(*(runner.run(sql) for _ in range(40)))
        answers |= {str(frame.row(0)["id"]) for frame in frames}
        await asyncio.sleep(0.15)
    assert len(answers) == 1
    something_arrives(migrated_clickhouse)
    await asyncio.sleep(0.15)
    assert str((await runner.run(sql)).row(0)["id"]) not in answers
    moments = {str((await runner.run_now(sql)).row(0)["id"])}
    await asyncio.sleep(0.15)
    assert str((await runner.run_now(sql)).row(0)["id"]) not in moments
    runner.close()


async def test_what_is_live_is_asked_again_as_soon_as_newer_data_came(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    runner = QueryRunner(migrated_clickhouse.reader, timeout=5, shared_for=60, settles=0)
    sql = "SELECT generateUUIDv4() AS id"
    first = await runner.run_live(sql, {}, 0.05)
    await asyncio.sleep(0.1)
    assert await runner.run_live(sql, {}, 0.05) is first
    something_arrives(migrated_clickhouse)
    await asyncio.sleep(0.1)
    frames = await asyncio.gather(*(runner.run_live(sql, {}, 0.05) for _ in range(40)))
    assert frames[0] is not first
    assert all(frame is frames[0] for frame in frames)
    runner.close()


async def test_what_came_a_moment_ago_is_asked_for_once_more(migrated_clickhouse: RunningClickHouse) -> None:
    """An answer that was given while the newest data was still being stored may lack a part of it."""
    runner = QueryRunner(migrated_clickhouse.reader, timeout=5, shared_for=0.05, settles=0.5)
    sql = "SELECT generateUUIDv4() AS id"
    first = await runner.run(sql)
    await asyncio.sleep(0.7)
    second = await runner.run(sql)
    await asyncio.sleep(0.2)
    assert second is not first
    assert await runner.run(sql) is second
    runner.close()


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
