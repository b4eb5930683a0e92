"""Folding what is said in calls: messages into conversations, conversations into rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from processors.analysis.analyser import Analyser
from processors.conversation.state import Conversation, IdentityConflictError
from schemas.events import CallFact, CallSegment
from schemas.rejections import Reason, Rejection
from streams.kafka.messages import Message
from streams.logs.logs import about_call
from streams.worker.call_writer import CallRows, CallWriter
from streams.worker.defects import UNPROCESSABLE, report, unprocessable
from streams.worker.hours import HourRefresher
from streams.worker.metrics import WorkerMetrics
from streams.worker.open_calls import Bounds, CallReader, OpenCalls
from streams.worker.outcome import Batch, Outcome
from streams.worker.pipeline import Stage
from streams.worker.reader import Reader
from streams.worker.turns import Turns


class Trackers(Protocol):
    """The trackers that are active at this moment."""

    def analyser(self) -> Analyser:
        """The analyses with the trackers of this moment."""

    def epoch(self) -> int:
        """The epoch of the analysis."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a batch was folded into: the calls that it changed, and their rows."""

    changed: set[str]
    rows: CallRows


class CallFolder:
    """See `pipeline.Folder`. Its state are the calls in progress, a cache of what ClickHouse holds."""

    def __init__(
        self,
        reader: Reader[CallFact],
        store: CallReader,
        writer: CallWriter,
        hours: HourRefresher,
        trackers: Trackers,
        metrics: WorkerMetrics,
        stage: Stage,
        bounds: Bounds,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reader = reader
        self._store = store
        self._writer = writer
        self._hours = hours
        self._trackers = trackers
        self._metrics = metrics
        self._stage = stage
        self._bounds = bounds
        self._clock = clock
        self._folding = asyncio.Lock()  # a batch that is folded once more, while the next one is being folded
        self._folded: dict[int, Folded] = {}
        self._broken: set[str] = set()
        self.generation = 0
        metrics.max_open_calls.set(bounds.calls)
        self.invalidate()

    def invalidate(self) -> None:
        self.generation += 1
        self._calls = OpenCalls(self._store, self._bounds, self._clock)

    async def fold(self, batch: Batch[CallFact], under_way: Batch[CallFact] | None) -> None:
        async with self._folding:
            if under_way is not None and under_way.generation != self.generation:
                return  # invalidated meanwhile: it must be stored before its calls can be read
            generation = self.generation
            with self._stage("read"):
                batch.outcome = await self._reader.read(batch.messages)
            self._calls.evict(keep=self._being_written(under_way))
            if await self._fold(batch, self._calls):
                batch.generation = generation
                self._measure()

    def _being_written(self, batch: Batch[CallFact] | None) -> Collection[str]:
        """The calls of a batch, none of one that was settled while the next one was read."""
        folded = None if batch is None else self._folded.get(id(batch))
        return () if folded is None else folded.changed

    async def store(self, batch: Batch[CallFact]) -> None:
        refused = await self._writer.write(self._folded[id(batch)].rows)
        while refused:
            # what was folded cannot be taken back out: calls are read again, and folded without what is rejected
            async with self._folding:
                batch.outcome.reject(refused.reason_for)
                self.invalidate()
                batch.generation = self.generation
                while not await self._fold(batch, self._calls):
                    batch.generation = self.generation
                refused = await self._writer.write(self._folded[id(batch)].rows)

    async def settle(self, batch: Batch[CallFact]) -> None:
        rows = self._folded.pop(id(batch)).rows
        with self._stage("hours"):
            await self._hours.refresh(rows.hours, rows.hours_of_ended, rows.narrower)

    def tidy(self) -> None:
        self._calls.evict(keep=())
        self._measure()

    def _measure(self) -> None:
        self._metrics.open_calls.set(self._calls.in_progress)
        self._metrics.held_calls.set(len(self._calls))
        self._metrics.open_segments.set(self._calls.segments)
        self._metrics.held_bytes.set(self._calls.bytes)

    async def _fold(self, batch: Batch[CallFact], calls: OpenCalls) -> bool:
        """Apply the accepted events, to calls that are read from the store where they are not held.

        False when that broke a call, whose events are rejected from now on: all state is thrown away, fold once more.
        """
        outcome = batch.outcome
        outcome.reject(self._why_unprocessable, Reason.UNPROCESSABLE)
        analyser, epoch = self._trackers.analyser(), self._trackers.epoch()
        with self._stage("load"):
            changed = await calls.load((event.call_id for _, event in outcome.accepted), analyser, epoch)
        with self._stage("fold"):
            changed |= await self._apply(calls, outcome, analyser)
            conversations = [calls[call_id] for call_id in sorted(changed)]
            broken = await _settle_languages(conversations, analyser)
        if broken:
            self._broken |= broken
            self.invalidate()
            return False
        with self._stage("rows"):
            rows = await self._writer.rows(conversations, epoch)
        self._folded[id(batch)] = Folded(changed, rows)
        return True

    def _why_unprocessable(self, event: CallFact) -> str | None:
        return UNPROCESSABLE if event.call_id in self._broken else None

    async def _apply(self, calls: OpenCalls, outcome: Outcome[CallFact], analyser: Analyser) -> set[str]:
        """Apply the accepted events; returns the calls that they changed."""
        changed: set[str] = set()
        accepted: list[tuple[Message, CallFact]] = []
        turns = Turns()
        for message, event in outcome.accepted:
            if turns.due():
                await turns.yield_()
            conversation = calls.of(event)
            try:
                self._check_room(conversation, event)
                taken = conversation.apply(event, message.received_at, analyser)
            except Rejection as rejection:
                outcome.rejected.append((message, rejection))
                continue
            except IdentityConflictError as conflict:
                outcome.rejected.append((message, Rejection(Reason.IDENTITY_CONFLICT, str(conflict))))
                continue
            except MemoryError:
                raise
            except Exception as defect:  # the analyses come before any change of the conversation
                with about_call(event.call_id):
                    report(defect)
                outcome.rejected.append((message, unprocessable()))
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
        limit = self._bounds.segments_of_a_call
        if (
            conversation.segment_count >= limit
            and isinstance(event, CallSegment)
            and event.segment_id not in conversation
        ):
            raise Rejection(
                Reason.TOO_MANY_SEGMENTS, f"the call has {limit} segments, the most that one may have"
            )


async def _settle_languages(conversations: Iterable[Conversation], analyser: Analyser) -> set[str]:
    """Analyse what is too short to tell its language in that of its call. Returns the calls where an analysis fails."""
    broken = set()
    turns = Turns()
    for conversation in conversations:
        if turns.due():
            await turns.yield_()
        try:
            conversation.resolve_language(analyser)
        except MemoryError:
            raise
        except Exception as defect:
            with about_call(conversation.call_id):
                report(defect)
            broken.add(conversation.call_id)
    return broken
