"""One flush: what was consumed becomes stored, recognised as a duplicate, or dead-lettered, and only then acknowledged.

The order is what makes it exact: fold; insert the facts; insert what follows from them; refresh the hours that were
touched; hand over the dead letters. Whatever is interrupted is done again from the committed offset, and gives the same
rows. A segment that is found stored already says nothing of what follows from it, so a call that was read back from the
store is written again in full.

While a batch is written, the next one is folded: `begin` and `finish` are the two halves. A call is read from the store
only when it is in no batch on its way, for what is being written would be missing. When calls are let go of, what was
folded into them and not written goes with them, and is folded once more.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any, Generic, Protocol, TypeVar, cast

from clickhouse.schema.rows import DeadLetterRow
from clickhouse.store import FactRow
from processors.analysis.analyser import Analyser
from processors.conversation.state import Conversation, IdentityConflictError
from schemas.events import AnyEvent, CallFact, CallSegment
from schemas.rejections import Reason, Refusal
from streams.kafka.messages import Message, Rules, read
from streams.worker.call_writer import CallRows, CallWriter, RefusedRows
from streams.worker.calls import OpenCalls
from streams.worker.erased import Erased
from streams.worker.facts import Fact, Key, Revisions, key_of, row_of
from streams.worker.metrics import WorkerMetrics
from streams.worker.retrying_store import PersistentStore, StoreUnusableError

E = TypeVar("E", bound=AnyEvent)

_TURN = 200
"""Messages worked on, some ten milliseconds, until others have a turn: heartbeats, timers and probes must not wait."""
_ANY_TIME = datetime.min  # where only the key of a row is looked at
_ERASED = Refusal(Reason.ERASED, "this was erased: it is not taken again")


class DeadLetterSink(Protocol):
    """Where refused messages go."""

    async def send(self, refused: Sequence[tuple[Message, Refusal]]) -> None:
        """Returns when the broker has acknowledged all of them."""


class ListensFor(Protocol):
    """What is listened for at this moment."""

    def analyser(self) -> Analyser:
        """The analyses with the trackers of this moment."""

    def epoch(self) -> int:
        """The epoch of the analysis."""


@dataclass(frozen=True, slots=True)
class FlushConfig:
    """What a flush depends on besides its messages."""

    currency: str
    segments_kept: timedelta
    max_open_calls: int
    max_call_segments: int
    app_version: str


@dataclass(slots=True)
class Outcome(Generic[E]):
    """What became of the messages of a flush."""

    accepted: list[tuple[Message, E]] = field(default_factory=list)
    """Understood, and not refused yet."""
    stored: int = 0
    duplicates: int = 0
    refused: list[tuple[Message, Refusal]] = field(default_factory=list)

    def refuse(self, reason_for: Callable[[E], str | None]) -> None:
        """Refuse the accepted events that ClickHouse has a reason against, and begin to count anew."""
        accepted, self.accepted = self.accepted, []
        for message, event in accepted:
            if (reason := reason_for(event)) is None:
                self.accepted.append((message, event))
            else:
                self.refused.append((message, Refusal(Reason.REFUSED_BY_STORE, reason)))
        self.stored = self.duplicates = 0


@dataclass(frozen=True, slots=True)
class Folded:
    """What a batch was folded into: the calls, which of them it changed, and their rows."""

    calls: OpenCalls
    changed: set[str]
    rows: CallRows


class Batch(Generic[E]):
    """Messages on their way, and what became of them so far."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.begun = perf_counter()
        self.outcome: Outcome[E] = Outcome()
        self.folded: Folded | None = None
        self.finished = asyncio.Event()


