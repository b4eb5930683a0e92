"""A worker from start to stop: it waits for what it needs, refuses what is not as it must be, and leaves in seconds."""

from __future__ import annotations

import asyncio
import gc
import random
import signal
import tempfile
import threading
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # Any: what a coroutine yields and takes is nobody's

import faust
import uvloop
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector

from clickhouse.client import ClickHouseUnavailableError, connect_async, wait_until_ready
from clickhouse.schema.migrate import MigrationError, ensure_current
from clickhouse.store import Store
from processors.analysis.sentiment import rules_fingerprint, segment_sentiment
from processors.text.cache import BUDGET
from schemas.topics import DEAD_LETTERS
from streams import version
from streams.config.listening import check_listening
from streams.config.section import SettingsError
from streams.config.settings import Settings
from streams.errors import SalgspulsError
from streams.kafka.producer import EventProducer
from streams.kafka.topics import ensure_topics, unreachable, wait_for_broker
from streams.logs.logs import configure, logger
from streams.worker.active_trackers import ActiveTrackers
from streams.worker.app import WorkerContext, create_app
from streams.worker.assembly import assemble
from streams.worker.dead_letters import DeadLetterTopic
from streams.worker.erased import Erased
from streams.worker.metrics import WorkerMetrics
from streams.worker.news import News
from streams.worker.retrying_store import PersistentStore
from streams.worker.topic_watch import TopicWatch
from streams.worker.waits import Waits
from streams.worker.withdrawals import Withdrawals

log = logger(__name__)

_LONGEST_WAIT = float("inf")


class NotReadyError(SalgspulsError):
    """Something that the worker needs is not as it must be, and waiting would not change it."""


def run(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT. Returns the exit code: 0 when stopped, 1 when an error ended it, as is logged."""
    configure(settings.log)
    log.info("starting", version=version(), settings=settings.redacted())
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_work(settings))
    except NotReadyError as error:
        log.error("cannot start", reason=str(error))
        return 1


async def _work(settings: Settings) -> int:
    stop = asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    if not await _unless_stopped(_prepare(settings), stop):
        return 0
    async with AsyncExitStack() as stack:
        context = await _assemble(settings, stack)
        datadir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="salgspuls-worker-")))
        app = create_app(settings, context, datadir)
        await asyncio.to_thread(warm_up, settings.worker.sales_lexicon)
        collect_rarely()
        await app.start()
        log.info(
            "consuming",
            group=settings.kafka.group,
            health=f"http://{settings.worker.host}:{settings.worker.port}",
        )
        await app.wait_first(stop.wait())
        crashed = app.crash_reason if app.crashed else None
        await _leave(app, settings.worker.stop_seconds)
    if crashed is not None:
        expected = isinstance(crashed, SalgspulsError)
        log.error("stopped by an error", reason=str(crashed), exc_info=None if expected else crashed)
        return 1
    log.info("stopped")
    return 0


async def _unless_stopped(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """Whether the work came to its end; it is broken off when `stop` comes first. Raises what the work raises."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        return False
    working.result()
    return True


async def _prepare(settings: Settings) -> None:
    """Wait for broker and ClickHouse, check topics and schema. Raises NotReadyError."""
    try:
        check_listening("worker", settings.worker.host, settings.worker.port)
    except SettingsError as error:
        raise NotReadyError(str(error)) from None
    kafka = settings.kafka.client_kwargs()
    await wait_for_broker(kafka, announce=log.warning)
    reports = await ensure_topics(kafka, settings.kafka.topics())
    problems = [f"topic {report.name}: {problem}" for report in reports for problem in report.problems]
    if problems:
        raise NotReadyError("; ".join(problems))
    cancelled = threading.Event()
    try:
        await asyncio.to_thread(_check_schema, settings, cancelled)
    finally:
        cancelled.set()


def _check_schema(settings: Settings, cancelled: threading.Event) -> None:
    try:
        client = wait_until_ready(
            settings.clickhouse.config("writer"),
            timeout=_LONGEST_WAIT,
            waiting=log.warning,
            database="",
            stopped=cancelled,
        )
        try:
            ensure_current(client)
        finally:
            client.close()
    except (ClickHouseUnavailableError, MigrationError) as error:
        raise NotReadyError(str(error)) from None


def warm_up(sales_lexicon: bool) -> None:
    """Read the lexicons now, or the first event would wait for them."""
    for language in ("en", "da"):
        segment_sentiment("hello", language, sales=sales_lexicon)


def collect_rarely() -> None:
    """Events, findings and rows of two batches are some million objects without cycles, and each collection would look
    through all of them. What does have cycles, some of the frameworks' for each event, is to leave all the same:
    collected ten times as rarely it made a worker grow by 13 MB each ten thousand segments."""
    gc.freeze()
    gc.set_threshold(300_000, 10, 100)


async def _assemble(settings: Settings, stack: AsyncExitStack) -> WorkerContext:
    """Everything that the agents work with; the stack closes what has to be closed."""
    BUDGET.entries = settings.worker.memo_entries
    registry = CollectorRegistry()
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    metrics = WorkerMetrics(registry)
    waits = Waits(metrics)
    client = await connect_async(settings.clickhouse.config("writer"), database="")
    stack.push_async_callback(client.close)
    store = PersistentStore(Store(client), metrics, waits, random.Random())  # noqa: S311 - jitter
    producer = await stack.enter_async_context(EventProducer(settings.kafka))

    async def reachable() -> bool:
        return await unreachable(settings.kafka.client_kwargs()) is None

    dead_letters = DeadLetterTopic(producer, metrics, waits, version(), reachable)
    if await store.begin_epoch_for(rules_fingerprint(sales=settings.worker.sales_lexicon)):
        log.info("the rules of sentiment changed; `salgspuls rebuild --resume` brings history up to date")
    trackers = ActiveTrackers(
        store, metrics, settings.reporting.own_name_list, sales_lexicon=settings.worker.sales_lexicon
    )
    erased = Erased(store)
    news = News(store, trackers.refresh, erased.refresh)
    await news.look()
    pipelines = assemble(settings, store, dead_letters, metrics, erased, trackers, _now, version())
    withdrawals = Withdrawals(store, metrics)
    sources = [spec for spec in settings.kafka.topics() if spec.name != DEAD_LETTERS.name]
    topics = TopicWatch(settings.kafka.client_kwargs(), sources, waits, metrics)
    return WorkerContext(pipelines, trackers, news, withdrawals, topics, waits, metrics, registry)


async def _leave(app: faust.App, seconds: float) -> None:
    """Stop; what is not acknowledged within `seconds` comes again at the next start."""
    try:
        async with asyncio.timeout(seconds):
            await app.stop()
    except TimeoutError:
        log.warning("left without waiting longer; what was not stored is consumed again", seconds=seconds)


def _now() -> datetime:
    return datetime.now(UTC)
