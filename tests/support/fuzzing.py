"""Sends damaged messages through the worker's own code, and checks what must hold whatever they are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from prometheus_client import CollectorRegistry

from clickhouse.schema.rows import SegmentRow
from schemas.rejections import Rejection
from schemas.topics import SOURCES
from streams.config.settings import Settings, WorkerSettings
from streams.kafka.messages import Message
from streams.worker.active_trackers import ActiveTrackers
from streams.worker.assembly import assemble
from streams.worker.erased import Erased
from streams.worker.metrics import WorkerMetrics
from streams.worker.retrying_store import PersistentStore
from streams.worker.waits import Waits
from streams.worker.withholding import shareable
from tests.support.mutations import SECRET

_LARGEST_LETTER = 4_000


@dataclass(slots=True)
class Letters:
    """Takes dead letters as the topic would: as bytes that any broker takes, and without what must not be kept."""

    sizes: list[int] = field(default_factory=list)

    async def send(self, rejected: Sequence[tuple[Message, Rejection]]) -> None:
        for message, rejection in rejected:
            value, headers = shareable(message, rejection)
            parts = [value or b"", rejection.detail.encode(), *headers.values()]
            size = sum(map(len, parts))
            assert size <= _LARGEST_LETTER, f"a dead letter of {size} bytes: {rejection.reason}"
            assert not any(SECRET.encode() in part for part in parts), (
                f"the secret is told: {rejection.reason}"
            )
            self.sizes.append(size)


@dataclass(frozen=True, slots=True)
class Found:
    """How messages were counted, by topic and by what became of them."""

    consumed: int
    stored: int
    duplicates: int
    rejected: Counter[str]
    largest_letter: int


async def fuzz(some: Iterable[Message], store: Any, now: datetime, at_once: int = 200) -> Found:
    """Run messages through read, fold, rows and dead letters of a worker on a store; whatever raises is a fault."""
    registry = CollectorRegistry()
    metrics = WorkerMetrics(registry)
    persistent = PersistentStore(store, metrics, Waits(metrics), random.Random(1))
    trackers, erased = ActiveTrackers(persistent, metrics), Erased(persistent)
    letters = Letters()
    settings = Settings(worker=WorkerSettings(hours_seconds=0.1))
    pipelines = assemble(settings, persistent, letters, metrics, erased, trackers, lambda: now, "fuzz")
    coming = iter(some)
    while batch := list(islice(coming, at_once)):
        for topic in SOURCES:
            of_topic = [message for message in batch if message.topic == topic.name]
            if of_topic:
                await pipelines[topic.name].run(of_topic)

    def count(name: str) -> int:
        return int(
            sum(
                sample.value
                for metric in registry.collect()
                for sample in metric.samples
                if sample.name == f"salgspuls_{name}_total"
            )
        )

    reasons: Counter[str] = Counter()
    for metric in registry.collect():
        for sample in metric.samples:
            if sample.name == "salgspuls_dead_letters_total":
                reasons[sample.labels["reason"]] += int(sample.value)
    found = Found(
        count("events_consumed"),
        count("events_stored"),
        count("events_duplicate"),
        +reasons,
        max(letters.sizes, default=0),
    )
    assert found.consumed == found.stored + found.duplicates + found.rejected.total()
    assert found.rejected.total() == len(letters.sizes)
    assert not found.rejected["unprocessable"], "an analysis failed on a message"
    return found


def assert_no_word_without_consent(rows: Iterable[SegmentRow]) -> None:
    """Of a segment without consent no word stands in any column."""
    for row in rows:
        if not row.consent:
            assert SECRET not in repr(
                row._replace(call_id="", segment_id="", participant_id="", seller_id="")
            )


MOMENT = datetime(2026, 11, 24, 16, tzinfo=UTC)
