"""Builds the operations dashboard: is everything stored, how soon, and what is in the way."""

from __future__ import annotations

from dataclasses import dataclass

from grafana_foundation_sdk.models import common, dashboard, prometheus, stat, timeseries

from grafana import theme as look
from grafana.render.grafana_json import as_json

UID = "salgspuls-operations"
DATA_SOURCE = common.DataSourceRef("prometheus", "prometheus")
_SELECTOR = 'job="salgspuls-worker"'


@dataclass(frozen=True, slots=True)
class Series:
    """A query and how its lines are called; `{{label}}` is a label's value."""

    promql: str
    legend: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A panel: lines over time; or one number, which is bad from `limit` on, or below `needed`."""

    title: str
    description: str
    unit: str
    series: tuple[Series, ...]
    width: int = 8
    limit: float | None = None
    needed: float | None = None
    empty: str = "no worker reports yet"


def _quantile(metric: str, share: float, by: str) -> str:
    return f"histogram_quantile({share}, sum by (le, {by}) (rate({metric}_bucket{{{_SELECTOR}}}[$__rate_interval])))"


def _rate(metric: str, by: str) -> str:
    return f"sum by ({by}) (rate({metric}_total{{{_SELECTOR}}}[$__rate_interval]))"


_NUMBERS = (
    Chart(
        "Workers that answer",
        "Workers that Prometheus could scrape last. Two and more share the work; with none, nothing is stored.",
        "none",
        (Series(f"sum(up{{{_SELECTOR}}})", "workers"),),
        width=6,
        needed=1,
    ),
    Chart(
        "Waiting for ClickHouse or Kafka",
        "Seconds since which the longest waiting worker has been unable to store. 0 when all can.",
        "s",
        (
            Series(
                f"max((time() - salgspuls_waiting_since_timestamp_seconds{{{_SELECTOR}}})"
                f" * (salgspuls_waiting_since_timestamp_seconds{{{_SELECTOR}}} > bool 0))",
                "waiting",
            ),
        ),
        width=6,
        limit=1,
    ),
    Chart(
        "Messages not stored yet",
        "Messages of all partitions that no worker has acknowledged yet.",
        "none",
        (Series(f"sum(salgspuls_lag_messages{{{_SELECTOR}}})", "messages"),),
        width=6,
        limit=1000,
    ),
    Chart(
        "Rejected in the last hour",
        "Messages that went to the dead-letter topic, all reasons.",
        "none",
        (Series(f"sum(increase(salgspuls_dead_letters_total{{{_SELECTOR}}}[1h]))", "rejected"),),
        width=6,
        limit=10,
    ),
)

_CHARTS = (
    Chart(
        "Events stored",
        "Events a second that ClickHouse acknowledged, by topic; and those that were known already.",
        "eps",
        (
            Series(_rate("salgspuls_events_stored", "topic"), "{{topic}}"),
            Series(_rate("salgspuls_events_duplicate", "topic"), "{{topic}}, known already"),
        ),
    ),
    Chart(
        "Delay from Kafka to ClickHouse",
        "From the broker's time of an event to the acknowledgement of its rows: half, 95 and 99 of 100 events.",
        "s",
        tuple(
            Series(_quantile("salgspuls_event_delay_seconds", share, "topic"), f"{{{{topic}}}}, {share:.0%}")
            for share in (0.5, 0.95, 0.99)
        ),
    ),
    Chart(
        "Lag",
        "Messages that are not acknowledged yet, by topic.",
        "none",
        (Series(f"sum by (topic) (salgspuls_lag_messages{{{_SELECTOR}}})", "{{topic}}"),),
    ),
    Chart(
        "Age of the oldest event of a flush",
        "How old the oldest event of the last flush was when it was stored; the worst worker, by topic. Nothing where"
        " nothing was stored for a minute.",
        "s",
        (
            Series(
                f"max by (topic) (salgspuls_lag_seconds{{{_SELECTOR}}}"
                f" and time() - salgspuls_last_stored_timestamp_seconds{{{_SELECTOR}}} < 60)",
                "{{topic}}",
            ),
        ),
    ),
    Chart(
        "Duration of a flush",
        "From its first message read to all acknowledged, the hours that it touches among it, which are computed every"
        " `worker.hours_seconds`: 95 of 100 flushes.",
        "s",
        (Series(_quantile("salgspuls_flush_seconds", 0.95, "topic"), "{{topic}}"),),
    ),
    Chart(
        "Duration of an insert",
        "Acknowledged inserts: 95 of 100, by table.",
        "s",
        (Series(_quantile("salgspuls_insert_seconds", 0.95, "table"), "{{table}}"),),
    ),
    Chart(
        "Rows inserted",
        "Rows a second in acknowledged inserts, by table.",
        "rowsps",
        (Series(_rate("salgspuls_inserted_rows", "table"), "{{table}}"),),
    ),
    Chart(
        "Rejected events",
        "Messages that went to the dead-letter topic, in five minutes, by reason.",
        "none",
        (
            Series(
                f"sum by (reason) (increase(salgspuls_dead_letters_total{{{_SELECTOR}}}[5m])) > 0",
                "{{reason}}",
            ),
        ),
        empty="none rejected",
    ),
    Chart(
        "Failed attempts",
        "Attempts a second that ClickHouse or the broker failed. Each is repeated until it succeeds.",
        "cps",
        (Series(_rate("salgspuls_retries", "part"), "{{part}}"),),
        empty="none failed",
    ),
    Chart(
        "Calls in memory",
        "Calls that each worker holds, and how many it may.",
        "none",
        (
            Series(f"salgspuls_held_calls{{{_SELECTOR}}}", "{{instance}}"),
            Series(f"max(salgspuls_open_calls_limit{{{_SELECTOR}}})", "limit"),
        ),
    ),
    Chart(
        "Calls read back",
        "Calls a second read back from ClickHouse: after a start, after partitions moved, or when memory is short.",
        "cps",
        (Series(_rate("salgspuls_calls_reloaded", "instance"), "{{instance}}"),),
    ),
    Chart(
        "Active trackers",
        "Keywords and competitors by worker: all workers know the same within seconds.",
        "none",
        (Series(f"salgspuls_trackers{{{_SELECTOR}}}", "{{instance}}"),),
    ),
)


def files() -> dict[str, str]:
    """Name and text of the committed file."""
    return {f"{UID}.json": as_json(_board())}


def _board() -> dashboard.Dashboard:
    panels = [
        _panel(number, chart, *_place(number)) for number, chart in enumerate((*_NUMBERS, *_CHARTS), start=1)
    ]
    return dashboard.Dashboard(
        uid=UID,
        title="Salgspuls / Operations",
        description="The workers: is everything stored, how soon, and what is in the way.",
        tags=["salgspuls", "operations"],
        timezone="Europe/Copenhagen",
        week_start="monday",
        editable=False,
        graph_tooltip=dashboard.DashboardCursorSync.CROSSHAIR,
        refresh="15s",
        time=dashboard.DashboardDashboardTime(from_val="now-1h", to="now"),
        panels=list(panels),
        templating=dashboard.DashboardDashboardTemplating(list_val=[]),
        annotations=dashboard.AnnotationContainer(list_val=[]),
    )


def _place(number: int) -> tuple[int, int]:
    """Column and row of a panel in the grid: the numbers in a strip, below them three charts in a row."""
    if number <= len(_NUMBERS):
        return 6 * (number - 1), 0
    row, column = divmod(number - len(_NUMBERS) - 1, 3)
    return 8 * column, 4 + 8 * row


def _panel(number: int, chart: Chart, x: int, y: int) -> dashboard.Panel:
    is_number = chart.limit is not None or chart.needed is not None
    targets = [
        prometheus.Dataquery(
            expr=series.promql,
            legend_format=series.legend,
            ref_id=chr(ord("A") + index),
            datasource=DATA_SOURCE,
            instant=is_number,
            range_val=not is_number,
        )
        for index, series in enumerate(chart.series)
    ]
    from_value = chart.limit if chart.needed is None else chart.needed
    below, above = (look.POSITIVE, look.NEGATIVE) if chart.needed is None else (look.NEGATIVE, look.POSITIVE)
    steps = [dashboard.Threshold(None, below if is_number else look.POSITIVE)]
    if is_number:
        steps.append(dashboard.Threshold(from_value, above))
    defaults = dashboard.FieldConfig(
        unit=chart.unit,
        min_val=0,
        no_value=chart.empty,
        thresholds=dashboard.ThresholdsConfig(mode=dashboard.ThresholdsMode.ABSOLUTE, steps=steps),
        custom=None if is_number else timeseries.FieldConfig(line_width=2, span_nulls=True),
    )
    return dashboard.Panel(
        type_val="stat" if is_number else "timeseries",
        id_val=number,
        title=chart.title,
        description=chart.description,
        grid_pos=dashboard.GridPos(h=4 if is_number else 8, w=chart.width, x=x, y=y),
        datasource=DATA_SOURCE,
        targets=list(targets),
        options=_stat_options() if is_number else _lines_options(),
        field_config=dashboard.FieldConfigSource(defaults=defaults, overrides=[]),
    )


def _stat_options() -> stat.Options:
    return stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        reduce_options=common.ReduceDataOptions(calcs=["lastNotNull"], fields="", values=False),
    )


def _lines_options() -> timeseries.Options:
    return timeseries.Options(
        legend=common.VizLegendOptions(
            display_mode=common.LegendDisplayMode.LIST,
            placement=common.LegendPlacement.BOTTOM,
            show_legend=True,
            calcs=[],
        ),
        tooltip=common.VizTooltipOptions(
            mode=common.TooltipDisplayMode.MULTI, sort=common.SortOrder.DESCENDING
        ),
    )
