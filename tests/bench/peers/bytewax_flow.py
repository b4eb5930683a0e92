"""Bytewax with our processors and our sink: a dataflow of a source, a function a message, and a sink."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import Any

import bytewax.operators as op
from bytewax.connectors.kafka import KafkaSource
from bytewax.dataflow import Dataflow
from bytewax.outputs import DynamicSink, StatelessSinkPartition
from bytewax.testing import run_main

from tests.bench.peers.work import SETTINGS, Given, Stopwatch, Work

given = Given.of_arguments()
work, watch = Work(given), Stopwatch(given)


class OurPartition(StatelessSinkPartition[int]):  # type: ignore[misc]  # a tool of the benchmark, which no lock has
    """Gathers as the worker does, by rows and by time."""

    def __init__(self) -> None:
        self._held = self._written = 0
        self._since = monotonic()

    def write_batch(self, items: list[int]) -> None:
        self._held += len(items)
        self._written += len(items)
        last = self._written >= given.messages
        if last or self._held >= SETTINGS.flush_rows or monotonic() - self._since >= SETTINGS.flush_seconds:
            work.flush(last=last)
            self._held, self._since = 0, monotonic()
        if last:
            watch.stop()


class OurSink(DynamicSink[int]):  # type: ignore[misc]  # as above
    """One partition a process."""

    def build(self, step_id: str, worker_index: int, worker_count: int) -> OurPartition:
        return OurPartition()


def take(message: Any) -> int:
    watch.take()
    work.take(message.value)
    return len(message.value)


flow = Dataflow("calls")
source = KafkaSource([given.bootstrap], [given.topic], batch_size=2000)
op.output("store", op.map("take", op.input("messages", flow, source), take), OurSink())
run_main(flow, epoch_interval=timedelta(seconds=SETTINGS.flush_seconds))
