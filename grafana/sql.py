"""Pieces of SQL that the panels share: calls of the parametrised views, and values written as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from grafana.i18n import Language, Text

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
ANY_KIND = "kinds = [''], directions = [''], languages = ['']"
OF_KIND = ", ".join(f"{name}s = [${{{name}:singlequote}}]" for name in ("kind", "direction", "language"))
"""Calls of any, or of the chosen kinds, directions and languages."""
ENOUGH = (
    "enough_calls = ${enough_calls}, enough_seconds = ${enough_seconds}, enough_minutes = ${enough_minutes}"
)
"""What is enough to judge a seller's style by."""
ZONE = "tz = '${tz}'"
FISCAL = "fiscal_start = ${fiscal_start}"


def view(name: str, *arguments: str) -> str:
    """A parametrised view of the database `salgspuls`, ready for FROM."""
    return f"salgspuls.{name}({', '.join(arguments)})"


def quoted(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def bucket(moment: str) -> str:
    """The hour, day, week or month of a moment in the sellers' zone, as the calls of the range lie apart.

    The query joins `BUCKET_SPAN`, which gives `span_days`.
    """
    return (
        "multiIf("
        f"span_days <= 3, toDateTime(toStartOfHour({moment}), '${{tz}}'),"
        f" span_days <= 90, toDateTime(toStartOfDay(toTimeZone({moment}, '${{tz}}')), '${{tz}}'),"
        f" span_days <= 1000, toDateTime(toMonday(toTimeZone({moment}, '${{tz}}')), '${{tz}}'),"
        f" toDateTime(toStartOfMonth(toTimeZone({moment}, '${{tz}}')), '${{tz}}'))"
    )


BUCKET_SPAN = f"(SELECT dateDiff('day', calls_from, range_to) FROM {view('range', RANGE)}) AS span_days"


_PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?::(?P<how>\w+)|\?(?P<one>[^:{}]*):(?P<many>[^:{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes SQL for texts and numbers as people of a language read them."""

    language: Language

    def text(self, text: Text) -> str:
        """A text as a string literal."""
        return quoted(text.of(self.language))

    def whole(self, number: str) -> str:
        """A whole number with its thousands apart: 1,234 and 1.234."""
        separator = "." if self.language == "da" else ","
        # a conversion to Int64 would fail on the NaN behind a NULL; of a Decimal a point would stay at the end
        digits = f"toDecimalString(abs(round(toFloat64({number}))), 0)"
        grouped = (
            f"reverse(trim(TRAILING '{separator}' FROM "
            f"replaceRegexpAll(reverse({digits}), '([0-9]{{3}})', '\\\\1{separator}')))"
        )
        return f"concat(if(round({number}) < 0, '-', ''), {grouped})"

    def decimal(self, number: str, places: int = 1) -> str:
        """A number with a fixed count of decimals: 1.2 and 1,2."""
        text = f"toDecimalString(round({number}, {places}), {places})"
        return f"replaceAll({text}, '.', ',')" if self.language == "da" else text

    def percent(self, share: str, places: int = 0) -> str:
        """A share as percent: 31 %, with Danish or English decimals."""
        number = self.whole(f"100 * ({share})") if places == 0 else self.decimal(f"100 * ({share})", places)
        return f"concat({number}, '{NBSP}%')"

    def money(self, amount: str, currency: str) -> str:
        """An amount in the reporting currency: DKK 2.4m and 2,4 mio. kr.; from 10,000 on DKK 56.6k and 56.600 kr."""
        code = f"ifNull({currency}, '')"
        millions = self.decimal(f"({amount}) / 1000000")
        if self.language == "da":
            number = (
                f"multiIf(abs({amount}) >= 1000000, concat({millions}, '{NBSP}mio.'),"
                f" abs({amount}) >= 10000, {self.whole(f'100 * round(({amount}) / 100)')}, {self.whole(amount)})"
            )
            return f"concat({number}, if({code} = 'DKK', '{NBSP}kr.', if({code} = '', '', concat('{NBSP}', {code}))))"
        number = (
            f"multiIf(abs({amount}) >= 1000000, concat({millions}, 'm'),"
            f" abs({amount}) >= 10000, concat({self.decimal(f'({amount}) / 1000')}, 'k'), {self.whole(amount)})"
        )
        return f"concat(if({code} = '', '', concat({code}, '{NBSP}')), {number})"

    def day(self, date: str) -> str:
        """A day: 24 Nov 2026 and 24.11.2026."""
        pattern = "%d.%m.%Y" if self.language == "da" else "%e %b %Y"
        return f"trim(formatDateTime({date}, '{pattern}'))"

    def growth(self, share: str) -> str:
        """How much more or less, with an arrow; what was not there before is new."""
        new = {"en": "new", "da": "ny"}[self.language]
        text = self.percent(share)
        return (
            f"multiIf({share} IS NULL, '{new}', round(100 * {share}) > 0, concat('▲{NBSP}+', {text}),"
            f" round(100 * {share}) < 0, concat('▼{NBSP}', {text}), {text})"
        )

    def listed(self, names: str) -> str:
        """The elements of an array of text as a list in a sentence: a, b and c."""
        last = {"en": " and ", "da": " og "}[self.language]
        return (
            f"if(length({names}) < 2, {names}[1],"
            f" concat(arrayStringConcat(arrayPopBack({names}), ', '), '{last}', {names}[-1]))"
        )

    def sentence(self, template: str | Text, **expressions: str) -> str:
        """SQL for a sentence with its numbers.

        In the template `{n}` is a text, `{n:whole}` a number written in a format (whole, decimal, hundredths, seconds,
        percent, share, points, growth, money, day), and `{n?deal:deals}` one word when n is 1 as a whole number, and
        the other when it is not. `n` is a column, or what `expressions` says it is.
        """
        if isinstance(template, Text):
            template = template.of(self.language)
        formats: dict[str, Callable[[str], str]] = {
            "whole": lambda value: self.whole(value),
            "decimal": lambda value: self.decimal(value),
            "points": lambda value: self.decimal(f"100 * ({value})"),
            "hundredths": lambda value: self.decimal(value, 2),
            "seconds": lambda value: f"concat({self.decimal(value)}, '{NBSP}s')",
            "percent": lambda value: self.percent(value),
            "share": lambda value: self.whole(f"100 * ({value})"),
            "growth": lambda value: self.growth(value),
            "money": lambda value: self.money(value, "currency"),
            "day": lambda value: self.day(value),
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
                parts.append(f"if(round({value}) = 1, {quoted(match['one'])}, {quoted(match['many'])})")
            else:
                parts.append(value)
            position = match.end()
        if position < len(template):
            parts.append(quoted(template[position:]))
        return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"
