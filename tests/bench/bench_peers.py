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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from clickhouse.client import connect_async
from schemas.topics import CALLS
from streams.config.clickhouse import ClickHouseSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.bench.backlog import Backlog, add_trackers, make_backlog
from tests.bench.bench_worker import (
    SERVERS_CORE,
    give_a_core,
    tutorial_rate,
    until_given_partitions,
)
from tests.bench.conftest import Costs
from tests.bench.peers.work import Given
from tests.bench.processes import cpu_seconds
from tests.support.compiled import environment
from tests.support.embedded_clickhouse import ROOT, RunningClickHouse, migrated_folder, running_clickhouse
from tests.support.pipeline import Pipeline, running_pipeline

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


def our_worker(pipeline: Pipeline, backlog: Backlog) -> Run:
    """From when it is given its partitions until all is stored, acknowledged and committed."""
    worker = pipeline.launch_worker(**environment())
    give_a_core(worker.process.pid)
    until_given_partitions(worker)
    begun, used = time.perf_counter(), cpu_seconds(worker.process.pid)
    deadline = time.monotonic() + _WITHIN
    metrics = 0.0
    while metrics < len(backlog.events):
        assert time.monotonic() < deadline, f"{metrics:.0f} of {len(backlog.events)} messages were consumed"
        time.sleep(0.2)
        metrics = worker.metric("salgspuls_events_consumed_total", topic=CALLS.name)
    run = Run(len(backlog.segments), time.perf_counter() - begun, cpu_seconds(worker.process.pid) - used)
    assert worker.metric("salgspuls_events_stored_total", topic=CALLS.name) == len(backlog.events)
    worker.kill()  # all is committed
    return run


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
def test_the_worker_beside_its_peers(tmp_path: Path, costs: Costs) -> None:
    backlog = make_backlog(SEGMENTS, tmp_path)
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
