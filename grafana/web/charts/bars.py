"""Bars by category, and the few large ones of the wall."""

from __future__ import annotations

from collections.abc import Sequence

from grafana import theme
from grafana.panels.panels import Bars, Ranking
from grafana.web.charts.layout import Canvas, Options, Series, legend, series, tooltip
from grafana.web.frames import Frame

CRAMPED = 10
"""More bars than that have smaller letters."""

NAME_LINE_PIXELS = 14

WALL_COLUMN_PIXELS = 78
NAMES_PART = 0.56
"""Of the width of the wall's bars, what their names may take."""

IN_THE_BAR = "p => p.labelRect.width > p.rect.width ? {x: -999} : {}"
"""On a phone a bar may be narrower than its number, which then is out of sight, and stands in the tooltip."""

PALE = 0.4
"""How opaque a bar is that is not to be judged by."""

SLIVER = 20
"""A bar of less than this part of the largest has no room for its number, which the tooltip says."""


def bars(panel: Bars, frame: Frame, canvas: Canvas) -> Options:
    """Bars by category; what they are compared with is a line across them."""
    categories = frame.column(panel.category)
    if categories is None:
        raise KeyError(panel.category)
    drawn = series(panel, frame, without=(panel.category,))
    said = frame.column(panel.label) if panel.label else None
    hover = frame.column(panel.hover) if panel.hover else None
    pale = frame.column(panel.pale) if panel.pale else None
    shown = [one for one in drawn if not one.settings.reference]
    references = [one for one in drawn if one.settings.reference]
    position = _label_position(panel, bool(references))
    # one kind of bar beside its line needs no legend
    has_legend = panel.legend and not references
    settings = panel.column(panel.category)
    names = [canvas.show(value, settings) for value in categories.values]
    colours = [settings.colour_of(value) if panel.by_category else None for value in categories.values]
    category = _category_axis(names, panel.horizontal)
    value: Options = {"type": "value", "show": False, "min": 0}
    if panel.stacked:
        sums = (sum(one.column.values[row] or 0 for one in shown) for row in range(frame.rows))
        value["max"] = max(sums, default=1)
    stack: Options = {"stack": "all"} if panel.stacked else {}
    return {
        "tooltip": tooltip("item" if hover else "axis") | {"axisPointer": {"type": "shadow"}},
        "legend": legend(has_legend),
        "title": {
            "text": "   ".join(
                f"┆ {canvas.title(one.settings)} {canvas.show(_reference_value(one), one.settings)}"
                for one in references
            ),
            "right": 8,
            "bottom": 0,
            "textStyle": {"fontSize": 13, "fontWeight": "normal", "color": theme.INK},
        },
        "grid": {
            "left": 4,
            "right": (96 if said else 56) if position == "right" else 12,
            "top": 24 if position == "top" else 8,
            "bottom": 28 if has_legend or references else 4,
            "containLabel": True,
        },
        "xAxis": value if panel.horizontal else category,
        "yAxis": category if panel.horizontal else value,
        "series": [
            *(
                _bar_series(
                    one,
                    canvas,
                    position,
                    colours,
                    said.values if said else None,
                    panel.category,
                    hover.values if hover else None,
                    pale.values if pale else None,
                )
                | stack
                for one in shown
            ),
            *(_reference(one, canvas, panel.horizontal) for one in references),
        ],
    }


def _label_position(panel: Bars, crossed: bool) -> str:
    if panel.stacked:
        return "inside"
    if crossed:
        return "insideLeft"
    return "right" if panel.horizontal else "top"


def _category_axis(names: Sequence[str], horizontal: bool) -> Options:
    return {
        "type": "category",
        "data": list(names),
        "inverse": horizontal,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": theme.LINE}},
        "axisLabel": {
            "color": theme.INK,
            "fontSize": 13,
            "interval": 0,
            # a name and that there are too few calls take two lines
            "overflow": "break" if horizontal else "truncate",
            "lineHeight": NAME_LINE_PIXELS,
            "width": 130 if horizontal else None,
            "rotate": 0 if horizontal or len(names) <= 8 else 30,
        },
    }


def _bar_series(
    one: Series,
    canvas: Canvas,
    position: str,
    colours: Sequence[str | None],
    said: Sequence[str] | None = None,
    category: str = "",
    hover: Sequence[str] | None = None,
    pale: Sequence[float] | None = None,
) -> Options:
    largest = max((value or 0 for value in one.column.values), default=0)
    inside = position.startswith("inside")
    data = [
        {
            "value": value,
            "column": category,
            "index": row,
            "label": {
                "formatter": said[row] if said else canvas.show(value, one.settings),
                "show": not inside or (value or 0) > largest / SLIVER,
                **({"color": theme.INK} if pale and pale[row] else {}),
            },
            "itemStyle": {
                "color": colour or one.colour,
                **({"opacity": PALE} if pale and pale[row] else {}),
            },
            **({"tooltip": {"formatter": hover[row]}} if hover and hover[row] else {}),
        }
        for row, (value, colour) in enumerate(zip(one.column.values, colours, strict=True))
    ]
    return {
        "type": "bar",
        "name": canvas.title(one.settings),
        "data": data,
        "barMaxWidth": 46,
        **({":labelLayout": IN_THE_BAR} if inside else {}),
        "itemStyle": {"color": one.colour},
        "label": {
            "show": True,
            "position": position,
            "color": theme.PAPER if inside else theme.INK,
            "fontSize": 14 if len(data) <= CRAMPED else 12,
            "fontWeight": "bold",
        },
    }


def _reference_value(one: Series) -> float:
    return next((value for value in one.column.values if value is not None), 0)


def _reference(one: Series, canvas: Canvas, horizontal: bool) -> Options:
    return {
        "type": "line",
        "name": canvas.title(one.settings),
        "data": [],
        "itemStyle": {"color": one.colour},
        "markLine": {
            "symbol": "none",
            "silent": True,
            "lineStyle": {"color": theme.INK, "type": "dashed", "width": 2},
            "label": {"show": False},
            "data": [{"xAxis" if horizontal else "yAxis": _reference_value(one)}],
        },
    }


def ranking(panel: Ranking, frame: Frame, canvas: Canvas) -> Options:
    """A few large bars with their names beside them."""
    names = next(column for column in frame.columns if column.kind == "text")
    counted = series(panel, frame)[0]
    return {
        "tooltip": tooltip("item"),
        # letters are measured once; the arrow's part of the font may come later and make a name half a letter longer
        "grid": {"left": 20, "right": 100, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "min": 0},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [str(name) for name in names.values],
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {
                "color": theme.INK,
                "fontSize": 15,
                "interval": 0,
                "overflow": "truncate",
                "width": canvas.at.w * WALL_COLUMN_PIXELS * NAMES_PART,
            },
        },
        "series": [_bar_series(counted, canvas, "right", [None] * frame.rows)],
    }
