"""Danish offices: when they are open, when they are busy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from streams.simulator import calendar


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 2),  # Maundy Thursday
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 14),  # Ascension
        date(2026, 5, 25),  # Whit Monday
        date(2026, 6, 5),  # Constitution Day
        date(2026, 12, 24),
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_nobody_works_on_holidays_and_weekends(day: date) -> None:
    assert calendar.workload(day) == 0


def test_fridays_summer_and_the_days_around_new_year_are_quieter_than_a_tuesday() -> None:
    tuesday = calendar.workload(date(2026, 11, 24))

    assert 0 < calendar.workload(date(2026, 11, 27)) < tuesday
    assert 0 < calendar.workload(date(2026, 7, 14)) < tuesday
    assert 0 < calendar.workload(date(2026, 12, 29)) < tuesday


def test_working_days_are_counted_over_weekend_and_holidays() -> None:
    assert calendar.working_day(date(2026, 4, 4), 0) == date(2026, 4, 7)
    assert calendar.working_day(date(2026, 4, 1), 1) == date(2026, 4, 7)
    assert calendar.working_day(date(2026, 11, 20), 2) == date(2026, 11, 24)


def test_people_call_in_office_hours_by_the_danish_clock_and_least_at_lunch() -> None:
    rng = Random(1)
    summer, winter = date(2026, 6, 10), date(2026, 1, 14)

    for day in (summer, winter):
        hours = [calendar.office_time(rng, day).astimezone(calendar.ZONE).hour for _ in range(2_000)]
        assert min(hours) == 8
        assert max(hours) == 16
        assert hours.count(12) < hours.count(10) / 2
    assert calendar.midnight(summer) == datetime(2026, 6, 9, 22, tzinfo=UTC)
    assert calendar.local_day(datetime(2026, 6, 9, 22, tzinfo=UTC)) == summer


def test_quarters_follow_each_other() -> None:
    assert calendar.quarter_start(date(2026, 11, 24)) == date(2026, 10, 1)
    assert calendar.next_quarter(date(2026, 11, 24)) == date(2027, 1, 1)
    assert calendar.next_quarter(date(2026, 1, 1)) == date(2026, 4, 1)
