"""Dates as they are written: alone, and as a column whose order of day and month is one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from streams.importers.tables.dates import DateColumn, Order, read_date

ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-11-20", "dmy", date(2026, 11, 20)),
        ("20-11-2026 10:11", "dmy", date(2026, 11, 20)),
        ("11/20/2026", "mdy", date(2026, 11, 20)),
        ("20.11.26", "dmy", date(2026, 11, 20)),
        ("20. nov. 2026 kl. 10.11", "dmy", date(2026, 11, 20)),
        ("Nov 20, 2026 10:11 AM", "dmy", date(2026, 11, 20)),
        ("fre 20-11-2026", "dmy", date(2026, 11, 20)),
        ("12. maj 2026", "mdy", date(2026, 5, 12)),
        ("20261120", "dmy", date(2026, 11, 20)),
        ("46346", "dmy", date(2026, 11, 20)),
        ("1795165200000", "dmy", date(2026, 11, 20)),
    ],
)
def test_a_day_however_it_is_written(text: str, order: Order, day: date) -> None:
    when = read_date(text, order, ZONE)
    assert when is not None
    assert when.day == day


def test_a_time_with_a_zone_is_a_day_of_the_reports() -> None:
    when = read_date("2026-11-20T23:30:00.000Z", "dmy", ZONE)
    assert when is not None
    assert (when.day, when.at) == (date(2026, 11, 21), datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    when = read_date("11/20/2026, 9:05 PM", "mdy", ZONE)
    assert when is not None
    assert when.at == datetime(2026, 11, 20, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "31-02-2026", "2026-13-01", "20-11-2026 25:00", "########", "900,50"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, "dmy", ZONE) is None


def column(*cells: str) -> DateColumn:
    seen = DateColumn()
    for line, cell in enumerate(cells, start=2):
        seen.add(line, cell)
    return seen


def test_a_column_has_the_orders_that_read_all_of_it() -> None:
    assert column("01-02-2026", "13-02-2026").orders == ("dmy",)
    assert column("01/02/2026", "02/13/2026").orders == ("mdy",)
    assert column("01-02-2026", "03-04-2026").orders == ("dmy", "mdy")
    assert column("13-02-2026", "02-13-2026").orders == ()
    assert column("01.02.2026").orders == ("dmy",)
    assert column("31/10/26").orders == ("dmy",)
    assert column("29/10/31", "26/13/01").orders == (), "no order reads both"
    assert column("26-10-31", "99-10-30").orders == ("ymd",)


def test_a_year_of_two_digits_may_stand_in_front_where_the_first_numbers_vary_less() -> None:
    assert column("26-10-13", "26-11-10", "26-11-24").orders == ("dmy", "ymd")
    assert column("13-10-26", "24-11-26").orders == ("dmy",)
    assert column("26-10-13", "26-11-10", "24-11-2026").orders == ("dmy",)
    assert column("26-10-13").orders == ("dmy", "ymd"), "a single one tells nothing"
    assert column("26-10-13").differs == (2, "26-10-13")
    assert column("26-10-26").differs is None, "the same day either way"
    assert column("26-11-10", "26-11-10").orders == ("dmy", "ymd")
    assert column("24-04-01", "25-07-01", "26-10-01").orders == ("dmy", "ymd"), (
        "first days of months, hardly years"
    )
    assert column("05-10-26").orders == ("dmy", "mdy"), "2005 is no year that deals have"


def test_what_differs_is_looked_for_among_the_orders_that_are_left() -> None:
    assert column("01-01-26", "05-02-26").differs == (3, "05-02-26")
    assert column("32.10.26").orders == ()


def test_a_day_that_is_the_same_either_way_leaves_nothing_open() -> None:
    assert column("01-01-2026", "02-02-2026").differs is None
    assert column("01-01-2026", "02-03-2026").differs == (3, "02-03-2026")
