"""Times in the address follow the clock of the sellers' time zone."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grafana.web.ranges import RangeError, RawRange

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected_start", "expected_end"),
    [
        ("now-24h", "now", "2026-11-23T09:30:15", "2026-11-24T09:30:15"),
        ("now-7d", "now", "2026-11-17T09:30:15", "2026-11-24T09:30:15"),
        ("now/M", "now", "2026-10-31T23:00:00", "2026-11-24T09:30:15"),
        ("now-1M/M", "now-1M/M", "2026-09-30T22:00:00", "2026-10-31T22:59:59.999"),
        ("now/Q", "now", "2026-09-30T22:00:00", "2026-11-24T09:30:15"),
        ("now/w", "now/d", "2026-11-22T23:00:00", "2026-11-24T22:59:59.999"),
        ("now-99y", "now", "1970-01-01T00:00:00", "2026-11-24T09:30:15"),
        ("1795478400000", "now", "2026-11-24T00:00:00", "2026-11-24T09:30:15"),
        ("2026-11-01", "2026-11-02T12:30", "2026-10-31T23:00:00", "2026-11-02T11:30:00"),
    ],
)
def test_a_range_is_resolved(start: str, end: str, expected_start: str, expected_end: str) -> None:
    resolved = RawRange(start, end).resolve(NOW, COPENHAGEN)
    assert resolved.start == datetime.fromisoformat(expected_start).replace(tzinfo=UTC)
    assert resolved.end == datetime.fromisoformat(expected_end).replace(tzinfo=UTC)


def test_seven_days_ago_is_the_same_time_of_day_when_summer_time_ends() -> None:
    after = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)
    assert RawRange("now-7d", "now").resolve(after, COPENHAGEN).start == datetime(
        2026, 10, 20, 8, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("start", "end"), [("yesterday", "now"), ("now", "now-1h"), ("now-999999y", "now"), ("2026-13-01", "now")]
)
def test_a_range_that_makes_no_sense_is_refused(start: str, end: str) -> None:
    with pytest.raises(RangeError):
        RawRange(start, end).resolve(NOW, COPENHAGEN)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01T00:00:00+14:00", "9999-12-31"),
        ("0001-01-01", "9999-12-31T23:59:59-12:00"),
        ("99999999999999", "now"),
        ("now-999999M", "now+999999y/y"),
        ("now/y", "now+90y/y"),
        ("", ""),
        ("now-1d", "x" * 10_000),
        ("٣٣٣", "now"),
        ("now-999999w", "now+999999w"),
    ],
)
def test_a_range_outside_the_calendar_is_told_in_both_languages(start: str, end: str) -> None:
    with pytest.raises(RangeError) as caught:
        RawRange(start, end).resolve(NOW, COPENHAGEN)
    assert caught.value.text.en != caught.value.text.da
    assert len(caught.value.text.da) < 200


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_a_range_or_an_error_of_it(start: str, end: str) -> None:
    with suppress(RangeError):
        resolved = RawRange(start, end).resolve(NOW, COPENHAGEN)
        assert resolved.start < resolved.end


@given(
    st.from_regex(r"now([+-]\d{1,6}[smhdwMQy])?(/[smhdwMQy])?", fullmatch=True) | st.datetimes().map(str),
    st.sampled_from(["Europe/Copenhagen", "Pacific/Kiritimati", "America/Adak"]).map(ZoneInfo),
)
def test_any_range_of_the_grammar_is_resolved_or_named(start: str, zone: ZoneInfo) -> None:
    with suppress(RangeError):
        RawRange(start, "now/y").resolve(NOW, zone)
