"""The SQL that Grafana would send: its ClickHouse plugin's macros and the dashboard's variables, expanded.

Pure. The built-in page and the tests run the committed dashboards' queries through it. What Grafana does in the browser
comes first ($__conditionalAll, then variables), then what the plugin's backend does (the other macros).
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

    Raises MacroError when a macro or a variable is unknown: Grafana would send it as it stands, and ClickHouse would
    answer with a less helpful message.
    """
    seconds = _interval_seconds(time_range, interval)
    conditional = _replace_calls(
        sql, "conditionalAll", lambda arguments: _conditional_all(arguments, variables)
    )
    interpolated = interpolate(conditional, time_range, variables)
    expanded = _expand_macros(_without_comments(interpolated), time_range, seconds)
    left = re.search(r"\$(__)?[A-Za-z{]\w*", _without_strings(expanded))
    if left:
        raise MacroError(
            f"the query uses {left.group()}, which is neither a macro nor a variable of this dashboard"
        )
    return expanded


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
        if variable.is_all and variable.all_value is not None and how not in ("queryparam", "percentencode"):
            return variable.all_value
        if how == "queryparam":
            return query_parameter(name, variable)
        return _format(variable.resolved, how, variable.multi)

    return _REFERENCE.sub(replace, text)


def query_parameter(name: str, variable: Variable) -> str:
    """The variable as part of an address: `var-team=Nord&var-team=Syd`."""
    return "&".join(f"var-{name}={quote(value, safe='')}" for value in variable.values)


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
        sql = re.sub(rf"\$__{word}\b", value, sql)
    return sql


def _replace_calls(sql: str, name: str, replace: Callable[[list[str]], str]) -> str:
    pattern = re.compile(rf"\$__{name}\(")
    while match := pattern.search(sql):
        end = _closing_parenthesis(sql, match.end(), name)
        arguments = _arguments(sql[match.end() : end])
        sql = sql[: match.start()] + replace(arguments) + sql[end + 1 :]
    return sql


def _closing_parenthesis(sql: str, start: int, name: str) -> int:
    depth, quoted = 1, False
    for position in range(start, len(sql)):
        character = sql[position]
        if character == "'" and sql[position - 1] != "\\":
            quoted = not quoted
        elif not quoted and character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return position
    raise MacroError(f"$__{name}( is never closed")


def _arguments(inside: str) -> list[str]:
    arguments, depth, quoted, begin = [], 0, False, 0
    for position, character in enumerate(inside):
        if character == "'" and inside[position - 1 : position] != "\\":
            quoted = not quoted
        elif not quoted and character in "([":
            depth += 1
        elif not quoted and character in ")]":
            depth -= 1
        elif not quoted and depth == 0 and character == ",":
            arguments.append(inside[begin:position].strip())
            begin = position + 1
    arguments.append(inside[begin:].strip())
    return arguments


_STRING_OR_COMMENT = re.compile(r"'(?:[^'\\]|\\.|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


def _without_comments(sql: str) -> str:
    return _STRING_OR_COMMENT.sub(lambda match: match.group() if match.group().startswith("'") else " ", sql)


def _without_strings(sql: str) -> str:
    return _STRING_OR_COMMENT.sub("''", sql)
