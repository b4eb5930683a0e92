"""How fast the whole worker is: a backlog in Kafka, one worker on one core, ClickHouse on the other; by stage.

As the image has it, its analyses compiled, and as Python runs it. Beside it, in the same run, a Faust agent as its
tutorial would write it: one event at a time, VADER's own package, a table entry a call; once with each segment stored
in ClickHouse, as the worker stores it, and once without. The rates are medians of rounds that take turns, since
machines are noisy.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from schemas.events import AnyEvent, serialize
from schemas.topics import CALLS, SETTINGS, topic_of
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.simulator import World
from tests.bench.conftest import Costs
from tests.support.compiled import environment
from tests.support.embedded_clickhouse import ROOT, RunningClickHouse, running_clickhouse
from tests.support.pipeline import Pipeline, Worker, log_lines, running_pipeline

ROUNDS = 3
SEGMENTS = int(os.environ.get("BENCH_SEGMENTS", "100000"))
TUTORIAL_SEGMENTS = 10_000
TUTORIAL_SEGMENTS_STORED = 2_000
LEAST_RATIOS = {"stored": 60, "not stored": 5}
"""How many times as fast as the tutorial the compiled worker is: what was reached, with room for noise."""
WORKER_CORE, SERVERS_CORE = 0, 1
STAGES = ("read", "load", "fold", "rows", "insert", "hours")


def backlog(segments: int) -> tuple[list[AnyEvent], list[AnyEvent]]:
    """Settings, and the events of calls with about so many segments among them."""
    now = datetime.now(UTC)
    settings: list[AnyEvent] = []
    calls: list[AnyEvent] = []
    found = 0
    for timed in World.create(3, now, days=120, density=2.0).history(end=now):
        if topic_of(timed.event) is SETTINGS:
            settings.append(timed.event)
        elif topic_of(timed.event) is CALLS:
            calls.append(timed.event)
            found += timed.event.type == "call_segment"
            if found == segments:
                break
    assert found == segments, "the simulated time is too short for so many segments"
    return settings, calls


@pytest.fixture(autouse=True)
def _servers_have_a_core() -> Iterator[None]:
    """What is started here stays on the servers' core, until it is a worker that gets the other one."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVERS_CORE})
    yield
    os.sched_setaffinity(0, before)


def give_a_core(worker: int) -> None:
    os.sched_setaffinity(worker, {WORKER_CORE})


def until_given_partitions(worker: Worker) -> None:
    """Wait until a worker was given partitions."""
    while not any(line["event"] == "partitions received" for line in log_lines(worker)):
        assert worker.process.poll() is None, worker.log.read_text()
        time.sleep(0.01)


async def worker_rate(pipeline: Pipeline, messages: int, environment: Mapping[str, str]) -> dict[str, float]:
    """Segments a second, from when the worker is given its partitions until the last segment is stored, and
    microseconds a segment by stage and of CPU."""
    worker = pipeline.launch_worker(**environment)
    give_a_core(worker.process.pid)
    await pipeline.until_committed(messages, within=120)
    [(segments, last)] = pipeline.query("SELECT count(), max(stored_at) FROM salgspuls_store.segments")
    begun = [line["time"] for line in log_lines(worker) if line["event"] == "partitions received"][-1]
    seconds = (last - datetime.fromisoformat(begun)).total_seconds()
    stages = {
        stage: worker.metric("salgspuls_stage_seconds_total", topic=CALLS.name, stage=stage) / segments * 1e6
        for stage in STAGES
    }
    cpu = worker.metric("process_cpu_seconds_total") / segments * 1e6
    worker.stop()
    return {"rate": segments / seconds, "cpu": cpu, **stages}