class Flush(ABC, Generic[E]):
    """Takes batches of messages of one topic, in order: each is begun, then finished."""

    def __init__(
        self,
        topic: str,
        store: PersistentStore,
        dead_letters: DeadLetterSink,
        metrics: WorkerMetrics,
        config: FlushConfig,
        now: Callable[[], datetime],
        erased: Erased,
    ) -> None:
        self._topic = topic
        self._store = store
        self._dead_letters = dead_letters
        self._metrics = metrics
        self._config = config
        self._now = now
        self._erased = erased
        self._held_erasures = erased.changes
        self._newest: Batch[E] | None = None

    @abstractmethod
    def forget(self) -> None:
        """Let go of all state: after a rebalance others may have gone on with it."""

    @abstractmethod
    async def _store_facts(self, batch: Batch[E]) -> None:
        """Store the facts of a batch and what follows from them, and count them in its outcome."""

    async def run(self, messages: Sequence[Message]) -> None:
        """Returns when nothing of the messages can be lost any more. Raises StoreUnusableError."""
        await self.finish(await self.begin(messages))

    async def begin(self, messages: Sequence[Message]) -> Batch[E]:
        """Returns when the batch before is finished, having done what could be done meanwhile."""
        before, batch = self._newest, Batch[E](messages)
        self._newest = batch
        await self._work_ahead(batch, before)
        return batch

    async def _work_ahead(self, batch: Batch[E], before: Batch[E] | None) -> None:
        """Returns when the batch before is finished; by itself does nothing else."""
        await _until_finished(before)

    async def finish(self, batch: Batch[E]) -> None:
        """Returns when nothing of the batch can be lost any more. Raises StoreUnusableError."""
        await self._store_facts(batch)
        if batch.outcome.refused:
            with self._stage("dead_letters"):
                await self._dispose(batch.outcome.refused)
        self._count(batch)
        batch.finished.set()
        if self._newest is batch:
            self._newest = None  # it is as large as its messages

    def _forget_erased(self) -> None:
        """A part of what is held may be gone from the store."""
        if self._erased.changes != self._held_erasures:
            self.forget()
            self._held_erasures = self._erased.changes

    def _stage(self, stage: str) -> AbstractContextManager[None]:
        return self._metrics.stage(self._topic, stage)

    async def _read(self, messages: Sequence[Message]) -> Outcome[E]:
        """The events in messages, and which messages hold none that is taken."""
        rules = Rules(self._config.currency, self._now() - self._config.segments_kept)
        outcome: Outcome[E] = Outcome()
        for number, message in enumerate(messages):
            if number % _TURN == 0:
                await asyncio.sleep(0)
            try:
                outcome.accepted.append((message, cast(E, read(message, rules))))
            except Refusal as refusal:
                outcome.refused.append((message, refusal))
        if self._erased:
            self._refuse_erased(messages, outcome)
        return outcome

    def _refuse_erased(self, messages: Iterable[Message], outcome: Outcome[E]) -> None:
        """Refuse what is about an erased call, deal, activity or seller, also where it is refused already: for another
        reason it would be repeated among the dead letters."""
        erased = self._erased.keys(self._topic, {message.key for message in messages})
        accepted, outcome.accepted = outcome.accepted, []
        outcome.refused = [
            (
                message,
                _ERASED if message.key in erased or self._erased.is_named_in(message.value) else why,
            )
            for message, why in outcome.refused
        ]
        for message, event in accepted:
            if event.revision <= erased.get(message.key, 0) or self._erased.is_activity(event):
                outcome.refused.append((message, _ERASED))
            else:
                outcome.accepted.append((message, event))

    async def _dispose(self, refused: Sequence[tuple[Message, Refusal]]) -> None:
        not_told = await self._store.insert(
            [
                DeadLetterRow(
                    message.topic,
                    message.partition,
                    message.offset,
                    1,
                    refusal.reason.value,
                    refusal.detail,
                    message.received_at,
                    self._config.app_version,
                )
                for message, refusal in refused
            ]
        )
        if not_told:
            raise StoreUnusableError(f"ClickHouse refuses what is known of a dead letter: {not_told[0][1]}")
        await self._dead_letters.send(refused)

    def _count(self, batch: Batch[E]) -> None:
        metrics, topic, messages, outcome = self._metrics, self._topic, batch.messages, batch.outcome
        metrics.consumed.labels(topic).inc(len(messages))
        metrics.stored.labels(topic).inc(outcome.stored)
        metrics.duplicates.labels(topic).inc(outcome.duplicates)
        for reason, count in Counter(refusal.reason for _, refusal in outcome.refused).items():
            metrics.dead_letters.labels(topic, reason.value).inc(count)
        now = self._now()
        newest = max(message.received_at for message in messages)
        oldest = min(message.received_at for message in messages)
        metrics.event_delay.labels(topic).observe(max(0.0, (now - newest).total_seconds()))
        metrics.lag_seconds.labels(topic).set(max(0.0, (now - oldest).total_seconds()))
        metrics.flush_seconds.labels(topic).observe(perf_counter() - batch.begun)
        metrics.last_stored.labels(topic).set(now.timestamp())


