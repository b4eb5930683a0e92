"""Charts: donuts, bars, trends, bubbles, timelines."""

from __future__ import annotations

from dataclasses import replace

from grafana_foundation_sdk.models import (
    barchart,
    common,
    dashboard,
    piechart,
    statetimeline,
    timeseries,
    trend,
    xychart,
)

from grafana.panels.pages import At
from grafana.panels.panels import Bars, Bubbles, Donut, PeriodTrend, Timeline, Trend
from grafana.render import grafana_options as parts
from grafana.render.gaps import with_gaps
from grafana.render.grafana_canvas import Canvas

SPAN = "span"
"""The variable that says how far the axis of a time series reaches back."""


def donut(canvas: Canvas, item: Donut, at: At) -> dashboard.Panel:
    """Shares, with their numbers in the legend."""
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
    return canvas.panel("piechart", item, at, options, columns=columns)


def bars(canvas: Canvas, item: Bars, at: At) -> dashboard.Panel:
    """Bars, beside each other or stacked."""
    options = barchart.Options(
        x_field=item.category,
        color_by_field=item.category if item.by_category else None,
        orientation=common.VizOrientation.HORIZONTAL if item.horizontal else common.VizOrientation.VERTICAL,
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
    return canvas.panel("barchart", item, at, written, custom=custom, transformations=[kept])


def over_time(canvas: Canvas, item: Trend, at: At) -> dashboard.Panel:
    """Lines over the time of the range."""
    sql = item.query.sql(canvas.writer)
    names = ["name", item.by_name] if item.by_name else [column.name for column in item.columns]
    options = timeseries.Options(
        legend=parts.legend(item.legend),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
    )
    panel = canvas.panel(
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


def over_periods(canvas: Canvas, item: PeriodTrend, at: At) -> dashboard.Panel:
    """Lines over the days of a period, of this one and those before."""
    options = trend.Options(
        x_field="x",
        legend=parts.legend(shown=True),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI),
    )
    custom = trend.FieldConfig(**parts.line(share=False, gaps=False))
    panel = canvas.panel("trend", item, at, options, custom=custom)
    # not by default: that would begin the axis of days at 1970 too
    for override in panel.field_config.overrides if panel.field_config else ():
        if override.matcher.options != "x":
            override.properties.append(dashboard.DynamicConfigValue("min", 0))
    return panel


def bubbles(canvas: Canvas, item: Bubbles, at: At) -> dashboard.Panel:
    """Bubbles between two axes."""

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
    return canvas.panel("xychart", item, at, options, custom=custom, columns=columns)


def timeline(canvas: Canvas, item: Timeline, at: At) -> dashboard.Panel:
    """States one after another, a line each."""
    options = statetimeline.Options(
        show_value=common.VisibilityMode.NEVER,
        row_height=0.8,
        merge_values=True,
        legend=parts.legend(shown=False),
        tooltip=common.VizTooltipOptions(mode=common.TooltipDisplayMode.SINGLE),
    )
    custom = statetimeline.FieldConfig(fill_opacity=100, line_width=0)
    return canvas.panel("state-timeline", item, at, options, custom=custom)
