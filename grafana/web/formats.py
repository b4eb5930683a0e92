"""Numbers and times as people of each language write them, by Grafana's names of units."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from grafana.dashboards.sql import NBSP
from grafana.i18n import Language

_DAY = {"en": "d MMM y", "da": "dd.MM.y"}
_SHORT_DAY = {"en": "d MMM", "da": "d. MMM"}
_SUFFIXES = {"ms": f"{NBSP}ms", "s": f"{NBSP}s", "m": f"{NBSP}min", "h": f"{NBSP}h", "percent": f"{NBSP}%"}
_DANISH_SUFFIXES = {"h": f"{NBSP}t."}
_THOUSANDS = (("mia.", "bn", 1e9), ("mio.", "m", 1e6))


def known_unit(unit: str) -> bool:
    """Whether the page can show a unit as Grafana does."""
    return (
        unit in ("", "none", "short", "string", "percentunit", "dateTimeAsIso")
        or unit in _SUFFIXES
        or re.match(r"(suffix|prefix|time|currency):", unit) is not None
    )


def number(value: float, language: Language, decimals: int | None = None) -> str:
    """A plain number: 1,234.5 and 1.234,5. Without `decimals`, as many as it needs, at most two."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() or abs(value) >= 100 else (1 if abs(value) >= 10 else 2)
    rounded = round(value, decimals) + 0.0  # never -0.0
    text: str = _pattern(decimals).apply(rounded, Locale.parse(language))
    return text


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern(f"#,##0.{'0' * decimals}".rstrip("."))


def amount(value: float, language: Language, decimals: int | None, unit: str) -> str:
    """A number with its unit."""
    if unit == "percentunit":
        return number(100 * value, language, 0 if decimals is None else decimals) + f"{NBSP}%"
    if unit.startswith("time:"):
        return moment(datetime.fromtimestamp(value / 1000, UTC), language, ZoneInfo("UTC"))
    if unit.startswith("suffix:"):
        return number(value, language, decimals) + unit.removeprefix("suffix:")
    if unit.startswith("prefix:"):
        return unit.removeprefix("prefix:") + number(value, language, decimals)
    if unit.startswith("currency:"):
        return _money(value, language, unit.removeprefix("currency:"))
    suffix = _DANISH_SUFFIXES.get(unit) if language == "da" else None
    return number(value, language, decimals) + (suffix or _SUFFIXES.get(unit, ""))


def _money(value: float, language: Language, currency: str) -> str:
    for danish, english, size in _THOUSANDS:
        if abs(value) >= size:
            short = number(value / size, language, 1)
            return (
                f"{short}{NBSP}{danish}{NBSP}{currency}"
                if language == "da"
                else f"{currency}{NBSP}{short}{english}"
            )
    whole = number(value, language, 0)
    return f"{whole}{NBSP}{currency}" if language == "da" else f"{currency}{NBSP}{whole}"


def moment(value: datetime | date, language: Language, zone: ZoneInfo) -> str:
    """A time in the sellers' zone, to the minute; a day without time."""
    if not isinstance(value, datetime):
        return day(value, language)
    local = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone)
    return f"{day(local, language)} {local:%H:%M}"


def day(value: date, language: Language) -> str:
    """A day: 24 Nov 2026 and 24.11.2026."""
    return format_date(value, _DAY[language], language)


def short_day(value: date, language: Language) -> str:
    """A day on an axis: 24 Nov and 24. nov."""
    return format_date(value, _SHORT_DAY[language], language)
