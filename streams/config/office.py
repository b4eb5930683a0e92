"""The days on which Danish offices are closed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from holidays import OPTIONAL, PUBLIC, country_holidays

_WORKERS_DAY: Final = (5, 1)


@lru_cache(maxsize=64)
def closed_days(year: int) -> frozenset[date]:
    """Public holidays, Constitution Day, Christmas Eve and New Year's Eve; most offices work on Workers' Day."""
    days = country_holidays("DK", years=year, categories=(PUBLIC, OPTIONAL))
    return frozenset(day for day in days if (day.month, day.day) != _WORKERS_DAY)
