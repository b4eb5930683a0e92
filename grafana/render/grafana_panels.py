"""The panels as Grafana's, by grafana-foundation-sdk. What Grafana draws in another way than the built-in page is
decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any  # Any: JSON

from grafana_foundation_sdk.models import (
    barchart,
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

from grafana import theme
from grafana.i18n import Language, Text
from grafana.pages.common import texts
from grafana.panels.columns import Column, Value
from grafana.panels.pages import At, Placed
from grafana.panels.panels import (
    Alerts,
    Bars,
    Bubbles,
    Charted,
    Donut,
    Headline,
    Item,
    Panel,
    PeriodTrend,
    Ranking,
    Section,
    Stat,
    Table,
    Timeline,
    Trend,
    Words,
)
from grafana.render import grafana_options as parts
from grafana.render.clickhouse_query import DATA_SOURCE, ClickHouseQuery, QueryType
from grafana.render.gaps import with_gaps
from grafana.render.grafana_columns import NAMELESS, address, override_of, panel_id
from grafana.render.grafana_wall import shares_of, told
from grafana.sql import Writer, quoted

SPAN = "span"
"""The variable that says how far the axis of a time series reaches back."""

GRAFANA = "13.2.2"
"""Whose panels these are. Without it Grafana takes bubble charts for old ones, and converts them to nothing."""

Rendered = dashboard.Panel | dashboard.RowPanel


def panel(placed: Placed, language: Language, wall: bool) -> Rendered:
    """An item of a page; on a `wall` with larger letters."""
    return _Renderer(language, wall).item(placed.item, placed.at)


class _Renderer:
    def __init__(self, language: Language, wall: bool) -> None:
        self.language = language
        self.writer = Writer(language)
        self.wall = wall

    def item(self, item: Item, at: At) -> Rendered:
        match item:
            case Stat():
                return self._stat(item, at)
            case Headline():
                return self._headline(item, at)
            case Table() if self.wall:
                return self._table_from_afar(item, at)
            case Table():
                return self._table(item, at)
            case Donut() if self.wall:
                return self._shares_from_afar(item, at)
            case Donut():
                return self._donut(item, at)
            case Bars() if item.scrolls or item.label is not None or (item.horizontal and not item.stacked):
                return self._bars_as_table(item, at)
            case Bars():
                return self._bars(item, at)
            case Ranking():
                return self._ranking(item, at)
            case Trend():
                return self._trend(item, at)
            case PeriodTrend():
                return self._period_trend(item, at)
            case Bubbles() if item.axes:
                return self._bubbles(item, at)
            case Bubbles():
                return self._bubbles_as_table(item, at)
            case Timeline():
                return self._timeline(item, at)
            case Words():
                return self._words(item, at)
            case Section():
                return self._section(item, at)
            case Alerts():
                return self._alerts(item, at)
            case _:
                raise TypeError(f"no rule to draw {type(item).__name__} in Grafana")

    def of(self, text: Text) -> str:
        return text.of(self.language)

    def _stat(self, item: Stat, at: At) -> dashboard.Panel:
        """The answer says itself that it is empty: what Grafana says of no value it also says when it cannot ask."""
        options = stat.Options(
            graph_mode=common.BigValueGraphMode.NONE,
            color_mode=common.BigValueColorMode.VALUE,
            text_mode=common.BigValueTextMode.VALUE_AND_NAME,
            wide_layout=False,
            reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/.*/"),
            text=common.VizTextDisplayOptions(
                title_size=26 if self.wall else 14, value_size=52 if self.wall else 26
            ),
        )
        row = f"\nWHERE name = {quoted(item.row)}" if item.row else ""
        sql = (
            "SELECT ifNull(shown, '–') AS value,\n"
            f"    if(shown IS NULL, {self.writer.text(item.empty)}, ifNull(beside, '')) AS note\n"
            "FROM (\nSELECT anyOrNull(value) AS shown, anyOrNull(note) AS beside\n"
            f"FROM (\n{item.query.sql(self.writer)}\n){row}\n)"
        )
        return self._panel(
            "stat",
            item,
            at,
            options,
            sql=sql,
            colour="text",
            transformations=[parts.NOTE_AS_NAME],
            unreadable=texts.UNREADABLE_NUMBER,
        )

    def _headline(self, item: Headline, at: At) -> dashboard.Panel:
        mode = common.BigValueColorMode.BACKGROUND_SOLID if item.alarm else common.BigValueColorMode.VALUE
        options = stat.Options(
            graph_mode=common.BigValueGraphMode.NONE,
            color_mode=mode,
            text_mode=common.BigValueTextMode.VALUE,
            reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/^value$/"),
            # a headline of a third of the page may need three lines in the room of two
            text=common.VizTextDisplayOptions(value_size=42 if self.wall else 20 if at.w > 8 else 16),
        )
        sql = (
            f"SELECT ifNull(said, {self.writer.text(item.empty)}) AS value\n"
            f"FROM (\nSELECT anyOrNull({item.column}) AS said\nFROM (\n{item.query.sql(self.writer)}\n)\n)"
        )
        if not item.alarm:
            unreadable = texts.UNREADABLE if at.w > 4 else texts.UNREADABLE_TIME
            return self._panel("stat", item, at, options, sql=sql, colour="text", unreadable=unreadable)
        calm = Column("value", values={self.of(item.empty): Value(item.empty, theme.NEUTRAL)})
        return self._panel("stat", item, at, options, sql=sql, colour=theme.NEGATIVE, columns=[calm])

    def _table(self, item: Table, at: At) -> dashboard.Panel:
        return self._rows(item, at, item.columns, header=item.header)

    def _table_from_afar(self, item: Table, at: At) -> dashboard.Panel:
        """Letters of tables cannot be enlarged: a row becomes a tile, with its first columns as name and its badge."""
        badge = next(column for column in item.columns if column.cell == "badge")
        who, whom, minutes = (column.name for column in item.columns[:3])
        options = stat.Options(
            graph_mode=common.BigValueGraphMode.NONE,
            color_mode=common.BigValueColorMode.BACKGROUND_SOLID,
            text_mode=common.BigValueTextMode.VALUE_AND_NAME,
            orientation=common.VizOrientation.HORIZONTAL,
            reduce_options=common.ReduceDataOptions(
                values=True, calcs=["lastNotNull"], fields=f"/^{badge.name}$/"
            ),
            text=common.VizTextDisplayOptions(title_size=30, value_size=30),
        )
        sql = (
            f"SELECT concat({who}, if({whom} = '', '', concat(', ', {whom})),\n"
            f"    if({minutes} IS NULL, '', concat(', ', toString(round({minutes})), ' min'))) AS who, {badge.name}\n"
            f"FROM (\n{item.query.sql(self.writer)}\n)"
        )
        # without a name of its own: Grafana finds the field by the name that it shows, and calls every tile by it
        columns = [replace(badge, title=None)]
        said = told(sql, "who", badge.name, self.of(item.empty))
        return self._panel("stat", item, at, options, sql=said, colour=theme.NEUTRAL, columns=columns)

    def _shares_from_afar(self, item: Donut, at: At) -> dashboard.Panel:
        """A tile a slice: letters of legends cannot be enlarged."""
        options = stat.Options(
            graph_mode=common.BigValueGraphMode.NONE,
            color_mode=common.BigValueColorMode.BACKGROUND_SOLID,
            text_mode=common.BigValueTextMode.VALUE_AND_NAME,
            orientation=common.VizOrientation.VERTICAL,
            wide_layout=False,
            reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/.*/"),
            text=common.VizTextDisplayOptions(title_size=30, value_size=42),
        )
        sql = shares_of(item.query.sql(self.writer), [column.name for column in item.columns], self.writer)
        columns = [replace(column, unit=None, link=None) for column in item.columns]
        return self._panel(
            "stat",
            item,
            at,
            options,
            sql=sql,
            colour=theme.NEUTRAL,
            columns=columns,
            unreadable=texts.UNREADABLE_NUMBER,
        )

    def _bubbles_as_table(self, item: Bubbles, at: At) -> dashboard.Panel:
        """Grafana writes no names on bubbles: bars in a table say the same, and how many."""
        names = [item.column("name"), item.column(item.size), item.column("change")]
        drawn = [
            names[0],
            replace(names[1], cell="bar", colour=theme.ACCENT),
            *([replace(names[2], width=110)] if names[2] in item.columns else []),
        ]
        return self._rows(item, at, drawn)

    def _bars_as_table(self, item: Bars, at: At) -> dashboard.Panel:
        """A table scrolls where a chart of Grafana's cuts, and its text is that of the query."""
        bars = sum(
            column.name not in (item.category, item.label) and not (column.reference or column.hidden)
            for column in item.columns
        )
        drawn = []
        for column in item.columns:
            if column.name in (item.category, item.label):
                column = replace(column, title=column.title or NAMELESS)
                drawn.append(replace(column, width=100 if column.name == item.label else None))
            elif column.hidden:
                continue
            elif column.reference:
                drawn.append(replace(column, reference=False, colour=None, width=110))
            elif item.label:
                # its number is the label's text; of two columns of one name Grafana's table shows the last one twice
                drawn.append(replace(column, cell="bare_bar", title=NAMELESS, width=80))
            else:
                # Grafana gives each column 150 pixels, and those for which there is no room are out of sight
                drawn.append(replace(column, cell="bar", width=95 if bars > 2 else None))
        return self._rows(item, at, drawn)

    def _rows(self, item: Charted, at: At, columns: Sequence[Column], header: bool = True) -> dashboard.Panel:
        height = common.TableCellHeight.LG if self.wall else common.TableCellHeight.SM
        options = parts.without(table.Options(show_header=header, cell_height=height), "footer")
        names = [column.name for column in columns]
        return self._panel(
            "table",
            item,
            at,
            options,
            columns=columns,
            custom={"wrapHeaderText": True},
            transformations=[parts.kept(names)] if names != [column.name for column in item.columns] else (),
            unknown="–",
        )

    def _donut(self, item: Donut, at: At) -> dashboard.Panel:
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
        columns = [parts.lightened(column) for column in item.columns]
        return self._panel("piechart", item, at, options, columns=columns)

    def _bars(self, item: Bars, at: At) -> dashboard.Panel:
        options = barchart.Options(
            x_field=item.category,
            color_by_field=item.category if item.by_category else None,
            orientation=common.VizOrientation.HORIZONTAL
            if item.horizontal
            else common.VizOrientation.VERTICAL,
            stacking=common.StackingMode.NORMAL if item.stacked else common.StackingMode.NONE,
            # a number stands behind the end of its part: within the next one, where parts lie side by side
            show_value=common.VisibilityMode.NEVER if item.stacked else common.VisibilityMode.ALWAYS,
            bar_width=0.9,
            group_width=0.8,
            legend=parts.legend(item.legend),
            tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
        )
        custom = barchart.FieldConfig(fill_opacity=100, line_width=0, axis_grid_show=False)
        # of a shared query only the named columns are kept: Grafana leaves room for bars that are hidden
        kept = parts.kept([column.name for column in item.columns])
        # a length of 0, which the SDK writes, would make "..." of every label
        written = parts.without(options, "xTickLabelMaxLength")
        return self._panel("barchart", item, at, written, custom=custom, transformations=[kept])

    def _ranking(self, item: Ranking, at: At) -> dashboard.Panel:
        """A tile a row: beside bars Grafana has no room for letters that are read from four metres."""
        [count] = item.columns
        options = stat.Options(
            graph_mode=common.BigValueGraphMode.NONE,
            color_mode=common.BigValueColorMode.VALUE,
            text_mode=common.BigValueTextMode.VALUE_AND_NAME,
            orientation=common.VizOrientation.HORIZONTAL,
            reduce_options=common.ReduceDataOptions(
                values=True, limit=item.rows, calcs=["lastNotNull"], fields=f"/^{count.name}$/"
            ),
            text=common.VizTextDisplayOptions(title_size=30, value_size=30),
        )
        # without a colour of its own: numbers are letters on Grafana's ground
        plain = [replace(count, colour=None, unit=None, decimals=None)]
        written = f"SELECT said, {self.writer.whole(count.name)} AS {count.name}"
        sql = f"{written}\nFROM (\n{item.query.sql(self.writer)}\n)"
        sql = told(sql, "said", count.name, self.of(item.empty))
        return self._panel("stat", item, at, options, sql=sql, colour="text", columns=plain)

    def _trend(self, item: Trend, at: At) -> dashboard.Panel:
        sql = item.query.sql(self.writer)
        names = ["name", item.by_name] if item.by_name else [column.name for column in item.columns]
        options = timeseries.Options(
            legend=parts.legend(item.legend),
            tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
        )
        panel = self._panel(
            "timeseries",
            item,
            at,
            options,
            target=with_gaps(sql, names) if item.gaps else sql,
            custom=timeseries.FieldConfig(**parts.line(item.shares, gaps=item.gaps)),
            bounds=item.bounds,
            query_type="timeseries",
        )
        if item.by_name and panel.field_config is not None:
            panel.field_config.overrides = [parts.called_by_label()]
        panel.time_from = f"${{{SPAN}}}"
        panel.hide_time_override = True
        return panel

    def _period_trend(self, item: PeriodTrend, at: At) -> dashboard.Panel:
        options = trend.Options(
            x_field="x",
            legend=parts.legend(shown=True),
            tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
        )
        custom = trend.FieldConfig(**parts.line(share=False, gaps=False))
        panel = self._panel("trend", item, at, options, custom=custom)
        # not by default: that would begin the axis of days at 1970 too
        for override in panel.field_config.overrides if panel.field_config else ():
            if override.matcher.options != "x":
                override.properties.append(dashboard.DynamicConfigValue("min", 0))
        return panel

    def _bubbles(self, item: Bubbles, at: At) -> dashboard.Panel:
        def by_name(name: str) -> xychart.MatcherConfig:
            return xychart.MatcherConfig("byName", name)

        options = xychart.Options(
            mapping=xychart.SeriesMapping.MANUAL,
            series=[
                xychart.XYSeriesConfig(
                    # without it no series is made
                    frame=xychart.XychartXYSeriesConfigFrame(xychart.MatcherConfig("byIndex", 0)),
                    x=xychart.XychartXYSeriesConfigX(by_name("x")),
                    y=xychart.XychartXYSeriesConfigY(by_name("y")),
                    size=xychart.XychartXYSeriesConfigSize(by_name(item.size)),
                    color=xychart.XychartXYSeriesConfigColor(by_name("shade")),
                )
            ],
            legend=parts.legend(shown=False),
            tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
        )
        smallest, largest = item.diameters
        custom = xychart.FieldConfig(
            show=xychart.XYShowMode.POINTS,
            point_size=xychart.XychartFieldConfigPointSize(min_val=smallest, max_val=largest),
            fill_opacity=85,
            axis_placement=None if item.axes else common.AxisPlacement.HIDDEN,
            axis_grid_show=item.axes,
        )
        shade = item.column("shade")
        coloured = replace(shade, values=parts.with_colours(shade), steps=())
        columns = [coloured if column.name == "shade" else column for column in item.columns]
        return self._panel("xychart", item, at, options, custom=custom, columns=columns)

    def _timeline(self, item: Timeline, at: At) -> dashboard.Panel:
        options = statetimeline.Options(
            show_value=common.VisibilityMode.NEVER,
            row_height=0.8,
            merge_values=True,
            legend=parts.legend(shown=False),
            tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
        )
        custom = statetimeline.FieldConfig(fill_opacity=100, line_width=0)
        return self._panel("state-timeline", item, at, options, custom=custom)

    def _words(self, item: Words, at: At) -> dashboard.Panel:
        said = self.of(item.text)
        if item.link is not None:
            said += f" [{self.of(item.link.title)}]({address(item.link, self.language)})"
        return dashboard.Panel(
            type_val="text",
            id_val=panel_id(item.name),
            title="",
            grid_pos=parts.grid(at),
            transparent=True,
            options=text.Options(mode=text.TextMode.MARKDOWN, content=said),
        )

    def _section(self, item: Section, at: At) -> dashboard.RowPanel:
        return dashboard.RowPanel(
            id_val=panel_id(item.name), title=self.of(item.title), grid_pos=parts.grid(at), panels=[]
        )

    def _alerts(self, item: Alerts, at: At) -> dashboard.Panel:
        shown = {"firing": True, "pending": True, "noData": True, "normal": False, "error": True}
        return dashboard.Panel(
            type_val="alertlist",
            id_val=panel_id(item.name),
            title=self.of(item.title),
            description=self.of(item.definition),
            grid_pos=parts.grid(at),
            options={
                "viewMode": "list",
                "groupMode": "default",
                "maxItems": 20,
                "sortOrder": 1,
                "dashboardAlerts": False,
                "alertName": "",
                "alertInstanceLabelFilter": "",
                "stateFilter": shown,
            },
        )

    def _panel(
        self,
        kind: str,
        item: Panel,
        at: At,
        options: object,
        *,
        custom: object | None = None,
        colour: str | None = None,
        bounds: tuple[float | None, float | None] = (None, None),
        query_type: QueryType = "table",
        transformations: Sequence[dashboard.DataTransformerConfig] = (),
        unknown: str | None = None,
        sql: str | None = None,
        target: str | None = None,
        columns: Sequence[Column] | None = None,
        unreadable: Text = texts.UNREADABLE,
    ) -> dashboard.Panel:
        fixed = (
            dashboard.FieldColor(mode=dashboard.FieldColorModeId.FIXED, fixed_color=colour)
            if colour
            else None
        )
        if columns is None:
            columns = item.columns if isinstance(item, Charted) else ()
        empty = unreadable if sql is not None else item.empty.then(texts.OR_UNREADABLE)
        leads = self._leads(item) if kind == "stat" else None
        return dashboard.Panel(
            type_val=kind,
            plugin_version=GRAFANA,
            id_val=panel_id(item.name),
            title=self.of(item.title),
            description=self.of(item.definition),
            grid_pos=parts.grid(at),
            datasource=common.DataSourceRef(DATA_SOURCE, "${datasource}"),
            targets=[ClickHouseQuery(sql or target or item.query.sql(self.writer), query_type)],
            transformations=list(transformations) or None,
            links=None if leads else self._leads(item),
            options=options,
            field_config=dashboard.FieldConfigSource(
                defaults=dashboard.FieldConfig(
                    no_value=self.of(empty),
                    custom=custom,
                    color=fixed,
                    links=leads,
                    min_val=bounds[0],
                    max_val=bounds[1],
                ),
                overrides=[override_of(column, self.language, unknown) for column in columns],
            ),
        )

    def _leads(self, item: Panel) -> list[Any] | None:
        """Where a panel leads: of a number, a click on it; of a chart, an entry at its title."""
        if item.link is None or self.wall:
            return None
        return [{"title": self.of(item.link.title), "url": address(item.link, self.language)}]
