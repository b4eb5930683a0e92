"""Shares of a whole as a donut."""

from __future__ import annotations

from grafana import theme
from grafana.panels.panels import Donut
from grafana.sql import NBSP
from grafana.web import formats
from grafana.web.charts.layout import Canvas, Options, series, tooltip
from grafana.web.frames import Frame

MIDDLE = "28%"
"""Where the ring's middle is; right of it is the legend."""
HOLE = 0.64
LARGEST = 26
"""Letters of the number in the middle."""


def donut(panel: Donut, frame: Frame, canvas: Canvas) -> Options:
    """A slice a column; the whole in the middle, the shares in the legend."""
    slices = [(one, one.column.values[0] or 0) for one in series(panel, frame)]
    total = sum(value for _, value in slices)
    data = [
        {
            "name": f"{canvas.title(one.settings)}  "
            f"{formats.number(100 * value / total, canvas.language, 0)}{NBSP}%",
            "value": value,
            "column": one.column.name,
            "index": 0,
            "itemStyle": {"color": one.colour},
        }
        for one, value in slices
    ]
    outer = _radius(canvas)
    whole = formats.number(total, canvas.language, 0)
    return {
        "tooltip": tooltip("item"),
        "title": {
            "text": whole,
            "left": MIDDLE,
            "top": "middle",
            "padding": 0,
            "textAlign": "center",
            "textStyle": {"fontSize": _letters(whole, canvas), "fontWeight": "bold", "color": theme.INK},
        },
        "legend": {
            "orient": "vertical",
            "left": "54%",
            "top": "middle",
            "icon": "roundRect",
            "itemGap": 8,
            "itemWidth": 14,
            "selectedMode": False,
            "textStyle": {"fontSize": 14, "color": theme.INK},
        },
        "series": [
            {
                "type": "pie",
                "center": [MIDDLE, "50%"],
                "radius": [f"{HOLE * outer:.0f}%", f"{outer:.0f}%"],
                "data": data,
                "itemStyle": {"borderColor": theme.PAPER, "borderWidth": 2},
                "label": {"show": False},
            }
        ],
    }


def _pixels(canvas: Canvas) -> float:
    """The ring's radius: it has a third of the width at most, and leaves the rest to its legend."""
    return min(0.23 * canvas.width, 0.46 * canvas.height)


def _radius(canvas: Canvas) -> float:
    """The ring's radius in percent of half the shorter side."""
    return 100 * _pixels(canvas) / (min(canvas.width, canvas.height) / 2)


def _letters(whole: str, canvas: Canvas) -> float:
    """The size of the number in the middle, at most as wide as the hole; letters are enlarged afterwards."""
    return min(LARGEST, 1.5 * HOLE * _pixels(canvas) / (0.6 * len(whole)) / canvas.locale.scale)
