"""One flush against the real ClickHouse: interrupted anywhere, refused by the store, held up by an outage."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver import AsyncClient, Client
from prometheus_client import CollectorRegistry

from clickhouse.aggregates import NARROWER, hour_of
from clickhouse.client import connect, connect_async
from clickhouse.erasure import Eraser, Erasure, Fact, Subject
from clickhouse.schema.tables import STORE
from clickhouse.store import Store
from processors.analysis.trackers import primary_language
from schemas.events import AnyEvent, CallEnded, CallEvent, CallSegment, CallStarted, parse, serialize
from schemas.fields import MAX_ID_LENGTH
from schemas.rejections import Reason, Rejection
from schemas.topics import CALLS, CRM, SETTINGS, topic_of
from streams.config.clickhouse import ClickHouseSettings
from streams.config.settings import Settings, WorkerSettings
from streams.jobs.rebuild import Progress, rebuild
from streams.kafka.messages import Message
from streams.simulator import World
from streams.worker.active_trackers import ActiveTrackers, analyser_for
from streams.worker.assembly import assemble
from streams.worker.erased import Erased
from streams.worker.metrics import WorkerMetrics
from streams.worker.outcome import Batch
from streams.worker.pipeline import BatchPipeline
from streams.worker.retrying_store import PersistentStore, StoreUnusableError
from streams.worker.waits import Waits
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    migrated_folder,
    running_clickhouse,
)
from tests.support.oracle import a_recent_working_day, assert_same, expected_rows, stored_rows
from tests.support.plain_oracle import most_said

NOW = datetime.now(UTC)
Pipeline = BatchPipeline[Any]


class PowerCut(BaseException):
    """The process ends here."""


class Unreliable(Store):
    """The store, on a line that is cut before or after the n-th statement."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)
        self.statements_left: int | None = None
        self.cut_after_it_arrived = False

    async def insert(self, rows: Sequence[Any]) -> None:
        await self._send(lambda: super(Unreliable, self).insert(rows), counts=bool(rows))

    async def refresh_hours(self, hours: Any, narrower: Any = NARROWER) -> None:
        await self._send(lambda: super(Unreliable, self).refresh_hours(hours, narrower), counts=True)

    async def _send(self, statement: Callable[[], Awaitable[None]], *, counts: bool) -> None:
        if self.statements_left is None or not counts:
            await statement()
        elif self.statements_left > 0:
            self.statements_left -= 1
            await statement()
        else:
            if self.cut_after_it_arrived:
                await statement()
            raise PowerCut


class DeadLetters:
    """Takes what is rejected."""

    def __init__(self) -> None:
        self.rejected: list[tuple[Message, Rejection]] = []

    async def send(self, rejected: Sequence[tuple[Message, Rejection]]) -> None:
        self.rejected += rejected


class Bench:
    """A store with the schema, and flushes as a worker that has just started has them."""

    def __init__(self, client: Client, store: Unreliable) -> None:
        self.client = client
        self.store = store
        self.metrics = WorkerMetrics(CollectorRegistry())
        self.waits = Waits(self.metrics)
        self.dead_letters = DeadLetters()

    async def fresh(self, **worker: Any) -> tuple[Pipeline, Pipeline]:
        """The pipelines of calls and of other facts; `worker` are settings."""
        store = self.persistent()
        trackers = ActiveTrackers(store, self.metrics)
        await trackers.refresh()
        self.erased = Erased(store)
        await self.erased.refresh()
        settings = Settings(worker=WorkerSettings(hours_seconds=0.1, **worker))
        pipelines = assemble(
            settings, store, self.dead_letters, self.metrics, self.erased, trackers, lambda: NOW, "test"
        )
        return pipelines[CALLS.name], pipelines[CRM.name]

    def persistent(self) -> PersistentStore:
        return PersistentStore(self.store, self.metrics, self.waits, random.Random(1))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.client.query(sql, tz_mode="aware").result_rows]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    variables = ClickHouseSettings().migration_variables()
    with running_clickhouse(migrated_folder(tmp_path_factory.mktemp("clickhouse"), variables)) as running:
        yield running


@pytest.fixture
async def bench(server: RunningClickHouse) -> AsyncIterator[Bench]:
    client = connect(server.writer, database="")
    for (table,) in client.query(
        "SELECT name FROM system.tables WHERE database = 'salgspuls_store' AND engine LIKE '%MergeTree'"
    ).result_rows:
        client.command(f"TRUNCATE TABLE salgspuls_store.{table}")
    async_client = await connect_async(server.writer, database="")
    try:
        yield Bench(client, Unreliable(async_client))
    finally:
        await async_client.close()
        client.close()


