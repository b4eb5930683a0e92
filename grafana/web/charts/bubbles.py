"""Bubbles: a table of them by size, or in two measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any  # Any: values as the driver has them

from grafana import theme
from grafana.panels.panels import Bubbles
from grafana.web.charts.layout import Canvas, Options, tooltip
from grafana.web.frames import Frame

Columns = dict[str, Sequence[Any]]

BUBBLE_WIDTH = 94
"""Pixels for a bubble and its name."""

LABEL_HEIGHT = 34
"""Pixels under a bubble for its name, its number and its growth."""


def bubbles(panel: Bubbles, frame: Frame, canvas: Canvas) -> Options:
    """A bubble a row, whose area is its number."""
    columns: Columns = {column.name: column.values for column in frame.columns}
    if not panel.axes:
        columns |= _places(frame.rows, canvas)
    return _axes(panel, canvas, columns) | {
        "tooltip": tooltip("item") | {"formatter": "{b}"},
        "series": [
            {
                "type": "scatter",
                "data": _data(panel, columns, canvas),
                "itemStyle": {
                    "opacity": 0.85 if panel.axes else 1,
                    "borderColor": theme.PAPER,
                    "borderWidth": 1,
                },
                "label": {
                    "show": not panel.axes,
                    "position": "bottom",
                    "distance": 2,
                    "color": theme.INK,
                    "fontSize": 12,
                    "lineHeight": 15,
                    "align": "center",
                    "width": canvas.width // _a_row(frame.rows, canvas) - 4,
                    "overflow": "truncate",
                },
                **({"markLine": _limit(panel, canvas)} if panel.axes else {}),
            }
        ],
    }


def _a_row(count: int, canvas: Canvas) -> int:
    """How many bubbles stand side by side: as many as have room for their names, in rows of one length."""
    most = max(1, canvas.width // BUBBLE_WIDTH)
    return max(1, math.ceil(count / math.ceil(count / most)))


def _places(count: int, canvas: Canvas) -> Columns:
    a_row = _a_row(count, canvas)
    return {
        "x": [place % a_row for place in range(count)],
        "y": [-(place // a_row) for place in range(count)],
    }


def _data(panel: Bubbles, columns: Columns, canvas: Canvas) -> list[Options]:
    sizes = columns[panel.size]
    shade, size = panel.column("shade"), panel.column(panel.size)
    smallest, largest = panel.diameters
    if not panel.axes:
        # the axis is a quarter longer than its rows, see `_axes`
        a_row = canvas.height / (len(set(columns["y"])) + 0.25)
        largest = min(largest, int(a_row) - LABEL_HEIGHT)
    top = max((number for number in sizes if number), default=1) or 1
    changes = columns.get("change", [None] * len(sizes))
    drawn = []
    for row, (x, number, change) in enumerate(zip(columns["x"], sizes, changes, strict=True)):
        if x is None:
            continue
        name, shaded = str(columns["name"][row]), columns["shade"][row]
        details = (
            f"{name}\n{canvas.title(size)}: {canvas.show(number, size)}\n"
            f"{canvas.title(shade)}: {canvas.show(shaded, shade)}"
        )
        drawn.append(
            {
                "value": [x, columns["y"][row]],
                "column": "name",
                "index": row,
                "name": details if change is None else f"{details} ({change})",
                "symbolSize": smallest + (largest - smallest) * ((number or 0) / top) ** 0.5,
                "itemStyle": {"color": shade.colour_of(shaded)},
                "label": {
                    "formatter": name if change is None else f"{name}\n{canvas.show(number, size)} · {change}"
                },
            }
        )
    return drawn


def _limit(panel: Bubbles, canvas: Canvas) -> Options:
    """Where trouble begins, in words; and where x begins to be late."""
    shade = panel.column("shade")
    return {
        "symbol": "none",
        "silent": True,
        "z": 10,
        "lineStyle": {"color": theme.QUIET, "type": "dashed"},
        "label": {"show": False},
        "data": [
            {
                "yAxis": panel.limit,
                "label": {
                    "show": True,
                    "formatter": f"{canvas.show(1, shade)} < {panel.limit:g}",
                    "position": "insideStartTop",
                    "color": shade.colour_of(1),
                    "backgroundColor": theme.VEIL,
                    "padding": [1, 3],
                    "fontSize": 13,
                    "fontWeight": "bold",
                },
            },
            {"xAxis": 0},
        ],
    }


def _axes(panel: Bubbles, canvas: Canvas, columns: Columns) -> Options:
    if not panel.axes:
        return {
            "grid": {"left": 0, "right": 0, "top": 4, "bottom": 4},
            "xAxis": {"type": "value", "show": False, "min": -0.5, "max": max(columns["x"]) + 0.5},
            "yAxis": {"type": "value", "show": False, "min": min(columns["y"]) - 0.75, "max": 0.5},
        }

    def axis(name: str) -> Options:
        settings = panel.column(name)
        return {
            "type": "value",
            "name": canvas.title(settings),
            "nameLocation": "middle",
            "nameGap": 28,
            "min": settings.minimum if settings.maximum is not None else None,
            "max": settings.maximum,
            "axisLabel": {"color": theme.QUIET, "fontSize": 12},
            "nameTextStyle": {"color": theme.QUIET, "fontSize": 13},
            "splitLine": {"lineStyle": {"color": theme.LINE}},
        }

    return {
        "grid": {"left": 34, "right": 20, "top": 12, "bottom": 34, "containLabel": True},
        "xAxis": axis("x"),
        "yAxis": axis("y"),
    }
