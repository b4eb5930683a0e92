"""The worker beside its peers: the same messages from the same broker, one core for each, by turns, round after round.

Quix Streams and Bytewax get our processors, our rows and our sink, so that what differs is theirs. Beside them a Faust
agent as its tutorial has it (which does one of our eight analyses), our processors without a broker and a store, and
aiokafka with orjson and no work at all. CPU time is what counts: wall time depends on what else the machine does.
`make bench-peers` installs what only this file needs, apart from the product.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

import pytest

from clickhouse.client import connect_async
from clickhouse.store import Store
from schemas.events import AnyEvent, CallSegment, serialize
from schemas.topics import CALLS
from streams.config.clickhouse import ClickHouseSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.simulator.trackers import TRACKERS
from streams.worker.facts import tracker_row
from tests.bench.bench_worker import SERVERS_CORE, give_a_core, tutorial_rate
from tests.bench.conftest import Costs
from tests.bench.peers.work import Given
from tests.bench.spoken import real_sentences, repeated, spoken, words
from tests.bench.talk import Saying, talk
from tests.conftest import REAL_DATA
from tests.support.compiled import environment
from tests.support.embedded_clickhouse import ROOT, RunningClickHouse, migrated_folder, running_clickhouse
from tests.support.pipeline import Pipeline, log_lines, running_pipeline

PYTHON = ROOT / "build" / "peers" / "bin" / "python"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SEGMENTS = int(os.environ.get("BENCH_SEGMENTS", "200000"))
TUTORIAL_SEGMENTS = 5_000
PEERS = {"Quix Streams": "quix", "Bytewax": "bytewax_flow"}
LEAST_RATIOS = {"Quix Streams": 1.0, "Bytewax": 0.75, "processors alone": 0.75}
"""How many times as many segments the worker does with a second of CPU as the others: what was reached, with room for
noise."""
_WITHIN = 600.0


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds for so many segments."""

    segments: int
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Backlog:
    """What everybody is given: the events, and the file with their messages, one a line."""

    events: Sequence[AnyEvent]
    file: Path

    @property
    def segments(self) -> list[CallSegment]:
        return [event for event in self.events if isinstance(event, CallSegment)]


def sayings() -> list[Saying]:
    """What is said, of real text where that is to be had."""
    sentences = (
        real_sentences(REAL_DATA) if REAL_DATA.is_dir() else {"da": _simulated("da"), "en": _simulated("en")}
    )
    said = spoken(sentences, SEGMENTS, Random(1))
    whole, single = repeated(one.text for one in said), repeated(words(said))
    kind = "real" if REAL_DATA.is_dir() else "simulated"
    print(f"\n{len(said):,} {kind} segments: {whole:.0%} of them and {single:.1%} of their words came before")
    return said


def _simulated(language: str) -> list[str]:
    """Sentences of the simulator's scripts."""
    from streams.simulator import World

    now = datetime.now(UTC)
    events = (timed.event for timed in World.create(3, now, days=5).history(end=now))
    return [event.text for event in events if isinstance(event, CallSegment) and event.language == language]


@pytest.fixture
def backlog(tmp_path: Path) -> Backlog:
    said = sayings()
    began = datetime.now(UTC) - timedelta(hours=3)
    per_call = 42 / 40  # each call has a start and an end, too
    events = list(islice(talk(100, said, "bench", began), int(SEGMENTS * per_call)))
    file = tmp_path / "messages"
    file.write_bytes(b"\n".join(serialize(event) for event in events))
    return Backlog(events, file)


async def add_trackers(clickhouse: RunningClickHouse) -> None:
    client = await connect_async(clickhouse.writer, database="")
    await Store(client).insert([tracker_row(one.event, datetime.now(UTC)) for one in TRACKERS])
    await client.close()


