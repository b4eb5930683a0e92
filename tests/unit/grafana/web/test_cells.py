"""Cells of a table: words, colours, bars, links; and nothing that a customer says becomes more than text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from grafana.web.board import Panel
from grafana.web.cells import Locale, safe_address, scope, table_rows, visible_columns
from grafana.web.queries import Column, Frame

EN = Locale("en", ZoneInfo("Europe/Copenhagen"))


def override(name: str, **properties: Any) -> dict[str, Any]:
    return {
        "matcher": {"id": "byName", "options": name},
        "properties": [{"id": key.replace("__", "."), "value": value} for key, value in properties.items()],
    }


def table(*overrides: dict[str, Any]) -> Panel:
    return Panel({"id": 1, "type": "table", "fieldConfig": {"defaults": {}, "overrides": list(overrides)}})


def resolve(text: str, scoped: Any) -> str:
    return text.replace("$id", scoped["__data.fields.id"])


def test_a_row_is_written_coloured_and_linked() -> None:
    labels = {"negative": {"text": "negative!", "color": "#bf3f27"}}
    panel = table(
        override("title", links=[{"title": "Open", "url": "/d/call?id=$id"}]),
        override("label", mappings=[{"type": "value", "options": labels}]),
        override("share", unit="percentunit", custom__cellOptions={"type": "gauge"}, max=1, decimals=0),
        override("words", custom__cellOptions={"type": "pill"}),
        override("id", custom__hidden=True),
    )
    frame = Frame(
        (
            Column("title", "text", ["Renewal"]),
            Column("label", "text", ["negative"]),
            Column("share", "number", [0.25]),
            Column("words", "text", ["price, delivery"]),
            Column("when", "time", [datetime(2026, 11, 24, 9, tzinfo=UTC)]),
            Column("nothing", "number", [None]),
            Column("id", "text", ["c/1"]),
        )
    )
    [row] = table_rows(panel, frame, EN, resolve)
    assert row["c0"] == {"text": "Renewal", "sort": "Renewal", "href": "/d/call?id=c/1"}
    assert row["c1"] == {"text": "negative!", "sort": "negative", "colour": "#bf3f27"}
    assert (row["c2"]["text"], row["c2"]["bar"]) == ("25\u00a0%", 25.0)
    assert row["c3"]["chips"] == ["price", "delivery"]
    assert row["c4"]["text"] == "24 Nov 2026 10:00"
    assert row["c5"]["text"] == "–"
    assert "c6" not in row
    assert [column.name for column, _ in visible_columns(panel, frame)][-1] == "nothing"


def test_marked_words_are_told_apart_from_what_is_around_them() -> None:
    panel = table(override("said", custom__cellOptions={"type": "auto", "wrapText": True}))
    [row] = table_rows(
        panel, Frame((Column("said", "text", ["The ‹price› is <b>too</b> high"]),)), EN, resolve
    )
    assert row["c0"]["parts"] == ["The ", "price", " is <b>too</b> high"]


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    panel = table(override("n", custom__cellOptions={"type": "gauge"}, unit="none"))
    rows = table_rows(panel, Frame((Column("n", "number", [10, 5, 0, None]),)), EN, resolve)
    assert [row["c0"].get("bar") for row in rows] == [100.0, 50.0, 0.0, None]


def test_a_threshold_colours_from_its_value_on() -> None:
    steps = [{"value": None, "color": "#bf3f27"}, {"value": 65, "color": "#2f5d9b"}]
    panel = table(
        override("health", color={"mode": "thresholds"}, thresholds={"mode": "absolute", "steps": steps})
    )
    rows = table_rows(panel, Frame((Column("health", "number", [64.9, 65]),)), EN, resolve)
    assert [row["c0"]["colour"] for row in rows] == ["#bf3f27", "#2f5d9b"]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/d/salgspuls-call?x=1", "/d/salgspuls-call?x=1"),
        ("https://example.org", "https://example.org"),
        ("javascript:alert(1)", ""),
        ("//example.org/d/", ""),
        ("data:text/html,x", ""),
    ],
)
def test_only_addresses_that_a_click_may_open_are_links(address: str, safe: str) -> None:
    assert safe_address(address) == safe


def test_a_row_offers_its_values_to_links() -> None:
    frame = Frame((Column("call_id", "text", ["a", "b"]), Column("n", "number", [1, None])))
    assert scope(frame, 1, "b") == {
        "__data.fields.call_id": "b",
        "__data.fields.n": "",
        "__value.raw": "b",
        "__value.text": "b",
    }
