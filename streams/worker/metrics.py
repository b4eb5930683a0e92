"""The worker's Prometheus metrics: every name in one place. They are brought up to date once a flush."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from processors.text.cache import BUDGET
from schemas.rejections import Reason
from schemas.topics import SOURCES

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LAG_SECONDS = (0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30, 60, 300, 1800)

WAITS = ("clickhouse", "dead_letters", "kafka", "partitions", "topics")
"""What a worker may wait for."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # has no annotations


class WorkerMetrics:
    """All metrics of a worker. An event that was consumed is counted once more: stored, duplicate or dead-lettered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.consumed = Counter(
            "salgspuls_events_consumed", "Messages taken from a topic.", ["topic"], registry=registry
        )
        self.stored = Counter(
            "salgspuls_events_stored", "Events that ClickHouse acknowledged.", ["topic"], registry=registry
        )
        self.duplicates = Counter(
            "salgspuls_events_duplicate",
            "Events whose fact was known in this or a higher revision.",
            ["topic"],
            registry=registry,
        )
        self.dead_letters = Counter(
            "salgspuls_dead_letters", "Messages rejected, by reason.", ["topic", "reason"], registry=registry
        )
        self.event_delay = Histogram(
            "salgspuls_event_delay_seconds",
            "From the broker's time of an event to the acknowledgement of its rows by ClickHouse.",
            ["topic"],
            buckets=_LAG_SECONDS,
            registry=registry,
        )
        self.lag_seconds = Gauge(
            "salgspuls_lag_seconds",
            "Age of the oldest event of the last flush when ClickHouse acknowledged it.",
            ["topic"],
            registry=registry,
        )
        self.lag_messages = Gauge(
            "salgspuls_lag_messages",
            "Messages of a partition that are not acknowledged yet.",
            ["topic", "partition"],
            registry=registry,
        )
        self.flush_seconds = Histogram(
            "salgspuls_flush_seconds",
            "One flush, from its first message read to all acknowledged, the hours that it touches among it.",
            ["topic"],
            buckets=_LAG_SECONDS,
            registry=registry,
        )
        self.stage_seconds = Counter(
            "salgspuls_stage_seconds",
            "Where flushes spend their time: read, load, fold, rows, insert, hours, dead_letters.",
            ["topic", "stage"],
            registry=registry,
        )
        self.insert_seconds = Histogram(
            "salgspuls_insert_seconds",
            "Acknowledged inserts, by table.",
            ["table"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.inserted_rows = Counter(
            "salgspuls_inserted_rows", "Rows in acknowledged inserts, by table.", ["table"], registry=registry
        )
        self.retries = Counter(
            "salgspuls_retries", "Attempts that ClickHouse or the broker failed.", ["part"], registry=registry
        )
        self.waiting_since = Gauge(
            "salgspuls_waiting_since_timestamp_seconds",
            "Since when the worker waits for anything (see salgspuls_waiting); 0 when it does not.",
            registry=registry,
        )
        self.waiting = Gauge(
            "salgspuls_waiting",
            "1 while the worker waits for ClickHouse, Kafka, its topics, its dead-letter topic, or partitions.",
            ["part"],
            registry=registry,
        )
        self.missing_partitions = Gauge(
            "salgspuls_missing_partitions",
            "Partitions of a topic that cannot be read: it was deleted, has fewer than it must, or has no leader.",
            ["topic"],
            registry=registry,
        )
        self.undelivered = Counter(
            "salgspuls_dead_letters_undelivered",
            "Dead letters that the broker refused for good; they stand in ClickHouse only.",
            registry=registry,
        )
        self.purged = Counter(
            "salgspuls_withdrawn_segments_purged",
            "Segments whose consent was withdrawn, and whose replaced rows are deleted.",
            registry=registry,
        )
        self.purge_failures = Counter(
            "salgspuls_purge_failures",
            "Attempts to delete replaced rows of withdrawn consent that failed; tried again each minute.",
            registry=registry,
        )
        self.open_calls = Gauge(
            "salgspuls_open_calls", "Calls in progress: held in memory, and not ended.", registry=registry
        )
        self.held_calls = Gauge(
            "salgspuls_held_calls", "Calls held in memory, with those that just ended.", registry=registry
        )
        self.held_bytes = Gauge(
            "salgspuls_held_bytes", "Memory that the calls held take, estimated.", registry=registry
        )
        self.open_segments = Gauge(
            "salgspuls_open_segments", "Segments of the calls held in memory.", registry=registry
        )
        self.max_open_calls = Gauge(
            "salgspuls_open_calls_limit", "Calls that may be held in memory.", registry=registry
        )
        self.calls_reloaded = Counter(
            "salgspuls_calls_reloaded", "Calls read back from ClickHouse.", registry=registry
        )
        self.last_stored = Gauge(
            "salgspuls_last_stored_timestamp_seconds",
            "When a flush last ended, by topic.",
            ["topic"],
            registry=registry,
        )
        self.memo_entries = Gauge(
            "salgspuls_memo_entries", "What the analyses remember about words.", registry=registry
        )
        self.memo_entries.set_function(BUDGET.used)
        self.max_memo_entries = Gauge(
            "salgspuls_memo_entries_limit", "What the analyses may remember about words.", registry=registry
        )
        self.max_memo_entries.set_function(lambda: BUDGET.entries)
        self.trackers = Gauge("salgspuls_trackers", "Active trackers.", registry=registry)
        # an increase from a series that did not exist is invisible, so all exist from the start
        for topic in SOURCES:
            for counter in (self.consumed, self.stored, self.duplicates):
                counter.labels(topic.name)
            self.missing_partitions.labels(topic.name)
            for reason in Reason:
                self.dead_letters.labels(topic.name, reason.value)
        for part in WAITS:
            self.waiting.labels(part)

    @contextmanager
    def stage(self, topic: str, stage: str) -> Iterator[None]:
        """Count the time of a block as a stage of a flush."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.stage_seconds.labels(topic, stage).inc(perf_counter() - begun)