def tutorial_rate(folder: Path, segments: Sequence[AnyEvent], clickhouse: RunningClickHouse | None) -> float:
    """Segments a second of the tutorial's agent, which stores them where a ClickHouse is given."""
    folder.mkdir()
    broker = TansuBroker(folder, free_port())
    broker.start()
    try:
        asyncio.run(fill_tutorial_topic(broker.bootstrap, segments))
        arguments = [broker.bootstrap, str(len(segments)), str(folder / "data")]
        if clickhouse is not None:
            writer = clickhouse.writer
            arguments.append(
                f"http://{writer.username}:{writer.password}@{writer.host}:{writer.port}/default"
            )
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.tutorial_worker", *arguments], cwd=ROOT
        )
        try:
            give_a_core(process.pid)
            result = folder / "data" / "seconds"
            while not result.exists() or not result.read_text():
                assert process.poll() is None, "the tutorial's worker ended"
                time.sleep(0.1)
            return len(segments) / float(result.read_text())
        finally:
            process.kill()
            process.wait()
    finally:
        broker.stop()


async def fill_tutorial_topic(bootstrap: str, segments: Sequence[AnyEvent]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("tutorial.segments", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
        for segment in segments:
            await producer.send("tutorial.segments", serialize(segment), segment.key.encode())
        await producer.flush()


@pytest.mark.timeout(1800)
def test_the_whole_worker_over_a_backlog(tmp_path: Path, costs: Costs) -> None:
    settings, calls = backlog(SEGMENTS)
    segments = [event for event in calls if event.type == "call_segment"]
    builds: dict[str, Mapping[str, str]] = {"compiled": environment(), "interpreted": {}}
    workers: dict[str, list[dict[str, float]]] = {build: [] for build in builds}
    tutorials: dict[str, list[float]] = {"stored": [], "not stored": []}
    for number in range(ROUNDS):
        for build, variables in builds.items():
            folder = tmp_path / f"{build}-{number}"
            folder.mkdir()
            with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
                asyncio.run(fill(pipeline, settings, calls))
                rate = worker_rate(pipeline, len(settings) + len(calls), variables)
                workers[build].append(asyncio.run(rate))
        folder = tmp_path / f"tutorial-{number}"
        folder.mkdir()
        with running_clickhouse(folder / "clickhouse") as clickhouse:
            stored = segments[:TUTORIAL_SEGMENTS_STORED]
            tutorials["stored"].append(tutorial_rate(folder / "stored", stored, clickhouse))
        tutorials["not stored"].append(tutorial_rate(folder / "not", segments[:TUTORIAL_SEGMENTS], None))
        said = [f"{build} {rounds[-1]['rate']:,.0f}" for build, rounds in workers.items()]
        said += [f"tutorial, {kind}, {found[-1]:,.0f}" for kind, found in tutorials.items()]
        print(f"\nround {number + 1}: {'; '.join(said)} segments/s")

    ratios = {}
    for build, rounds in workers.items():
        title = f"Worker, {build}, backlog of {SEGMENTS:,} segments"
        costs.add(f"{title}: wall time", {stage: [one[stage] for one in rounds] for stage in STAGES})
        costs.add(f"{title}: CPU time", {"all, its start included": [one["cpu"] for one in rounds]})
        rates = [one["rate"] for one in rounds]
        costs.add("Segments a second", {f"worker, {build}": rates}, "")
        for kind, slow in tutorials.items():
            ratios[f"worker, {build}, over tutorial, {kind}"] = [
                fast / slower for fast, slower in zip(rates, slow, strict=True)
            ]
    costs.add("Segments a second", {f"tutorial, {kind}": found for kind, found in tutorials.items()}, "")
    costs.add("How many times as fast", ratios, "times")
    for kind, least in LEAST_RATIOS.items():
        assert statistics.median(ratios[f"worker, compiled, over tutorial, {kind}"]) >= least


async def fill(pipeline: Pipeline, settings: Sequence[AnyEvent], calls: Sequence[AnyEvent]) -> None:
    """Trackers first, as they would be; then the backlog."""
    worker = pipeline.start_worker(SALGSPULS_LOG_LEVEL="WARNING")
    await pipeline.send(settings)
    await pipeline.until_committed(len(settings))
    worker.stop()
    await pipeline.send(calls)