def our_worker(pipeline: Pipeline, backlog: Backlog) -> Run:
    """From when it is given its partitions until all is stored, acknowledged and committed."""
    worker = pipeline.launch_worker(**environment())
    give_a_core(worker.process.pid)
    while not any(line["event"] == "partitions received" for line in log_lines(worker)):
        assert worker.process.poll() is None, worker.log.read_text()
        time.sleep(0.01)
    begun, used = time.perf_counter(), _cpu(worker.process.pid)
    deadline = time.monotonic() + _WITHIN
    metrics = 0.0
    while metrics < len(backlog.events):
        assert time.monotonic() < deadline, f"{metrics:.0f} of {len(backlog.events)} messages were consumed"
        time.sleep(0.2)
        metrics = worker.metric("salgspuls_events_consumed_total", topic=CALLS.name)
    run = Run(len(backlog.segments), time.perf_counter() - begun, _cpu(worker.process.pid) - used)
    assert worker.metric("salgspuls_events_stored_total", topic=CALLS.name) == len(backlog.events)
    worker.kill()  # all is committed
    return run


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def contestant(module: str, pipeline: Pipeline, backlog: Backlog, folder: Path) -> Run:
    """One with a ClickHouse of its own, on the broker of the pipeline."""
    folder.mkdir()
    variables = ClickHouseSettings().migration_variables()
    with running_clickhouse(migrated_folder(folder / "clickhouse", variables)) as clickhouse:
        asyncio.run(add_trackers(clickhouse))
        writer, result = clickhouse.writer, folder / "result"
        given = Given(
            pipeline.settings.kafka.bootstrap, CALLS.name, len(backlog.events), writer.port, writer.username,
            writer.password, str(result),
        )  # fmt: skip
        process = subprocess.Popen(
            [PYTHON, "-m", f"tests.bench.peers.{module}", given.as_argument(), backlog.file],
            cwd=ROOT,
            env=os.environ | environment(),
        )
        try:
            give_a_core(process.pid)
            deadline = time.monotonic() + _WITHIN
            while not result.exists():
                assert process.poll() is None, f"{module} ended"
                assert time.monotonic() < deadline, f"{module} takes too long"
                time.sleep(0.05)
        finally:
            process.kill()
            process.wait()
        if module in PEERS.values():
            stored = _count(clickhouse)
            assert stored == len(backlog.segments), f"{module} stored {stored}"
        taken = json.loads(result.read_text())
    return Run(len(backlog.segments), taken["wall"], taken["cpu"])


def _count(clickhouse: RunningClickHouse) -> int:
    async def count() -> int:
        client = await connect_async(clickhouse.writer, database="")
        found = await client.query("SELECT count() FROM salgspuls_store.segments FINAL")
        await client.close()
        return int(found.result_rows[0][0])

    return asyncio.run(count())


def tutorial(backlog: Backlog, folder: Path) -> Run:
    segments = backlog.segments[:TUTORIAL_SEGMENTS]
    wall = len(segments) / tutorial_rate(folder, segments, None)
    return Run(len(segments), wall, float((folder / "data" / "cpu").read_text()))


@pytest.mark.timeout(7200)
@pytest.mark.skipif(
    not PYTHON.exists(), reason="Quix Streams and Bytewax are not installed: make bench-peers does"
)
def test_the_worker_beside_its_peers(backlog: Backlog, tmp_path: Path, costs: Costs) -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVERS_CORE})
    runs: dict[str, list[Run]] = {}
    try:
        for number in range(ROUNDS):
            folder = tmp_path / f"round-{number}"
            folder.mkdir()
            for name, run in _round(folder, backlog).items():
                runs.setdefault(name, []).append(run)
                print(f"round {number + 1}: {name} {run.segments / run.cpu:,.0f} a second of CPU")
    finally:
        os.sched_setaffinity(0, before)
    rates = {name: [run.segments / run.cpu for run in each] for name, each in runs.items()}
    costs.add("Segments a second of CPU", rates, "")
    costs.add("CPU", {name: [run.cpu / run.segments * 1e6 for run in each] for name, each in runs.items()})
    costs.add(
        "Segments a second of wall time",
        {name: [run.segments / run.wall for run in each] for name, each in runs.items()},
        "",
    )
    ratios = {
        f"worker over {name}": [ours / theirs for ours, theirs in zip(rates["worker"], each, strict=True)]
        for name, each in rates.items()
        if name != "worker"
    }
    costs.add("How many times as many, a round", ratios, "times")
    for name, least in LEAST_RATIOS.items():
        assert median(ratios[f"worker over {name}"]) >= least


def _round(folder: Path, backlog: Backlog) -> dict[str, Run]:
    """Everybody once, one after another."""
    with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
        asyncio.run(add_trackers(pipeline.clickhouse))
        asyncio.run(pipeline.send(backlog.events))
        takes: dict[str, Callable[[], Run]] = {
            "worker": lambda: our_worker(pipeline, backlog),
            **{
                name: lambda module=module: contestant(module, pipeline, backlog, folder / module)  # type: ignore[misc]  # bound at once
                for name, module in PEERS.items()
            },
            "processors alone": lambda: contestant("processors_alone", pipeline, backlog, folder / "alone"),
            "aiokafka and orjson, no work": lambda: contestant("bare", pipeline, backlog, folder / "bare"),
            "Faust as its tutorial": lambda: tutorial(backlog, folder / "tutorial"),
        }
        return {name: take() for name, take in takes.items()}
