"""The pipeline of one topic: what was consumed becomes stored, recognised as a duplicate, or dead-lettered, and only
then acknowledged.

    begin(n+1)  read, fold .... wait for n ........ (fold again, if the state was invalidated)
    finish(n)   insert facts, insert what follows, dead letters | finished | hours | acknowledge

The order is what makes it exact. Whatever is interrupted is done again from the committed offset, and gives the same
rows. A segment that is found stored already says nothing of what follows from it, so a call that was read back from the
store is written again in full.

This module knows order, overlap and generations, and nothing of calls; a `Folder` knows state and rows, and nothing of
order. The state of a folder has a generation, a number that grows when the state is thrown away: partitions went to
others, the epoch changed, data was erased, rows were refused. A batch remembers the generation that it was folded in,
and is folded once more when that is not the present one by the time that it is written.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Generic, Protocol, TypeVar

from clickhouse.schema.rows import DeadLetterRow
from schemas.events import AnyEvent
from schemas.rejections import Rejection
from schemas.topics import CALLS
from streams.errors import SalgspulsError
from streams.kafka.messages import Message
from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics
from streams.worker.outcome import Batch
from streams.worker.retrying_store import PersistentStore, StoreUnusableError

log = logger(__name__)

E = TypeVar("E", bound=AnyEvent)

Stage = Callable[[str], AbstractContextManager[None]]
"""Counts the time of a block as a stage of a batch; see `WorkerMetrics.stage`."""

_PLAUSIBLE_AGE = CALLS.retention or timedelta(days=7)
"""A message that says it is older is not late: its producer's clock is wrong, or it is a setting, which stays."""


class DeadLetterSink(Protocol):
    """Where rejected messages go."""

    async def send(self, rejected: Sequence[tuple[Message, Rejection]]) -> None:
        """Returns when none of them can be lost any more."""


class Folder(Protocol[E]):
    """State of one topic, the fold into it, and the rows that come of it. Only `BatchPipeline` calls it."""

    @property
    def generation(self) -> int:
        """Of the present state; from 1 on."""

    def invalidate(self) -> None:
        """Throw all state away, at once, and begin the next generation. May be called at any moment."""

    async def fold(self, batch: Batch[E], under_way: Batch[E] | None) -> None:
        """Read the messages and fold them in; sets the batch's outcome and generation.

        Runs while `under_way` is being written, of which nothing may be evicted. Waits for reads of the store; raises
        StoreUnusableError. Repeated for the same batch in a later generation.
        """

    async def store(self, batch: Batch[E]) -> None:
        """Insert the facts of a batch and what follows from them; what ClickHouse refuses moves to the rejected ones.

        Waits until ClickHouse has all of it, raises StoreUnusableError. One batch at a time, in order.
        """

    async def settle(self, batch: Batch[E]) -> None:
        """Bring the aggregates up to date with what was stored; batches may wait here side by side."""

    def tidy(self) -> None:
        """Evict what need not be held. Called when no batch is on its way."""


