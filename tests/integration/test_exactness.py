"""Nothing is lost, nothing is counted twice: the worker's tables against a batch computation from the facts."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.rejections import Reason
from schemas.topics import SETTINGS, SOURCES, topic_of
from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from streams.replay import RawMessage
from streams.simulator import World, faulty
from tests.support.oracle import a_recent_working_day, assert_same, expected_rows, stored_rows
from tests.support.pipeline import Pipeline, running_pipeline

pytestmark = pytest.mark.kafka

SEED = 20261124


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    broker = ApacheKafkaBroker(tmp_path / "kafka", free_port())
    with running_pipeline(broker, tmp_path, idempotent=True) as pipeline:
        yield pipeline


@pytest.mark.timeout(300)
@pytest.mark.kafka
@pytest.mark.matrix
async def test_an_hour_of_faults_with_two_power_cuts_gives_the_rows_of_the_facts(pipeline: Pipeline) -> None:
    """Shuffled over the whole hour, 30 % sent twice, 1 % poison, the worker killed twice while events come in."""
    ends = a_recent_working_day(datetime.now(UTC))
    world = World.create(SEED, ends, days=1, density=4.0, length=0.1)
    hour = [timed.event for timed in world.history(ends - timedelta(hours=1), ends)]
    before = [timed.event for timed in world.history(end=world.begins + timedelta(seconds=1))]
    first = [event for event in before if topic_of(event) is SETTINGS]
    rng = random.Random(SEED)
    messages = list(faulty(hour, rng, repeat=0.3, poison=0.01, shuffle=len(hour)))
    assert len(hour) > 1000
    assert sum(message.reason is not None for message in messages) > 10

    worker = pipeline.start_worker()
    await pipeline.send(first)
    await pipeline.until_committed(len(first))
    sent = len(first)
    parts = 12
    for part in range(parts):
        some = messages[part * len(messages) // parts : (part + 1) * len(messages) // parts]
        await pipeline.send_raw(some)
        sent += len(some)
        await asyncio.sleep(0.25 if part in (3, 7) else 0.1)
        if part in (3, 7):
            worker.kill()
            worker = pipeline.start_worker()
    await pipeline.until_committed(sent)

    expected = expected_rows(first + hour)
    assert_same(stored_rows(pipeline), expected)
    assert len(expected["calls"]) > 20
    assert len(expected["call_keywords"]) > 5
    await _every_poison_is_told(pipeline, messages, len(first))


async def _every_poison_is_told(pipeline: Pipeline, messages: list[RawMessage], others: int) -> None:
    reasons = {(message.topic, message.key, message.value): message.reason for message in messages}
    expected: dict[tuple[str, int, int], Reason] = {}
    by_topic = Counter(message.topic for message in messages)
    by_topic[SETTINGS.name] += others
    for source in SOURCES:
        for record in await pipeline.cluster.consume(source.name, by_topic[source.name]):
            reason = reasons.get((record.topic, record.key, record.value))
            if reason is not None:
                expected[record.topic, record.partition, record.offset] = reason
    told = pipeline.query("SELECT topic, partition, offset, reason FROM salgspuls.dead_letters")
    assert {(topic, partition, offset): reason for topic, partition, offset, reason in told} == expected
