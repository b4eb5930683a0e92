"""`python -m tests.bench.live [--rates 2 100] [--seconds 30] [--page call]`: what live talk costs, how soon it is seen.

A broker, an embedded ClickHouse and one worker, all on this machine; people talk at each rate in turn, at any moment
as people do. Printed is, by rate: CPU of a core for engine, worker and page, inserts, parts and merges a second, memory
of the worker, and the delay of segments, from when they were produced until ClickHouse stored them (`stored_at`).

With `--page` somebody looks at that page in headless Chromium, whose own CPU is not counted. On that of a call stand
the sentences of one call in progress: their delay until they stood there is printed, too. With `--viewers` more people
look at other pages, and the time is printed until each page had all of its numbers.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from random import Random

from streams.config.settings import KafkaSettings, WorkerSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.producer import EventProducer
from tests.bench.spoken import spoken
from tests.bench.talk import send, talk
from tests.bench.watched import WatchedCall, complete_after, looking, served, shown
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
_SETTLES_SECONDS = 12.0
_OTHERS = ("home", "wall", "team", "calls", "sentiment")
"""What others look at."""
_SHARES = (0.5, 0.95, 0.99)


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


def _quantiles(delays: Sequence[float]) -> list[str]:
    """p50, p95 and p99 in seconds; dashes of nothing."""
    ordered = sorted(delays)
    return [f"{ordered[int(share * len(ordered))]:.2f}" if ordered else "–" for share in _SHARES]


class Measurement:
    """Talk at one rate after another through a running pipeline."""

    def __init__(self, pipeline: Pipeline, worker: Worker, pages: Sequence[str]) -> None:
        self._pipeline = pipeline
        self._worker = worker
        self._pages = pages

    async def rows(self, rates: Sequence[float], seconds: float) -> None:
        """Prints a row for each rate."""
        async with AsyncExitStack() as stack:
            producer = await stack.enter_async_context(EventProducer(self._pipeline.settings.kafka))
            watched, tabs, pids = (
                WatchedCall(),
                [],
                [self._pipeline.clickhouse.process.pid, self._worker.process.pid],
            )
            if self._pages:
                await watched.begin(producer)
                address, server = stack.enter_context(served(self._pipeline.clickhouse))
                tabs = await stack.enter_async_context(looking(address, self._pages))
                pids.append(server.pid)
            for rate in rates:
                events = talk(rate, spoken(_WORDS, 20_000, Random(1)), f"rate-{rate:g}", datetime.now(UTC))
                rng = Random(rate)
                await send(producer, events, rate, _WARM_UP_SECONDS, rng)
                counters, begun, used = (
                    _counters(self._pipeline),
                    time.monotonic(),
                    [cpu_seconds(pid) for pid in pids],
                )
                going_on = watched.go_on(producer, seconds if "call" in self._pages[:1] else 0)
                (sent, produced), said = await asyncio.gather(
                    send(producer, events, rate, seconds, rng), going_on
                )
                passed = time.monotonic() - begun
                cost = [
                    f"{(cpu_seconds(pid) - before) / passed:.1%}"
                    for pid, before in zip(pids, used, strict=True)
                ]
                counted = {each: value - counters[each] for each, value in _counters(self._pipeline).items()}
                await asyncio.sleep(_SETTLES_SECONDS)
                stood = await shown(tabs[0]) if said else {}
                assert stood.keys() >= said.keys(), "some stand on no page yet"
                cells = (
                    f"{(sent + len(said)) / passed:,.0f}",
                    *cost,
                    *["–"] * (3 - len(cost)),
                    *(f"{counted[each] / passed:.1f}" for each in _COUNTED),
                    f"{memory_mb(self._worker.process.pid):.0f}",
                    *_quantiles(self._delays(produced)),
                    *_quantiles([(stood[number] - at).total_seconds() for number, at in said.items()]),
                )
                print(f"| {' | '.join(cells)} |", flush=True)

            if len(tabs) > 1:
                complete = " ".join(_quantiles(await complete_after(tabs)))
                print(f"{len(tabs)} viewers, s until a page was complete: {complete}")

    def _delays(self, produced: dict[tuple[str, str], datetime]) -> list[float]:
        # a segment is written anew when its call's language is known, and counts from when it could first be read
        stored = self._pipeline.query(
            "SELECT call_id, segment_id, min(stored_at) FROM salgspuls_store.segments GROUP BY ALL"
        )
        found = {(call, segment): at for call, segment, at in stored if (call, segment) in produced}
        assert found.keys() == produced.keys(), "some are not stored yet"
        return [(at - produced[key]).total_seconds() for key, at in found.items()]


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rates", type=float, nargs="+", default=[2, 10, 100, 1000])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--page", help="call, wall, home, ...")
    options.add_argument("--viewers", type=int, default=1)
    given = options.parse_args()
    pages = [] if given.page is None else [given.page, *islice(cycle(_OTHERS), given.viewers - 1)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
            own = WorkerSettings()
            worker = pipeline.start_worker(
                SALGSPULS_WORKER_HOURS_SECONDS=str(own.hours_seconds),
                SALGSPULS_KAFKA_SESSION_TIMEOUT_SECONDS=str(KafkaSettings().session_timeout_seconds),
                **(environment() if COMPILED.exists() else {}),
            )
            print(
                "| events/s | engine, of a core | worker | page | inserts/s | parts/s | merges/s | worker, MB "
                "| p50 s | p95 s | p99 s | to the page, p50 s | p95 s | p99 s |\n"
                "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
            )
            asyncio.run(Measurement(pipeline, worker, pages).rows(given.rates, given.seconds))
            print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