async def _until_finished(batch: Batch[Any] | None) -> None:
    if batch is not None:
        await batch.finished.wait()


class CallsFlush(Flush[CallFact]):
    """Flushes what is said in calls."""

    def __init__(
        self,
        topic: str,
        store: PersistentStore,
        dead_letters: DeadLetterSink,
        metrics: WorkerMetrics,
        config: FlushConfig,
        now: Callable[[], datetime],
        erased: Erased,
        tracked: ListensFor,
    ) -> None:
        super().__init__(topic, store, dead_letters, metrics, config, now, erased)
        self._tracked = tracked
        self._held_epoch = tracked.epoch()
        self._writer = CallWriter(store, self._stage)
        self._folding = asyncio.Lock()
        metrics.max_open_calls.set(config.max_open_calls)
        self.forget()

    def forget(self) -> None:
        self._calls = OpenCalls(self._store, self._config.max_open_calls)

    async def _work_ahead(self, batch: Batch[CallFact], before: Batch[CallFact] | None) -> None:
        under_way = before.folded if before is not None else None
        while batch.folded is None or batch.folded.calls is not self._current_calls():
            if under_way is not None and under_way.calls is not self._current_calls():
                await _until_finished(before)
            async with self._folding:
                calls = self._current_calls()
                with self._stage("read"):
                    batch.outcome = await self._read(batch.messages)
                calls.shrink(keep=under_way.changed if under_way is not None else ())
                batch.folded = await self._fold(calls, batch.outcome)
                self._measure_calls()
            await _until_finished(before)

    def _current_calls(self) -> OpenCalls:
        """The calls to fold into: other ones than before, when what is held must not be used any more."""
        self._forget_erased()
        if (epoch := self._tracked.epoch()) != self._held_epoch:
            self.forget()  # what is held was analysed in another epoch
            self._held_epoch = epoch
        return self._calls

    async def _store_facts(self, batch: Batch[CallFact]) -> None:
        assert batch.folded is not None, "a batch is begun before it is finished"
        if refused := await self._writer.write(batch.folded.rows):
            async with self._folding:
                await self._leave_out(refused, batch)
        if self._newest is batch:  # no other one is being folded
            self._calls.shrink(keep=())
            self._measure_calls()

    async def _leave_out(self, refused: RefusedRows, batch: Batch[CallFact]) -> None:
        """Store a batch without what is refused. What was folded cannot be taken back out: calls are read again."""
        while refused:
            self.forget()
            batch.outcome.refuse(refused.reason_for)
            batch.folded = await self._fold(self._calls, batch.outcome)
            refused = await self._writer.write(batch.folded.rows)

    def _measure_calls(self) -> None:
        self._metrics.open_calls.set(len(self._calls))
        self._metrics.open_segments.set(self._calls.segments)

    async def _fold(self, calls: OpenCalls, outcome: Outcome[CallFact]) -> Folded:
        """Take the accepted events, into calls that are read from the store where they are not held."""
        analyser, epoch = self._tracked.analyser(), self._tracked.epoch()
        with self._stage("load"):
            changed = await calls.load((event.call_id for _, event in outcome.accepted), analyser, epoch)
        with self._stage("fold"):
            changed |= await self._take(calls, outcome, analyser)
            conversations = [calls[call_id] for call_id in changed]
            for conversation in conversations:
                conversation.settle_language(analyser)
        with self._stage("rows"):
            rows = self._writer.rows(conversations, epoch)
        return Folded(calls, changed, rows)

    async def _take(self, calls: OpenCalls, outcome: Outcome[CallFact], analyser: Analyser) -> set[str]:
        """Take the accepted events; returns the calls that they changed."""
        changed: set[str] = set()
        accepted: list[tuple[Message, CallFact]] = []
        for number, (message, event) in enumerate(outcome.accepted):
            if number % _TURN == 0:
                await asyncio.sleep(0)
            conversation = calls.of(event)
            try:
                self._check_room(conversation, event)
                taken = conversation.take(event, message.received_at, analyser)
            except Refusal as refusal:
                outcome.refused.append((message, refusal))
                continue
            except IdentityConflictError as conflict:
                outcome.refused.append((message, Refusal(Reason.IDENTITY_CONFLICT, str(conflict))))
                continue
            accepted.append((message, event))
            if taken:
                outcome.stored += 1
                changed.add(event.call_id)
            else:
                outcome.duplicates += 1
        outcome.accepted = accepted
        return changed

    def _check_room(self, conversation: Conversation, event: CallFact) -> None:
        limit = self._config.max_call_segments
        if (
            conversation.segment_count >= limit
            and isinstance(event, CallSegment)
            and event.segment_id not in conversation
        ):
            raise Refusal(
                Reason.TOO_MANY_SEGMENTS, f"the call has {limit} segments, the most that one may have"
            )


