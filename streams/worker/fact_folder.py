"""Folding facts that need no fold, each a row of its own: deals, activities, sellers, trackers, periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from clickhouse.schema.rows import Row
from clickhouse.store import FactRow
from schemas.rejections import Reason
from streams.worker.defects import UNPROCESSABLE, report
from streams.worker.facts import Fact, Key, RevisionReader, Revisions, key_of, row_of
from streams.worker.outcome import Batch
from streams.worker.pipeline import Stage
from streams.worker.reader import Reader

_ANY_TIME = datetime.min  # where only the key of a row is looked at

R = TypeVar("R", bound=Row)


class FactStore(RevisionReader, Protocol):
    """Where facts are written, and revisions read from."""

    async def insert(self, rows: list[R]) -> list[tuple[R, str]]:
        """Insert rows of one kind; returns those that are refused, with the reason."""


class FactFolder:
    """See `pipeline.Folder`. Its state are the latest revisions, a cache of what ClickHouse holds."""

    def __init__(self, reader: Reader[Fact], store: FactStore, stage: Stage, max_facts: int) -> None:
        self._reader = reader
        self._store = store
        self._stage = stage
        self._max_facts = max_facts
        self.generation = 0
        self.invalidate()

    def invalidate(self) -> None:
        self.generation += 1
        self._revisions = Revisions(self._store, self._max_facts)

    async def fold(self, batch: Batch[Fact], under_way: Batch[Fact] | None) -> None:
        """Only reads the messages: which of the facts are new is known when those before are stored."""
        generation = self.generation
        with self._stage("read"):
            batch.outcome = await self._reader.read(batch.messages)
        batch.generation = generation

    async def store(self, batch: Batch[Fact]) -> None:
        outcome, revisions = batch.outcome, self._revisions
        while outcome.accepted:
            try:
                with self._stage("rows"):
                    rows = [row_of(event, message.received_at) for message, event in outcome.accepted]
            except MemoryError:
                raise
            except Exception:
                outcome.reject(_why_unprocessable, Reason.UNPROCESSABLE)
                continue
            with self._stage("load"):
                await revisions.load(rows)
            newer = [row for row in rows if revisions.advance(row)]
            with self._stage("insert"):
                refused = await self._insert(newer)
            if not refused:
                outcome.stored = len(newer)
                outcome.duplicates = len(rows) - len(newer)
                break
            revisions.forget(newer)
            reasons = {(key_of(row), row.revision): reason for row, reason in refused}
            outcome.reject(partial(_reason_for, reasons))

    async def settle(self, batch: Batch[Fact]) -> None:
        """Nothing is counted by the hour from these."""

    def tidy(self) -> None:
        self._revisions.evict()

    async def _insert(self, rows: Collection[FactRow]) -> list[tuple[FactRow, str]]:
        refused = []
        for kind in sorted({type(row) for row in rows}, key=lambda kind: kind.__name__):
            refused += await self._store.insert([row for row in rows if type(row) is kind])
        return refused


def _reason_for(reasons: Mapping[tuple[Key, int], str], event: Fact) -> str | None:
    """Why ClickHouse refuses the row of an event; None when it does not."""
    return reasons.get((key_of(row_of(event, _ANY_TIME)), event.revision))


def _why_unprocessable(event: Fact) -> str | None:
    """What is said of an event of which no row can be made; None of any other."""
    try:
        row_of(event, _ANY_TIME)
    except Exception as defect:
        report(defect)
        return UNPROCESSABLE
    return None
