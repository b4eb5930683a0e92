"""Cells of a table: words, colours, bars, links; and nothing that a customer says becomes more than text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from grafana.i18n import Text, same
from grafana.pages.catalogue import PAGES
from grafana.panels import columns as shown
from grafana.panels.columns import Link, Unit, Value
from grafana.panels.panels import Table
from grafana.web.cells import Locale, show, table_rows, visible_columns
from grafana.web.frames import Column, Frame

EN = Locale("en", ZoneInfo("Europe/Copenhagen"))
DA = Locale("da", ZoneInfo("Europe/Copenhagen"))


def table(*columns: shown.Column) -> Table:
    some = PAGES["team"].panel("sellers")
    return Table(
        name="some",
        title=some.title,
        definition=some.definition,
        empty=some.empty,
        query=some.query,
        columns=columns,
    )


def follow(link: Link, row: Mapping[str, object]) -> str:
    return f"/d/{link.page}?id={row['id']}"


def test_a_row_is_written_coloured_and_linked() -> None:
    panel = table(
        shown.Column("title", link=Link(same("Open"), "call")),
        shown.Column("label", values={"negative": Value(same("negative!"), "#bf3f27")}),
        shown.Column("share", unit=Unit.SHARE, cell="bar", maximum=1, decimals=0),
        shown.Column("words", cell="chips"),
        shown.Column("id", hidden=True),
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
    [row] = table_rows(panel, frame, EN, follow)
    assert row["c0"] == {"text": "Renewal", "sort": "Renewal", "href": "/d/call?id=c/1"}
    assert row["c1"] == {"text": "negative!", "sort": "negative", "colour": "#bf3f27"}
    assert (row["c2"]["text"], row["c2"]["bar"]) == ("25\u00a0%", 25.0)
    assert row["c3"]["chips"] == ["price", "delivery"]
    assert row["c4"]["text"] == "24 Nov 2026 10:00"
    assert row["c5"]["text"] == "–"
    assert "c6" not in row
    assert [column.name for column, _ in visible_columns(panel, frame)][-1] == "nothing"


def test_nothing_leads_nowhere() -> None:
    panel = table(shown.Column("title", link=Link(same("Open"), "call")))
    frame = Frame((Column("title", "text", [None, ""]), Column("id", "text", ["a", "b"])))
    first, second = table_rows(panel, frame, EN, follow)
    assert "href" not in first["c0"]
    assert second["c0"]["href"] == "/d/call?id=b"


def test_marked_words_are_told_apart_from_what_is_around_them() -> None:
    panel = table(shown.Column("said", cell="wrapped"))
    frame = Frame((Column("said", "text", ["The ‹price› is <b>too</b> high"]),))
    [row] = table_rows(panel, frame, EN, follow)
    assert row["c0"]["parts"] == ["The ", "price", " is <b>too</b> high"]


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    panel = table(shown.Column("n", cell="bar", unit=Unit.NUMBER))
    rows = table_rows(panel, Frame((Column("n", "number", [10, 5, 0, None]),)), EN, follow)
    assert [row["c0"].get("bar") for row in rows] == [100.0, 50.0, 0.0, None]


def test_a_step_colours_from_its_limit_on() -> None:
    panel = table(shown.Column("health", steps=((None, "#bf3f27"), (65, "#2f5d9b"))))
    rows = table_rows(panel, Frame((Column("health", "number", [64.9, 65]),)), EN, follow)
    assert [row["c0"]["colour"] for row in rows] == ["#bf3f27", "#2f5d9b"]


def test_what_stands_for_a_value_is_in_the_viewers_language_whatever_type_it_is() -> None:
    flags = shown.Column("flag", values={"1": Value(Text("yes", "ja")), "": Value(Text("unknown", "ukendt"))})
    assert [show(1, flags, locale) for locale in (EN, DA)] == ["yes", "ja"]
    assert [show(None, flags, locale) for locale in (EN, DA)] == ["unknown", "ukendt"]


def test_a_column_that_is_optional_is_left_out_where_nothing_is_in_it() -> None:
    panel = table(shown.Column("title"), shown.Column("play", optional=True))

    def drawn(values: list[str | None]) -> list[dict[str, Any]]:
        title = Column("title", "text", ["Renewal" for _ in values])
        return table_rows(panel, Frame((title, Column("play", "text", values))), EN, follow)

    assert [sorted(row) for row in drawn([None, None])] == [["c0", "id"], ["c0", "id"]]
    assert [row["c1"]["text"] for row in drawn([None, "play"])] == ["–", "play"]
