"""Pieces of SQL that the panels share: calls of the parametrised views, and values written as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from grafana.i18n import Language

NBSP = "\u00a0"
"""A number and its unit stay on one line."""

RANGE = "from = $__fromTime, to = $__toTime"
WHO = "teams = [${team:singlequote}], sellers = [${seller:singlequote}]"
TEAMS = "teams = [${team:singlequote}]"
WHO_FILTER = (
    "((has([${team:singlequote}], '') AND has([${seller:singlequote}], ''))"
    " OR seller_id IN (SELECT seller_id FROM salgspuls.chosen_sellers("
    "teams = [${team:singlequote}], sellers = [${seller:singlequote}])))"
)
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
    digits = f"toDecimalString(abs(round({number})), 0)"  # a conversion to Int64 would fail on the NaN behind a NULL
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
    return f"concat({number}, '{NBSP}%')"


def money(amount: str, currency: str, language: Language) -> str:
    """An amount in the reporting currency: DKK 2.4m and 2,4 mio. kr.; thousands from 10,000 on, below that whole."""
    code = f"ifNull({currency}, '')"
    millions, thousands, below = ("m", "k", "") if language == "en" else (f"{NBSP}mio.", f"{NBSP}t.", "")
    number = (
        f"multiIf(abs({amount}) >= 1000000, concat({decimal(f'({amount}) / 1000000', language)}, '{millions}'),"
        f" abs({amount}) >= 10000, concat({decimal(f'({amount}) / 1000', language)}, '{thousands}'),"
        f" concat({whole(amount, language)}, '{below}'))"
    )
    if language == "da":
        return f"concat({number}, if({code} = 'DKK', '{NBSP}kr.', if({code} = '', '', concat('{NBSP}', {code}))))"
    return f"concat(if({code} = '', '', concat({code}, '{NBSP}')), {number})"


def day(date: str, language: Language) -> str:
    """A day: 24 Nov 2026 and 24.11.2026."""
    pattern = "%d.%m.%Y" if language == "da" else "%e %b %Y"
    return f"trim(formatDateTime({date}, '{pattern}'))"


def growth(share: str, language: Language) -> str:
    """How much more or less, with an arrow; what was not there before is new."""
    new = {"en": "new", "da": "ny"}[language]
    text = percent(share, language)
    return (
        f"multiIf({share} IS NULL, '{new}', round(100 * {share}) > 0, concat('▲{NBSP}+', {text}),"
        f" round(100 * {share}) < 0, concat('▼{NBSP}', {text}), {text})"
    )


def listed(names: str, language: Language) -> str:
    """The elements of an array of text as a list in a sentence: a, b and c."""
    last = {"en": " and ", "da": " og "}[language]
    return (
        f"if(length({names}) < 2, {names}[1],"
        f" concat(arrayStringConcat(arrayPopBack({names}), ', '), '{last}', {names}[-1]))"
    )


def bucket(moment: str) -> str:
    """The hour, day, week or month of a moment in the sellers' zone, as the range is long.

    The query joins `BUCKET_SPAN`, which gives `span_days`.
    """
    return (
        "multiIf("
        f"span_days <= 3, toDateTime(toStartOfHour({moment}), '${{tz}}'),"
        f" span_days <= 120, toDateTime(toStartOfDay(toTimeZone({moment}, '${{tz}}')), '${{tz}}'),"
        f" span_days <= 1000, toDateTime(toMonday(toTimeZone({moment}, '${{tz}}')), '${{tz}}'),"
        f" toDateTime(toStartOfMonth(toTimeZone({moment}, '${{tz}}')), '${{tz}}'))"
    )


BUCKET_SPAN = f"(SELECT dateDiff('day', range_from, range_to) FROM {view('range', RANGE)}) AS span_days"


_PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?::(?P<how>\w+)|\?(?P<one>[^:{}]*):(?P<many>[^:{}]*))?\}")


def sentence(template: str, language: Language, **expressions: str) -> str:
    """SQL for a sentence with its numbers.

    In the template `{n}` is a text, `{n:whole}` a number written in a format (whole, decimal, hundredths, seconds,
    percent, share, growth, money, day), and `{n?deal:deals}` one word when n is 1 and the other when it is not. `n` is
    a column, or what `expressions` says it is.
    """
    formats: dict[str, Callable[[str], str]] = {
        "whole": lambda value: whole(value, language),
        "decimal": lambda value: decimal(value, language),
        "hundredths": lambda value: decimal(value, language, 2),
        "seconds": lambda value: f"concat({decimal(value, language)}, '{NBSP}s')",
        "percent": lambda value: percent(value, language),
        "share": lambda value: whole(f"100 * ({value})", language),
        "growth": lambda value: growth(value, language),
        "money": lambda value: money(value, "currency", language),
        "day": lambda value: day(value, language),
    }
    parts: list[str] = []
    position = 0
    for match in _PLACEHOLDER.finditer(template):
        if match.start() > position:
            parts.append(quoted(template[position : match.start()]))
        value, how = expressions.get(match["name"], match["name"]), match["how"]
        if how is not None:
            parts.append(formats[how](value))
        elif match["one"] is not None:
            parts.append(f"if({value} = 1, {quoted(match['one'])}, {quoted(match['many'])})")
        else:
            parts.append(value)
        position = match.end()
    if position < len(template):
        parts.append(quoted(template[position:]))
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"
