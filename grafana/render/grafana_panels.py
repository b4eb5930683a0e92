"""The items of a page as Grafana's panels, where Grafana draws some in another way than the built-in page."""

from __future__ import annotations

from grafana_foundation_sdk.models import dashboard, text

from grafana.i18n import Language
from grafana.panels.pages import At, Placed
from grafana.panels.panels import (
    Alerts,
    Bars,
    Bubbles,
    Donut,
    Headline,
    PeriodTrend,
    Ranking,
    Section,
    Stat,
    Table,
    Timeline,
    Trend,
    Words,
)
from grafana.render import grafana_charts as charts
from grafana.render import grafana_options as parts
from grafana.render import grafana_stats as stats
from grafana.render import grafana_tables as tables
from grafana.render.grafana_canvas import Canvas
from grafana.render.grafana_columns import address, panel_id

Rendered = dashboard.Panel | dashboard.RowPanel


def panel(placed: Placed, language: Language, wall: bool) -> Rendered:
    """An item of a page; on a `wall` with larger letters."""
    canvas, item, at = Canvas(language, wall), placed.item, placed.at
    match item:
        case Stat():
            return stats.number(canvas, item, at)
        case Headline():
            return stats.headline(canvas, item, at)
        case Table() if wall:
            return stats.table_from_afar(canvas, item, at)
        case Table():
            return tables.rows(canvas, item, at, item.columns, item.header)
        case Donut() if wall:
            return stats.shares_from_afar(canvas, item, at)
        case Donut():
            return charts.donut(canvas, item, at)
        case Bars() if item.scrolls or item.label is not None or (item.horizontal and not item.stacked):
            return tables.bars_as_table(canvas, item, at)
        case Bars():
            return charts.bars(canvas, item, at)
        case Ranking():
            return stats.ranking(canvas, item, at)
        case Trend():
            return charts.over_time(canvas, item, at)
        case PeriodTrend():
            return charts.over_periods(canvas, item, at)
        case Bubbles() if item.axes:
            return charts.bubbles(canvas, item, at)
        case Bubbles():
            return tables.bubbles_as_table(canvas, item, at)
        case Timeline():
            return charts.timeline(canvas, item, at)
        case Words():
            return _words(canvas, item, at)
        case Section():
            return _section(canvas, item, at)
        case Alerts():
            return _alerts(canvas, item, at)
        case _:
            raise TypeError(f"no rule to draw {type(item).__name__} in Grafana")


def _words(canvas: Canvas, item: Words, at: At) -> dashboard.Panel:
    said = canvas.of(item.text)
    if item.link is not None:
        said += f" [{canvas.of(item.link.title)}]({address(item.link, canvas.language)})"
    return dashboard.Panel(
        type_val="text",
        id_val=panel_id(item.name),
        title="",
        grid_pos=parts.grid(at),
        transparent=True,
        options=text.Options(mode=text.TextMode.MARKDOWN, content=said),
    )


def _section(canvas: Canvas, item: Section, at: At) -> dashboard.RowPanel:
    return dashboard.RowPanel(
        id_val=panel_id(item.name), title=canvas.of(item.title), grid_pos=parts.grid(at), panels=[]
    )


def _alerts(canvas: Canvas, item: Alerts, at: At) -> dashboard.Panel:
    shown = {"firing": True, "pending": True, "noData": True, "normal": False, "error": True}
    return dashboard.Panel(
        type_val="alertlist",
        id_val=panel_id(item.name),
        title=canvas.of(item.title),
        description=canvas.of(item.definition),
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
