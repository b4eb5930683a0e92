"""`python -m tests.bench.live [--rates 2 100] [--seconds 30] [--page call]`: what live talk costs, how soon it is seen.

A broker, an embedded ClickHouse and one worker, all on this machine, the database empty or, with `--data`, that of a
company (`python -m tests.scale`); people talk at each rate in turn, at any moment as people do. Printed is, by rate:
CPU of a core for engine, worker and page, inserts, parts and merges a second, memory of the worker, and the delay of
segments, from when they were produced until ClickHouse stored them (`stored_at`).

With `--page` somebody looks at that page in headless Chromium, whose own CPU is not counted. On that of a call stand
the sentences of one call in progress: their delay until they stood there is printed, too. With `--viewers` more people
look at other pages and ranges, and the time is printed until each page had all of its numbers, and how long the page
waited for what it asked of ClickHouse. Sixteen browsers would take the machine that is measured: with
`--without-browser` people ask of the page what its script asks, and draw nothing.

What is not stored, or stands on no page, when all should be is counted in the last columns; its delay is unknown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from math import inf
from pathlib import Path
from random import Random

import psutil

from schemas.events import AnyEvent
from streams.config.kafka import KafkaSettings
from streams.config.settings import WorkerSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.producer import EventProducer
from tests.bench.processes import cpu_seconds, memory_mb
from tests.bench.spoken import spoken
from tests.bench.talk import send, talk
from tests.bench.watched import Viewers, WatchedCall, addresses, in_chromium, served, without_browser
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
_GIVES_UP_SECONDS = 60.0
_NOTED_EVERY_SECONDS = 2.0
_REWRITTEN_BEYOND = 10
"""Events a second: of fewer, what is written anew changes no percentile, and noting would be seen in the CPU."""
_OTHERS = ("home", "wall", "team", "calls", "sentiment")
"""What others look at."""
HEAD = (
    "| events/s | engine, of a core | worker | page | inserts/s | parts/s | merges/s | worker, MB "
    "| p50 s | p95 s | p99 s | to the page, p50 s | p95 s | p99 s "
    "| questions/s | answered, p50 s | p95 s | not stored | on no page |\n" + "|---" * 19 + "|"
)
"""Of the table that `Measurement` prints."""
_SHARES = (0.5, 0.95, 0.99)


def _counters(pipeline: Pipeline) -> dict[str, int]:
    events = dict(pipeline.query("SELECT event, value FROM system.events"))
    return {name: events.get(event, 0) for name, event in _COUNTED.items()}


def _quantiles(delays: Sequence[float]) -> list[str]:
    """p50, p95 and p99 in seconds; dashes of nothing."""
    ordered = sorted(delays)
    return [f"{ordered[int(share * len(ordered))]:.2f}" if ordered else "–" for share in _SHARES]


@dataclass(frozen=True, slots=True)
class Looked:
    """The page while people look at it: its process, they, and where it notes how long it waited for answers."""

    server: psutil.Process
    viewers: Viewers
    timed: Path

    def waited(self, since: float) -> list[float]:
        """Seconds until ClickHouse answered each question that was asked since then (seconds since 1970)."""
        noted = map(json.loads, self.timed.read_text().splitlines())
        return [each["seconds"] for each in noted if each["at"] >= since]

    async def complete_after(self) -> list[str]:
        """Waits until every page has all of its numbers; how long that took. Infinite is what took too long."""
        deadline = time.monotonic() + _GIVES_UP_SECONDS
        while True:
            complete = [each.complete_after for each in await self.viewers.seen()]
            if None not in complete or time.monotonic() > deadline:
                return _quantiles([inf if each is None else each for each in complete])
            await asyncio.sleep(0.5)


class StoredFirst:
    """When each segment could first be read. It is written anew when its call's language becomes known, some seconds
    later, and a merge leaves the newer row alone: so rows are noted before that."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._at: dict[tuple[str, str], datetime] = {}
        self._until = datetime.now(UTC)

    @asynccontextmanager
    async def noted_while(self) -> AsyncIterator[None]:
        """Notes every other second what is there."""
        noting = asyncio.create_task(self._note_again())
        yield
        noting.cancel()
        with suppress(asyncio.CancelledError):
            await noting
        self._note()

    async def _note_again(self) -> None:
        while True:
            await asyncio.sleep(_NOTED_EVERY_SECONDS)
            await asyncio.shield(asyncio.to_thread(self._note))

    def _note(self) -> None:
        rows = self._pipeline.query(
            "SELECT call_id, segment_id, min(stored_at) FROM salgspuls_store.segments"
            " WHERE call_id LIKE 'rate-%%' AND stored_at >= {since:DateTime64(3)} - 1 GROUP BY ALL",
            since=self._until,
        )
        for call, segment, at in rows:
            self._at.setdefault((call, segment), at)
            self._until = max(self._until, at)

    async def delays(self, produced: Mapping[tuple[str, str], datetime]) -> list[float]:
        """How long what was produced took to be stored, as soon as all of it is, or after a while what is."""
        await asyncio.sleep(_SETTLES_SECONDS)
        deadline = time.monotonic() + _GIVES_UP_SECONDS
        while True:
            self._note()
            found = self._at.keys() & produced.keys()
            if len(found) == len(produced) or time.monotonic() > deadline:
                return [(self._at[key] - produced[key]).total_seconds() for key in found]
            await asyncio.sleep(1)


