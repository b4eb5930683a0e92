"""A view that reads views, as one statement over tables.

ClickHouse analyses a view twice, for its columns and for its plan, and each view that it reads twice again: five levels
take 32 analyses of the innermost. So what a view reads is put in its place when it is created, and the files stay as
they are read best.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from clickhouse.quoting import string
from clickhouse.sql import Token, tokens

_PARAMETER = re.compile(r"\{(\w+):([^{}]+)\}")
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


class InliningError(ValueError):
    """A view is not given the parameters that it takes; the text names both."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a text reads a view: which, with what text for each parameter, and whether it gives it a name."""

    view: str
    start: int
    end: int
    given: Mapping[str, str]
    is_named: bool


def inlined(text: str, bodies: Mapping[str, str], database: str) -> str:
    """The text with the views that it reads in their places; `bodies` has their SELECTs, themselves inlined.

    Raises InliningError.
    """
    for reading in reversed(_readings(text, bodies, database)):
        name = "" if reading.is_named else f" AS {reading.view}"
        body = _filled(reading, bodies[reading.view])
        text = f"{text[: reading.start]}(\n{body}\n){name}{text[reading.end :]}"
    return text


def _filled(reading: _Reading, body: str) -> str:
    """The view's SELECT with what it is given in the place of its parameters."""
    wanted = dict(_PARAMETER.findall(body))
    if wanted.keys() != reading.given.keys():
        given, taken = (", ".join(names) or "nothing" for names in (reading.given, wanted))
        raise InliningError(f"{reading.view} is given {given}, and takes {taken}")

    def value(parameter: re.Match[str]) -> str:
        given, kind = reading.given[parameter[1]], parameter[2]
        own = _PARAMETER.fullmatch(given)
        return given if own and own[2] == kind else f"CAST({given}, {string(kind)})"

    return _PARAMETER.sub(value, body)


def _readings(text: str, views: Collection[str], database: str) -> list[_Reading]:
    """Where the text reads one of these views, in order."""
    found = list(tokens(text))
    readings = []
    for place, (first, dot, name) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if (first.text, dot.text) == (database, ".") and name.text in views:
            last, given = _given(text, found, place + 2)
            is_named = last + 1 < len(found) and found[last + 1].is_word("AS")
            readings.append(_Reading(name.text, first.start, found[last].end, given, is_named))
    return readings


def _given(text: str, found: Sequence[Token], place: int) -> tuple[int, dict[str, str]]:
    """What stands in brackets after the token at `place`, by name, and the place of the last bracket."""
    given: dict[str, str] = {}
    if place + 1 == len(found) or found[place + 1].text != "(":
        return place, given
    depth, begins = 0, place + 2
    for last in range(place + 1, len(found)):
        depth += (found[last].text in _OPENING) - (found[last].text in _CLOSING)
        if depth == 0 or (depth == 1 and found[last].text == ","):
            name, is_equal, value = found[begins : begins + 3]
            if is_equal.text != "=" or begins + 2 >= last:
                raise InliningError(f"{found[place].text}: a parameter is given as name = value")
            given[name.text] = text[value.start : found[last - 1].end]
            begins = last + 1
        if depth == 0:
            return last, given
    raise InliningError(f"{found[place].text}: a bracket is not closed")
