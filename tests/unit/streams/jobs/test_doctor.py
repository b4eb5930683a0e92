"""When silence is worth a warning, and how long it lasted in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.config.reporting import ReportingSettings
from streams.jobs.doctor import _duration, _office_is_open


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), False),  # Tuesday 07:59 in Copenhagen
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 23, 6, 0, tzinfo=UTC), True),  # summer time: 08:00
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), False),  # Saturday
    ],
)
def test_calls_are_expected_in_office_hours_of_the_reporting_zone(moment: datetime, expected: bool) -> None:
    assert _office_is_open(ReportingSettings(), moment) is expected


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-0.3, "0.0 s"),
        (0.25, "0.2 s"),
        (119, "119.0 s"),
        (300, "5 min"),
        (7200, "2 h"),
        (86_400, "24 h"),
        (400_000, "5 days"),
    ],
)
def test_a_duration_is_said_in_its_largest_fitting_unit(seconds: float, words: str) -> None:
    assert _duration(seconds).en == words
