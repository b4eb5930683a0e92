"""When Danish offices are closed, by the almanac."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from streams.config.office import closed_days


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)],
)
def test_the_holidays_that_follow_easter_are_when_the_almanac_says(year: int, month: int, day: int) -> None:
    easter = date(year, month, day)
    following = {easter + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {
        date(year, month, day) for month, day in ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
    }
    prayer_day = {easter + timedelta(days=26)} if year < 2024 else set()
    assert closed_days(year) == following | fixed | prayer_day
