"""`python -m tests.bench.live [--rates 2 100] [--seconds 30]`: what live talk costs, and how soon it can be read.

A broker, an embedded ClickHouse and one worker, all on this machine; people talk at each rate in turn. Printed is, by
rate: CPU of a core for engine and worker, inserts, parts and merges a second, memory of the worker, and the delay of
segments, from when they were produced until ClickHouse stored them (`stored_at`).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.producer import EventProducer
from tests.bench.spoken import spoken
from tests.bench.talk import send, talk
from tests.support.compiled import COMPILED, environment
from tests.support.pipeline import Pipeline, Worker, running_pipeline

_COUNTED = {"inserts": "InsertQuery", "parts": "MergeTreeDataWriterBlocks", "merges": "Merge"}
_WORDS = {
    "en": [
        "We could send you the offer for the new printers on Monday.",
        "How many of you work from home today?",
    ],
    "da": [
        "Vi kan sende jer et tilbud på de nye printere på mandag.",
        "Hvor mange af jer arbejder hjemme i dag?",
    ],
}
_WARM_UP_SECONDS = 8.0
_SETTLES_SECONDS = 8.0


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU of a process so far, of threads that ended, too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _counters(pipeline: Pipeline) -> dict[str, int]:
    events = dict(pipeline.query("SELECT event, value FROM system.events"))
    return {name: events.get(event, 0) for name, event in _COUNTED.items()}


async def measure(pipeline: Pipeline, worker: Worker, rate: float, seconds: float) -> str:
    """A row of the table."""
    said = spoken(_WORDS, 20_000, Random(1))
    name, engine = f"rate-{rate:g}", pipeline.clickhouse.process.pid
    async with EventProducer(pipeline.settings.kafka) as producer:
        events = talk(rate, said, name, datetime.now(UTC))
        await send(producer, events, rate, _WARM_UP_SECONDS)
        counters, begun = _counters(pipeline), time.monotonic()
        used = cpu_seconds(engine), cpu_seconds(worker.process.pid)
        sent, produced = await send(producer, events, rate, seconds)
        passed = time.monotonic() - begun
        cost = cpu_seconds(engine) - used[0], cpu_seconds(worker.process.pid) - used[1]
        counted = {each: value - counters[each] for each, value in _counters(pipeline).items()}
    await asyncio.sleep(_SETTLES_SECONDS)
    stored = pipeline.query("SELECT call_id, segment_id, stored_at FROM salgspuls_store.segments FINAL")
    delays = sorted(
        (at - produced[call, segment]).total_seconds()
        for call, segment, at in stored
        if (call, segment) in produced
    )
    assert len(delays) == len(produced), "some are not stored yet"
    cells = (
        f"{sent / passed:,.0f}",
        f"{cost[0] / passed:.1%}",
        f"{cost[1] / passed:.1%}",
        *(f"{counted[each] / passed:.1f}" for each in _COUNTED),
        f"{memory_mb(worker.process.pid):.0f}",
        *(f"{delays[int(share * len(delays))]:.2f}" for share in (0.5, 0.95, 0.99)),
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rates", type=float, nargs="+", default=[2, 10, 100, 1000])
    options.add_argument("--seconds", type=float, default=30)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
            worker = pipeline.start_worker(
                SALGSPULS_WORKER_HOURS_SECONDS="5", **(environment() if COMPILED.exists() else {})
            )
            print(
                "| events/s | engine, of a core | worker | inserts/s | parts/s | merges/s | worker, MB "
                "| p50 s | p95 s | p99 s |\n|---|---|---|---|---|---|---|---|---|---|"
            )
            for rate in given.rates:
                print(asyncio.run(measure(pipeline, worker, rate, given.seconds)), flush=True)
            print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
