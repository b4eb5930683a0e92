"""Panels: the few kinds that the pages use, as grafana-foundation-sdk models.

Every panel has a title, a description with the definition and unit of its number, and a text for when there is no data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from grafana_foundation_sdk.models import (
    barchart,
    bargauge,
    common,
    dashboard,
    piechart,
    stat,
    statetimeline,
    table,
    text,
    timeseries,
    trend,
    xychart,
)

from grafana.dashboards.query import DATA_SOURCE, ClickHouseQuery, QueryType

SPAN = "span"
"""The variable that says how far the axis of a time series reaches back."""

GRAFANA = "13.2.2"
"""Whose panels these are. Without it Grafana takes bubble charts for old ones, and converts them to nothing."""

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
    """How a column of the query is shown.

    `outlined`: of bars, what the others are compared with. `every_number`: all columns of numbers, however called.
    """

    name: str
    title: str | None = None
    unit: str | None = None
    decimals: int | None = None
    colour: str | None = None
    cell: Cell = "text"
    width: int | None = None
    minimum: float = 0
    maximum: float | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    steps: Sequence[tuple[float | None, str]] = ()
    link: Link | None = None
    hidden: bool = False
    outlined: bool = False
    unknown: str | None = None
    every_number: bool = False

    def override(self) -> dashboard.DashboardFieldConfigSourceOverrides:
        properties: list[tuple[str, object]] = []
        if self.title is not None:
            properties.append(("displayName", self.title))
        if self.unit is not None:
            properties.append(("unit", self.unit))
        if self.decimals is not None:
            properties.append(("decimals", self.decimals))
        if self.maximum is not None:
            properties += [("min", self.minimum), ("max", self.maximum)]
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
        if self.unknown is not None:
            properties.append(("noValue", self.unknown))
        if self.outlined:
            properties += [("custom.fillOpacity", 0), ("custom.lineWidth", 2)]
        if self.hidden:
            # Grafana before 12 reads the first, later ones the second
            properties += [
                ("custom.hidden", True),
                ("custom.hideFrom", {"viz": True, "legend": True, "tooltip": True}),
            ]
        return dashboard.DashboardFieldConfigSourceOverrides(
            matcher=dashboard.MatcherConfig("byType", "number")
            if self.every_number
            else dashboard.MatcherConfig("byName", self.name),
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
    panel_id: int, at: At, words: Words, sql: str, row: str = "", size: int = 28
) -> dashboard.Panel:
    """One number. The query gives `value`, and `note`, which stands small beside it, in one row; or several rows, of
    which `row` names the one whose column `name` says so: panels with one query share its answer."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.VALUE,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME,
        wide_layout=False,
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/.*/"),
        text=common.VizTextDisplayOptions(title_size=14, value_size=size),
    )
    transformations = [*([_only("name", row)] if row else []), _NOTE_AS_NAME]
    return _panel(
        "stat", panel_id, at, words, sql, [], options, colour="text", transformations=transformations
    )


def hidden(*names: str) -> list[Column]:
    """Columns of a shared query that a panel does not draw."""
    return [Column(name, hidden=True) for name in names]


