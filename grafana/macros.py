"""The SQL that Grafana would send: its ClickHouse plugin's macros and the dashboard's variables, expanded.

Pure. The built-in page and the tests run the committed dashboards' queries through it. Grafana puts variables in first
(in the browser) and expands macros afterwards (in the plugin's backend); the renderer of dashboards takes care that no
value can hold a whole macro. Here macros come first, and both give the same query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

ALL = "$__all"
"""The value that stands for every option of a variable."""

LARGEST_BUCKETS = 1_500
"""At most this many buckets for `$__timeInterval` when the caller names no interval."""


class MacroError(ValueError):
    """A query names a macro or a variable that does not exist, or calls a macro wrongly."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From `start` to `end`, both with zone; both belong to the range."""

    start: datetime
    end: datetime

    @property
    def span(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Variable:
    """The chosen values of a dashboard variable.

    `multi`: several values may be chosen, so that an unformatted reference becomes a list. `options` are what "All"
    stands for, unless `all_value` says it in the query's own words.
    """

    values: tuple[str, ...]
    multi: bool = False
    options: tuple[str, ...] = ()
    all_value: str | None = None

    @property
    def is_all(self) -> bool:
        return ALL in self.values

    @property
    def resolved(self) -> tuple[str, ...]:
        return self.options if self.is_all else self.values


Variables = Mapping[str, Variable]


def expand(sql: str, time_range: TimeRange, variables: Variables, interval: timedelta | None = None) -> str:
    """The query as ClickHouse gets it.

    Macros are expanded first, outside of literals alone, and the variables' values are put in last, each as (part of)
    a literal: no value is ever read as SQL, and nothing that a value contains is expanded.

    Raises MacroError when a macro or a variable is unknown (Grafana would send it as it stands, and ClickHouse would
    answer with a less helpful message), and when a value would stand in the query without quotes.
    """
    seconds = _interval_seconds(time_range, interval)
    plain = _without_comments(sql)
    conditional = _replace_calls(
        plain, "conditionalAll", lambda arguments: _conditional_all(arguments, variables)
    )
    expanded = _expand_macros(conditional, time_range, seconds)
    left = re.search(r"\$__(?!(?:from|to)\b)\w+", _mask_literals(expanded))
    if left:
        raise MacroError(f"the query uses {left.group()}, which is not a macro")
    return _bind(expanded, time_range, variables)


def _bind(sql: str, time_range: TimeRange, variables: Variables) -> str:
    """The query with each reference replaced by its value, once, left to right."""
    code = _mask_literals(sql)

    def replace(match: re.Match[str]) -> str:
        name, how = match["plain"] or match["name"], match["format"]
        if name in ("__from", "__to"):
            return _format_moment(time_range.start if name == "__from" else time_range.end, how)
        within_literal = code[match.start()] != "$"
        if name not in variables:
            if within_literal:
                return match.group()
            raise MacroError(
                f"the query uses {match.group()}, which is neither a macro nor a variable of this dashboard"
            )
        variable = variables[name]
        if within_literal and how in _IN_ADDRESSES:
            return _format_address(name, variable, how)
        if variable.is_all and variable.all_value is not None:
            return variable.all_value
        if within_literal:
            return _inside_literal(name, variable.resolved, how)
        return _as_literal(name, variable, how)

    return _REFERENCE.sub(replace, sql)


def _inside_literal(name: str, values: Sequence[str], how: str | None) -> str:
    if how not in (None, "raw", "csv", "pipe", "text"):
        raise MacroError(f"${{{name}:{how}}} brings its own quotes and stands between quotes")
    return _single_quoted(_JOINERS[how or "csv"](values))[1:-1]


def _as_literal(name: str, variable: Variable, how: str | None) -> str:
    how = how or ("singlequote" if variable.multi else "raw")
    if how in ("singlequote", "sqlstring"):
        return _JOINERS[how](variable.resolved)
    if how in ("raw", "csv") and all(map(_NUMBER.fullmatch, variable.resolved)):
        return ",".join(variable.resolved)
    raise MacroError(
        f"${name} would stand in the query without quotes: write ${{{name}:singlequote}}, or a whole number"
    )


def interpolate(
    text: str, time_range: TimeRange, variables: Variables, scoped: Mapping[str, str] | None = None
) -> str:
    """Text with `$name`, `${name}` and `${name:format}` replaced; what is unknown stays as it is.

    `scoped` are values of one row or one query (`__data.fields.call_id`, `__interval_s`), always single.
    """
    known = scoped or {}

    def replace(match: re.Match[str]) -> str:
        name = match["plain"] or match["name"]
        how = match["format"]
        if name in ("__from", "__to"):
            moment = time_range.start if name == "__from" else time_range.end
            return _format_moment(moment, how)
        if name in known:
            return _format((known[name],), how or "raw", multi=False)
        if name not in variables:
            return match.group()
        variable = variables[name]
        if how in _IN_ADDRESSES:
            return _format_address(name, variable, how)
        if variable.is_all and variable.all_value is not None:
            return variable.all_value
        return _format(variable.resolved, how, variable.multi)

    return _REFERENCE.sub(replace, text)


_IN_ADDRESSES = ("queryparam", "percentencode")
"""Formats without quotes and backslashes."""


def _format_address(name: str, variable: Variable, how: str) -> str:
    if how == "queryparam":
        return query_parameter(name, variable)
    return _JOINERS[how](variable.resolved)


def query_parameter(name: str, variable: Variable) -> str:
    """The variable as part of an address: `var-team=Nord&var-team=Syd`."""
    return "&".join(f"var-{name}={quote(value, safe='')}" for value in variable.values)


_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
_REFERENCE = re.compile(
    r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_][\w.]*)(?::(?P<format>[^{}]+))?\})"
)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _format_moment(moment: datetime, how: str | None) -> str:
    if how is None:
        return str(_milliseconds(moment))
    if how == "date:seconds":
        return str(int(moment.timestamp()))
    if how in ("date", "date:iso"):
        return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise MacroError(f"${{__from:{how}}} is not supported: use date, date:iso or date:seconds")


