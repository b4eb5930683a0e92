"""Writing conversations: the facts first, then the calls and what they mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from clickhouse.aggregates import Hour, hour_of
from clickhouse.schema.rows import CallKeywordRow, CallNameRow, CallRow, Row, SegmentRow
from processors.conversation.rows import call_row, keyword_rows, name_rows, segment_rows, withdrawn_rows
from processors.conversation.state import Conversation
from schemas.events import CallFact, CallSegment
from streams.worker.retrying_store import PersistentStore
from streams.worker.turns import Turns


@dataclass(frozen=True, slots=True)
class CallRows:
    """Rows of conversations, table by table in the order in which they are inserted, and the hours that change."""

    tables: Sequence[Sequence[Row]]
    hours: set[Hour]
    hours_of_ended: set[Hour]
    narrower: Mapping[str, set[Hour]]
    """Aggregates that follow from rows which not every call has, with the hours of those that have some."""


class CallWriter:
    """Writes what is dirty of conversations; `stage` gets how long each part takes."""

    def __init__(self, store: PersistentStore, stage: Callable[[str], AbstractContextManager[None]]) -> None:
        self._store = store
        self._stage = stage

    async def rows(self, conversations: Sequence[Conversation], epoch: int) -> CallRows:
        """What is to be written; the conversations count it as persisted."""
        tables: tuple[list[Row], ...] = tuple([] for _ in _ROWS_OF)
        turns = Turns()
        for one in conversations:
            if turns.due():
                await turns.yield_()
            for rows, rows_of in zip(tables, _ROWS_OF, strict=True):
                rows.extend(rows_of(one, epoch))
            one.mark_persisted()
        return CallRows(
            tables,
            _hours(conversations),
            _hours(one for one in conversations if one.ended),
            _narrower(conversations, tables),
        )

    async def write(self, rows: CallRows) -> RefusedRows:
        """Store the facts, then what follows from them; stops at the first rows that are refused.

        The hours are left to the caller.
        """
        refused = RefusedRows()
        for table in rows.tables:
            with self._stage("insert"):
                refused.add(await self._store.insert(table))
            if refused:
                break
        return refused


def _hours(conversations: Iterable[Conversation]) -> set[Hour]:
    """The buckets of the aggregates that these calls are in."""
    return {Hour(one.seller_id, hour_of(one.call_started_at)) for one in conversations}


def _narrower(conversations: Iterable[Conversation], tables: Iterable[Sequence[Row]]) -> dict[str, set[Hour]]:
    narrower: dict[str, set[Hour]] = {table: set() for table in _COUNTED_FROM.values()}
    for rows in tables:
        if rows and (table := _COUNTED_FROM.get(type(rows[0]))):
            narrower[table] = {Hour(row.seller_id, hour_of(row.call_started_at)) for row in rows}  # type: ignore[union-attr]  # each row here is of a call
    return narrower | {"deal_hours": _hours(filter(_may_have_a_deal, conversations))}


def _may_have_a_deal(conversation: Conversation) -> bool:
    """Whether a call has a deal, or may have had one: what is known of it was corrected."""
    started = conversation.started
    return started is not None and (started.opportunity_id is not None or started.revision > 1)


_COUNTED_FROM: Mapping[type[Row], str] = {CallKeywordRow: "keyword_hours", CallNameRow: "name_hours"}


def _call_rows(conversation: Conversation, epoch: int) -> list[CallRow]:
    return [call_row(conversation, epoch)]


_ROWS_OF: tuple[Callable[[Conversation, int], Sequence[Row]], ...] = (
    withdrawn_rows,  # before the words are replaced: a crash in between must not leave replaced rows that nobody purges
    segment_rows,
    _call_rows,
    keyword_rows,
    name_rows,
)


class RefusedRows:
    """Rows that ClickHouse does not take, and the events that they come from."""

    def __init__(self) -> None:
        self._segments: dict[tuple[str, str], str] = {}
        self._calls: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._segments or self._calls)

    def add(self, rows: Iterable[tuple[Row, str]]) -> None:
        for row, reason in rows:
            if isinstance(row, SegmentRow):
                self._segments[row.call_id, row.segment_id] = reason
            else:
                self._calls[row.call_id] = reason  # type: ignore[union-attr]  # each row here is of a call

    def reason_for(self, event: CallFact) -> str | None:
        """Why an event is refused: its own row is, or one that follows from its call; None when it is not."""
        if isinstance(event, CallSegment):
            own = self._segments.get((event.call_id, event.segment_id))
            return own or self._calls.get(event.call_id)
        return self._calls.get(event.call_id)