def headline_panel(
    panel_id: int, at: At, words: Words, sql: str, column: str = "value", size: int = 20
) -> dashboard.Panel:
    """A sentence with its numbers: a text column of the query, the same in each of its rows."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.VALUE,
        text_mode=common.BigValueTextMode.VALUE,
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields=f"/^{column}$/"),
        text=common.VizTextDisplayOptions(value_size=size),
    )
    return _panel("stat", panel_id, at, words, sql, [], options, colour="text")


def table_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column], header: bool = True
) -> dashboard.Panel:
    """Rows; every column of the query is named, or hidden."""
    options = table.Options(show_header=header, cell_height=common.TableCellHeight.SM)
    return _panel(
        "table", panel_id, at, words, sql, [replace(column, unknown="–") for column in columns], options
    )


def donut_panel(panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column]) -> dashboard.Panel:
    """Shares of a whole: one row, a column a slice. The page writes the sum into the middle."""
    options = piechart.Options(
        pie_type=piechart.PieChartType.DONUT,
        display_labels=[],  # Grafana would write them on the slices, which are too dark for its letters
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields=""),
        legend=piechart.PieChartLegendOptions(
            show_legend=True,
            display_mode=common.LegendDisplayMode.TABLE,
            placement=common.LegendPlacement.RIGHT,
            values=[piechart.PieChartLegendValues.PERCENT, piechart.PieChartLegendValues.VALUE],
        ),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
    )
    return _panel("piechart", panel_id, at, words, sql, columns, options)


def bars_panel(
    panel_id: int,
    at: At,
    words: Words,
    sql: str,
    x: str,
    columns: Sequence[Column],
    *,
    horizontal: bool = False,
    stacked: bool = False,
    legend: bool = True,
    coloured: bool = False,
) -> dashboard.Panel:
    """Bars by category: a column of text (`x`), and a column of numbers for each series; `coloured` by category. Of a
    shared query only the named columns are kept: Grafana leaves room for bars that are hidden."""
    options = barchart.Options(
        x_field=x,
        color_by_field=x if coloured else None,
        orientation=common.VizOrientation.HORIZONTAL if horizontal else common.VizOrientation.VERTICAL,
        stacking=common.StackingMode.NORMAL if stacked else common.StackingMode.NONE,
        show_value=common.VisibilityMode.AUTO if stacked else common.VisibilityMode.ALWAYS,
        bar_width=0.9,
        group_width=0.8,
        legend=_legend(legend),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
    )
    custom = barchart.FieldConfig(fill_opacity=100, line_width=0, axis_grid_show=False)
    kept = dashboard.DataTransformerConfig(
        id_val="filterFieldsByName", options={"include": {"names": [column.name for column in columns]}}
    )
    return _panel(
        "barchart", panel_id, at, words, sql, columns, options, custom=custom, transformations=[kept]
    )


def ranking_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column], rows: int
) -> dashboard.Panel:
    """A few large bars, for the wall: a column of text, and one of numbers."""
    options = bargauge.Options(
        display_mode=common.BarGaugeDisplayMode.BASIC,
        orientation=common.VizOrientation.HORIZONTAL,
        value_mode=common.BarGaugeValueMode.TEXT,
        name_placement=common.BarGaugeNamePlacement.TOP,
        show_unfilled=False,
        reduce_options=common.ReduceDataOptions(values=True, limit=rows, calcs=["lastNotNull"], fields=""),
        text=common.VizTextDisplayOptions(title_size=16, value_size=22),
        legend=_legend(shown=False),
    )
    return _panel("bargauge", panel_id, at, words, sql, columns, options, bounds=(0, None))


def time_series_panel(
    panel_id: int,
    at: At,
    words: Words,
    sql: str,
    columns: Sequence[Column],
    *,
    share: bool = False,
    by_name: bool = False,
    legend: bool = True,
    bounds: tuple[float, float] | None = None,
) -> dashboard.Panel:
    """Lines over the time range. The query's first column is `time`, sorted, each other one a line.

    `share` stacks them to 100 %. With `by_name` the query gives time, `name` and a number, and each name becomes a
    line; every name must be there at every time.
    """
    options = timeseries.Options(
        legend=_legend(legend), tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI)
    )
    if by_name:
        columns = [Column("", "${__field.labels.name}", every_number=True)]
    panel = _panel(
        "timeseries",
        panel_id,
        at,
        words,
        sql,
        columns,
        options,
        custom=timeseries.FieldConfig(**_line(share)),
        bounds=bounds or (0, None),
        query_type="timeseries",
    )
    panel.time_from = f"${{{SPAN}}}"
    panel.hide_time_override = True
    return panel


def trend_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column], *, date_format: str
) -> dashboard.Panel:
    """Lines over days of their own, whatever the time range is. The query's first column `x` is milliseconds."""
    options = trend.Options(
        x_field="x",
        legend=_legend(shown=True),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
    )
    return _panel(
        "trend",
        panel_id,
        at,
        words,
        sql,
        [Column("x", unit=f"time:{date_format}"), *columns],
        options,
        custom=trend.FieldConfig(**_line(share=False)),
        bounds=(0, None),
    )


def _line(share: bool) -> dict[str, Any]:
    return {
        "draw_style": common.GraphDrawStyle.LINE,
        "line_interpolation": common.LineInterpolation.LINEAR,
        "line_width": 1 if share else 2,
        "fill_opacity": 80 if share else 0,
        "show_points": common.VisibilityMode.AUTO,
        "span_nulls": True,
        "stacking": common.StackingConfig(
            mode=common.StackingMode.PERCENT if share else common.StackingMode.NONE, group="A"
        ),
    }