@cache
def some_events() -> tuple[list[AnyEvent], list[AnyEvent], list[AnyEvent]]:
    """Settings, an hour of calls, and the deals beside them: the same for all tests, for a world takes seconds."""
    ends = a_recent_working_day(NOW)
    world = World.create(11, ends, days=2, density=4.0, length=0.1)
    settings = [timed.event for timed in world.history(end=world.begins + timedelta(seconds=1))]
    hour = [timed.event for timed in world.history(ends - timedelta(hours=1), ends)]
    calls: list[AnyEvent] = [event for event in hour if isinstance(event, CallEvent)]
    deals = [event for event in hour if topic_of(event) is CRM]
    return [event for event in settings if topic_of(event) is SETTINGS], calls, deals


def messages(events: Sequence[AnyEvent]) -> list[Message]:
    return [
        Message(topic_of(event).name, 0, offset, event.key.encode(), serialize(event), NOW)
        for offset, event in enumerate(events)
    ]


def batches(some: Sequence[Message], size: int) -> list[Sequence[Message]]:
    return [some[start : start + size] for start in range(0, len(some), size)]


async def test_cut_anywhere_and_repeated_it_gives_the_rows_of_the_facts(bench: Bench) -> None:
    """After each statement that a flush sends the power fails once; a new worker repeats the batch that was not
    acknowledged. Statements: four inserts and the hours, each cut before and after it arrives."""
    settings, calls, deals = some_events()
    _, facts = await bench.fresh()
    await facts.run(messages(settings))
    cuts = [(left, arrived) for left in range(5) for arrived in (False, True)]
    flush, facts = await bench.fresh()
    for batch in batches(messages(calls), 40):
        if cuts:
            bench.store.statements_left, bench.store.cut_after_it_arrived = cuts[0]
            with contextlib.suppress(PowerCut):
                await flush.run(batch)  # may need fewer statements: then the cut waits for the next batch
                cuts.insert(0, cuts[0])
            del cuts[0]
            bench.store.statements_left = None
            flush, facts = await bench.fresh()
        await flush.run(batch)
    assert not cuts, "the hour is too quiet for all cuts"
    await facts.run(messages(deals))
    expected = expected_rows(settings + calls + deals)
    assert_same(stored_rows(bench), expected)
    await _the_hours_are_those_of_the_calls(bench)
    _the_words_are_those_of_ended_calls(bench, expected)


async def _the_hours_are_those_of_the_calls(bench: Bench) -> None:
    hours = bench.query(
        "SELECT seller_id, hour, calls, duration_ms, switches, negative_ms, round(talk_ratio_sum, 9) "
        "FROM salgspuls.seller_hours ORDER BY ALL"
    )
    assert hours == bench.query(
        "SELECT seller_id, toStartOfHour(toDateTime(call_started_at, 'UTC')) AS hour, count(), sum(duration_ms), "
        "sum(switches), sum(sentiment_negative_ms), round(sum(ifNull(talk_ratio, 0)), 9) "
        "FROM salgspuls.calls GROUP BY seller_id, hour ORDER BY ALL"
    )
    assert len(hours) > 3
    mentions = bench.query(
        "SELECT tracker_id, sum(mentions_seller), sum(mentions_customer), sum(calls), sum(customer_calls) "
        "FROM salgspuls.keyword_hours GROUP BY tracker_id ORDER BY tracker_id"
    )
    assert mentions == bench.query(
        "SELECT tracker_id, sum(mentions_seller), sum(mentions_customer), uniqExact(call_id), "
        "uniqExactIf(call_id, mentions_customer > 0) "
        "FROM salgspuls.call_keywords GROUP BY tracker_id ORDER BY tracker_id"
    )
    assert len(mentions) > 3


