"""One job over all cores: a process for each shard of the calls, each with its own connection, and what they report."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import queue
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry

from clickhouse.client import ClickHouseConfig
from clickhouse.schema.rows import TrackerRow
from clickhouse.store import opened
from streams.demo.children import DIES_WITH_PARENT
from streams.errors import SalgspulsError
from streams.jobs.rebuild import Progress, Shard, rebuild
from streams.jobs.tracker_scan import Scanned, scan
from streams.worker.active_trackers import analyser_for
from streams.worker.metrics import WorkerMetrics
from streams.worker.retrying_store import PersistentStore
from streams.worker.waits import Waits

_LOOK_SECONDS = 0.5
BEHIND_LIVE_WORK = 10
"""How much nicer these processes are than others: on a busy machine they take the time that workers leave."""


class ShardFailedError(SalgspulsError):
    """A process of a job ended before its work was done; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a process needs: the kind of work, where ClickHouse is, and the active trackers."""

    kind: Literal["all", "trackers"]
    clickhouse: ClickHouseConfig
    epoch: int
    trackers: Sequence[TrackerRow]
    own_names: Sequence[str]
    sales_lexicon: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """How far one shard is, in calls (segments, when trackers are looked for)."""

    total: int
    done: int
    rewritten: int
    without_text: int = 0


def run(job: Job, processes: int, report: Callable[[int, int], None]) -> Reported:
    """Run a job in so many processes; `report` gets how much is done, and how much there is once all shards know.

    Returns the sums. Raises ShardFailedError.
    """
    context = multiprocessing.get_context("spawn")
    reports: multiprocessing.Queue[tuple[int, Reported]] = context.Queue()
    children = [
        context.Process(target=_work, args=(job, Shard(number, processes), reports), daemon=True)
        for number in range(processes)
    ]
    for child in children:
        child.start()
    latest: dict[int, Reported] = {}
    while any(child.is_alive() for child in children) or not reports.empty():
        try:
            number, reported = reports.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        latest[number] = reported
        if len(latest) == processes:
            report(sum(each.done for each in latest.values()), sum(each.total for each in latest.values()))
    for child in children:
        child.join()
    if any(child.exitcode for child in children):
        raise ShardFailedError("a process ended before its calls were done: go on with --resume")
    return Reported(
        sum(each.total for each in latest.values()),
        sum(each.done for each in latest.values()),
        sum(each.rewritten for each in latest.values()),
        sum(each.without_text for each in latest.values()),
    )


def _work(job: Job, shard: Shard, reports: multiprocessing.Queue[tuple[int, Reported]]) -> None:
    os.nice(BEHIND_LIVE_WORK)
    if DIES_WITH_PARENT is not None:
        DIES_WITH_PARENT()
    try:
        asyncio.run(_run_shard(job, shard, lambda reported: reports.put((shard.number, reported))))
    except KeyboardInterrupt:
        raise SystemExit(1) from None


async def _run_shard(job: Job, shard: Shard, report: Callable[[Reported], None]) -> None:
    analyser = analyser_for(job.trackers, job.own_names, sales_lexicon=job.sales_lexicon)
    metrics = WorkerMetrics(CollectorRegistry())
    async with opened(job.clickhouse) as tables:
        store = PersistentStore(tables, metrics, Waits(metrics), random.Random())  # noqa: S311 - jitter
        if job.kind == "trackers":
            report(_scanned(await scan(tables, store, analyser, job.epoch, _reporting(report), shard)))
        else:
            report(_rebuilt(await rebuild(store, analyser, job.epoch, _rebuilding(report), shard=shard)))


def _reporting(report: Callable[[Reported], None]) -> Callable[[Scanned], None]:
    return lambda scanned: report(_scanned(scanned))


def _rebuilding(report: Callable[[Reported], None]) -> Callable[[Progress], None]:
    return lambda progress: report(_rebuilt(progress))


def _scanned(scanned: Scanned) -> Reported:
    return Reported(scanned.total, scanned.seen, scanned.changed)


def _rebuilt(progress: Progress) -> Reported:
    return Reported(progress.total, progress.done, progress.rebuilt, progress.without_text)
