"""What of a file is new, changed, equal or older than what is stored: only what changes anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Literal, NamedTuple, Protocol  # Any: fields that pydantic checks

from clickhouse.schema.rows import ActivityRow as StoredActivity
from clickhouse.schema.rows import OpportunityChangeRow
from clickhouse.schema.rows import PeriodRow as StoredPeriod
from clickhouse.schema.rows import SellerRow as StoredSeller
from schemas.events import AnyEvent, OpportunityChanged
from streams.importers.activities import ActivityRow
from streams.importers.deals import DealRow
from streams.importers.sellers import SellerRow
from streams.importers.sheets import StatedRow, events_of
from streams.jobs.importing.stored import KeyedRow, StoredFacts, change_of

Verdict = Literal["new", "changed", "equal", "older"]
VERDICTS: tuple[Verdict, ...] = ("new", "changed", "equal", "older")

_AT_ONCE = 2_000
_NOT_CONTENT = {"changed_at", "revision", "schema_version", "type"}


class Compared(NamedTuple):
    """What becomes of a row: the events that are sent for it, none of one that is equal or older."""

    line: int
    verdict: Verdict
    events: tuple[AnyEvent, ...]


class FactsReader(Protocol):
    """Where stored facts are read from."""

    def changes(self, deal_ids: Iterable[str]) -> dict[str, list[OpportunityChangeRow]]:
        """All changes of these deals, the oldest first; deals that are not stored are left out."""

    def keyed(self, kind: type[KeyedRow], column: str, ids: Iterable[str]) -> dict[str, Any]:
        """The stored rows of a kind by their id."""


class Comparison:
    """Compares rows with the store, many at a time, and counts.

    `remembers` what it sent of deals: needless where one file has each deal once, and costly where it has millions.
    """

    def __init__(self, facts: FactsReader | None, now: datetime, *, remembers: bool = True) -> None:
        self._facts = facts
        self._now = now
        self._remembers = remembers
        self._sent: dict[str, list[OpportunityChangeRow]] = {}
        """What this import has sent of deals, which the store may not have yet: for another file about them."""
        self.counts = Counter[Verdict]()

    def compare(self, rows: Iterable[StatedRow]) -> Iterator[Compared]:
        """What becomes of each row. Without a store all are sent."""
        remaining = iter(rows)
        while some := list(islice(remaining, _AT_ONCE)):
            for compared in self._compare(some):
                self.counts[compared.verdict] += 1
                yield compared

    def _compare(self, rows: Sequence[StatedRow]) -> Iterator[Compared]:
        if self._facts is None:
            yield from (Compared(row.line, "new", events_of(row)) for row in rows)
            return
        deals = [row for row in rows if isinstance(row, DealRow)]
        stored = self._facts.changes(row.current.opportunity_id for row in deals)
        for row in deals:
            deal_id = row.current.opportunity_id
            known = stored.get(deal_id, []) if deal_id not in self._sent else self._sent[deal_id]
            compared = compare_deal(row, known, self._now)
            yield compared
            if self._remembers and compared.events:
                known = list(known)
                for event in compared.events:
                    assert isinstance(event, OpportunityChanged)
                    _take_in(known, event)
                self._sent[deal_id] = known
        others = [row for row in rows if not isinstance(row, DealRow)]
        if others:
            yield from self._compare_keyed(others)

    def _compare_keyed(self, rows: Sequence[Any]) -> Iterator[Compared]:
        assert self._facts is not None
        kind, column = (
            (StoredActivity, "activity_id")
            if isinstance(rows[0], ActivityRow)
            else (StoredSeller, "seller_id")
            if isinstance(rows[0], SellerRow)
            else (StoredPeriod, "period_id")
        )
        known = self._facts.keyed(kind, column, [getattr(row.event, column) for row in rows])
        for row in rows:
            stored = known.get(getattr(row.event, column))
            if stored is None:
                yield Compared(row.line, "new", (row.event,))
            elif _is_same(row.event, stored):
                yield Compared(row.line, "equal", ())
            else:
                revision = max(row.event.revision, stored.revision + 1)
                yield Compared(row.line, "changed", (row.event.model_copy(update={"revision": revision}),))


def compare_deal(row: DealRow, stored: Sequence[OpportunityChangeRow], now: datetime) -> Compared:
    """What becomes of a deal's row, given its stored changes, the oldest first.

    What is sent must stand afterwards: it is a change later than all that are stored, or a higher revision of the last.
    """
    if not stored:
        return Compared(row.line, "new", events_of(row))
    current, latest = row.current, stored[-1]
    if content(current) == content(change_of(latest)):
        return Compared(row.line, "equal", ())
    same_time = next((each for each in stored if each.changed_at == current.changed_at), None)
    is_stated = same_time is not None and content(current) == content(change_of(same_time))
    if is_stated and row.has_own_time and row.fresh_at <= latest.changed_at:
        return Compared(row.line, "equal", ())
    if row.has_own_time and row.fresh_at < latest.changed_at:
        return _about_the_past(row, same_time)
    if current.state == "open" and not row.has_own_time and row.fresh_at > latest.changed_at:
        return _changed(row, current.model_copy(update={"changed_at": row.fresh_at}))
    if current.changed_at > latest.changed_at:
        return _changed(row, current)
    if same_time is latest:
        revision = max(current.revision, latest.revision + 1)
        return _changed(row, current.model_copy(update={"revision": revision}))
    if row.fresh_at > latest.changed_at:
        return _changed(row, current.model_copy(update={"changed_at": row.fresh_at}))
    if row.fresh_at == latest.changed_at:
        revision = max(current.revision, latest.revision + 1)
        later = current.model_copy(update={"changed_at": latest.changed_at, "revision": revision})
        return _changed(row, later)
    return Compared(row.line, "older", ())


def _about_the_past(row: DealRow, same_time: OpportunityChangeRow | None) -> Compared:
    """A row whose own time lies before what is stored last: a part of the history, or a correction of one."""
    if row.current.state != "open" or row.current.changed_at != row.fresh_at:
        return Compared(row.line, "older", ())
    if same_time is None:
        return _changed(row, row.current)
    if content(row.current) == content(change_of(same_time)):
        return Compared(row.line, "equal", ())
    revision = max(row.current.revision, same_time.revision + 1)
    return _changed(row, row.current.model_copy(update={"revision": revision}))


def _changed(row: DealRow, event: OpportunityChanged) -> Compared:
    return Compared(row.line, "changed", (event,))


def content(event: OpportunityChanged) -> dict[str, Any]:
    """What a change says of its deal, without when."""
    said = {name: value for name, value in event if name not in _NOT_CONTENT}
    if event.win_probability is not None:
        said["win_probability"] = round(event.win_probability, 6)
    return said


def _is_same(event: Any, stored: Any) -> bool:
    """Whether an event states what its stored row does; what is absent is stored as empty."""
    for name, value in event:
        if name in _NOT_CONTENT or name not in stored._fields:
            continue
        there = getattr(stored, name)
        if isinstance(value, datetime):
            if value.astimezone(there.tzinfo) != there:
                return False
        elif (value or "") != (there or "") and value != there:
            return False
    return True


def _take_in(stored: list[OpportunityChangeRow], event: OpportunityChanged) -> None:
    said: dict[str, Any] = {name: getattr(event, name, None) for name in OpportunityChangeRow._fields}
    said |= {"received_at": event.changed_at, "customer_id": event.customer_id or ""}
    row = OpportunityChangeRow(**said)
    stored[:] = sorted(
        [each for each in stored if each.changed_at != row.changed_at] + [row],
        key=lambda each: each.changed_at,
    )


def removals(
    facts: StoredFacts, deal_ids: frozenset[str] | set[str], removed_at: datetime
) -> Iterator[OpportunityChanged]:
    """Of each stored deal that is not among these ids, that it is removed."""
    for row in facts.latest_deals():
        if row.opportunity_id not in deal_ids:
            at = max(removed_at, row.changed_at)
            revision = row.revision + 1 if at == row.changed_at else 1
            yield change_of(row).model_copy(
                update={
                    "state": "removed",
                    "closed_on": None,
                    "actual_value": None,
                    "changed_at": at,
                    "revision": revision,
                }
            )
