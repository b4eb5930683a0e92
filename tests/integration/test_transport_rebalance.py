"""Workers join, leave and crash while records keep coming: nothing is lost, little comes again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.brokers import Cluster
from tests.support.rebalances import PARTITIONS, Group, Source

PER_SECOND = 400


@pytest.fixture
async def group(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Group]:
    group = Group(cluster, await cluster.create_topic(partitions=PARTITIONS), tmp_path)
    yield group
    await group.kill_all()


@pytest.mark.parametrize(
    "cluster", ["apache_kafka", pytest.param("tansu", marks=pytest.mark.slow)], indirect=True
)
async def test_a_worker_joins_and_leaves_another_joins_and_crashes(group: Group) -> None:
    async with Source(group.cluster, group.topic, PER_SECOND) as source:
        first = group.worker()
        await first.takes_over()

        second = group.worker()
        await second.has_begun()
        assert await second.stop() < 10
        await first.takes_over()
        left = group.counts()
        repeated = left.total() - len(left)

        third = group.worker()
        await third.has_begun()
        await asyncio.sleep(
            2.5
        )  # past its first commits, so that a crash repeats no more than a commit interval
        await third.kill()
        await first.takes_over()

        await source.stop()
        await group.has_done(source.ends)
    assert await first.stop() < 10

    # Joining and leaving repeat what was in work: a chunk or so each. A crash repeats, of half the partitions,
    # what was done since the last commit, which comes each second, and what was in work.
    assert repeated <= 0.2 * PER_SECOND
    group.check(source.ends, repeats=repeated + int(1.0 * PER_SECOND))
