"""Facts without a fold: which of them are new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from clickhouse.schema.rows import OpportunityChangeRow, SellerRow
from clickhouse.store import FactRow
from schemas.events import OpportunityChanged, SellerChanged, parse
from streams.worker.facts import Revisions, row_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Stored:
    """A store that holds one seller, and counts the questions."""

    def __init__(self) -> None:
        self.questions = 0

    async def revisions(
        self, kind: type[FactRow], keys: Iterable[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], int]:
        self.questions += 1
        return {("seller-1",): 2} if kind is SellerRow else {}


def seller(revision: int, seller_id: str = "seller-1") -> FactRow:
    return row_of(SellerChanged(seller_id=seller_id, name="Molly", team="Nord", revision=revision), NOW)


async def test_a_higher_revision_is_new_an_equal_or_lower_one_is_not() -> None:
    revisions = Revisions(Stored(), max_facts=10)
    rows = [seller(1), seller(2), seller(3), seller(3)]
    await revisions.load(rows)
    assert [revisions.advance(row) for row in rows] == [False, False, True, False]


async def test_what_is_known_is_not_asked_again_until_it_is_forgotten() -> None:
    store = Stored()
    revisions = Revisions(store, max_facts=10)
    for _ in range(3):
        await revisions.load([seller(3)])
    assert store.questions == 1
    revisions.advance(seller(3))
    revisions.forget([seller(3)])
    await revisions.load([seller(3)])
    assert store.questions == 2
    assert revisions.advance(seller(3))


async def test_memory_is_bounded() -> None:
    store = Stored()
    revisions = Revisions(store, max_facts=5)
    for number in range(20):
        await revisions.load([seller(1, f"other-{number}")])
        revisions.evict()
    await revisions.load([seller(1, f"other-{number}") for number in range(15, 20)])
    assert store.questions == 20
    await revisions.load([seller(1, "other-3")])
    assert store.questions == 21


def test_each_change_of_a_deal_is_a_row() -> None:
    deal = parse(
        '{"type": "opportunity_changed", "opportunity_id": "o", "seller_id": "s", "name": "n", "stage": "Won",'
        '"state": "won", "estimated_value": 10, "actual_value": "9.50", "currency": "DKK", "closed_on": "2026-11-20",'
        '"changed_at": "2026-11-20T10:00:00Z"}'
    )
    assert isinstance(deal, OpportunityChanged)
    row = row_of(deal, NOW)
    assert isinstance(row, OpportunityChangeRow)
    assert (row.opportunity_id, row.state, str(row.actual_value), row.customer_id) == ("o", "won", "9.50", "")
