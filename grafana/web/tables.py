"""Tables on the screen: rows, columns that sort, links, and buttons that make a tracker of a row's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # Any: JSON

from nicegui import ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from grafana.panels.columns import Column
from grafana.panels.panels import Table
from grafana.web import cells, words
from grafana.web.frames import Frame
from grafana.web.views import PanelView
from schemas.events import TrackerKind


class Rows(Element, component="rows.js"):
    """The table itself: `columns` as Quasar's QTable takes them, `rows` as `cells.table_rows` makes them."""

    def __init__(self, header: bool) -> None:
        super().__init__()
        self._props |= {"header": header, "columns": [], "rows": []}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is shown."""
        shown: list[dict[str, Any]] = self._props["rows"]
        return shown

    def show(self, columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
        """Shows other rows, if they are others."""
        if (columns, rows) != (self._props["columns"], self.rows):
            self._props |= {"columns": columns, "rows": rows}


class TableView(PanelView[Table]):
    """Rows and columns; a head sorts by its column."""

    tracking = False
    starring = False

    def build(self) -> None:
        self.table = Rows(self.panel.header).classes("rows" if self.panel.header else "rows rows-headless")
        self.more = ui.label().classes("rows-more hidden")

    def draw(self, frame: Frame) -> None:
        columns = [
            self._column(f"c{position}", column.kind == "number", settings)
            for position, (column, settings) in enumerate(cells.visible_columns(self.panel, frame))
        ]
        if self.tracking:
            kinds = [self.of(words.KEYWORD), self.of(words.COMPETITOR)]
            columns.append({"name": "track", "label": self.of(words.TRACK), "align": "left", "kinds": kinds})
        rows = cells.table_rows(self.panel, frame, self.locale, self.follow)
        if self.starring:
            said = self.of(words.STAR)
            columns.insert(
                0, {"name": "star", "label": "★", "align": "left", "said": said, "headerStyle": "width: 44px"}
            )
            for index, row in enumerate(rows):
                row |= {name: frame.row(index)[name] for name in ("seller_id", "starred")}
        if self.panel.query.may_hold_more(frame.rows):
            self.more.set_text(self.of(words.MAY_BE_MORE).format(count=frame.rows))
            self.more.classes(remove="hidden")
        else:
            self.more.classes("hidden")
        self.table.show(columns, rows)

    def _column(self, name: str, number: bool, settings: Column) -> dict[str, Any]:
        numeric = number and settings.cell != "bar" and not settings.values
        described: dict[str, Any] = {
            "name": name,
            "field": name,
            "label": cells.title(settings, self.locale.language),
            "align": "right" if numeric else "left",
            "sortable": True,
            "cell": settings.cell,
        }
        if settings.width:
            described["style"] = described["headerStyle"] = f"width: {settings.width}px"
        return described

    def offer_tracking(self, track: Callable[[str, TrackerKind], None]) -> None:
        """Adds two buttons to each row that make a tracker of the row's name."""
        self.tracking = True
        self.table.on("track", lambda event: track(str(event.args["name"]), event.args["kind"]))

    def offer_stars(self, star: Callable[[str, bool], None]) -> None:
        """Adds a star to each row. Only of those who are shown: what a viewer may not see, he may not star."""

        def change(event: GenericEventArguments) -> None:
            seller_id = event.args.get("seller_id")
            if any(row["seller_id"] == seller_id for row in self.table.rows):
                star(str(seller_id), bool(event.args.get("starred")))

        self.starring = True
        self.table.on("star", change)