def _single_quoted(value: str) -> str:
    # Grafana leaves backslashes alone, which lets a value end its own quotes; ClickHouse reads \\ as one backslash
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _sql_string(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


_JOINERS: dict[str, Callable[[Sequence[str]], str]] = {
    "raw": ",".join,
    "csv": ",".join,
    "pipe": "|".join,
    "text": " + ".join,
    "json": lambda values: json.dumps(list(values), ensure_ascii=False),
    "singlequote": lambda values: ",".join(map(_single_quoted, values)),
    "sqlstring": lambda values: ",".join(map(_sql_string, values)),
    "percentencode": lambda values: quote(",".join(values), safe=""),
}


def _format(values: Sequence[str], how: str | None, multi: bool) -> str:
    if how is None:
        how = "singlequote" if multi else "raw"
    if how not in _JOINERS:
        raise MacroError(
            f"the variable format {how!r} is not supported: use one of {', '.join(_JOINERS)}, queryparam"
        )
    return _JOINERS[how](values)


def _conditional_all(arguments: list[str], variables: Variables) -> str:
    if len(arguments) != 2:
        raise MacroError(
            f"$__conditionalAll takes a condition and a variable, not {len(arguments)} arguments"
        )
    condition, reference = arguments
    name = reference.strip().removeprefix("$").strip("{}")
    if name not in variables:
        raise MacroError(f"$__conditionalAll names ${name}, which is not a variable of this dashboard")
    variable = variables[name]
    return "1=1" if variable.is_all or not any(variable.values) else condition


def _interval_seconds(time_range: TimeRange, interval: timedelta | None) -> int:
    if interval is not None:
        return max(1, int(interval.total_seconds()))
    return max(1, int(time_range.span.total_seconds() / LARGEST_BUCKETS))


def _expand_macros(sql: str, time_range: TimeRange, interval: int) -> str:
    start, end = int(time_range.start.timestamp()), int(time_range.end.timestamp())
    start_ms, end_ms = _milliseconds(time_range.start), _milliseconds(time_range.end)
    start_day = time_range.start.astimezone(UTC).date()
    end_day = time_range.end.astimezone(UTC).date()

    def seconds(column: str) -> str:
        return f"{column} >= toDateTime({start}) AND {column} <= toDateTime({end})"

    def days(column: str) -> str:
        return f"{column} >= toDate('{start_day}') AND {column} <= toDate('{end_day}')"

    macros: dict[str, Callable[[list[str]], str]] = {
        "timeFilter": lambda a: seconds(*a),
        "timeFilter_ms": lambda a: (
            f"{a[0]} >= fromUnixTimestamp64Milli({start_ms}) AND {a[0]} <= fromUnixTimestamp64Milli({end_ms})"
        ),
        "dateFilter": lambda a: days(*a),
        "dateTimeFilter": lambda a: f"({days(a[0])}) AND ({seconds(a[1])})",
        "dt": lambda a: f"({days(a[0])}) AND ({seconds(a[1])})",
        "timeFrom": lambda a: f"{a[0]} >= toDateTime({start})",
        "timeTo": lambda a: f"{a[0]} <= toDateTime({end})",
        "timeInterval": lambda a: f"toStartOfInterval(toDateTime({a[0]}), INTERVAL {interval} second)",
        "timeInterval_ms": lambda a: (
            f"toStartOfInterval(toDateTime64({a[0]}, 3), INTERVAL {interval * 1000} millisecond)"
        ),
    }
    arity = {"dateTimeFilter": 2, "dt": 2}
    for name, macro in macros.items():

        def call(arguments: list[str], name: str = name, macro: Callable[[list[str]], str] = macro) -> str:
            if len(arguments) != arity.get(name, 1) or not all(arguments):
                raise MacroError(f"$__{name} takes {arity.get(name, 1)} argument(s), not {len(arguments)}")
            return macro(arguments)

        sql = _replace_calls(sql, name, call)
    words = {
        "fromTime_ms": f"fromUnixTimestamp64Milli({start_ms})",
        "toTime_ms": f"fromUnixTimestamp64Milli({end_ms})",
        "fromTime": f"toDateTime({start})",
        "toTime": f"toDateTime({end})",
        "interval_s": str(interval),
    }
    for word, value in words.items():
        for match in reversed(list(re.finditer(rf"\$__{word}\b", _mask_literals(sql)))):
            sql = sql[: match.start()] + value + sql[match.end() :]
    return sql


def _replace_calls(sql: str, name: str, replace: Callable[[list[str]], str]) -> str:
    pattern = re.compile(rf"\$__{name}\(")
    position = 0
    while match := pattern.search(_mask_literals(sql), position):
        arguments, end = _arguments(sql, match.end(), name)
        replacement = replace(arguments)
        sql = sql[: match.start()] + replacement + sql[end:]
        position = match.start()
    return sql


def _arguments(sql: str, start: int, name: str) -> tuple[list[str], int]:
    """The arguments of a call whose parenthesis was opened before `start`, and where the call ends."""
    code = _mask_literals(sql)
    arguments, depth, begin = [], 1, start
    for position in range(start, len(code)):
        character = code[position]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        if depth == 0 or (depth == 1 and character == ","):
            arguments.append(sql[begin:position].strip())
            begin = position + 1
        if depth == 0:
            return arguments, position + 1
    raise MacroError(f"$__{name}( is never closed")


_STRING_OR_COMMENT = re.compile(r"'(?:[^'\\]|\\.|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


def _without_comments(sql: str) -> str:
    return _STRING_OR_COMMENT.sub(lambda match: match.group() if match.group().startswith("'") else " ", sql)


def _mask_literals(sql: str) -> str:
    """The query with a blank for each character of its literals and comments, so that positions stay the same."""
    return _STRING_OR_COMMENT.sub(lambda match: " " * len(match.group()), sql)