def bubbles_panel(
    panel_id: int,
    at: At,
    words: Words,
    sql: str,
    columns: Sequence[Column],
    *,
    axes: bool,
    size: str,
    diameters: tuple[int, int],
) -> dashboard.Panel:
    """Bubbles: columns `x`, `y`, `shade`, the one that `size` names, and `name`, which the page writes beside each."""

    def by_name(name: str) -> xychart.MatcherConfig:
        return xychart.MatcherConfig("byName", name)

    options = xychart.Options(
        mapping=xychart.SeriesMapping.MANUAL,
        series=[
            xychart.XYSeriesConfig(
                x=xychart.XychartXYSeriesConfigX(by_name("x")),
                y=xychart.XychartXYSeriesConfigY(by_name("y")),
                size=xychart.XychartXYSeriesConfigSize(by_name(size)),
                color=xychart.XychartXYSeriesConfigColor(by_name("shade")),
            )
        ],
        legend=_legend(shown=False),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
    )
    custom = xychart.FieldConfig(
        show=xychart.XYShowMode.POINTS,
        point_size=xychart.XychartFieldConfigPointSize(min_val=diameters[0], max_val=diameters[1]),
        fill_opacity=85,
        axis_placement=None if axes else common.AxisPlacement.HIDDEN,
        axis_grid_show=axes,
    )
    return _panel("xychart", panel_id, at, words, sql, columns, options, custom=custom)


def timeline_panel(
    panel_id: int, at: At, words: Words, sql: str, columns: Sequence[Column]
) -> dashboard.Panel:
    """States over time: a first column `time`, sorted, and a column of states for each row."""
    options = statetimeline.Options(
        show_value=common.VisibilityMode.NEVER,
        row_height=0.8,
        merge_values=True,
        legend=_legend(shown=False),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
    )
    custom = statetimeline.FieldConfig(fill_opacity=100, line_width=0)
    return _panel("state-timeline", panel_id, at, words, sql, columns, options, custom=custom)


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


def alert_panel(panel_id: int, at: At, title: str, description: str) -> dashboard.Panel:
    """The alerts that fire or are pending, by the rules of the folder."""
    return dashboard.Panel(
        type_val="alertlist",
        id_val=panel_id,
        title=title,
        description=description,
        grid_pos=_grid(at),
        options={
            "viewMode": "list",
            "groupMode": "default",
            "maxItems": 20,
            "sortOrder": 1,
            "dashboardAlerts": False,
            "alertName": "",
            "alertInstanceLabelFilter": "",
            "stateFilter": {"firing": True, "pending": True, "noData": True, "normal": False, "error": True},
        },
    )


def section(panel_id: int, y: int, title: str) -> dashboard.RowPanel:
    """The heading of a section: a question."""
    return dashboard.RowPanel(id_val=panel_id, title=title, grid_pos=_grid(At(0, y, 24, 1)), panels=[])


_NOTE_AS_NAME = dashboard.DataTransformerConfig(
    id_val="rowsToFields",
    options={
        "mappings": [
            {"fieldName": "note", "handlerKey": "field.name"},
            {"fieldName": "value", "handlerKey": "field.value"},
            {"fieldName": "name", "handlerKey": "__ignore"},
        ]
    },
)


def _only(column: str, value: str) -> dashboard.DataTransformerConfig:
    return dashboard.DataTransformerConfig(
        id_val="filterByValue",
        options={
            "type": "include",
            "match": "all",
            "filters": [{"fieldName": column, "config": {"id": "equal", "options": {"value": value}}}],
        },
    )


def _legend(shown: bool) -> common.VizLegendOptions:
    return common.VizLegendOptions(
        show_legend=shown,
        display_mode=common.LegendDisplayMode.LIST,
        placement=common.LegendPlacement.BOTTOM,
        calcs=[],
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
    colour: str | None = None,
    bounds: tuple[float | None, float | None] = (None, None),
    query_type: QueryType = "table",
    transformations: Sequence[dashboard.DataTransformerConfig] = (),
) -> dashboard.Panel:
    fixed = (
        dashboard.FieldColor(mode=dashboard.FieldColorModeId.FIXED, fixed_color=colour) if colour else None
    )
    return dashboard.Panel(
        type_val=kind,
        plugin_version=GRAFANA,
        id_val=panel_id,
        title=words.title,
        description=words.description,
        grid_pos=_grid(at),
        datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
        targets=[ClickHouseQuery(sql, query_type)],
        transformations=list(transformations) or None,
        options=options,
        field_config=dashboard.FieldConfigSource(
            defaults=dashboard.FieldConfig(
                no_value=words.empty, custom=custom, color=fixed, min_val=bounds[0], max_val=bounds[1]
            ),
            overrides=[column.override() for column in columns],
        ),
    )
