"""Puts the pipelines together: for each topic a reader, a folder with its state, and the order around it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any  # Any: pipelines of any kind of fact

from schemas.topics import CALLS, CRM, SETTINGS
from streams.config.settings import Settings
from streams.worker.active_trackers import ActiveTrackers
from streams.worker.call_folder import CallFolder
from streams.worker.call_writer import CallWriter
from streams.worker.erased import Erased
from streams.worker.fact_folder import FactFolder
from streams.worker.hours import HourRefresher
from streams.worker.metrics import WorkerMetrics
from streams.worker.open_calls import Bounds
from streams.worker.pipeline import BatchPipeline, DeadLetterSink, Folder
from streams.worker.reader import Reader, Retention
from streams.worker.retrying_store import PersistentStore

_FACTS_PER_CALL = 20
"""Facts whose revision is remembered, for each call that may be held."""


def assemble(
    settings: Settings,
    store: PersistentStore,
    dead_letters: DeadLetterSink,
    metrics: WorkerMetrics,
    erased: Erased,
    trackers: ActiveTrackers,
    now: Callable[[], datetime],
    app_version: str,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, BatchPipeline[Any]]:
    """The pipelines by topic. `now` is the time of day, `clock` counts seconds."""
    retention = Retention(
        settings.reporting.currency,
        timedelta(days=settings.clickhouse.segments_days),
        timedelta(days=settings.clickhouse.crm_days),
    )
    bounds = Bounds(
        settings.worker.max_open_calls,
        settings.worker.max_open_mb * 1024 * 1024,
        settings.worker.max_call_segments,
    )
    calls_stage = partial(metrics.stage, CALLS.name)
    folders: dict[str, Folder[Any]] = {
        CALLS.name: CallFolder(
            Reader(CALLS.name, retention, now, erased),
            store,
            CallWriter(store, calls_stage),
            HourRefresher(store, settings.worker.hours_seconds, clock),
            trackers,
            metrics,
            calls_stage,
            bounds,
            clock,
        )
    }
    for topic in (CRM.name, SETTINGS.name):
        reader = Reader[Any](topic, retention, now, erased)
        max_facts = settings.worker.max_open_calls * _FACTS_PER_CALL
        folders[topic] = FactFolder(reader, store, partial(metrics.stage, topic), max_facts)
    pipelines = {
        topic: BatchPipeline(topic, folder, store, dead_letters, metrics, app_version, now)
        for topic, folder in folders.items()
    }
    trackers.on_new_epoch.append(pipelines[CALLS.name].invalidate)
    erased.on_change += [pipeline.invalidate for pipeline in pipelines.values()]
    return pipelines
