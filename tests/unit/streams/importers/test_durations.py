"""How long something took, however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from streams.importers.durations import Clock, read_duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12 minutes", "12"), ("12 min", "12"), ("12 min.", "12"), ("1 hour", "60"), ("1.5 hours", "90"),
        ("1,5 timer", "90"), ("1h 5m", "65"), ("1 hour, 5 minutes", "65"), ("45 sec", "0.75"),
        ("2 timer 3 minutter", "123"),
        ("PT12M30S", "12.5"), ("PT1H", "60"), ("P1DT1H", "1500"), ("00:12:30", "12.5"), ("1:00:00", "60"),
    ],
)  # fmt: skip
def test_a_duration_with_its_units(text: str, minutes: str) -> None:
    found = read_duration(text)
    assert isinstance(found, Decimal)
    assert round(found, 6) == Decimal(minutes)


@pytest.mark.parametrize(
    "text", ["", "12", "12,5", "1.234 minutes", "soon", "P", "PT", "12 apples", "12 min x", "1:2:3"]
)
def test_what_names_no_unit_is_none(text: str) -> None:
    assert read_duration(text) is None


def test_two_numbers_with_a_colon_are_one_of_two_things() -> None:
    found = read_duration("12:30")
    assert found == Clock(12, 30)
    assert isinstance(found, Clock)
    assert (found.minutes("hours"), found.minutes("minutes")) == (Decimal(750), Decimal("12.5"))
