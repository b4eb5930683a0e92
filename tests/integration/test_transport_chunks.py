"""Chunks from a real broker: all of a partition in order, committed only as far as acknowledged."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Any, cast

import faust
import pytest
from aiokafka import AIOKafkaProducer, ConsumerRecord
from faust.types import EventT

from streams.kafka import transport
from streams.kafka.transport import ChunkConsumer
from tests.support.brokers import Cluster, Message
from tests.support.chunk_app import chunk_app, running, until, until_committed


class Seen:
    """What an agent got: its events, and their records in the order of arrival."""

    def __init__(self) -> None:
        self.events: list[EventT[Any]] = []

    def add(self, event: EventT[Any]) -> None:
        self.events.append(event)

    @property
    def records(self) -> list[ConsumerRecord]:
        return [record for event in self.events for record in event.value]

    def has(self, count: int) -> bool:
        return len(self.records) >= count

    def offsets(self) -> dict[int, list[int]]:
        offsets = defaultdict(list)
        for record in self.records:
            offsets[record.partition].append(record.offset)
        return dict(offsets)


def collecting_agent(app: faust.App, topic: str, *, acknowledge: bool = True) -> Seen:
    """An agent that keeps what it gets, and acknowledges it unless told not to."""
    seen = Seen()

    @app.agent(app.topic(topic), name=f"agent-{len(app.agents)}")
    async def collect(stream: Any) -> None:
        async for event in stream.noack().events():
            seen.add(event)
            if acknowledge:
                event.ack()

    return seen


async def test_every_record_arrives_in_order_as_it_was_sent_and_is_committed(
    cluster: Cluster, tmp_path: Path
) -> None:
    topic = await cluster.create_topic(partitions=3)
    await cluster.produce(
        topic,
        [
            Message(
                b"%d" % number,
                key=b"k%d" % number,
                partition=number % 3,
                timestamp_ms=1_700_000_000_000 + number,
                headers=[("n", b"%d" % number)],
            )
            for number in range(3000)
        ],
    )
    app = chunk_app(cluster.name(), cluster.bootstrap, tmp_path)
    seen = collecting_agent(app, topic)
    async with running(app):
        await until(lambda: len(seen.records) >= 3000, "all records")
        await until_committed(cluster, app.conf.id, topic, {0: 1000, 1: 1000, 2: 1000})

    assert seen.offsets() == {partition: list(range(1000)) for partition in range(3)}
    for event in seen.events:
        chunk = cast(list[ConsumerRecord], event.value)
        assert len({record.partition for record in chunk}) == 1
    for record in seen.records:
        number = record.offset * 3 + record.partition
        assert record.value == b"%d" % number
        assert record.key == b"k%d" % number
        assert record.timestamp == 1_700_000_000_000 + number
        assert record.headers == (("n", b"%d" % number),)


async def test_a_commit_does_not_pass_a_chunk_in_work(apache_kafka: Cluster, tmp_path: Path) -> None:
    topic = await apache_kafka.create_topic()
    await apache_kafka.produce(topic, [b"x"] * 500)
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path, broker_max_poll_records=100)
    seen = collecting_agent(app, topic, acknowledge=False)
    async with running(app):
        await until(lambda: len(seen.records) == 500, "five chunks")
        first, second, third, fourth, fifth = seen.events

        for event in (second, third, fifth):
            event.ack()
        await asyncio.sleep(1)  # five commit intervals
        assert await apache_kafka.committed(app.conf.id, topic) == {}

        first.ack()
        await until_committed(apache_kafka, app.conf.id, topic, {0: 300})

        fourth.ack()
        await until_committed(apache_kafka, app.conf.id, topic, {0: 500})


async def test_a_chunk_for_two_streams_is_committed_when_both_have_acknowledged_it(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    topic = await apache_kafka.create_topic()
    await apache_kafka.produce(topic, [b"x"] * 10)
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path)
    quick = collecting_agent(app, topic)
    slow = collecting_agent(app, topic, acknowledge=False)
    async with running(app):
        await until(lambda: quick.has(10) and slow.has(10), "the records to both")
        await asyncio.sleep(0.6)  # three commit intervals
        assert await apache_kafka.committed(app.conf.id, topic) == {}
        for event in slow.events:
            event.ack()
        await until_committed(apache_kafka, app.conf.id, topic, {0: 10})


async def test_a_worker_that_stops_in_the_middle_leaves_the_rest_to_the_next(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    topic = await apache_kafka.create_topic()
    group = apache_kafka.name()
    await apache_kafka.produce(topic, [b"x"] * 500)

    app = chunk_app(group, apache_kafka.bootstrap, tmp_path / "first", broker_max_poll_records=100)
    seen = collecting_agent(app, topic, acknowledge=False)
    async with running(app):
        await until(lambda: len(seen.records) == 500, "five chunks")
        for event in seen.events[:2]:
            event.ack()  # stopping commits these, though no commit is due yet
    assert await apache_kafka.committed(group, topic) == {0: 200}

    app = chunk_app(group, apache_kafka.bootstrap, tmp_path / "second")
    seen = collecting_agent(app, topic)
    async with running(app):
        await until(lambda: len(seen.records) >= 300, "the rest")
    assert seen.offsets() == {0: list(range(200, 500))}


async def test_offsets_left_out_by_transactions_hold_up_neither_commit_nor_lag(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    topic = await apache_kafka.create_topic()
    async with AIOKafkaProducer(
        bootstrap_servers=apache_kafka.bootstrap, transactional_id=apache_kafka.name()
    ) as producer:
        for _ in range(40):
            async with producer.transaction():
                await producer.send_and_wait(topic, b"one")
                await producer.send_and_wait(topic, b"two")
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path, broker_max_poll_records=7)
    seen = collecting_agent(app, topic)
    async with running(app):
        await until(lambda: len(seen.records) >= 80, "both records of each transaction")
        # each transaction took three offsets, the third of them for its end
        assert seen.offsets() == {0: [offset for offset in range(120) if offset % 3 != 2]}
        await until_committed(apache_kafka, app.conf.id, topic, {0: 119})
        assert transport.lag(app) == {(topic, 0): 0}


async def test_while_the_flow_is_suspended_nothing_comes_and_afterwards_everything_once(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    topic = await apache_kafka.create_topic(partitions=2)
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path)
    seen = collecting_agent(app, topic)
    async with running(app):
        await apache_kafka.produce(topic, [Message(b"x", partition=0)])
        await until(lambda: len(seen.records) == 1, "the first record")
        await asyncio.sleep(0.1)  # the next fetch is under way
        app.consumer.stop_flow()
        await apache_kafka.produce(topic, [Message(b"x", partition=n % 2) for n in range(200)])
        await asyncio.sleep(1.5)  # longer than a fetch waits
        assert len(seen.records) == 1
        app.consumer.resume_flow()
        await until(lambda: len(seen.records) >= 201, "what was produced meanwhile")
        await until_committed(apache_kafka, app.conf.id, topic, {0: 101, 1: 100})
    assert seen.offsets() == {0: list(range(101)), 1: list(range(100))}


async def test_what_was_fetched_across_a_rebalance_is_fetched_again(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    """Dropping it would lose it: the position of the new assignment has moved past it already."""
    topic = await apache_kafka.create_topic()
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path)
    seen = collecting_agent(app, topic)
    async with running(app):
        await until(lambda: (topic, 0) in transport.lag(app), "the first fetch")
        consumer = app.consumer
        assert isinstance(consumer, ChunkConsumer)
        for number in range(3):
            await asyncio.sleep(0.05)  # a fetch is under way and waits for news
            consumer._epoch += 1
            await apache_kafka.produce(topic, [b"%d" % number])
            await until(partial(seen.has, number + 1), "the record that came to a stale fetch")
        await until_committed(apache_kafka, app.conf.id, topic, {0: 3})
    assert [record.value for record in seen.records] == [b"0", b"1", b"2"]


async def test_what_was_fetched_before_a_rebalance_does_not_come_beside_what_is_fetched_after(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    topic = await apache_kafka.create_topic()
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path)
    seen = collecting_agent(app, topic)
    async with running(app):
        await apache_kafka.produce(topic, [b"x"])
        await until_committed(apache_kafka, app.conf.id, topic, {0: 1})
        await asyncio.sleep(0.1)  # the next fetch is under way
        app.consumer.stop_flow()
        await apache_kafka.produce(topic, [b"x"] * 10)
        await asyncio.sleep(0.1)  # it has them, and waits for the flow
        await app.consumer.perform_seek()
        app.consumer.resume_flow()
        await until(lambda: seen.has(11), "the ten records")
        await until_committed(apache_kafka, app.conf.id, topic, {0: 11})
    assert seen.offsets() == {0: list(range(11))}


async def test_a_stream_that_does_not_keep_up_is_not_fed_and_holds_up_no_other(
    apache_kafka: Cluster, tmp_path: Path
) -> None:
    slow, quick = [await apache_kafka.create_topic(partitions=2) for _ in range(2)]
    await apache_kafka.produce(slow, [Message(b"x", partition=n % 2) for n in range(4000)])
    app = chunk_app(
        apache_kafka.name(),
        apache_kafka.bootstrap,
        tmp_path,
        broker_max_poll_records=50,
        stream_buffer_maxsize=4,
    )
    released = asyncio.Event()
    counts: Counter[int] = Counter()

    @app.agent(app.topic(slow), name="slow")
    async def wait(stream: Any) -> None:
        async for event in stream.noack().events():
            await released.wait()
            counts[event.message.partition] += len(event.value)
            event.ack()

    seen = collecting_agent(app, quick)
    async with running(app):
        consumer = app.consumer
        assert isinstance(consumer, ChunkConsumer)
        await until(lambda: len(in_work(consumer, slow)) > 0, "the first chunk")
        await asyncio.sleep(1)
        waiting = in_work(consumer, slow)
        assert len(waiting) <= 5, "one in work and four in the queue"
        assert sum(len(records) for records in waiting) <= 5 * 50

        await apache_kafka.produce(quick, [b"x"])
        await until(lambda: len(seen.records) == 1, "the other topic's record")
        assert counts.total() == 0

        released.set()
        await until(lambda: counts.total() == 4000, "everything of the slow stream")
        await until_committed(apache_kafka, app.conf.id, slow, {0: 2000, 1: 2000})
    assert counts == {0: 2000, 1: 2000}


def in_work(consumer: ChunkConsumer, topic: str) -> list[list[ConsumerRecord]]:
    return [
        cast(list[ConsumerRecord], message.value)
        for tp, in_flight in consumer._in_flight.items()
        if tp.topic == topic
        for _, message in in_flight._chunks
        if not message.acked
    ]


async def test_lag_counts_what_is_not_acknowledged(cluster: Cluster, tmp_path: Path) -> None:
    topic = await cluster.create_topic(partitions=2)
    await cluster.produce(topic, [Message(b"x", partition=0) for _ in range(250)])
    app = chunk_app(cluster.name(), cluster.bootstrap, tmp_path, broker_max_poll_records=100)
    seen = collecting_agent(app, topic, acknowledge=False)
    assert transport.lag(app) == {}
    async with running(app):
        await until(lambda: len(seen.records) == 250, "all records")
        await until(lambda: len(transport.lag(app)) == 2, "a fetch from both partitions")
        assert transport.lag(app) == {(topic, 0): 250, (topic, 1): 0}
        seen.events[0].ack()
        assert transport.lag(app) == {(topic, 0): 150, (topic, 1): 0}
        for event in seen.events[1:]:
            event.ack()
        assert transport.lag(app) == {(topic, 0): 0, (topic, 1): 0}


@pytest.mark.alone
async def test_a_record_of_a_quiet_topic_comes_at_once(cluster: Cluster, tmp_path: Path) -> None:
    """A fetch that the broker holds must not hold up what comes meanwhile: Tansu looks only when half of it is over."""
    topic = await cluster.create_topic(partitions=6)
    app = chunk_app(cluster.name(), cluster.bootstrap, tmp_path)
    seen = collecting_agent(app, topic)
    async with running(app), AIOKafkaProducer(bootstrap_servers=cluster.bootstrap) as producer:
        await until(lambda: len(transport.lag(app)) == 6, "a fetch from each partition")
        seconds = []
        for number in range(10):
            await asyncio.sleep(0.15)
            await producer.send_and_wait(topic, b"x", partition=number % 2)
            sent = time.monotonic()
            await until(partial(seen.has, number + 1), "the record")
            seconds.append(time.monotonic() - sent)
    assert statistics.median(seconds) < 0.25


async def test_tables_are_refused(apache_kafka: Cluster, tmp_path: Path) -> None:
    app = chunk_app(apache_kafka.name(), apache_kafka.bootstrap, tmp_path)
    app.Table("totals")
    with pytest.raises(RuntimeError, match=r"declares tables \(totals\): they cannot be used"):
        app.consumer  # noqa: B018 - Faust builds it on first use, as it does when starting
