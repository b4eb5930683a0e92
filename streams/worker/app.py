"""The Faust app: three agents, one a topic, that hand batches to their pipeline and acknowledge what it has stored.

An agent catches nothing: what its pipeline cannot handle must end the process, which starts again from the last
committed offset. Any other way out of an exception loses events in Faust (it acknowledges what an agent failed on).
"""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # Any: Faust has no types

import faust
from faust.types import TP
from faust.web import Request, Response
from mode import CrashingSupervisor
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from schemas.topics import CALLS, CRM, SETTINGS
from streams.config.settings import Settings
from streams.kafka import transport
from streams.logs.logs import logger
from streams.worker import topic_watch, withdrawals
from streams.worker.active_trackers import ActiveTrackers
from streams.worker.agent import work
from streams.worker.guard import only_under_own_names
from streams.worker.metrics import WorkerMetrics
from streams.worker.news import News
from streams.worker.pipeline import BatchPipeline
from streams.worker.topic_watch import TopicWatch
from streams.worker.waits import Waits
from streams.worker.withdrawals import Withdrawals

log = logger(__name__)

_MEASURE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """What the agents work with; `pipelines` are by topic."""

    pipelines: Mapping[str, BatchPipeline[Any]]
    trackers: ActiveTrackers
    news: News
    withdrawals: Withdrawals
    topics: TopicWatch
    waits: Waits
    metrics: WorkerMetrics
    registry: CollectorRegistry


def create_app(settings: Settings, context: WorkerContext, datadir: Path) -> faust.App:
    """The app, ready to be started in the running loop."""
    app = faust.App(
        settings.kafka.group,
        broker=settings.kafka.faust_broker(),
        broker_credentials=settings.kafka.faust_credentials(),
        broker_client_id=settings.kafka.client_id,
        broker_commit_interval=1.0,
        agent_supervisor=CrashingSupervisor,
        topic_allow_declare=False,
        autodiscover=False,
        datadir=datadir,
        web_bind=settings.worker.host,
        web_host=settings.worker.host,
        web_port=settings.worker.port,
        web_stats_enabled=False,
        web_graph_enabled=False,
        web_router_enabled=False,
        web_tables_enabled=False,
        web_application_options={"middlewares": [only_under_own_names(settings.worker.host)]},
        **settings.kafka.faust_timeouts(),
        **transport.APP_SETTINGS,
    )
    transport.install(app)
    _add_agent(app, CALLS.name, context.pipelines[CALLS.name], settings)
    _add_agent(app, CRM.name, context.pipelines[CRM.name], settings)
    # trackers that come through this worker take effect in it at once; other workers look every few seconds
    _add_agent(app, SETTINGS.name, context.pipelines[SETTINGS.name], settings, context.trackers.refresh)
    _invalidate_on_rebalance(app, context)
    _add_timers(app, context, settings)
    _add_pages(app, context)
    return app


def _add_agent(
    app: faust.App,
    topic: str,
    pipeline: BatchPipeline[Any],
    settings: Settings,
    afterwards: Callable[[], Awaitable[None]] | None = None,
) -> None:
    rows, seconds = settings.worker.flush_rows, settings.worker.flush_seconds

    async def agent(stream: Any) -> None:
        chunks = aiter(stream.noack().events())
        await work(chunks, pipeline, rows, seconds, time.monotonic, afterwards)

    app.agent(app.topic(topic), name=f"flush-{topic}")(agent)


def _invalidate_on_rebalance(app: faust.App, context: WorkerContext) -> None:
    """Another worker goes on with these partitions: what is held of them will be behind when they come back."""

    async def invalidate(_app: faust.App, revoked: Collection[TP], **_: Any) -> None:
        log.info("partitions given away", partitions=_names(revoked))
        for pipeline in context.pipelines.values():
            pipeline.invalidate("partitions went to other workers")

    async def tell(_app: faust.App, assigned: Collection[TP], **_: Any) -> None:
        log.info("partitions received", partitions=_names(assigned))

    on_revoked: Any = app.on_partitions_revoked  # typed for handlers that name Faust's own signal type
    on_assigned: Any = app.on_partitions_assigned
    on_revoked.connect(invalidate, weak=False)
    on_assigned.connect(tell, weak=False)


def _names(partitions: Collection[TP]) -> list[str]:
    return sorted(f"{tp.topic}/{tp.partition}" for tp in partitions)


def _add_timers(app: faust.App, context: WorkerContext, settings: Settings) -> None:
    async def measure() -> None:
        behind = transport.lag(app)
        context.metrics.lag_messages.clear()
        for (topic, partition), messages in behind.items():
            context.metrics.lag_messages.labels(topic, partition).set(messages)
        for pipeline in context.pipelines.values():
            pipeline.tidy()
        _notice_waits(app, context.waits)

    app.timer(settings.worker.tracker_poll_seconds)(context.news.look)
    app.timer(_MEASURE_SECONDS)(measure)
    app.timer(topic_watch.EVERY_SECONDS)(context.topics.look)
    app.timer(withdrawals.EVERY_SECONDS)(context.withdrawals.purge)


def _notice_waits(app: faust.App, waits: Waits) -> None:
    """What no part of ours waits for by itself: partitions, and a broker that is gone."""
    if transport.connected(app):
        waits.end("kafka")
    else:
        waits.begin("kafka", "Kafka does not answer")
    if transport.assignment(app):
        waits.end("partitions")
    else:
        waits.begin("partitions", "partitions from the consumer group")


def _add_pages(app: faust.App, context: WorkerContext) -> None:
    def page(path: str) -> Callable[[Callable[[], tuple[int, bytes, str]]], None]:
        def add(answer: Callable[[], tuple[int, bytes, str]]) -> None:
            async def view(web: Any, request: Request) -> Response:
                status, body, content_type = answer()
                response: Response = web.bytes(body, headers={"Content-Type": content_type}, status=status)
                return response

            app.page(path, name=path.strip("/"))(view)

        return add

    @page("/live")
    def live() -> tuple[int, bytes, str]:
        return _json(503 if app.crashed else 200, alive=not app.crashed)

    @page("/ready")
    def ready() -> tuple[int, bytes, str]:
        _notice_waits(app, context.waits)
        partitions = _names(transport.assignment(app))
        waits_for = context.waits.reason
        return _json(
            503 if waits_for else 200, ready=waits_for is None, waits_for=waits_for, partitions=partitions
        )

    @page("/metrics")
    def metrics() -> tuple[int, bytes, str]:
        return 200, generate_latest(context.registry), CONTENT_TYPE_LATEST


def _json(status: int, **fields: object) -> tuple[int, bytes, str]:
    return status, json.dumps(fields).encode(), "application/json"
