"""What of a row is sent, given what is stored: it must stand afterwards, and what changes nothing is not sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clickhouse.schema.rows import OpportunityChangeRow
from schemas.events import OpportunityChanged
from streams.importers.deals import DealRow
from streams.jobs.importing.comparison import Compared, Comparison, compare_deal

NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)
OCTOBER, NOVEMBER = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC)


def change(changed_at: datetime, revision: int = 1, **given: Any) -> OpportunityChanged:
    told: dict[str, Any] = {
        "opportunity_id": "D", "seller_id": "S", "name": "N", "stage": "Tilbud", "state": "open",
        "estimated_value": Decimal(100), "currency": "DKK", "changed_at": changed_at, "revision": revision,
    }  # fmt: skip
    return OpportunityChanged(**told | given)


def won(at: datetime, revision: int = 1, value: int = 100) -> OpportunityChanged:
    return change(at, revision, stage="Vundet", state="won", actual_value=Decimal(value), closed_on=at.date())


def stored(*changes: OpportunityChanged) -> list[OpportunityChangeRow]:
    rows = []
    for each in sorted(changes, key=lambda each: each.changed_at):
        told = {name: getattr(each, name, None) for name in OpportunityChangeRow._fields}
        rows.append(OpportunityChangeRow(**told | {"customer_id": "", "received_at": each.changed_at}))  # type: ignore[arg-type]  # its own fields
    return rows


def row(current: OpportunityChanged, fresh_at: datetime = NOW, *, own: bool = False) -> DealRow:
    return DealRow(2, current, None, fresh_at, own)


def sent(compared: Compared) -> list[tuple[datetime, int]]:
    return [
        (event.changed_at, event.revision)
        for event in compared.events
        if isinstance(event, OpportunityChanged)
    ]


def test_a_new_deal_is_sent_with_its_opening() -> None:
    opening = change(OCTOBER)
    compared = compare_deal(DealRow(2, won(NOVEMBER), opening, NOW, False), [], NOW)
    assert (compared.verdict, len(compared.events)) == ("new", 2)


@pytest.mark.parametrize("own", [True, False])
def test_what_is_equal_is_not_sent(own: bool) -> None:
    for current in (change(OCTOBER), won(NOVEMBER)):
        assert compare_deal(row(current, own=own), stored(current), NOW) == Compared(2, "equal", ())


def test_an_open_deal_without_a_time_of_its_own_moves_on_at_the_files_time() -> None:
    compared = compare_deal(row(change(OCTOBER, stage="Forhandling")), stored(change(OCTOBER)), NOW)
    assert (compared.verdict, sent(compared)) == ("changed", [(NOW, 1)])


def test_a_closing_is_corrected_by_a_higher_revision() -> None:
    compared = compare_deal(row(won(NOVEMBER, value=50)), stored(change(OCTOBER), won(NOVEMBER, 3)), NOW)
    assert (compared.verdict, sent(compared)) == ("changed", [(NOVEMBER, 4)])


def test_a_closing_day_before_the_last_change_still_closes_the_deal() -> None:
    last = NOVEMBER + timedelta(days=5)
    compared = compare_deal(
        row(won(NOVEMBER), own=True), stored(change(OCTOBER), change(last, stage="X")), NOW
    )
    assert (compared.verdict, sent(compared)) == ("changed", [(NOW, 1)])


def test_a_closing_after_the_last_change_stands_at_its_day() -> None:
    compared = compare_deal(row(won(NOVEMBER), own=True), stored(change(OCTOBER)), NOW)
    assert (compared.verdict, sent(compared)) == ("changed", [(NOVEMBER, 1)])


def test_an_older_export_changes_nothing() -> None:
    known = stored(change(OCTOBER), won(NOVEMBER))
    for older in (
        row(change(OCTOBER, stage="X"), OCTOBER + timedelta(days=1)),
        row(won(OCTOBER), OCTOBER, own=True),
    ):
        assert compare_deal(older, known, NOW).verdict == "older"


def test_a_row_about_the_past_becomes_a_part_of_the_history() -> None:
    between = OCTOBER + timedelta(days=7)
    known = stored(change(OCTOBER), won(NOVEMBER))
    compared = compare_deal(row(change(between, stage="X"), between, own=True), known, NOW)
    assert (compared.verdict, sent(compared)) == ("changed", [(between, 1)])
    corrected = compare_deal(row(change(OCTOBER, stage="X"), OCTOBER, own=True), known, NOW)
    assert sent(corrected) == [(OCTOBER, 2)]


def test_opened_again() -> None:
    compared = compare_deal(row(change(NOW, stage="X"), NOW, own=True), stored(won(NOVEMBER)), NOW)
    assert sent(compared) == [(NOW, 1)]


def test_the_same_time_as_what_is_stored_is_a_higher_revision() -> None:
    compared = compare_deal(row(change(OCTOBER, stage="X"), NOW), stored(change(NOW, 2)), NOW)
    assert sent(compared) == [(NOW, 3)]


def test_a_removed_deal_that_is_back_is_open_again() -> None:
    removed = change(NOVEMBER, state="removed")
    assert sent(compare_deal(row(change(OCTOBER)), stored(change(OCTOBER), removed), NOW)) == [(NOW, 1)]
    assert date(2026, 11, 10) == removed.changed_at.date()


class EmptyStore:
    """A store in which nothing is, yet."""

    def changes(self, deal_ids: Iterable[str]) -> dict[str, list[OpportunityChangeRow]]:
        return {}

    def keyed(self, kind: type[Any], column: str, ids: Iterable[str]) -> dict[str, Any]:
        return {}


def test_a_second_file_of_one_import_is_compared_with_the_first() -> None:
    comparison = Comparison(EmptyStore(), NOW)
    (first,) = comparison.compare([row(won(NOVEMBER, value=1000))])
    (second,) = comparison.compare([row(won(NOVEMBER, value=10_000))])
    (third,) = comparison.compare([row(won(NOVEMBER, value=10_000))])
    assert (first.verdict, sent(first)) == ("new", [(NOVEMBER, 1)])
    assert (second.verdict, sent(second)) == ("changed", [(NOVEMBER, 2)])
    assert (third.verdict, sent(third)) == ("equal", [])
