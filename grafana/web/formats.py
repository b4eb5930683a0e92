"""Numbers and times as people of each language write them, by the unit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from grafana.i18n import Language, Text, same
from grafana.panels.columns import Unit
from grafana.sql import NBSP

_DAY = {"en": "d MMM y", "da": "dd.MM.y"}
_SHORT_DAY = {"en": "d MMM", "da": "d. MMM"}
_SUFFIXES = {
    Unit.PERCENT: same(f"{NBSP}%"),
    Unit.SECONDS: same(f"{NBSP}s"),
    Unit.HOURS: Text(f"{NBSP}h", f"{NBSP}t"),
    Unit.MILLIONS: Text("m", f"{NBSP}mio."),
}


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


def suffix(unit: Unit | None, language: Language) -> str:
    """What stands after a number of a unit."""
    known = _SUFFIXES.get(unit) if unit is not None else None
    return known.of(language) if known is not None else ""


def amount(value: float, language: Language, decimals: int | None, unit: Unit | None) -> str:
    """A number with its unit."""
    if unit is Unit.SHARE:
        return number(100 * value, language, 0 if decimals is None else decimals) + f"{NBSP}%"
    if unit is Unit.AXIS_DAY:
        return short_day(datetime.fromtimestamp(value / 1000, UTC), language)
    return number(value, language, decimals) + suffix(unit, language)


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
