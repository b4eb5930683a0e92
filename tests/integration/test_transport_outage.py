"""The broker crashes and comes back: the worker goes on where it was, without a restart of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from tests.support.brokers import Cluster
from tests.support.rebalances import PARTITIONS, Group, Source

pytestmark = pytest.mark.kafka

PER_SECOND = 200


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[ApacheKafkaBroker]:
    """A broker of this test alone, since it is killed."""
    (tmp_path / "kafka").mkdir()
    broker = ApacheKafkaBroker(tmp_path / "kafka", free_port())
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
async def group(broker: ApacheKafkaBroker, tmp_path: Path) -> AsyncIterator[Group]:
    cluster = Cluster(broker)
    group = Group(cluster, await cluster.create_topic(partitions=PARTITIONS), tmp_path)
    yield group
    await group.kill_all()


async def test_a_worker_outlives_its_broker(broker: ApacheKafkaBroker, group: Group) -> None:
    async with Source(group.cluster, group.topic, PER_SECOND) as source:
        worker = group.worker()
        await worker.takes_over()

        broker.kill()
        await asyncio.sleep(2)
        assert worker.running
        broker.start()  # in this thread: the broker ends with the thread that started it

        await worker.takes_over()
        await source.stop()
        await group.has_done(source.ends)
    assert await worker.stop() < 10
    group.check(source.ends, repeats=2 * PER_SECOND)
