"""Consent that a correction withdraws: the words are gone from every view at once, and from disk after a purge."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.client import connect, connect_async
from clickhouse.schema.tables import STORE, VIEWS
from clickhouse.store import Store
from schemas.events import AnyEvent, CallEnded, CallSegment, serialize
from schemas.topics import CALLS
from streams.kafka.messages import Message
from streams.worker.withdrawals import Withdrawals
from tests.integration.test_pipeline import Bench, PowerCut, Unreliable
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated_clickhouse

__all__ = ["clickhouse_server", "migrated_clickhouse"]

STARTED_AT = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
SAID = ("zebrafinch", "Pipedrive")
TEXT = "The zebrafinch moved from HubSpot to Pipedrive, and the zebrafinch likes Pipedrive."
TABLES = ("segments", "calls", "call_keywords", "call_names", "name_hours", "word_hours", "term_months")


@pytest.fixture
async def bench(migrated_clickhouse: RunningClickHouse) -> AsyncIterator[Bench]:
    client = connect(migrated_clickhouse.writer, database="")
    async_client = await connect_async(migrated_clickhouse.writer, database="")
    for table in TABLES:
        client.command(
            f"SYSTEM STOP MERGES {STORE}.{table}"
        )  # as long as ClickHouse does not merge by itself
    try:
        yield Bench(client, Unreliable(async_client))
    finally:
        for table in TABLES:
            client.command(f"SYSTEM START MERGES {STORE}.{table}")
        await async_client.close()
        client.close()


def segment(number: int, revision: int = 1, **fields: Any) -> CallSegment:
    given: dict[str, Any] = {
        "call_id": "call-1", "call_started_at": STARTED_AT, "seller_id": "seller-1", "consent": True,
        "segment_id": f"s{number}", "speaker": "seller" if number == 2 else "customer", "start_ms": number * 10_000,
        "end_ms": number * 10_000 + 5_000, "text": TEXT, "language": "en", "revision": revision,
    }  # fmt: skip
    return CallSegment(**(given | fields))


def withdrawn(number: int, revision: int = 2) -> CallSegment:
    return segment(number, revision, consent=False, text="")


ENDED = CallEnded(call_id="call-1", call_started_at=STARTED_AT, seller_id="seller-1", duration_ms=60_000)


async def store(bench: Bench, *events: AnyEvent) -> None:
    pipeline, _ = await bench.fresh()
    now = datetime.now(UTC)
    await pipeline.run(
        [Message(CALLS.name, 0, 0, event.key.encode(), serialize(event), now) for event in events]
    )


def holding(client: Client, tables: list[str], word: str) -> list[str]:
    """The tables and views in which a word stands, in any row and any column; of tables also in replaced rows."""
    return [
        table
        for table in tables
        if word.lower() in repr(client.query(f"SELECT * FROM {table}").result_rows).lower()
    ]


def views(client: Client) -> list[str]:
    names = client.query(
        f"SELECT name FROM system.tables WHERE database = '{VIEWS}'"
        r" AND NOT match(create_table_query, '\\{\\w+:')"  # a view with parameters is asked with them
    ).result_rows
    return [f"{VIEWS}.{name}" for (name,) in names]


async def purge(bench: Bench) -> int:
    """As if the time in which what follows is written had passed; waits for the mutations."""
    bench.client.command(
        f"ALTER TABLE {STORE}.withdrawn_consents UPDATE stored_at = stored_at - INTERVAL 300 SECOND WHERE 1 "
        "SETTINGS mutations_sync = 2"
    )
    for table in TABLES:
        bench.client.command(f"SYSTEM START MERGES {STORE}.{table}")  # mutations are merges, too
    purged = await bench.persistent().purge_withdrawn()
    deadline = time.monotonic() + 30
    while bench.query("SELECT count() FROM system.mutations WHERE NOT is_done") != [(0,)]:
        assert time.monotonic() < deadline, "the mutations do not end"
        await asyncio.sleep(0.05)
    return purged


async def test_words_are_gone_at_once_from_every_view_and_then_from_disk(bench: Bench) -> None:
    await store(bench, *(segment(number) for number in (1, 2, 3)), ENDED)
    assert {f"{VIEWS}.segments", f"{VIEWS}.call_names"} <= set(
        holding(bench.client, views(bench.client), SAID[1])
    )
    await store(bench, *(withdrawn(number) for number in (1, 2, 3)))
    for word in SAID:
        assert holding(bench.client, [f"{VIEWS}.segments", f"{VIEWS}.calls"], word) == []
    tables = [f"{STORE}.{table}" for table in TABLES]
    assert holding(bench.client, tables, SAID[0]), "replaced rows are still there, or this test tests nothing"

    assert await purge(bench) == 3
    for word in SAID:
        assert holding(bench.client, tables + views(bench.client), word) == []
    assert bench.query(f"SELECT segments, consent, words_customer FROM {VIEWS}.calls") == [(3, False, 0)]
    assert await purge(bench) == 0


async def test_only_withdrawn_words_go_and_consent_given_again_counts(bench: Bench) -> None:
    await store(bench, *(segment(number) for number in (1, 2, 3)), ENDED)
    await store(bench, withdrawn(1), withdrawn(3))
    await store(bench, segment(3, revision=3, text="The starling came back."))
    before = bench.query(f"SELECT * EXCEPT stored_at FROM {VIEWS}.segments ORDER BY segment_id")
    hours = bench.query(f"SELECT * FROM {VIEWS}.name_hours ORDER BY ALL")
    assert await purge(bench) == 2
    assert bench.query(f"SELECT * EXCEPT stored_at FROM {VIEWS}.segments ORDER BY segment_id") == before
    assert bench.query(f"SELECT * FROM {VIEWS}.name_hours ORDER BY ALL") == hours
    stored = bench.query(f"SELECT segment_id, text FROM {STORE}.segments ORDER BY ALL")
    assert ("s1", TEXT) not in stored
    assert ("s3", TEXT) not in stored
    assert ("s2", TEXT) in stored
    assert ("s3", "The starling came back.") in stored


async def test_of_a_month_that_is_over_they_go_as_well_and_what_comes_later_counts(bench: Bench) -> None:
    begun = STARTED_AT - timedelta(days=40)

    def call(name: str, hour: int, text: str) -> list[AnyEvent]:
        at = begun.replace(minute=0) + timedelta(hours=hour)
        ended = CallEnded(call_id=name, call_started_at=at, seller_id="seller-1", duration_ms=60_000)
        return [segment(2, text=text, call_id=name, call_started_at=at), ended]

    await store(bench, *call("call-1", 0, "The zebrafinch likes the starling."))
    await store(bench, *call("call-2", 2, "The starling came back."))
    told, _ = call("call-1", 0, "")
    assert isinstance(told, CallSegment)
    months = f"{STORE}.term_months"
    assert holding(bench.client, [months], "zebrafinch") == [months]
    await store(bench, told.model_copy(update={"revision": 2, "consent": False}))
    assert await purge(bench) == 1
    assert holding(bench.client, [f"{STORE}.word_hours", months], "zebrafinch") == []
    await store(bench, *call("call-3", 2, "The starling is here, the starling sings."))
    of_hours = "SELECT sum(uses) FROM salgspuls_store.word_hours FINAL WHERE term = 'starling'"
    of_months = (
        "SELECT sum(arraySum(counts.uses)) FROM salgspuls_store.term_months FINAL WHERE term = 'starling'"
    )
    assert bench.query(of_hours) == bench.query(of_months) == [(3,)]


async def test_a_crash_anywhere_in_between_leaves_nothing_unpurged(bench: Bench) -> None:
    await store(bench, segment(1))
    for left in range(3):
        bench.store.statements_left = left
        with contextlib.suppress(PowerCut):
            await store(bench, withdrawn(1, revision=2 + left))
        bench.store.statements_left = None
    await store(bench, withdrawn(1, revision=9))
    await purge(bench)
    assert holding(bench.client, [f"{STORE}.segments"], SAID[0]) == []


async def test_a_writer_without_the_right_goes_on_and_says_so(bench: Bench) -> None:
    class Closed(Store):
        async def purge_withdrawn(self) -> int:
            error = DatabaseError("not enough privileges")
            error.code = 497
            raise error

    await Withdrawals(Closed(bench.store._client), bench.metrics).purge()
    assert bench.metrics.purge_failures._value.get() == 1
