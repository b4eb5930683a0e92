"""Time ranges as Grafana writes them in an address: `now-7d`, `now/M`, milliseconds; resolved against a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from grafana.i18n import Text
from grafana.macros import TimeRange

_RELATIVE = re.compile(
    r"now(?:(?P<sign>[+-])(?P<count>\d{1,6})(?P<unit>[smhdwMQy]))?(?:/(?P<round>[smhdwMQy]))?"
)
_LONGEST_SHOWN = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"M": 1, "Q": 3, "y": 12}


_LATEST = datetime(2106, 1, 1, tzinfo=UTC)
"""ClickHouse's DateTime ends soon after."""


class RangeError(ValueError):
    """A time in the address cannot be read; `text` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class RawRange:
    """A range as it stands in the address; relative ones follow the clock."""

    start: str
    end: str

    def resolve(self, now: datetime, zone: ZoneInfo) -> TimeRange:
        """The range at `now`; days, weeks, and months are those of `zone`. Raises RangeError."""
        start = _moment(self.start, now, zone, ends=False)
        end = _moment(self.end, now, zone, ends=True)
        if end <= start:
            raise RangeError(
                Text(
                    f"the range ends ({_shown(self.end)}) before it starts ({_shown(self.start)})",
                    f"tidsrummet slutter ({_shown(self.end)}), før det begynder ({_shown(self.start)})",
                )
            )
        return TimeRange(start, end)

    @property
    def query(self) -> str:
        """Grafana's `${__url_time_range}`."""
        return f"from={self.start}&to={self.end}"


def _moment(text: str, now: datetime, zone: ZoneInfo, ends: bool) -> datetime:
    try:
        moment = _read(text, now, zone, ends).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, RangeError):
            raise
        raise _outside_calendar(text) from None
    if moment > _LATEST:
        raise _outside_calendar(text)
    return max(moment, _EPOCH)


def _read(text: str, now: datetime, zone: ZoneInfo, ends: bool) -> datetime:
    if re.fullmatch(r"\d{1,14}", text, re.ASCII):
        return _EPOCH + timedelta(milliseconds=int(text))
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return _absolute(text, zone)
    moment = now.astimezone(zone)
    if match["unit"]:
        count = int(match["count"]) * (-1 if match["sign"] == "-" else 1)
        moment = _shift(moment, count, match["unit"])
    if match["round"]:
        moment = _floor(moment, match["round"])
        if ends:
            moment = _shift(moment, 1, match["round"]) - timedelta(milliseconds=1)
    return moment


def _outside_calendar(text: str) -> RangeError:
    return RangeError(
        Text(
            f"{_shown(text)} lies outside of the years 1970 to 2105",
            f"{_shown(text)} ligger uden for årene 1970 til 2105",
        )
    )


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _absolute(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        example = "now-7d, now/M, 2026-11-24T09:30"
        raise RangeError(
            Text(
                f"“{_shown(text)}” is not a time; {example} and milliseconds are",
                f"»{_shown(text)}« er ikke et tidspunkt; skriv fx {example} eller millisekunder",
            )
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _shift(moment: datetime, count: int, unit: str) -> datetime:
    if unit in _SECONDS:
        return (moment.astimezone(UTC) + timedelta(seconds=count * _SECONDS[unit])).astimezone(moment.tzinfo)
    if unit in _DAYS:
        return moment + timedelta(days=count * _DAYS[unit])
    return moment + relativedelta(months=count * _MONTHS[unit])


def _floor(moment: datetime, unit: str) -> datetime:
    if unit == "s":
        return moment.replace(microsecond=0)
    if unit == "m":
        return moment.replace(second=0, microsecond=0)
    if unit == "h":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "d":
        return day
    if unit == "w":
        return day - timedelta(days=day.weekday())
    month = day.replace(day=1)
    if unit == "M":
        return month
    return month.replace(month=1 if unit == "y" else (month.month - 1) // 3 * 3 + 1)
