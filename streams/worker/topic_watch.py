"""Looks whether the topics that the worker reads are still there: a consumer is silent about one that is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any  # Any: aiokafka's keyword arguments

from aiokafka.errors import KafkaError

from schemas.topics import TopicSpec
from streams.kafka.topics import missing_partitions
from streams.worker.metrics import WorkerMetrics
from streams.worker.waits import Waits

EVERY_SECONDS = 15.0
_PART = "topics"


class TopicWatch:
    """Says of topics that are gone, by `waits` and a metric, until they are back."""

    def __init__(
        self, kafka: Mapping[str, Any], topics: Sequence[TopicSpec], waits: Waits, metrics: WorkerMetrics
    ) -> None:
        self._kafka = kafka
        self._topics = topics
        self._waits = waits
        self._metrics = metrics

    async def look(self) -> None:
        """Look once. A broker that does not answer is another wait."""
        try:
            missing = await missing_partitions(self._kafka, self._topics)
        except (KafkaError, OSError):
            return
        for topic, count in missing.items():
            self._metrics.missing_partitions.labels(topic).set(count)
        gone = [self._describe(spec, missing[spec.name]) for spec in self._topics if missing[spec.name]]
        if gone:
            self._waits.begin(_PART, "; ".join(gone))
        else:
            self._waits.end(_PART)

    def _describe(self, spec: TopicSpec, count: int) -> str:
        if count == spec.partitions:
            remedy = "`salgspuls topics ensure` makes it anew, and the worker is to be restarted"
            return f"topic {spec.name} is gone: {remedy}"
        return f"topic {spec.name} lacks {count} of {spec.partitions} partitions: look at the brokers"
