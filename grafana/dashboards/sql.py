"""Pieces of SQL that the panels share: calls of the parametrised views, and values written as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from grafana.dashboards.language import Language

RANGE = "from = $__fromTime, to = $__toTime"
WHO = "teams = [${team:singlequote}], sellers = [${seller:singlequote}]"
ZONE = "tz = '${tz}'"
FISCAL = "fiscal_start = ${fiscal_start}"


def view(name: str, *arguments: str) -> str:
    """A parametrised view of the database `salgspuls`, ready for FROM."""
    return f"salgspuls.{name}({', '.join(arguments)})"


def quoted(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def whole(number: str, language: Language) -> str:
    """A whole number with its thousands apart: 1,234 and 1.234."""
    separator = "." if language == "da" else ","
    digits = f"toString(abs(toInt64(round({number}))))"
    grouped = (
        f"reverse(trim(TRAILING '{separator}' FROM "
        f"replaceRegexpAll(reverse({digits}), '([0-9]{{3}})', '\\\\1{separator}')))"
    )
    return f"concat(if(round({number}) < 0, '-', ''), {grouped})"


def decimal(number: str, language: Language, places: int = 1) -> str:
    """A number with a fixed count of decimals: 1.2 and 1,2."""
    text = f"toDecimalString(round({number}, {places}), {places})"
    return f"replaceAll({text}, '.', ',')" if language == "da" else text


def percent(share: str, language: Language, places: int = 0) -> str:
    """A share as percent: 31 %, with Danish or English decimals."""
    number = (
        whole(f"100 * ({share})", language) if places == 0 else decimal(f"100 * ({share})", language, places)
    )
    return f"concat({number}, ' %')"


def money(amount: str, currency: str, language: Language) -> str:
    """An amount in the reporting currency: DKK 2.4m and 2,4 mio. kr.; below a million in whole units."""
    small = whole(amount, language)
    large = decimal(f"({amount}) / 1000000", language, 1)
    code = f"ifNull({currency}, '')"
    if language == "da":
        unit = f"if({code} = 'DKK', ' kr.', if({code} = '', '', concat(' ', {code})))"
        return f"if(abs({amount}) >= 1000000, concat({large}, ' mio.', {unit}), concat({small}, {unit}))"
    unit = f"if({code} = '', '', concat({code}, ' '))"
    return f"concat({unit}, if(abs({amount}) >= 1000000, concat({large}, 'm'), {small}))"


def day(date: str, language: Language) -> str:
    """A day: 24 Nov 2026 and 24.11.2026."""
    pattern = "%d.%m.%Y" if language == "da" else "%e %b %Y"
    return f"trim(formatDateTime({date}, '{pattern}'))"


_PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?::(?P<how>\w+)|\?(?P<one>[^:{}]*):(?P<many>[^:{}]*))?\}")


def sentence(template: str, language: Language) -> str:
    """SQL for a sentence with its numbers.

    In the template `{n}` is a column of text, `{n:whole}` a number written in a format (whole, decimal, percent, share,
    money, day), and `{n?deal:deals}` one word when n is 1 and the other when it is not.
    """
    formats: dict[str, Callable[[str], str]] = {
        "whole": lambda name: whole(name, language),
        "decimal": lambda name: decimal(name, language),
        "percent": lambda name: percent(name, language),
        "share": lambda name: whole(f"100 * ({name})", language),
        "money": lambda name: money(name, "currency", language),
        "day": lambda name: day(name, language),
    }
    parts: list[str] = []
    position = 0
    for match in _PLACEHOLDER.finditer(template):
        if match.start() > position:
            parts.append(quoted(template[position : match.start()]))
        name, how = match["name"], match["how"]
        if how is not None:
            parts.append(formats[how](name))
        elif match["one"] is not None:
            parts.append(f"if({name} = 1, {quoted(match['one'])}, {quoted(match['many'])})")
        else:
            parts.append(name)
        position = match.end()
    if position < len(template):
        parts.append(quoted(template[position:]))
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"
