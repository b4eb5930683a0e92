"""Panels: the few kinds that the pages use, as grafana-foundation-sdk models.

Every panel has a title, a description with the definition and unit of its number, and a text for when there is no data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from grafana_foundation_sdk.models import (
    common,
    dashboard,
    stat,
    table,
    text,
)

from grafana.dashboards.query import DATA_SOURCE, ClickHouseQuery, QueryType

Cell = Literal["text", "badge", "coloured", "bar", "chips", "wrapped"]


class At(NamedTuple):
    """Place in the grid of 24 columns; a row is 30 pixels high."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for a raw value: its words and its colour."""

    text: str
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click on a value leads."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of the query is shown."""

    name: str
    title: str | None = None
    unit: str | None = None
    decimals: int | None = None
    colour: str | None = None
    cell: Cell = "text"
    width: int | None = None
    maximum: float | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    steps: Sequence[tuple[float | None, str]] = ()
    link: Link | None = None
    hidden: bool = False

    def override(self) -> dashboard.DashboardFieldConfigSourceOverrides:
        properties: list[tuple[str, object]] = []
        if self.title is not None:
            properties.append(("displayName", self.title))
        if self.unit is not None:
            properties.append(("unit", self.unit))
        if self.decimals is not None:
            properties.append(("decimals", self.decimals))
        if self.maximum is not None:
            properties += [("min", 0), ("max", self.maximum)]
        if self.colour is not None:
            properties.append(("color", {"mode": "fixed", "fixedColor": self.colour}))
        if self.values:
            properties.append(("mappings", [_value_map(self.values)]))
        if self.steps:
            steps = [{"value": value, "color": colour} for value, colour in self.steps]
            properties += [
                ("thresholds", {"mode": "absolute", "steps": steps}),
                ("color", {"mode": "thresholds"}),
            ]
        if self.cell != "text":
            properties.append(("custom.cellOptions", _CELLS[self.cell]))
        if self.width is not None:
            properties.append(("custom.width", self.width))
        if self.link is not None:
            properties.append(("links", [{"title": self.link.title, "url": self.link.url}]))
        if self.hidden:
            # Grafana before 12 reads the first, later ones the second
            properties += [
                ("custom.hidden", True),
                ("custom.hideFrom", {"viz": True, "legend": True, "tooltip": True}),
            ]
        return dashboard.DashboardFieldConfigSourceOverrides(
            matcher=dashboard.MatcherConfig("byName", self.name),
            properties=[dashboard.DynamicConfigValue(name, value) for name, value in properties],
        )


_CELLS: dict[str, dict[str, object]] = {
    "badge": {"type": "color-background", "mode": "basic"},
    "coloured": {"type": "color-text"},
    "bar": {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"},
    "chips": {"type": "pill"},
    "wrapped": {"type": "auto", "wrapText": True},
}


def _value_map(values: Mapping[str, Value]) -> dict[str, object]:
    options = {
        raw: {"text": value.text, "index": index} | ({"color": value.colour} if value.colour else {})
        for index, (raw, value) in enumerate(values.items())
    }
    return {"type": "value", "options": options}


@dataclass(frozen=True, slots=True)
class Words:
    """What every panel says about itself."""

    title: str
    description: str
    empty: str


def stat_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column] = (), size: int = 36
) -> dashboard.Panel:
    """One number. The query gives one row: `value`, and `note`, which stands small beside it."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.VALUE,
        justify_mode=common.BigValueJustifyMode.AUTO,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME,
        reduce_options=common.ReduceDataOptions(
            values=True, limit=1, calcs=["lastNotNull"], fields="/^value$/"
        ),
        text=common.VizTextDisplayOptions(title_size=14, value_size=size),
    )
    value = Column("value", title='${__data.fields["note"]}', colour="text")
    return _panel("stat", panel_id, at, words, sql, [value, *columns], options)


def table_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column], links: Sequence[Link] = ()
) -> dashboard.Panel:
    """Rows; every column of the query is named, or hidden."""
    options = table.Options(show_header=True, cell_height=common.TableCellHeight.SM)
    return _panel("table", panel_id, at, words, sql, columns, options, links=links)


def text_panel(panel_id: int, at: At, title: str, markdown: str) -> dashboard.Panel:
    """Fixed words."""
    return dashboard.Panel(
        type_val="text",
        id_val=panel_id,
        title=title,
        grid_pos=_grid(at),
        transparent=True,
        options=text.Options(mode=text.TextMode.MARKDOWN, content=markdown),
    )


def _grid(at: At) -> dashboard.GridPos:
    return dashboard.GridPos(h=at.h, w=at.w, x=at.x, y=at.y)


def _panel(
    kind: str,
    panel_id: int,
    at: At,
    words: Words,
    sql: str,
    columns: Sequence[Column],
    options: object,
    *,
    custom: object | None = None,
    query_type: QueryType = "table",
    links: Sequence[Link] = (),
) -> dashboard.Panel:
    return dashboard.Panel(
        type_val=kind,
        id_val=panel_id,
        title=words.title,
        description=words.description,
        grid_pos=_grid(at),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        targets=[ClickHouseQuery(sql, query_type)],
        links=[_panel_link(link) for link in links],
        options=options,
        field_config=dashboard.FieldConfigSource(
            defaults=dashboard.FieldConfig(no_value=words.empty, custom=custom),
            overrides=[column.override() for column in columns],
        ),
    )


def _panel_link(link: Link) -> dashboard.DashboardLink:
    return dashboard.DashboardLink(title=link.title, url=link.url, type_val=dashboard.DashboardLinkType.LINK)
