"""Ten minutes of workers that join, leave and crash and a broker that goes down, at random.

Not part of the test run; by hand or by `make soak`:

    python -m pytest tests/soak/rebalance_soak.py
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from tests.support.brokers import Cluster
from tests.support.rebalances import PARTITIONS, Group, Source

SECONDS = 600
PER_SECOND = 400
MAX_WORKERS = 3


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[ApacheKafkaBroker]:
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


@pytest.mark.timeout(SECONDS + 300)
async def test_nothing_is_lost_in_ten_restless_minutes(broker: ApacheKafkaBroker, group: Group) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    crashes = 0
    end = time.monotonic() + SECONDS
    async with Source(group.cluster, group.topic, PER_SECOND) as source:
        group.worker()
        while time.monotonic() < end:
            await asyncio.sleep(chance.uniform(1, 12))
            running = [worker for worker in group.workers if worker.running]
            match chance.choice(["join", "join", "leave", "crash", "outage"]):
                case "join" if len(running) < MAX_WORKERS:
                    group.worker()
                case "leave" if len(running) > 1:
                    assert await chance.choice(running).stop() < 10
                case "crash" if running:
                    crashes += 1
                    await chance.choice(running).kill()
                    if len(running) == 1:
                        group.worker()
                case "outage":
                    crashes += len(running)
                    chance.choice([broker.stop, broker.kill])()
                    await asyncio.sleep(chance.uniform(0, 8))
                    broker.start()
        for worker in group.workers:
            if worker.running:
                await worker.stop()
        last = group.worker()
        await last.has_begun()
        await source.stop()
        await group.has_done(source.ends)
    counts = group.counts()
    print(f"{len(counts)} records, {counts.total() - len(counts)} repeats, {crashes} crashes")
    group.check(source.ends, repeats=crashes * 10 * PER_SECOND + len(group.workers) * PER_SECOND)
