"""Real brokers for tests: one of each kind a session, started by the first test that asks for it."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from streams.demo.brokers import Broker, free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from streams.demo.brokers.tansu import TansuBroker


@dataclass(frozen=True, slots=True)
class Message:
    """What to produce; without a partition the key chooses it."""

    value: bytes | None
    key: bytes | None = None
    partition: int | None = None
    timestamp_ms: int | None = None
    headers: Sequence[tuple[str, bytes]] = field(default=())


class Cluster:
    """A running broker and what tests do with it."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.bootstrap = broker.bootstrap
        self.client = {"bootstrap_servers": broker.bootstrap}

    def name(self, stem: str = "test") -> str:
        """A name no other test uses, for a topic or a group."""
        return f"{stem}-{uuid.uuid4().hex[:12]}"

    async def create_topic(
        self, name: str | None = None, *, partitions: int = 1, config: dict[str, str] | None = None
    ) -> str:
        """Create a topic and return its name (a unique one when none is given)."""
        name = name or self.name()
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(name, partitions, 1, topic_configs=config or {})])
        finally:
            await admin.close()
        return name

    async def produce(self, topic: str, messages: Iterable[Message | bytes]) -> None:
        """Send messages in order and wait until the broker has all of them."""
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap, acks="all", linger_ms=5) as producer:
            sent = []
            for message in messages:
                if isinstance(message, bytes):
                    message = Message(message)
                sent.append(
                    await producer.send(
                        topic,
                        value=message.value,
                        key=message.key,
                        partition=message.partition,
                        timestamp_ms=message.timestamp_ms,
                        headers=list(message.headers),
                    )
                )
            await producer.flush()
            await asyncio.gather(*sent)

    async def consume(self, topic: str, count: int, *, within: float = 60.0) -> list[ConsumerRecord]:
        """The first `count` records of a topic, in order within each partition.

        Fails when fewer came in `within` seconds.
        """
        records: list[ConsumerRecord] = []
        async with AIOKafkaConsumer(
            topic, bootstrap_servers=self.bootstrap, auto_offset_reset="earliest", enable_auto_commit=False
        ) as consumer:
            try:
                async with asyncio.timeout(within):
                    while len(records) < count:
                        for chunk in (await consumer.getmany(timeout_ms=200)).values():
                            records.extend(chunk)
            except TimeoutError:
                pytest.fail(f"{topic}: {len(records)} of {count} records came within {within} s")
        return records[:count]

    async def committed(self, group: str, topic: str, partitions: int = 1) -> dict[int, int]:
        """Partition -> committed offset of a group; partitions without a commit are left out."""
        found = await self.offsets(group, {topic: partitions})
        return {tp.partition: at for tp, at in found.items()}

    async def offsets(self, group: str, topics: Mapping[str, int]) -> dict[TopicPartition, int]:
        """The committed offsets of a group; `topics` says how many partitions each has.

        Asks once more while the broker is not ready to say, for 20 s.
        """
        asked = [TopicPartition(topic, number) for topic, count in topics.items() for number in range(count)]
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        async with asyncio.timeout(20), contextlib.AsyncExitStack() as stack:
            await admin.start()
            stack.push_async_callback(admin.close)
            while True:
                try:
                    found = await admin.list_consumer_group_offsets(group, partitions=asked)
                except KafkaError as error:
                    if not error.retriable:
                        raise
                    found = {}
                if len(found) == len(asked):
                    return {tp: at.offset for tp, at in found.items() if at.offset >= 0}
                await asyncio.sleep(0.1)


@pytest.fixture(scope="session")
def tansu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The embedded broker of the demo, one a session."""
    yield from _running(TansuBroker(tmp_path_factory.mktemp("tansu"), free_port()))


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Apache Kafka as in production, one a session; a test that stops or kills it starts its own."""
    yield from _running(ApacheKafkaBroker(tmp_path_factory.mktemp("kafka"), free_port()))


@pytest.fixture(params=["tansu", "apache_kafka"])
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """Each broker in turn, for what must work on both."""
    cluster: Cluster = request.getfixturevalue(request.param)
    return cluster


def _running(broker: Broker) -> Iterator[Cluster]:
    broker.start()
    try:
        yield Cluster(broker)
    finally:
        broker.stop()
