"""What a panel takes of an answer that it may share with others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grafana.pages.catalogue import PAGES
from grafana.web.frames import Column, Frame, kept, taken, where, wide

KPIS = Frame((Column("name", "text", ["deals-won", "win-rate"]), Column("value", "text", ["18", "10"])))
DAYS = [datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)]
LONG = Frame(
    (
        Column("time", "time", [DAYS[0], DAYS[0], DAYS[1]]),
        Column("name", "text", ["price", "api", "price"]),
        Column("n", "number", [4, 0, 7]),
    )
)


def test_rows_are_kept_by_a_value() -> None:
    found = where(KPIS, "name", "win-rate")
    assert found.row(0) == {"name": "win-rate", "value": "10"}
    assert found.rows == 1
    with pytest.raises(KeyError, match="colour"):
        where(KPIS, "colour", "blue")


def test_long_rows_become_a_column_for_each_name() -> None:
    assert [(column.name, column.values) for column in wide(LONG, "n").columns] == [
        ("time", DAYS),
        ("price", [4, 7]),
        ("api", [0, None]),
    ]


def test_only_named_columns_are_kept() -> None:
    assert [column.name for column in kept(LONG, {"name", "n"}).columns] == ["name", "n"]


def test_a_panel_takes_its_part() -> None:
    assert taken(PAGES["home"].panel("win-rate"), KPIS).row(0)["value"] == "10"
    assert [
        column.name for column in taken(PAGES["keywords"].panel("keywords-mentions-trend"), LONG).columns
    ] == [
        "time",
        "price",
        "api",
    ]
    calls = Frame((LONG.columns[0], Column("calls", "number", [1, 2, 3])))
    assert taken(PAGES["system"].panel("volume"), calls) is calls
    shared = Frame(
        (Column("group_title", "text", ["a"]), Column("talks", "number", [1]), Column("mood", "text", ["b"]))
    )
    assert [column.name for column in taken(PAGES["home"].panel("talk-bars"), shared).columns] == [
        "group_title",
        "talks",
    ]


def test_an_empty_answer_stays_empty() -> None:
    for page, panel in (("home", "win-rate"), ("keywords", "keywords-mentions-trend"), ("home", "talk-bars")):
        assert taken(PAGES[page].panel(panel), Frame(())).rows == 0