def _the_words_are_those_of_ended_calls(bench: Bench, expected: dict[str, list[Any]]) -> None:
    """The SQL keeps the terms that `most_said` keeps."""
    ended = {row.call_id: row for row in expected["calls"] if row.ended}
    said: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    words: Counter[tuple[str, datetime, str, str]] = Counter()
    for row in expected["segments"]:
        language = primary_language(row.language) or ""
        said[row.call_id, language].update(row.terms)
        if row.speaker == "seller" and row.words and row.call_id in ended:
            words[row.seller_id, hour_of(row.call_started_at), language, ""] += row.words
    for (call_id, language), counts in said.items():
        if (call := ended.get(call_id)) is not None:
            for term, uses in most_said(counts).items():
                words[call.seller_id, hour_of(call.call_started_at), language, term] += uses
    stored = bench.query(
        f"SELECT seller_id, toDateTime(hour, 'UTC'), language, term, uses FROM {STORE}.word_hours FINAL WHERE uses > 0"
    )
    assert {tuple(key): uses for *key, uses in stored} == dict(words)
    assert len(words) > 100


async def overlapping(flush: Pipeline, some: Iterable[Sequence[Message]]) -> list[bool]:
    """As an agent works: a batch is begun while the one before is finished. Returns of each batch whether the next one
    was folded by the time that it was written."""
    ahead = []

    async def finish(batch: Batch[Any]) -> None:
        await flush.finish(batch)
        ahead.append(flush._newest is not None and flush._newest.generation > 0)

    async with asyncio.TaskGroup() as finishing:
        for each in some:
            finishing.create_task(finish(await flush.begin(each)))
    return ahead


async def _all_of_the_calls_is_stored(bench: Bench, events: Sequence[AnyEvent]) -> None:
    tables = ("segments", "calls", "call_keywords", "call_names")
    assert_same(stored_rows(bench), expected_rows(events), *tables)
    await _the_hours_are_those_of_the_calls(bench)


