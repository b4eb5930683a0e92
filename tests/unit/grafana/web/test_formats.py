"""Numbers and times stand on the page as people of each language write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from grafana.i18n import Language
from grafana.panels.columns import Unit
from grafana.sql import NBSP
from grafana.web import formats

ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("value", "decimals", "english", "danish"),
    [
        (1234.5, 1, "1,234.5", "1.234,5"),
        (1234567, None, "1,234,567", "1.234.567"),
        (0.256, None, "0.26", "0,26"),
        (12.34, None, "12.3", "12,3"),
        (-0.04, 1, "0.0", "0,0"),
        (-3, 0, "-3", "-3"),
    ],
)
def test_a_number(value: float, decimals: int | None, english: str, danish: str) -> None:
    assert formats.number(value, "en", decimals) == english
    assert formats.number(value, "da", decimals) == danish


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "english", "danish"),
    [
        (0.314, Unit.SHARE, 0, "31 %", "31 %"),
        (31.4, Unit.PERCENT, 1, "31.4 %", "31,4 %"),
        (2.5, Unit.HOURS, 1, "2.5 h", "2,5 t"),
        (2.5, Unit.SECONDS, 1, "2.5 s", "2,5 s"),
        (17.46, Unit.MILLIONS, 1, "17.5m", "17,5 mio."),
        (7, Unit.NUMBER, None, "7", "7"),
    ],
)
def test_an_amount(value: float, unit: Unit, decimals: int | None, english: str, danish: str) -> None:
    assert formats.amount(value, "en", decimals, unit).replace(NBSP, " ") == english
    assert formats.amount(value, "da", decimals, unit).replace(NBSP, " ") == danish


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert " " not in formats.amount(0.314, "da", None, Unit.SHARE)


@pytest.mark.parametrize(("language", "expected"), [("en", "24 Nov 2026 00:30"), ("da", "24.11.2026 00:30")])
def test_a_moment_is_that_of_the_sellers_clock(language: Language, expected: str) -> None:
    assert formats.moment(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), language, ZONE) == expected
    assert formats.moment(datetime(2026, 11, 23, 23, 30), language, ZONE) == expected
    assert formats.moment(date(2026, 11, 24), language, ZONE) == expected[:-6]


@pytest.mark.parametrize(
    ("month", "english", "danish"), [(3, "4 Mar", "4. mar."), (5, "4 May", "4. maj"), (9, "4 Sep", "4. sep.")]
)
def test_a_day_on_an_axis_is_short(month: int, english: str, danish: str) -> None:
    assert formats.short_day(date(2026, month, 4), "en") == english
    assert formats.short_day(date(2026, month, 4), "da") == danish
