"""Draws any chart, and says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Any: values as the driver has them

from grafana import theme
from grafana.panels.columns import Column
from grafana.panels.panels import Bars, Bubbles, Charted, Donut, PeriodTrend, Ranking, Timeline, Trend
from grafana.web import frames
from grafana.web.cells import visible_columns
from grafana.web.charts import bars, bubbles, pie, timeline, trend
from grafana.web.charts.layout import FONT, Canvas, Options, enlarged
from grafana.web.charts.trend import Note
from grafana.web.frames import Frame

CHARTS = (Donut, Bars, Ranking, Trend, PeriodTrend, Bubbles, Timeline)
"""The kinds of panels that are drawn as charts."""

ROWS_IN_WORDS = 20


def options(panel: Charted, frame: Frame, canvas: Canvas, notes: Sequence[Note] = ()) -> Options:
    """The chart of a panel as ECharts takes it. Raises TypeError for a kind that is not in CHARTS."""
    common: Options = {
        "textStyle": {"fontFamily": FONT, "color": theme.INK},
        "animation": False,
        "aria": {"enabled": True, "label": {"description": in_words(panel, frame, canvas)}},
    }
    whole = common | _draw(panel, frame, canvas, notes)
    scale = canvas.locale.scale
    return whole if scale == 1 else enlarged(whole, scale)


def _draw(panel: Charted, frame: Frame, canvas: Canvas, notes: Sequence[Note]) -> Options:
    match panel:
        case Donut():
            return pie.donut(panel, frame, canvas)
        case Bars():
            return bars.bars(panel, frame, canvas)
        case Ranking():
            return bars.ranking(panel, frame, canvas)
        case Trend():
            return trend.trend(panel, frame, canvas, notes)
        case PeriodTrend():
            return trend.period_trend(panel, frame, canvas)
        case Bubbles():
            return bubbles.bubbles(panel, frame, canvas)
        case Timeline():
            return timeline.timeline(panel, frame, canvas)
        case _:
            raise TypeError(f"no chart for {type(panel).__name__}")


def nothing_to_draw(panel: Charted, frame: Frame) -> bool:
    """Whether no row has a place: of bubbles those without one are left out."""
    places = frame.column("x")
    return isinstance(panel, Bubbles) and places is not None and all(x is None for x in places.values)


def in_words(panel: Charted, frame: Frame, canvas: Canvas) -> str:
    """What a chart shows, for those who do not see it: its title, and its rows, of many the first ones and the last."""
    drawn = [
        (column, settings)
        for column, settings in visible_columns(panel, frame)
        if (not isinstance(panel, Bubbles) or settings.title is not None) and not _is_said(panel, column)
    ]
    titled = not isinstance(panel, Ranking)  # its only number is what the panel's title says
    rows = [
        ", ".join(_said(column, settings, row, canvas, titled) for column, settings in drawn)
        for row in range(frame.rows)
    ]
    if len(rows) > ROWS_IN_WORDS:
        rows = [*rows[: ROWS_IN_WORDS - 1], "…", rows[-1]]
    return "; ".join([panel.title.of(canvas.language), *rows])


def _is_said(panel: Charted, column: frames.Column) -> bool:
    """Whether the number of a bar is said by its label."""
    return isinstance(panel, Bars) and panel.label is not None and column.kind == "number"


def _said(column: frames.Column, settings: Column, row: int, canvas: Canvas, titled: bool) -> str:
    shown: Any = canvas.show(column.values[row], settings)
    return f"{canvas.title(settings)}: {shown}" if titled and column.kind == "number" else shown
