"""Quix Streams with our processors and our sink: its application, a function a message, a batching sink."""

from __future__ import annotations

from typing import Any

from quixstreams import Application
from quixstreams.sinks.base import BatchingSink, SinkBatch

from tests.bench.peers.work import SETTINGS, Given, Stopwatch, Work

given = Given.of_arguments()
work, watch = Work(given), Stopwatch(given)


class OurSink(BatchingSink):  # type: ignore[misc]  # a tool of the benchmark, which no lock file has
    """Stores what the messages of a batch changed; called before each commit."""

    def write(self, batch: SinkBatch) -> None:
        """All partitions are stored together, in `flush`."""

    def flush(self) -> None:
        super().flush()
        work.flush(last=watch.all_taken)
        if watch.all_taken:
            watch.stop()


def take(value: bytes) -> int:
    watch.take()
    work.take(value)
    return len(value)


app: Any = Application(
    broker_address=given.bootstrap,
    consumer_group="quix",
    auto_offset_reset="earliest",
    commit_interval=SETTINGS.flush_seconds,
    commit_every=SETTINGS.flush_rows,
    auto_create_topics=False,
    loglevel="WARNING",
)
messages = app.topic(given.topic, value_deserializer="bytes", key_deserializer="bytes")
app.dataframe(messages).apply(take).sink(OurSink())
app.run()
