"""States over time, a row each."""

from __future__ import annotations

from collections.abc import Sequence

from grafana import theme
from grafana.panels.columns import Column
from grafana.panels.panels import Timeline
from grafana.sql import NBSP
from grafana.web import frames
from grafana.web.cells import visible_columns
from grafana.web.charts.layout import Canvas, Options, number_script, tooltip
from grafana.web.charts.trend import milliseconds
from grafana.web.frames import Frame

MINUTE = 60_000


def timeline(panel: Timeline, frame: Frame, canvas: Canvas) -> Options:
    """Minutes since the first moment; each mark holds its column and row, so that it can lead somewhere."""
    moments = [milliseconds(value) for value in frame.columns[0].values]
    rows = [(column, settings) for column, settings in visible_columns(panel, frame)][1:]
    began = moments[0] if moments else 0.0
    since = [(moment - began) / MINUTE for moment in moments]
    return {
        "tooltip": tooltip("item") | {"formatter": "{b}"},
        "grid": {"left": 8, "right": 16, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": since[-1] if since else 1,
            "axisLabel": {
                "color": theme.QUIET,
                "fontSize": 12,
                ":formatter": number_script(canvas.language, f"{NBSP}min", 1),
                "showMaxLabel": False,
            },
            "splitLine": {"lineStyle": {"color": theme.LINE}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [canvas.title(settings) for _, settings in rows],
            "axisLabel": {"color": theme.INK, "fontSize": 13},
            "axisTick": {"show": False},
        },
        "series": [
            part
            for row, (column, settings) in enumerate(rows)
            for part in _intervals(column, settings, row, since, canvas)
        ],
    }


def _intervals(
    column: frames.Column, settings: Column, row: int, since: Sequence[float], canvas: Canvas
) -> list[Options]:
    """Each interval of one state as a thick line in its row, one series a colour."""
    by_colour: dict[str, list[Options]] = {}
    for index, value in enumerate(column.values[:-1]):
        if not value:
            continue
        colour = settings.colour_of(value) or theme.PALETTE[0]
        by_colour.setdefault(colour, []).append(
            {
                "coords": [[since[index], row], [since[index + 1], row]],
                "name": f"{canvas.title(settings)}: {canvas.show(value, settings)}",
                "column": column.name,
                "index": index,
            }
        )
    return [
        {
            "type": "lines",
            "coordinateSystem": "cartesian2d",
            "data": data,
            "lineStyle": {"color": colour, "width": 22, "opacity": 1, "cap": "butt"},
        }
        for colour, data in by_colour.items()
    ]