def slowed(bench: Bench, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Every insert takes its time, in which something else may happen."""
    insert = bench.store.insert

    async def slow(rows: Sequence[Any]) -> None:
        await asyncio.sleep(0.01)
        meanwhile()
        await insert(rows)

    bench.store.insert = slow  # type: ignore[method-assign]  # the real one, made worse


async def test_a_batch_is_folded_while_the_one_before_is_written(bench: Bench) -> None:
    """One call is held and all others are read back; but those of a batch that is being written stay, for they cannot
    be read yet."""
    settings, calls, _ = some_events()
    _, facts = await bench.fresh()
    await facts.run(messages(settings))
    flush, _ = await bench.fresh(max_open_calls=1)
    slowed(bench)
    some = [batch for each in batches(messages(calls), 80) for batch in (each, each[::3])]
    ahead = await overlapping(flush, some)
    assert ahead.count(True) > len(some) / 3
    assert bench.metrics.held_calls._value.get() <= 1
    assert bench.metrics.calls_reloaded._value.get() > 0
    await _all_of_the_calls_is_stored(bench, settings + calls)


async def test_a_batch_may_be_settled_while_the_next_one_is_still_read(bench: Bench) -> None:
    """Reading gives the others their turn, and takes longer than writing on a busy machine."""
    settings, calls, _ = some_events()
    _, facts = await bench.fresh()
    await facts.run(messages(settings))
    flush, _ = await bench.fresh()
    half = len(calls) // 2
    first = await flush.begin(messages(calls[:half]))
    read = flush._folder._reader.read  # type: ignore[attr-defined]  # of a folder of calls

    async def slowly(some: Sequence[Message]) -> Any:
        outcome = await read(some)
        await first.settled.wait()
        return outcome

    flush._folder._reader.read = slowly  # type: ignore[attr-defined]  # as above
    second = asyncio.create_task(flush.begin(messages(calls[half:])))
    await asyncio.sleep(0)
    await flush.finish(first)
    await flush.finish(await second)
    await _all_of_the_calls_is_stored(bench, settings + calls)


async def test_what_is_forgotten_while_it_is_written_is_not_read_too_early(bench: Bench) -> None:
    """Partitions are given away and the epoch changes at any moment, also between a fold and its writing."""
    settings, all_calls, _ = some_events()
    calls = all_calls[: len(all_calls) // 2]
    _, facts = await bench.fresh()
    await facts.run(messages(settings))
    flush, _ = await bench.fresh()
    rng = random.Random(5)
    slowed(bench, lambda: flush.invalidate("test") if rng.random() < 0.1 else None)

    async def forget_in_between() -> None:
        while True:
            await asyncio.sleep(rng.uniform(0.05, 0.2))
            flush.invalidate("test")

    forgetting = asyncio.create_task(forget_in_between())
    await overlapping(flush, batches(messages(calls), 80))
    forgetting.cancel()
    assert bench.metrics.calls_reloaded._value.get() > 10
    await _all_of_the_calls_is_stored(bench, settings + calls)


async def test_what_is_refused_while_the_next_is_folded_takes_nothing_with_it(bench: Bench) -> None:
    settings, calls, _ = some_events()
    _, facts = await bench.fresh()
    await facts.run(messages(settings))
    segments = [event.fact_id for event in calls if event.type == "call_segment"]
    odd = set(random.Random(2).sample(segments, 5))
    ids = ", ".join(f"('{call}', '{segment}')" for call, segment in odd)
    bench.client.command(
        f"ALTER TABLE salgspuls_store.segments ADD CONSTRAINT odd CHECK (call_id, segment_id) NOT IN ({ids})"
    )
    flush, _ = await bench.fresh()
    slowed(bench)
    try:
        await overlapping(flush, batches(messages(calls), 80))
    finally:
        bench.client.command("ALTER TABLE salgspuls_store.segments DROP CONSTRAINT odd")
    rejected = [parse(message.value or b"").fact_id for message, _ in bench.dead_letters.rejected]
    assert sorted(rejected) == sorted(odd)
    await _all_of_the_calls_is_stored(
        bench, settings + [event for event in calls if event.fact_id not in odd]
    )


async def test_every_message_is_counted_as_exactly_one_of_three(bench: Bench) -> None:
    _, calls, _ = some_events()
    flush, _ = await bench.fresh()
    some = messages(calls[:50])
    broken = some[0]._replace(value=b"{", offset=1000)
    await flush.run([*some, *some[:20], broken])

    def counted(name: str) -> float:
        return getattr(bench.metrics, name).labels(CALLS.name)._value.get()  # type: ignore[no-any-return]  # a counter's inside

    assert counted("consumed") == 71
    assert counted("stored") + counted("duplicates") == 70
    assert counted("duplicates") >= 20
    assert [rejection.reason for _, rejection in bench.dead_letters.rejected] == [Reason.NOT_JSON]
    assert bench.query("SELECT topic, offset, reason FROM salgspuls.dead_letters") == [
        (CALLS.name, 1000, "not_json")
    ]


async def test_rows_that_clickhouse_rejects_are_found_and_the_others_stored(bench: Bench) -> None:
    _, calls, deals = some_events()
    flush, facts = await bench.fresh()
    bad = {event.fact_id for event in calls if event.type == "call_segment"}
    rejected_segments = set(sorted(bad)[:3])
    ids = ", ".join(f"('{call}', '{segment}')" for call, segment in rejected_segments)
    rejected_deals = {event.opportunity_id for event in deals if event.type == "opportunity_changed"}
    one_deal = sorted(rejected_deals)[0]
    bench.client.command(
        f"ALTER TABLE salgspuls_store.segments ADD CONSTRAINT odd CHECK (call_id, segment_id) NOT IN ({ids})"
    )
    bench.client.command(
        f"ALTER TABLE salgspuls_store.opportunity_changes ADD CONSTRAINT odd CHECK opportunity_id != '{one_deal}'"
    )
    try:
        await flush.run(messages(calls))
        await facts.run(messages(deals))
    finally:
        bench.client.command("ALTER TABLE salgspuls_store.segments DROP CONSTRAINT odd")
        bench.client.command("ALTER TABLE salgspuls_store.opportunity_changes DROP CONSTRAINT odd")
    assert {rejection.reason for _, rejection in bench.dead_letters.rejected} == {Reason.REFUSED_BY_STORE}
    assert {rejection.detail for _, rejection in bench.dead_letters.rejected} == {
        "error 469 VIOLATED_CONSTRAINT"
    }
    kept_calls = [event for event in calls if event.fact_id not in rejected_segments]
    kept_deals = [
        event
        for event in deals
        if getattr(event, "opportunity_id", None) != one_deal or event.type == "activity_logged"
    ]
    expected = expected_rows(kept_calls + kept_deals)
    assert_same(stored_rows(bench), expected, "segments", "calls", "opportunity_changes", "activities")


async def test_a_call_may_not_have_more_segments_than_the_bound(bench: Bench) -> None:
    _, calls, _ = some_events()
    call_id, _ = Counter(event.key for event in calls).most_common(1)[0]
    of_one = [event for event in calls if event.key == call_id]
    flush, _ = await bench.fresh(max_call_segments=5)
    await flush.run(messages(of_one))
    assert {rejection.reason for _, rejection in bench.dead_letters.rejected} == {Reason.TOO_MANY_SEGMENTS}
    assert bench.query("SELECT segments FROM salgspuls.calls") == [(5,)]


async def test_a_flush_of_talk_in_which_nothing_is_found_writes_two_parts(bench: Bench) -> None:
    """The segments and their calls; what is counted by hour comes every ten seconds. So parts a second stay below two,
    for a flush gathers for most of one."""
    began = NOW - timedelta(minutes=5)
    said: list[AnyEvent] = [
        CallSegment(
            call_id=f"call-{number}",
            call_started_at=began,
            seller_id=f"seller-{number}",
            segment_id="s",
            consent=True,
            speaker="seller",
            start_ms=0,
            end_ms=1_000,
            text="Yes, of course.",
            language="en",
        )
        for number in range(3)
    ]
    flush, _ = await bench.fresh()

    def parts() -> dict[str, int]:
        rows = bench.query(
            "SELECT table, count() FROM system.parts WHERE database = 'salgspuls_store'"
            " AND table NOT LIKE '%_hours' AND rows > 0 GROUP BY table"
        )
        return {str(table): int(count) for table, count in rows}

    before = parts()
    await flush.run(messages(said))
    after = parts()
    assert {
        table: count - before.get(table, 0) for table, count in after.items() if count != before.get(table)
    } == {
        "calls": 1,
        "segments": 1,
    }


async def test_many_sellers_at_once_with_the_longest_ids_are_stored(bench: Bench) -> None:
    """What is asked of ClickHouse about a batch names each seller and each call: ids are measured in characters,
    statements in bytes."""
    number = 2_500
    events = [
        CallStarted(
            call_id=f"call {line} ".ljust(MAX_ID_LENGTH, "ø"),
            call_started_at=NOW - timedelta(minutes=5),
            seller_id=f"seller {line} ".ljust(MAX_ID_LENGTH, "'"),
        )
        for line in range(number)
    ]
    flush, _ = await bench.fresh()
    await flush.run(messages(events))
    assert bench.query("SELECT sum(calls), uniqExact(seller_id) FROM salgspuls.seller_hours") == [
        (number, number)
    ]
    flush, _ = await bench.fresh()
    ends = [
        CallEnded(
            call_id=event.call_id,
            call_started_at=event.call_started_at,
            seller_id=event.seller_id,
            duration_ms=60_000,
        )
        for event in events
    ]
    await flush.run(messages(ends))
    assert bench.query("SELECT sum(ended_calls) FROM salgspuls.seller_hours") == [(number,)]
    assert bench.dead_letters.rejected == []


async def test_what_was_erased_is_forgotten_and_rejected(bench: Bench) -> None:
    """A part of a flush is about an erased call; the others are not held up, and read back."""
    _, calls, _ = some_events()
    gone, other = calls[0].key, next(event.key for event in calls if event.key != calls[0].key)
    flush, _ = await bench.fresh()
    await flush.run(messages(calls))
    assert bench.metrics.held_calls._value.get() > 10
    before = bench.query(
        f"SELECT * EXCEPT stored_at FROM salgspuls.segments WHERE call_id = '{other}' ORDER BY ALL"
    )

    eraser, fact = Eraser(bench.client), Fact("call", gone)
    eraser.mark([fact])
    eraser.announce(Erasure("erasure", Subject("customer", "somebody"), "test", NOW), [fact])
    await bench.erased.refresh()
    some = messages([event for event in calls if event.key in (gone, other)])
    await flush.run(some)
    assert bench.metrics.held_calls._value.get() == 1
    rejected = [message for message in some if message.key == gone.encode()]
    assert rejected
    assert [(message, why.reason) for message, why in bench.dead_letters.rejected] == [
        (message, Reason.ERASED) for message in rejected
    ]
    assert (
        bench.query(
            f"SELECT * EXCEPT stored_at FROM salgspuls.segments WHERE call_id = '{other}' ORDER BY ALL"
        )
        == before
    )


async def test_a_database_that_is_not_ours_stops_the_worker_with_what_to_do(bench: Bench) -> None:
    _, calls, _ = some_events()
    flush, _ = await bench.fresh()
    bench.client.command("RENAME TABLE salgspuls_store.segments TO salgspuls_store.elsewhere")
    try:
        with pytest.raises(StoreUnusableError, match="run `salgspuls migrate`"):
            await flush.run(messages(calls[:10]))
    finally:
        bench.client.command("RENAME TABLE salgspuls_store.elsewhere TO salgspuls_store.segments")


async def test_it_waits_through_an_outage_and_says_so(bench: Bench, tmp_path: Path) -> None:
    """Errors of the line are waited for; here the first three attempts find nobody."""
    _, calls, _ = some_events()
    attempts = 0
    waited_for: list[str | None] = []
    insert = bench.store.insert

    async def flaky(rows: Sequence[Any]) -> None:
        nonlocal attempts
        attempts += 1
        waited_for.append(bench.waits.reason)
        if attempts <= 3:
            raise ConnectionRefusedError(111, "Connection rejected")
        await insert(rows)

    bench.store.insert = flaky  # type: ignore[method-assign]  # the real one, made worse
    flush, _ = await bench.fresh()
    await flush.run(messages(calls[:30]))
    assert waited_for[:2] == [None, "ClickHouse (segments): ConnectionRefusedError: Connection rejected"]
    assert bench.waits.reason is None
    assert stored_rows(bench)["segments"] == expected_rows(calls[:30])["segments"]


async def test_a_rebuild_finds_in_old_calls_what_is_tracked_now(bench: Bench) -> None:
    """Stored without trackers, then rebuilt with them: as if they had been there from the start. Broken off, and
    resumed; a call whose text is not kept any more stays; a live worker goes on in the same epoch."""
    settings, calls, _ = some_events()
    half = len(calls) // 2
    flush, facts = await bench.fresh()
    for batch in batches(messages(calls[:half]), 200):
        await flush.run(batch)
    assert bench.query("SELECT count() FROM salgspuls.call_keywords") == [(0,)]
    still_going = {event.key for event in calls[half:]}
    oldest = min(event.key for event in calls[:half] if event.key not in still_going)
    bench.client.command(
        f"DELETE FROM salgspuls_store.segments WHERE call_id = '{oldest}' AND segment_id < 's-010'"
    )
    before = bench.query(f"SELECT * EXCEPT last_event_at FROM salgspuls.calls WHERE call_id = '{oldest}'")

    await facts.run(messages(settings))
    epoch = await bench.store.begin_epoch("test")
    store = bench.persistent()
    analyser = analyser_for(await store.trackers())
    with pytest.raises(PowerCut):
        await rebuild(store, analyser, epoch, cut_after_the_first, calls_at_once=10)
    assert await store.count_calls_before(epoch) > 1
    flush, _ = await bench.fresh()
    await flush.run(messages(calls[half:]))
    progress = await rebuild(store, analyser, epoch, lambda _: None)
    assert progress.without_text == 1
    assert await store.count_calls_before(epoch) == 1

    assert (
        bench.query(f"SELECT * EXCEPT last_event_at FROM salgspuls.calls WHERE call_id = '{oldest}'")
        == before
    )
    stored, expected = stored_rows(bench), expected_rows(settings + calls)
    for table in ("segments", "calls", "call_keywords", "call_names"):
        assert without(stored[table], oldest) == without(expected[table], oldest), table
    assert len(stored["call_keywords"]) > 10


async def test_other_rules_of_sentiment_begin_an_epoch_once_anything_is_stored(bench: Bench) -> None:
    """A worker of another lexicon must not mix its sentiment with what is stored; one of the same goes on."""
    first = await bench.store.epoch()
    assert not await bench.store.begin_epoch_for("aaaaaaaa")
    assert await bench.store.epoch() == first
    assert bench.query("SELECT count() FROM salgspuls.rebuilds") == [(0,)]
    flush, _ = await bench.fresh()
    _, calls, _ = some_events()
    await flush.run(messages(calls[:50]))
    assert not await bench.store.begin_epoch_for("aaaaaaaa")
    assert await bench.store.begin_epoch_for("bbbbbbbb")
    assert await bench.store.epoch() == first + 1
    assert await bench.store.begin_epoch("a manager's rebuild") == first + 2
    assert not await bench.store.begin_epoch_for("bbbbbbbb")
    assert await bench.store.count_calls_before(first + 2) > 0


def cut_after_the_first(progress: Progress) -> None:
    raise PowerCut


def without(rows: list[Any], call_id: str) -> list[Any]:
    """The rows of other calls, whatever their epoch."""
    return [row._replace(version=0) for row in rows if row.call_id != call_id]
