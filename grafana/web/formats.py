"""Numbers and times as people of each language write them, by Grafana's names of units."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from grafana.dashboards.sql import NBSP
from grafana.i18n import Language

_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "da": ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."),
}
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
    text = f"{value:,.{decimals}f}"
    if re.fullmatch(r"-0(\.0*)?", text):
        text = text[1:]
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text


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
    if language == "da":
        return f"{value.day:02}.{value.month:02}.{value.year}"
    return f"{value.day} {_MONTHS['en'][value.month - 1]} {value.year}"


def short_day(value: date, language: Language) -> str:
    """A day on an axis: 24 Nov and 24. nov."""
    separator = ". " if language == "da" else " "
    return f"{value.day}{separator}{_MONTHS[language][value.month - 1]}"