class Measurement:
    """Talk at one rate after another through a running pipeline."""

    def __init__(self, pipeline: Pipeline, worker: Worker, pages: Sequence[str], browser: bool) -> None:
        self._pipeline = pipeline
        self._worker = worker
        self._pages = pages
        self._look = in_chromium if browser else without_browser
        self._watched = WatchedCall()

    async def rows(self, rates: Sequence[float], seconds: float) -> None:
        """Prints a row for each rate."""
        async with AsyncExitStack() as stack:
            producer = await stack.enter_async_context(EventProducer(self._pipeline.settings.kafka))
            looked = await self._begin_to_look(stack, producer) if self._pages else None
            complete = [] if looked is None else await looked.complete_after()
            for rate in rates:
                began = datetime.now(UTC)
                name = f"rate-{rate:g}-{began:%H%M%S}"  # new calls in a database that an earlier run wrote to
                events = talk(rate, spoken(_WORDS, 20_000, Random(1)), name, began)
                await send(producer, events, rate, _WARM_UP_SECONDS, Random(rate))
                await self._row(producer, events, rate, seconds, looked)
            if complete:
                print(f"{len(self._pages)} viewers, s until a page was complete: {' '.join(complete)}")

    async def _begin_to_look(self, stack: AsyncExitStack, producer: EventProducer) -> Looked:
        await self._watched.begin(producer)
        timed = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "timed"
        address, server = stack.enter_context(served(self._pipeline.clickhouse, timed))
        viewers = await stack.enter_async_context(self._look(addresses(address, self._pages)))
        return Looked(server, viewers, timed)

    async def _row(
        self,
        producer: EventProducer,
        events: Iterator[AnyEvent],
        rate: float,
        seconds: float,
        looked: Looked | None,
    ) -> None:
        pids = [self._pipeline.clickhouse.process.pid, self._worker.process.pid]
        pids += [] if looked is None else [looked.server.pid]
        counters, used = _counters(self._pipeline), [cpu_seconds(pid) for pid in pids]
        begun, began_at = time.monotonic(), time.time()
        stored_first = StoredFirst(self._pipeline)
        async with stored_first.noted_while() if rate > _REWRITTEN_BEYOND else nullcontext():
            (sent, produced), said = await asyncio.gather(
                send(producer, events, rate, seconds, Random(rate)),
                self._watched.go_on(producer, seconds if "call" in self._pages[:1] else 0),
            )
        passed = time.monotonic() - begun
        cost = [f"{(cpu_seconds(pid) - before) / passed:.1%}" for pid, before in zip(pids, used, strict=True)]
        counted = {each: value - counters[each] for each, value in _counters(self._pipeline).items()}
        stored = await stored_first.delays(produced)
        stood: dict[int, float] = {}
        asked = ["–"] * 3
        if looked is not None:
            waited = looked.waited(began_at)
            asked = [f"{len(waited) / passed:.1f}", *_quantiles(waited)[:2]]
            stood = (await looked.viewers.seen())[0].heard
        seen = [stood[number] - at.timestamp() for number, at in said.items() if number in stood]
        cells = (
            f"{(sent + len(said)) / passed:,.0f}",
            *cost,
            *["–"] * (3 - len(cost)),
            *(f"{counted[each] / passed:.1f}" for each in _COUNTED),
            f"{memory_mb(self._worker.process.pid):.0f}",
            *_quantiles(stored),
            *_quantiles(seen),
            *asked,
            f"{len(produced) - len(stored)}",
            f"{len(said) - len(seen)}",
        )
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rates", type=float, nargs="+", default=[2, 10, 100, 1000])
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--page", help="call, wall, home, ...")
    options.add_argument("--viewers", type=int, default=1)
    options.add_argument("--without-browser", action="store_true")
    options.add_argument(
        "--data", type=Path, help="a database that is there, as tests.scale makes one; it is written to"
    )
    given = options.parse_args()
    pages = [] if given.page is None else [given.page, *islice(cycle(_OTHERS), given.viewers - 1)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with running_pipeline(
            TansuBroker(folder, free_port()), folder, idempotent=False, data=given.data
        ) as pipeline:
            own = WorkerSettings()
            worker = pipeline.start_worker(
                SALGSPULS_WORKER_HOURS_SECONDS=str(own.hours_seconds),
                SALGSPULS_KAFKA_SESSION_TIMEOUT_SECONDS=str(KafkaSettings().session_timeout_seconds),
                **(environment() if COMPILED.exists() else {}),
            )
            print(HEAD)
            asyncio.run(
                Measurement(pipeline, worker, pages, not given.without_browser).rows(
                    given.rates, given.seconds
                )
            )
            print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
