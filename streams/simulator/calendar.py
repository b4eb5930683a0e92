"""When people in a Danish office work: weekdays, public holidays, quiet weeks, and the hours of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from streams.config.office import closed_days

ZONE = ZoneInfo("Europe/Copenhagen")

_HOUR_WEIGHTS = {8: 0.7, 9: 1.3, 10: 1.4, 11: 0.9, 12: 0.4, 13: 1.3, 14: 1.2, 15: 0.8, 16: 0.2}
_SUMMER_WEEKS = range(28, 31)


@lru_cache(maxsize=4096)
def workload(day: date) -> float:
    """How busy a day is beside an ordinary one (1.0); 0 when offices are closed."""
    if day.weekday() >= 5 or day in closed_days(day.year):
        return 0.0
    if (day.month, day.day) > (12, 22) or (day.month, day.day) < (1, 3):
        return 0.25
    if day.isocalendar().week in _SUMMER_WEEKS:
        return 0.45
    return 0.75 if day.weekday() == 4 else 1.05


def working_day(day: date, steps: int) -> date:
    """The working day that lies `steps` working days after `day`; with 0 the first one from `day` on."""
    while workload(day) == 0:
        day += timedelta(days=1)
    for _ in range(steps):
        day += timedelta(days=1)
        while workload(day) == 0:
            day += timedelta(days=1)
    return day


def midnight(day: date) -> datetime:
    """The instant at which a day begins in the office, in UTC."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The day in the office at an instant."""
    return moment.astimezone(ZONE).date()


def office_time(rng: Random, day: date) -> datetime:
    """An instant of the day at which somebody in the office may pick up the phone, in UTC."""
    hour = rng.choices(tuple(_HOUR_WEIGHTS), tuple(_HOUR_WEIGHTS.values()))[0]
    seconds = hour * 3600 + rng.randrange(3600)
    wall = datetime.combine(day, time(), ZONE) + timedelta(seconds=seconds)
    return wall.astimezone(UTC)


def quarter_start(day: date) -> date:
    """First day of the calendar quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date) -> date:
    """First day of the calendar quarter after the one of a day."""
    return quarter_start(quarter_start(day) + timedelta(days=100))