class BatchPipeline(Generic[E]):
    """Takes the batches of one topic: each is begun, then finished, in order, and the next one is begun meanwhile.

    The caller acknowledges the messages when `finish` returns, and ends the process when anything raises.
    """

    def __init__(
        self,
        topic: str,
        folder: Folder[E],
        store: PersistentStore,
        dead_letters: DeadLetterSink,
        metrics: WorkerMetrics,
        app_version: str,
        now: Callable[[], datetime],
    ) -> None:
        self._topic = topic
        self._folder = folder
        self._store = store
        self._dead_letters = dead_letters
        self._metrics = metrics
        self._app_version = app_version
        self._now = now
        self._stage: Stage = partial(metrics.stage, topic)
        self._newest: Batch[E] | None = None
        self._settled: asyncio.Event | None = None

    async def run(self, messages: Sequence[Message]) -> None:
        """Begin and finish one batch. Returns when nothing of it can be lost any more. Raises StoreUnusableError."""
        await self.finish(await self.begin(messages))

    async def begin(self, messages: Sequence[Message]) -> Batch[E]:
        """Fold messages while the batch before is written; returns when that is finished, with the batch to finish.

        Not to be called again before it returned. Raises StoreUnusableError.
        """
        before, batch = self._newest, Batch[E](messages, after=self._settled)
        self._newest, self._settled = batch, batch.settled
        while batch.generation != self._folder.generation:
            if before is not None and before.generation != self._folder.generation:
                await before.finished.wait()  # what is being written cannot be read back yet
            await self._folder.fold(batch, None if before is None or before.finished.is_set() else before)
            if before is not None:
                await before.finished.wait()
        return batch

    async def finish(self, batch: Batch[E]) -> None:
        """Returns when nothing of the batch can be lost any more: acknowledge it then. Raises StoreUnusableError."""
        await self._folder.store(batch)
        if batch.outcome.rejected:
            with self._stage("dead_letters"):
                await self._dispose(batch.outcome.rejected)
        batch.stored_at = self._now()
        batch.finished.set()
        if self._newest is batch:
            self._newest = None  # it is as large as its messages
            self._folder.tidy()
        await self._folder.settle(batch)
        if batch.after is not None:
            # what comes again is known, and touches no hours: those of when it was stored may still be under way
            await batch.after.wait()
        batch.settled.set()
        self._count(batch)

    def invalidate(self, reason: str) -> None:
        """What is held must not be used any more, and is thrown away at once."""
        log.info("state is read anew", topic=self._topic, reason=reason)
        self._folder.invalidate()

    def tidy(self) -> None:
        """Evict what need not be held, if no batch is on its way; to be called from time to time."""
        if self._newest is None:
            self._folder.tidy()

    async def _dispose(self, rejected: Sequence[tuple[Message, Rejection]]) -> None:
        """Write down what was rejected and why, then hand it over."""
        not_told = await self._store.insert(
            [
                DeadLetterRow(
                    message.topic,
                    message.partition,
                    message.offset,
                    1,
                    rejection.reason.value,
                    rejection.detail,
                    message.sent_at,
                    self._app_version,
                    message.received_at,
                )
                for message, rejection in rejected
            ]
        )
        if not_told:
            raise StoreUnusableError(f"ClickHouse refuses what is known of a dead letter: {not_told[0][1]}")
        await self._dead_letters.send(rejected)

    def _count(self, batch: Batch[E]) -> None:
        metrics, topic, messages, outcome = self._metrics, self._topic, batch.messages, batch.outcome
        if len(messages) != outcome.stored + outcome.duplicates + len(outcome.rejected):
            raise UncountedError(
                f"{topic}: of {len(messages)} messages {outcome.stored} were stored, {outcome.duplicates} known and "
                f"{len(outcome.rejected)} rejected"
            )
        metrics.consumed.labels(topic).inc(len(messages))
        metrics.stored.labels(topic).inc(outcome.stored)
        metrics.duplicates.labels(topic).inc(outcome.duplicates)
        for reason, count in Counter(rejection.reason for _, rejection in outcome.rejected).items():
            metrics.dead_letters.labels(topic, reason.value).inc(count)
        now = batch.stored_at
        ages = [
            age for message in messages if timedelta() <= (age := now - message.sent_at) <= _PLAUSIBLE_AGE
        ]
        if ages:
            delay = metrics.event_delay.labels(topic)
            for age in ages:
                delay.observe(age.total_seconds())
            metrics.lag_seconds.labels(topic).set(max(ages).total_seconds())
        metrics.flush_seconds.labels(topic).observe(perf_counter() - batch.begun)
        metrics.last_stored.labels(topic).set(now.timestamp())


class UncountedError(SalgspulsError):
    """Messages are neither stored nor known nor rejected: a defect. The worker stops before it acknowledges them."""
