"""Facts that need no fold, each a row of its own: deals, activities, sellers, trackers, periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol  # Any: key columns differ from table to table

from clickhouse.schema.rows import ActivityRow, OpportunityChangeRow, PeriodRow, SellerRow, TrackerRow
from clickhouse.schema.tables import TABLE_OF
from clickhouse.store import FactRow
from processors.analysis.masking import mask
from schemas.events import (
    ActivityLogged,
    CrmFact,
    OpportunityChanged,
    PeriodChanged,
    SellerChanged,
    SettingsFact,
    TrackerChanged,
)

Fact = CrmFact | SettingsFact
Key = tuple[type[FactRow], tuple[Any, ...]]


class RevisionReader(Protocol):
    """Where stored revisions are read from."""

    async def revisions(
        self, kind: type[FactRow], keys: Iterable[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], int]:
        """The stored revision of each fact that is stored, by its key."""


class Revisions:
    """The latest revision of each fact: a bounded cache of what ClickHouse holds."""

    def __init__(self, store: RevisionReader, max_facts: int) -> None:
        self._store = store
        self._max_facts = max_facts
        self._known: dict[Key, int] = {}

    async def load(self, rows: Iterable[FactRow]) -> None:
        """Know the revisions of these facts; 0 of one that is not stored."""
        missing = {key for row in rows if (key := key_of(row)) not in self._known}
        for kind in sorted({kind for kind, _ in missing}, key=lambda kind: kind.__name__):
            keys = [key for of, key in missing if of is kind]
            stored = await self._store.revisions(kind, keys)
            self._known.update({(kind, key): stored.get(key, 0) for key in keys})

    def advance(self, row: FactRow) -> bool:
        """Whether a row is newer than what is known, which it is from now on."""
        key = key_of(row)
        if row.revision <= self._known[key]:
            return False
        self._known[key] = row.revision
        return True

    def forget(self, rows: Iterable[FactRow]) -> None:
        """No longer know these facts."""
        for row in rows:
            self._known.pop(key_of(row), None)

    def evict(self) -> None:
        """Evict the facts known longest until the bound is met."""
        for key in list(self._known)[: max(0, len(self._known) - self._max_facts)]:
            del self._known[key]


def key_of(row: FactRow) -> Key:
    """The identity of the fact that a row states."""
    kind = type(row)
    return kind, tuple(getattr(row, column) for column in TABLE_OF[kind].key)


def row_of(fact: Fact, received_at: datetime) -> FactRow:
    """The row that states a fact; in names and whatever else people type, private numbers are masked."""
    return _ROWS[type(fact)](fact, received_at)


def _opportunity_change(fact: OpportunityChanged, received_at: datetime) -> OpportunityChangeRow:
    return OpportunityChangeRow(
        opportunity_id=fact.opportunity_id,
        changed_at=fact.changed_at,
        revision=fact.revision,
        seller_id=fact.seller_id,
        customer_id=fact.customer_id or "",
        name=mask(fact.name),
        stage=mask(fact.stage),
        state=fact.state,
        estimated_value=fact.estimated_value,
        actual_value=fact.actual_value,
        currency=fact.currency,
        win_probability=fact.win_probability,
        estimated_close_on=fact.estimated_close_on,
        closed_on=fact.closed_on,
        received_at=received_at,
    )


def _activity(fact: ActivityLogged, received_at: datetime) -> ActivityRow:
    return ActivityRow(
        activity_id=fact.activity_id,
        revision=fact.revision,
        seller_id=fact.seller_id,
        opportunity_id=fact.opportunity_id or "",
        kind=fact.kind,
        started_at=fact.started_at,
        duration_minutes=fact.duration_minutes,
        with_customer=fact.with_customer,
        received_at=received_at,
    )


def _seller(fact: SellerChanged, received_at: datetime) -> SellerRow:
    return SellerRow(
        seller_id=fact.seller_id,
        revision=fact.revision,
        name=mask(fact.name),
        team=mask(fact.team),
        manager_id=fact.manager_id or "",
        starred=fact.starred,
        active=fact.active,
        received_at=received_at,
    )


def holds_private_number(fact: TrackerChanged) -> bool:
    """Whether it tracks a number or an address, which is masked in every text and so never found."""
    return any(mask(said) != said for said in (fact.name, *fact.aliases))


def tracker_row(fact: TrackerChanged, received_at: datetime) -> TrackerRow:
    """The row that states a tracker."""
    return TrackerRow(
        tracker_id=fact.tracker_id,
        revision=fact.revision,
        name=mask(fact.name),
        kind=fact.kind,
        aliases=[mask(alias) for alias in fact.aliases],
        language=fact.language or "",
        side=fact.side or "",
        word_forms=fact.word_forms,
        compounds=fact.compounds,
        only_as_name=fact.only_as_name,
        removed=fact.removed,
        received_at=received_at,
    )


def _period(fact: PeriodChanged, received_at: datetime) -> PeriodRow:
    return PeriodRow(
        period_id=fact.period_id,
        revision=fact.revision,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        team=mask(fact.team or ""),
        target_value=fact.target_value,
        currency=fact.currency,
        received_at=received_at,
    )


_ROWS: dict[type[Fact], Callable[[Any, datetime], FactRow]] = {
    OpportunityChanged: _opportunity_change,
    ActivityLogged: _activity,
    SellerChanged: _seller,
    TrackerChanged: tracker_row,
    PeriodChanged: _period,
}
