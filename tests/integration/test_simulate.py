"""`salgspuls simulate` against a real broker: history, then live calls, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer

from schemas.events import AnyEvent, CallSegment, CallStarted, OpportunityChanged, SellerChanged, parse
from schemas.topics import SOURCES
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.simulator import World


@pytest.fixture
def bootstrap(tmp_path: Path) -> Iterator[str]:
    """A broker on which nobody else writes to our topics."""
    broker = TansuBroker(tmp_path, free_port())
    broker.start()
    yield broker.bootstrap
    broker.stop()


def start(bootstrap: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SALGSPULS_KAFKA_BOOTSTRAP": bootstrap,
        "SALGSPULS_KAFKA_IDEMPOTENT": "false",
        "SALGSPULS_CLICKHOUSE_PORT": str(free_port()),  # nobody stores what is sent, so nobody is waited for
    }
    command = [sys.executable, "-m", "streams.cli", "simulate", "--density", "0.2", *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def count_of(line: str) -> int:
    return int(line.split()[0].replace(",", ""))


def finish(process: subprocess.Popen[str]) -> int:
    """How many messages it says that it sent."""
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return count_of(said.splitlines()[-1])


async def arrived(bootstrap: str, count: int) -> list[AnyEvent]:
    """The events on our topics: `count`, no more, each under its key."""
    events: list[AnyEvent] = []
    async with AIOKafkaConsumer(
        *(topic.name for topic in SOURCES), bootstrap_servers=bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        async with asyncio.timeout(30):
            while len(events) < count:
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    for record in records:
                        events.append(parse(record.value))
                        assert record.key == events[-1].key.encode()
        assert not await consumer.getmany(timeout_ms=500)
    assert len(events) == count
    return events


async def test_history_and_then_live_calls_arrive_until_ctrl_c(bootstrap: str) -> None:
    began = datetime.now(UTC)
    process = start(bootstrap, "--history-days", "1")
    assert process.stderr
    history = count_of(next(line for line in process.stderr if "history" in line))
    await asyncio.sleep(6)
    process.send_signal(signal.SIGINT)
    stopping = time.monotonic()
    sent = finish(process)

    assert time.monotonic() - stopping < 10
    assert sent > history
    events = await arrived(bootstrap, sent)
    assert {SellerChanged, OpportunityChanged, CallStarted, CallSegment} <= {type(event) for event in events}
    stamps = [event.produced_at for event in events if isinstance(event, CallSegment) and event.produced_at]
    assert stamps
    assert began < min(stamps)
    assert max(stamps) < datetime.now(UTC)


async def test_at_a_higher_speed_the_live_part_reaches_now_when_it_ends(bootstrap: str) -> None:
    began = datetime.now(UTC)
    process = start(bootstrap, "--history-days", "1", "--speed", "60", "--duration", "5s")
    events = await asyncio.to_thread(finish, process)
    ended = datetime.now(UTC)

    live = [
        (event.produced_at, event.call_started_at + timedelta(milliseconds=event.end_ms))
        for event in await arrived(bootstrap, events)
        if isinstance(event, CallSegment) and event.produced_at
    ]
    spoken = [moment for _, moment in live]
    assert len(live) > 100
    assert all(moment <= produced for produced, moment in live)
    assert max(spoken) - min(spoken) > timedelta(minutes=4)
    assert began - timedelta(minutes=6) < min(spoken) < max(spoken) < ended


async def test_the_same_world_arrives_whoever_sends_it(bootstrap: str) -> None:
    until = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    sent = finish(start(bootstrap, "--history-days", "1", "--no-live", "--until", until.isoformat()))

    events = await arrived(bootstrap, sent)
    world = World.create(7, until, 1, 0.2)
    assert Counter(events) == Counter(event for _, event in world.history(end=until))
