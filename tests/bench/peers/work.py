"""What a contestant does with messages, whatever brings them: our processors, our rows, our sink.

As the worker does: read and validate, analyse and fold, rows of what changed, one insert a table and batch, the hours
that it touched every few seconds. Without what else a worker owes: calls are not read back, nothing is dead-lettered.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, perf_counter, process_time

from clickhouse.aggregates import Hour, hour_of
from clickhouse.client import ClickHouseConfig, connect_async
from clickhouse.schema.rows import Row
from clickhouse.store import Store
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT, prepare
from processors.conversation.rows import call_row, keyword_rows, name_rows, segment_rows
from processors.conversation.state import Conversation
from schemas.events import CallEvent, parse
from streams.config.settings import WorkerSettings
from streams.worker.active_trackers import analyser_for
from streams.worker.main import collect_rarely, warm_up

_EPOCH = 1
SETTINGS = WorkerSettings()


@dataclass(frozen=True, slots=True)
class Given:
    """What a contestant is told: broker, topic, how many messages to take, ClickHouse, the file for the result."""

    bootstrap: str
    topic: str
    messages: int
    clickhouse_port: int
    user: str
    password: str
    result: str

    def as_argument(self) -> str:
        """For the command line of a contestant."""
        return json.dumps(asdict(self))

    @classmethod
    def of_arguments(cls) -> Given:
        """What this process is told."""
        return cls(**json.loads(sys.argv[1]))


class Stopwatch:
    """From the first message to the last one that is stored; then the result is written, and the process may go."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._taken = 0
        self._begun: tuple[float, float] | None = None

    def take(self, messages: int = 1) -> None:
        """Count messages that were taken."""
        if self._begun is None:
            self._begun = perf_counter(), process_time()
        self._taken += messages

    @property
    def all_taken(self) -> bool:
        return self._taken >= self._given.messages

    def stop(self) -> None:
        """All is stored."""
        assert self._begun is not None, "nothing was taken"
        wall, cpu = perf_counter() - self._begun[0], process_time() - self._begun[1]
        result = Path(self._given.result)
        written = result.with_suffix(".new")
        written.write_text(json.dumps({"wall": wall, "cpu": cpu}))
        written.rename(result)


class Work:
    """Takes messages one by one, stores what they changed when `flush` is called."""

    def __init__(self, given: Given) -> None:
        prepare()
        warm_up(SETTINGS.sales_lexicon)
        collect_rarely()
        self._loop = asyncio.new_event_loop()
        self._conversations: dict[str, Conversation] = {}
        self._changed: dict[str, Conversation] = {}
        self._hours: set[Hour] = set()
        self._ended: set[Hour] = set()
        self._due = 0.0
        config = ClickHouseConfig(port=given.clickhouse_port, username=given.user, password=given.password)
        self._store = Store(self._loop.run_until_complete(connect_async(config, database="")))
        self._analyser = analyser_for(self._loop.run_until_complete(self._store.trackers()))

    def take(self, value: bytes) -> None:
        """Read a message and fold it in."""
        event = parse(value)
        assert isinstance(event, CallEvent)
        conversation = self._conversations.get(event.call_id)
        if conversation is None:
            conversation = self._conversations[event.call_id] = Conversation.of(event)
        if conversation.apply(event, datetime.now(UTC), self._analyser):
            self._changed[event.call_id] = conversation

    def flush(self, *, last: bool = False) -> None:
        """Store what changed; the hours when they are due, or this is the last time."""
        changed = self.changed()
        tables = self.rows(changed)
        for one in changed:
            hour = Hour(one.seller_id, hour_of(one.call_started_at))
            self._hours.add(hour)
            if one.ended:
                self._ended.add(hour)
        self._loop.run_until_complete(self._write(tables, last=last))

    def changed(self) -> Collection[Conversation]:
        """What changed since the last time that this was asked."""
        changed, self._changed = self._changed, {}
        return changed.values()

    def rows(self, changed: Iterable[Conversation]) -> tuple[list[Row], ...]:
        """The rows of what changed, table by table."""
        tables: tuple[list[Row], ...] = ([], [], [], [])
        for one in changed:
            one.resolve_language(self._analyser)
            tables[0].extend(segment_rows(one, _EPOCH))
            tables[1].append(call_row(one, _EPOCH))
            tables[2].extend(keyword_rows(one, _EPOCH))
            tables[3].extend(name_rows(one, _EPOCH))
            one.mark_persisted()
        return tables

    async def _write(self, tables: Iterable[list[Row]], *, last: bool) -> None:
        for rows in tables:
            await self._store.insert(rows)
        if last or monotonic() >= self._due:
            self._due = monotonic() + SETTINGS.hours_seconds
            if self._hours:
                await self._store.refresh_hours(self._hours)
            await self._store.refresh_words(self._ended, MAX_TERMS, MIN_PAIR_COUNT)
            self._hours, self._ended = set(), set()
