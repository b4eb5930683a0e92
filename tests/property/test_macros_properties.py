"""No value of a variable becomes SQL, whatever it holds, in any query of any committed dashboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clickhouse.sql import tokens
from grafana.macros import ALL, TimeRange, Variable, expand

GRAFANA = Path(__file__).parents[2] / "grafana"
RANGE = TimeRange(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))
CASE = (
    "$__timeFilter(([/*\\",
    "*/ 1][1]))) UNION ALL SELECT 1 FROM sqlite($$/nowhere.db$$,$$ t$$) -- ",
)
"""Together they once ended their literals: a macro in a value was expanded, and its argument repeated."""


def _values(node: Any, key: str) -> Iterator[Any]:
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        for child in node.values():
            yield from _values(child, key)
    elif isinstance(node, list):
        for child in node:
            yield from _values(child, key)


def _boards() -> Iterator[dict[str, Any]]:
    for path in sorted(GRAFANA.rglob("json/*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _queries() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Every query that ClickHouse is asked, with the variables of its dashboard: all of them, and the numbers."""
    found = {}
    for board in _boards():
        names = frozenset(variable["name"] for variable in board.get("templating", {}).get("list", ()))
        for sql in _values(board, "rawSql"):
            found[sql] = names
    assert len(found) > 100
    return [(sql, names, names & NUMBERS) for sql, names in found.items()]


NUMBERS = frozenset(("fiscal_start", "enough_calls", "enough_seconds", "enough_minutes"))
"""Settings; they stand without quotes, where the page takes whole numbers only."""
QUERIES = _queries()

FRAGMENTS = (
    *(
        "'",
        '"',
        "\\",
        "`",
        "$",
        "$$",
        "/*",
        "*/",
        "--",
        "#",
        "\n",
        "\0",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        "\u2019",
    ),
    *(
        "$__timeFilter(",
        "$__fromTime",
        "$__conditionalAll(",
        "${team}",
        "{x:String}",
        "%27",
        " UNION ALL SELECT 1",
    ),
)
hostile = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
"""What ends a literal, begins a comment, or looks like a macro, in any order."""


def _shape(sql: str) -> list[str]:
    """The tokens, with every literal alike: what the engine reads as SQL."""
    return ["''" if token.kind == "string" else token.text for token in tokens(sql)]


def _expanded(sql: str, names: frozenset[str], numbers: frozenset[str], values: tuple[str, ...]) -> str:
    variables = {
        name: Variable(("1",)) if name in numbers else Variable(values, multi=name in ("team", "seller"))
        for name in names
    }
    return expand(sql, RANGE, variables)


def _check(sql: str, names: frozenset[str], numbers: frozenset[str], values: tuple[str, ...]) -> None:
    if not set(names) & {"team", "seller"}:
        values = values[:1]
    plain = _expanded(sql, names, numbers, tuple("x" * len(values)))
    assert _shape(_expanded(sql, names, numbers, values)) == _shape(plain)


@pytest.mark.parametrize(("sql", "names", "numbers"), QUERIES)
def test_values_that_once_ended_their_literals_stay_in_them(
    sql: str, names: frozenset[str], numbers: frozenset[str]
) -> None:
    for values in (CASE, CASE[::-1], ("\\",), ("'",), ("\\'",), ("$$",), (f"x{ALL}",)):
        _check(sql, names, numbers, values)


@given(st.data(), st.lists(hostile, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
@example(data=None, values=["\\"]).via("an odd number of backslashes")
def test_no_value_becomes_sql(data: st.DataObject | None, values: list[str]) -> None:
    drawn = QUERIES if data is None else [data.draw(st.sampled_from(QUERIES))]
    for sql, names, numbers in drawn:
        _check(sql, names, numbers, tuple(values))