class FactsFlush(Flush[Fact]):
    """Flushes facts that need no fold."""

    def __init__(
        self,
        topic: str,
        store: PersistentStore,
        dead_letters: DeadLetterSink,
        metrics: WorkerMetrics,
        config: FlushConfig,
        now: Callable[[], datetime],
        erased: Erased,
        max_facts: int,
    ) -> None:
        super().__init__(topic, store, dead_letters, metrics, config, now, erased)
        self._max_facts = max_facts
        self.forget()

    def forget(self) -> None:
        self._revisions = Revisions(self._store, self._max_facts)

    async def _store_facts(self, batch: Batch[Fact]) -> None:
        self._forget_erased()
        with self._stage("read"):
            batch.outcome = outcome = await self._read(batch.messages)
        revisions = self._revisions
        while outcome.accepted:
            with self._stage("rows"):
                rows = [row_of(event, message.received_at) for message, event in outcome.accepted]
            with self._stage("load"):
                await revisions.load(rows)
            newer = [row for row in rows if revisions.advance(row)]
            with self._stage("insert"):
                refused = await self._write(newer)
            if not refused:
                outcome.stored = len(newer)
                outcome.duplicates = len(rows) - len(newer)
                break
            revisions.forget(newer)
            reasons = {(key_of(row), row.revision): reason for row, reason in refused}
            outcome.refuse(partial(_reason_for, reasons))
        revisions.shrink()

    async def _write(self, rows: Collection[FactRow]) -> list[tuple[FactRow, str]]:
        refused = []
        for kind in sorted({type(row) for row in rows}, key=lambda kind: kind.__name__):
            refused += await self._store.insert([row for row in rows if type(row) is kind])
        return refused


def _reason_for(reasons: Mapping[tuple[Key, int], str], event: Fact) -> str | None:
    """Why ClickHouse refuses the row of an event; None when it does not."""
    return reasons.get((key_of(row_of(event, _ANY_TIME)), event.revision))
