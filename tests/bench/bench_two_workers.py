"""Two workers beside one over the same backlog of fresh text: whether workers share nothing but broker and store.

CPU time is what counts: as many events as both do by the time that the busier one has used a second of CPU. On two
cores the broker and ClickHouse have no core of their own; wall time, printed beside it, says what that costs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from schemas.topics import CALLS
from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from tests.bench.backlog import Backlog, add_trackers, make_backlog
from tests.bench.conftest import Costs
from tests.bench.processes import cpu_seconds
from tests.support.compiled import environment
from tests.support.pipeline import Pipeline, Worker, log_lines, running_pipeline

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SEGMENTS = int(os.environ.get("BENCH_SEGMENTS", "100000"))
LEAST_RATIO = 1.6
PATIENT = {"SALGSPULS_KAFKA_SESSION_TIMEOUT_SECONDS": "120"}
"""So long may a worker stand still and keep its partitions."""
_WITHIN = 600.0


@dataclass(frozen=True, slots=True)
class Run:
    """Events a second, of CPU of the busier worker and of wall time."""

    by_cpu: float
    by_wall: float


def partitions(worker: Worker) -> int:
    """How many partitions of calls it was given the last time."""
    given = [line["partitions"] for line in log_lines(worker) if line["event"] == "partitions received"]
    return sum(name.startswith(CALLS.name) for name in given[-1]) if given else 0


def until_shared(workers: list[Worker]) -> None:
    """Wait until each has its part of the partitions of calls."""
    part = CALLS.partitions / len(workers)
    deadline = time.monotonic() + _WITHIN
    while any(partitions(worker) != part for worker in workers):
        assert time.monotonic() < deadline, "the partitions were not shared"
        time.sleep(0.1)


def run(pipeline: Pipeline, backlog: Backlog, workers: int) -> Run:
    """From when the whole backlog is there until all of it is stored. Workers have shared the partitions before, and
    stand still meanwhile, as the first one would have read much of it before the last one had joined."""
    launched = [pipeline.start_worker(**environment(), **PATIENT) for _ in range(workers)]
    for core, worker in enumerate(launched):
        os.sched_setaffinity(worker.process.pid, {core % (os.cpu_count() or 1)})
    until_shared(launched)
    for worker in launched:
        worker.process.send_signal(signal.SIGSTOP)
    asyncio.run(pipeline.send(backlog.events))
    begun_cpu, begun = [cpu_seconds(worker.process.pid) for worker in launched], time.perf_counter()
    for worker in launched:
        worker.process.send_signal(signal.SIGCONT)
    deadline = time.monotonic() + _WITHIN
    done = [0.0]
    while sum(done) < len(backlog.events):
        assert time.monotonic() < deadline, f"{done} of {len(backlog.events)} events were consumed"
        time.sleep(0.2)
        done = [worker.metric("salgspuls_events_consumed_total", topic=CALLS.name) for worker in launched]
    seconds = time.perf_counter() - begun
    cpu = [cpu_seconds(worker.process.pid) - used for worker, used in zip(launched, begun_cpu, strict=True)]
    assert min(done) > 0.7 * sum(done) / workers, f"not shared evenly: {done}"
    return Run(sum(done) / max(cpu), sum(done) / seconds)


@pytest.mark.timeout(7200)
def test_two_workers_do_twice_as_much(tmp_path: Path, costs: Costs) -> None:
    backlog = make_backlog(SEGMENTS, tmp_path)
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for number in range(ROUNDS):
        for workers, found in runs.items():
            folder = tmp_path / f"{number}-{workers}"
            folder.mkdir()
            with running_pipeline(
                ApacheKafkaBroker(folder, free_port()), folder, idempotent=True
            ) as pipeline:
                asyncio.run(add_trackers(pipeline.clickhouse))
                found.append(run(pipeline, backlog, workers))
            print(f"round {number + 1}: {workers} workers {found[-1].by_cpu:,.0f} events a second of CPU")
    for unit, rate in (("CPU", "by_cpu"), ("wall time", "by_wall")):
        rates = {
            f"{workers} workers": [getattr(each, rate) for each in found] for workers, found in runs.items()
        }
        costs.add(f"Events a second of {unit}", rates, "")
    ratios = [two.by_cpu / one.by_cpu for one, two in zip(runs[1], runs[2], strict=True)]
    costs.add("Two workers beside one", {"by CPU": ratios}, "times")
    assert median(ratios) >= LEAST_RATIO
