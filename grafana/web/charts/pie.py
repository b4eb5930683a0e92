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


def donut(panel: Donut, frame: Frame, canvas: Canvas) -> Options:
    """A slice a column; the whole in the middle, the shares in the legend."""
    slices = [(one, one.column.values[0] or 0) for one in series(panel, frame)]
    total = sum(value for _, value in slices)
    data = [
        {
            "name": f"{canvas.title(one.settings)}  "
            f"{formats.number(100 * value / total, canvas.language, 0)}{NBSP}%",
            "value": value,
            "itemStyle": {"color": one.colour},
        }
        for one, value in slices
    ]
    outer = _radius(canvas)
    return {
        "tooltip": tooltip("item"),
        "title": {
            "text": formats.number(total, canvas.language, 0),
            "left": MIDDLE,
            "top": "middle",
            "textAlign": "center",
            "textStyle": {"fontSize": 26, "fontWeight": "bold", "color": theme.INK},
        },
        "legend": {
            "orient": "vertical",
            "left": "54%",
            "top": "middle",
            "icon": "roundRect",
            "itemGap": 14,
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


def _radius(canvas: Canvas) -> float:
    """Percent of half the shorter side, so that the ring has a third of the width and leaves the rest to its legend."""
    width, height = canvas.width, canvas.height
    return 100 * min(0.23 * width, 0.46 * height) / (min(width, height) / 2)
