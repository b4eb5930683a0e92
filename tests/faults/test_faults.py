"""What breaks while calls come in, on Apache Kafka and the embedded ClickHouse: `make faults` prints one table.

Each fault gets a broker, a store and workers of its own and half an hour of a simulated team; afterwards every table is
compared with what the facts say. docs/reliability.md quotes the table.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from clickhouse.schema.tables import TABLES
from schemas.events import AnyEvent, CallEvent, CallSegment, TrackerChanged, parse, serialize
from schemas.topics import SETTINGS, topic_of
from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from streams.replay import RawMessage
from streams.simulator import World, faulty
from tests.support.embedded_clickhouse import ROOT, start_clickhouse
from tests.support.oracle import a_recent_working_day, expected_rows, stored_rows
from tests.support.pipeline import Pipeline, Worker, running_pipeline
from tests.support.plain_oracle import latest

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]

SEED = 20261126
_PARTS = 8
_COMPARED = ("segments", "calls", "call_keywords", "call_names", "opportunity_changes", "activities")


@dataclass(slots=True)
class Run:
    """One fault as it happens: what is sent, what is expected in the end, and when the fault is over."""

    pipeline: Pipeline
    folder: Path
    messages: list[RawMessage]
    settings: list[AnyEvent]
    events: list[AnyEvent]
    workers: list[Worker]
    sent: int = 0
    over_at: float = 0.0
    peak_mb: float = 0.0

    async def send(self, messages: Sequence[RawMessage]) -> None:
        await self.pipeline.send_raw(messages)
        self.sent += len(messages)

    async def send_events(self, events: Sequence[AnyEvent]) -> None:
        await self.send(
            [RawMessage(topic_of(event).name, event.key.encode(), serialize(event), None) for event in events]
        )

    def start(self) -> Worker:
        worker = self.pipeline.start_worker()
        self.workers.append(worker)
        return worker

    def measure(self) -> None:
        """The most memory that any worker has had so far."""
        for worker in self.workers:
            status = Path(f"/proc/{worker.process.pid}/status")
            if status.exists():
                for line in status.read_text().splitlines():
                    if line.startswith("VmHWM"):
                        self.peak_mb = max(self.peak_mb, int(line.split()[1]) / 1024)


Fault = Callable[[Run], Awaitable[None]]


async def killed(run: Run) -> None:
    """kill -9, three times, each at another place of what it does."""
    for wait in (0.15, 0.4, 0.9):
        run.measure()
        run.workers[-1].kill()
        run.start()
        await asyncio.sleep(wait)


async def joins_and_leaves(run: Run) -> None:
    """Two more workers join, and the first two leave."""
    run.start()
    run.start()
    await asyncio.sleep(4)
    run.measure()
    for worker in run.workers[:2]:
        worker.stop()


async def broker_away(run: Run) -> None:
    """Kafka is stopped for ten seconds."""
    broker = run.pipeline.cluster.broker
    broker.stop()
    await asyncio.sleep(10)
    broker.start()


async def store_killed(run: Run) -> None:
    """ClickHouse is killed, and comes back after five seconds."""
    process = run.pipeline.clickhouse.process
    process.kill()
    process.wait()
    await asyncio.sleep(5)
    port = run.pipeline.settings.clickhouse.port
    started = start_clickhouse(run.folder / "clickhouse", port=port)
    assert started.stdout is not None
    assert await asyncio.to_thread(started.stdout.readline) == "ready\n"
    object.__setattr__(run.pipeline.clickhouse, "process", started)


async def store_hangs(run: Run) -> None:
    """ClickHouse takes connections and answers nothing for ten seconds."""
    run.pipeline.clickhouse.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(10)
    run.pipeline.clickhouse.process.send_signal(signal.SIGCONT)


async def store_slow(run: Run) -> None:
    """ClickHouse runs a tenth of the time for fifteen seconds."""
    for _ in range(15):
        run.pipeline.clickhouse.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(0.9)
        run.pipeline.clickhouse.process.send_signal(signal.SIGCONT)
        await asyncio.sleep(0.1)


async def disk_full(run: Run) -> None:
    """ClickHouse finds too little room on its disk for ten seconds, and refuses every insert."""
    _for_every_table(run, "MODIFY SETTING min_free_disk_bytes_to_perform_insert = 1000000000000000")
    await asyncio.sleep(10)
    _for_every_table(run, "RESET SETTING min_free_disk_bytes_to_perform_insert")


async def read_only(run: Run) -> None:
    """Every table is read-only for ten seconds."""
    _for_every_table(run, "MODIFY SETTING table_readonly = 1")
    await asyncio.sleep(10)
    _for_every_table(run, "MODIFY SETTING table_readonly = 0")


def _for_every_table(run: Run, change: str) -> None:
    for table in TABLES.values():
        if table.row is not None or table.erasure == "recomputed":
            run.pipeline.client.command(f"ALTER TABLE {table.full_name} {change}")


async def zombie(run: Run) -> None:
    """A worker is frozen until another has its partitions, and then goes on as if nothing had been."""
    frozen = run.workers[-1]
    frozen.process.send_signal(signal.SIGSTOP)
    run.start()
    await asyncio.sleep(12)
    frozen.process.send_signal(signal.SIGCONT)


async def rows_refused(run: Run) -> None:
    """ClickHouse refuses some segments for good."""
    later = [parse_of(message) for message in run.messages[len(run.messages) // 2 :]]
    odd = {event.fact_id for event in later if isinstance(event, CallSegment)}
    refused = set(sorted(odd)[:5])
    ids = ", ".join(f"('{call}', '{segment}')" for call, segment in refused)
    run.pipeline.client.command(
        f"ALTER TABLE salgspuls_store.segments ADD CONSTRAINT odd CHECK (call_id, segment_id) NOT IN ({ids})"
    )
    found = f"SELECT call_id, segment_id FROM salgspuls_store.segments WHERE (call_id, segment_id) IN ({ids})"
    stored = set(run.pipeline.query(found))
    run.events = [event for event in run.events if event.fact_id not in refused - stored]


async def corrections(run: Run) -> None:
    """Segments are corrected: other words, no consent, another language; what they mentioned goes."""
    rng = random.Random(SEED)
    segments = [event for event in latest(run.events) if isinstance(event, CallSegment)]
    corrected = [
        event.model_copy(
            update={
                "revision": event.revision + 1,
                **rng.choice(({"consent": False, "text": ""}, {"text": "Okay."})),
            }
        )
        for event in rng.sample(segments, len(segments) // 4)
    ]
    run.events += corrected
    await run.send_events(corrected)


async def tracker_and_rebuild(run: Run) -> None:
    """A tracker is added, and history is analysed again while calls come in."""
    tracker = TrackerChanged(tracker_id="we", name="offer", kind="keyword")
    run.settings.append(tracker)
    await run.send_events([tracker])
    await run.pipeline.until_committed(run.sent, within=120)
    await salgspuls(run, "rebuild", "--reason", "faults")


async def erased_while_down(run: Run) -> None:
    """A call is erased while no worker runs; what comes of it afterwards is refused."""
    await run.pipeline.until_committed(run.sent, within=120)
    run.measure()
    run.workers[-1].kill()
    gone = next(event.key for event in run.events if isinstance(event, CallEvent))
    await salgspuls(run, "erase", "--call", gone, "--yes")
    run.events = [event for event in run.events if not (isinstance(event, CallEvent) and event.key == gone)]
    run.start()


async def nothing(run: Run) -> None:
    """Shuffled over the whole half hour, 30 % sent twice, 2 % poison: as in every other row."""


FAULTS: dict[str, Fault] = {
    "duplicates, disorder, poison": nothing,
    "kill -9 three times": killed,
    "two workers join, two leave": joins_and_leaves,
    "broker away for 10 s": broker_away,
    "ClickHouse killed for 5 s": store_killed,
    "ClickHouse hangs for 10 s": store_hangs,
    "ClickHouse slow for 15 s": store_slow,
    "disk full for 10 s": disk_full,
    "ClickHouse read-only for 10 s": read_only,
    "a worker frozen, overtaken, thawed": zombie,
    "rows refused for good": rows_refused,
    "corrections that remove": corrections,
    "tracker added, history rebuilt": tracker_and_rebuild,
    "erased while workers are down": erased_while_down,
}
SHORT = {
    "duplicates, disorder, poison",
    "kill -9 three times",
    "a worker frozen, overtaken, thawed",
    "corrections that remove",
}
_table: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def _printed() -> Iterator[None]:
    yield
    print(
        "\n| Fault | facts | lost | doubled or wrong | recovery s | peak MB of a worker |\n|---|---|---|---|---|---|"
    )
    print("\n".join(_table))


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    broker = ApacheKafkaBroker(tmp_path / "kafka", free_port())
    with running_pipeline(broker, tmp_path, idempotent=True) as pipeline:
        yield pipeline


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SHORT else pytest.mark.slow) for name in FAULTS]
)
async def test_nothing_is_lost_and_nothing_is_doubled(name: str, pipeline: Pipeline, tmp_path: Path) -> None:
    run = _prepared(pipeline, tmp_path)
    run.start()
    await run.send_events(run.settings)
    await pipeline.until_committed(run.sent)
    for part in range(_PARTS):
        await run.send(
            run.messages[part * len(run.messages) // _PARTS : (part + 1) * len(run.messages) // _PARTS]
        )
        if part == _PARTS // 2:
            await FAULTS[name](run)
            run.over_at = time.monotonic()
        await asyncio.sleep(0.2)
    await pipeline.until_committed(run.sent, within=300)
    recovery = time.monotonic() - run.over_at
    run.measure()
    lost, wrong, facts = _compared(run)
    _table.append(f"| {name} | {facts} | {lost} | {wrong} | {recovery:.0f} | {run.peak_mb:.0f} |")
    assert (lost, wrong) == (0, 0), name


def _prepared(pipeline: Pipeline, folder: Path) -> Run:
    ends = a_recent_working_day(datetime.now(UTC))
    world = World.create(SEED, ends, days=2, density=2.0, length=0.1)
    events = [timed.event for timed in world.history(ends - timedelta(minutes=30), ends)]
    before = [timed.event for timed in world.history(end=world.begins + timedelta(seconds=1))]
    settings = [event for event in before if topic_of(event) is SETTINGS]
    messages = list(faulty(events, random.Random(SEED), repeat=0.3, poison=0.02, shuffle=len(events)))
    assert len(events) > 300
    return Run(pipeline, folder, messages, settings, events, [])


def _compared(run: Run) -> tuple[int, int, int]:
    """Rows that are missing; rows too many or other than they should be; facts in all."""
    expected, stored = expected_rows(run.settings + run.events), stored_rows(run.pipeline)
    lost = wrong = 0
    for table in _COMPARED:
        key = (
            ("call_id", *TABLES[table].key[-1:])
            if table in ("call_keywords", "call_names")
            else TABLES[table].key
        )
        want, have = _by_key(expected[table], key), _by_key(stored[table], key)
        lost += len(want.keys() - have.keys())
        wrong += len(have.keys() - want.keys()) + sum(
            have[each] != want[each] for each in have.keys() & want.keys()
        )
    return lost, wrong, len(run.settings) + len(run.events)


def _by_key(rows: Sequence[Any], key: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
    """By key, whatever epoch they were written in."""
    return {
        tuple(getattr(row, column) for column in key): row._replace(version=row.version & ((1 << 40) - 1))
        if "version" in row._fields
        else row
        for row in rows
    }


def parse_of(message: RawMessage) -> AnyEvent | None:
    try:
        return parse(message.value or b"")
    except ValidationError:
        return None


async def salgspuls(run: Run, *arguments: str) -> None:
    """A command of the product beside the workers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "streams.cli", *arguments,
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **run.pipeline.settings.as_environment()},
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
