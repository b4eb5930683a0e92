"""Charts: a panel and its answer as options of ECharts. Pure.

Words of customers become values only, never keys: the chart component reads keys that begin with a colon as code. The
tooltips are text, not HTML.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from grafana.dashboards.sql import NBSP
from grafana.i18n import Language
from grafana.web import formats
from grafana.web.board import FieldSettings, Panel
from grafana.web.cells import Locale, show, visible_columns
from grafana.web.queries import Column, Frame

Options = dict[str, Any]

INK = "#1c2733"
QUIET = "#55616e"
LINE = "#dde2e8"
PALETTE = ("#2f5d9b", "#b4541a", "#0b7a75", "#7a4fa3", "#66717d", "#8a6100", "#1c7fb6", "#a83253")
"""Colours of series that have none: apart in hue and brightness."""

FONT = 'Roboto, "Segoe UI", Arial, sans-serif'
BUBBLES_AT_LEAST = 5
"""A row of bubbles is drawn for so many, also when there are fewer."""

CRAMPED = 10
"""More bars than that have smaller letters."""

LABEL_HEIGHT = 36
"""Pixels under a bubble for its name and its growth."""

NAME_HEIGHT = 16
"""Pixels from the name of a line to the next."""

LABEL_WIDTH = 150
"""Pixels at most beside a line for its name."""

ROWS_IN_WORDS = 20
NOTES_SHOWN = 4
NOTE_LETTERS = 34


class Note(NamedTuple):
    """Something that a trend has to be read with; times with zone."""

    start: datetime
    end: datetime
    text: str
    colour: str


class Series(NamedTuple):
    """A numeric column that is drawn."""

    column: Column
    settings: FieldSettings
    colour: str

    @property
    def outlined(self) -> bool:
        """Whether it is what the others are compared with."""
        return self.settings.custom.get("fillOpacity") == 0 and self.settings.custom.get("lineWidth") == 2


def options(panel: Panel, frame: Frame, locale: Locale, notes: Sequence[Note] = ()) -> Options:
    """The chart of a panel, in the letters of the locale. Raises KeyError for a kind that is not in KINDS."""
    drawn = _KINDS[panel.kind](panel, frame, locale)
    if panel.kind == "timeseries" and drawn["series"]:
        first, last = (_milliseconds(frame.columns[0].values[end]) for end in (0, -1))
        shown = [note for note in notes if first <= _milliseconds(note.start) <= last]
        drawn["series"][0] |= _marks(shown[:NOTES_SHOWN], locale)
    common: Options = {
        "textStyle": {"fontFamily": FONT, "color": INK},
        "animation": False,
        "aria": {"enabled": True, "label": {"description": in_words(panel, frame, locale)}},
    }
    whole = common | drawn
    return whole if locale.scale == 1 else _enlarged(whole, locale.scale)


def nothing_to_draw(panel: Panel, frame: Frame) -> bool:
    """Whether no row has a place: of bubbles those without one are left out."""
    places = frame.column("x")
    return panel.kind == "xychart" and places is not None and all(x is None for x in places.values)


def in_words(panel: Panel, frame: Frame, locale: Locale) -> str:
    """What a chart shows, for those who do not see it: its title, and its rows, of many the first ones and the last."""
    drawn = [
        (column, settings)
        for column, settings in visible_columns(panel, frame)
        if panel.kind != "xychart" or settings.title != column.name
    ]
    titled = panel.kind != "bargauge"  # its only number is what the panel's title says
    rows = [
        ", ".join(_told(column, settings, row, locale, titled) for column, settings in drawn)
        for row in range(frame.rows)
    ]
    if len(rows) > ROWS_IN_WORDS:
        rows = [*rows[: ROWS_IN_WORDS - 1], "…", rows[-1]]
    return "; ".join([panel.title, *rows])


def _told(column: Column, settings: FieldSettings, row: int, locale: Locale, titled: bool) -> str:
    shown = show(column.values[row], settings, locale)
    return f"{settings.title}: {shown}" if titled and column.kind == "number" else shown


def _enlarged(part: Any, scale: float) -> Any:
    if isinstance(part, dict):
        return {
            key: value * scale
            if key in _LETTERS and isinstance(value, int | float)
            else _enlarged(value, scale)
            for key, value in part.items()
        }
    return [_enlarged(item, scale) for item in part] if isinstance(part, list) else part


_LETTERS = frozenset({"fontSize", "lineHeight", "itemHeight", "itemGap", "barMaxWidth"})


def _series(panel: Panel, frame: Frame, without: Sequence[str] = ()) -> list[Series]:
    numeric = [
        (column, settings)
        for column, settings in visible_columns(panel, frame)
        if column.kind == "number" and column.name not in without
    ]
    return [
        Series(column, settings, settings.fixed_colour or PALETTE[index % len(PALETTE)])
        for index, (column, settings) in enumerate(numeric)
    ]


def _tooltip(trigger: str) -> Options:
    return {
        "trigger": trigger,
        "renderMode": "richText",
        "confine": True,
        "textStyle": {"fontSize": 13, "color": INK},
    }


def _legend(panel: Panel) -> Options:
    shown = bool((panel.options.get("legend") or {}).get("showLegend"))
    return {
        "show": shown,
        "bottom": 0,
        "icon": "roundRect",
        "itemHeight": 10,
        "textStyle": {"fontSize": 13, "color": INK},
    }


def _donut(panel: Panel, frame: Frame, locale: Locale) -> Options:
    slices = [(series, series.column.values[0] or 0) for series in _series(panel, frame)]
    total = sum(value for _, value in slices)
    data = [
        {
            "name": f"{series.settings.title}  {formats.number(100 * value / total, locale.language, 0)}{NBSP}%",
            "value": value,
            "itemStyle": {"color": series.colour},
        }
        for series, value in slices
    ]
    middle = "28%"
    outer = _donut_radius(panel)
    return {
        "tooltip": _tooltip("item"),
        "title": {
            "text": formats.number(total, locale.language, 0),
            "left": middle,
            "top": "middle",
            "textAlign": "center",
            "textStyle": {"fontSize": 26, "fontWeight": "bold", "color": INK},
        },
        "legend": {
            "orient": "vertical",
            "left": "54%",
            "top": "middle",
            "icon": "roundRect",
            "itemGap": 14,
            "itemWidth": 14,
            "selectedMode": False,
            "textStyle": {"fontSize": 14, "color": INK},
        },
        "series": [
            {
                "type": "pie",
                "center": [middle, "50%"],
                "radius": [f"{0.64 * outer:.0f}%", f"{outer:.0f}%"],
                "data": data,
                "itemStyle": {"borderColor": "#fff", "borderWidth": 2},
                "label": {"show": False},
            }
        ],
    }


def _donut_radius(panel: Panel) -> float:
    """Percent of half the shorter side, so that the ring has a third of the width and leaves the rest to its legend."""
    width, height = panel.place.w * 65 - 30, panel.place.h * 38 - 50
    return 100 * min(0.23 * width, 0.46 * height) / (min(width, height) / 2)


def _bars(panel: Panel, frame: Frame, locale: Locale) -> Options:
    x_name = str(panel.options["xField"])
    categories = frame.column(x_name)
    if categories is None:
        raise KeyError(x_name)
    stacked = panel.options.get("stacking") in ("normal", "percent")
    horizontal = panel.options.get("orientation") == "horizontal"
    drawn = _series(panel, frame, without=(x_name,))
    bars = [one for one in drawn if not one.outlined]
    references = [one for one in drawn if one.outlined]
    # beside a line across them, labels stand in the bars; one kind of bar needs no legend
    position = "inside" if stacked else "insideLeft" if references else "right" if horizontal else "top"
    legend = _legend(panel) | ({"show": False} if references else {})
    colours = _bar_colours(panel, frame)
    names = [show(value, panel.field(x_name), locale) for value in categories.values]
    category: Options = {
        "type": "category",
        "data": names,
        "inverse": horizontal,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {
            "color": INK,
            "fontSize": 13,
            "interval": 0,
            "overflow": "truncate",
            "width": 130 if horizontal else None,
            "rotate": 0 if horizontal or len(names) <= 8 else 30,
        },
    }
    value: Options = {"type": "value", "show": False, "min": 0}
    if stacked:
        value["max"] = max(
            (sum(one.column.values[i] or 0 for one in bars) for i in range(frame.rows)), default=1
        )
    return {
        "tooltip": _tooltip("axis") | {"axisPointer": {"type": "shadow"}},
        "legend": legend,
        "title": {
            "text": "   ".join(
                f"┆ {one.settings.title} {show(_reference_value(one), one.settings, locale)}"
                for one in references
            ),
            "right": 8,
            "bottom": 0,
            "textStyle": {"fontSize": 13, "fontWeight": "normal", "color": INK},
        },
        "grid": {
            "left": 4,
            "right": 56 if position == "right" else 12,
            "top": 24 if position == "top" else 8,
            "bottom": 28 if legend["show"] or references else 4,
            "containLabel": True,
        },
        "xAxis": value if horizontal else category,
        "yAxis": category if horizontal else value,
        "series": [
            *(
                _bar_series(one, locale, position, colours) | ({"stack": "all"} if stacked else {})
                for one in bars
            ),
            *(_reference(one, horizontal) for one in references),
        ],
    }


def _bar_colours(panel: Panel, frame: Frame) -> list[str | None]:
    """The colour of each bar where another column says it."""
    column = frame.column(str(panel.options.get("colorByField")))
    if column is None:
        return [None] * frame.rows
    settings = panel.field(column.name)
    return [settings.colour(value) for value in column.values]


def _bar_series(one: Series, locale: Locale, position: str, colours: Sequence[str | None]) -> Options:
    largest = max((value or 0 for value in one.column.values), default=0)
    data = [
        {
            "value": value,
            # a sliver has no room for its number, which the tooltip says
            "label": {
                "formatter": show(value, one.settings, locale),
                "show": not position.startswith("inside") or (value or 0) > largest / 20,
            },
            "itemStyle": {"color": colour or one.colour},
        }
        for value, colour in zip(one.column.values, colours, strict=True)
    ]
    return {
        "type": "bar",
        "name": one.settings.title,
        "data": data,
        "barMaxWidth": 46,
        "itemStyle": {"color": one.colour},
        "label": {
            "show": True,
            "position": position,
            "color": "#fff" if position.startswith("inside") else INK,
            "fontSize": 14 if len(data) <= CRAMPED else 12,
            "fontWeight": "bold",
        },
    }


def _reference_value(one: Series) -> float:
    return next((value for value in one.column.values if value is not None), 0)


def _reference(one: Series, horizontal: bool) -> Options:
    """What bars are compared with: a line across them."""
    return {
        "type": "line",
        "name": one.settings.title,
        "data": [],
        "itemStyle": {"color": one.colour},
        "markLine": {
            "symbol": "none",
            "silent": True,
            "lineStyle": {"color": INK, "type": "dashed", "width": 2},
            "label": {"show": False},
            "data": [{"xAxis" if horizontal else "yAxis": _reference_value(one)}],
        },
    }


def _gauges(panel: Panel, frame: Frame, locale: Locale) -> Options:
    names = next(column for column in frame.columns if column.kind == "text")
    counted = _series(panel, frame)[0]
    return {
        "tooltip": _tooltip("item"),
        "grid": {"left": 4, "right": 64, "top": 4, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "show": False, "min": 0},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [str(name) for name in names.values],
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"color": INK, "fontSize": 15, "interval": 0, "overflow": "truncate", "width": 270},
        },
        "series": [_bar_series(counted, locale, "right", [None] * frame.rows)],
    }


def _trend(panel: Panel, frame: Frame, locale: Locale) -> Options:
    x = frame.columns[0]
    moments = [_milliseconds(value) for value in x.values]
    drawn = _series(panel, frame, without=(x.name,))
    shares = any((one.settings.custom.get("stacking") or {}).get("mode") == "percent" for one in drawn)
    sums = [sum(one.column.values[i] or 0 for one in drawn) or 1 for i in range(frame.rows)]
    series = []
    for one in drawn:
        values = one.column.values
        points: list[Any] = [
            [_wall_clock(moment, locale.zone), 100 * (value or 0) / sums[i] if shares else value]
            for i, (moment, value) in enumerate(zip(moments, values, strict=True))
        ]
        if shares and frame.rows <= 2:
            # points, of which those of nothing would lie on the others
            points = [{"value": point, "symbol": "circle" if point[1] else "none"} for point in points]
        opacity = (one.settings.custom.get("fillOpacity") or 0) / 100
        series.append(
            {
                "type": "line",
                "name": one.settings.title,
                "data": points,
                "stack": "all" if shares else None,
                "symbol": "circle",
                "symbolSize": 5,
                "showSymbol": frame.rows <= 2,
                "connectNulls": True,
                "lineStyle": {"color": one.colour, "width": 1 if shares else 2.5},
                "itemStyle": {"color": one.colour},
                "areaStyle": {"opacity": opacity} if opacity else None,
            }
        )
    first = panel.field(drawn[0].column.name) if drawn else panel.field("")
    unit = (
        f"{NBSP}%"
        if shares
        else first.unit.removeprefix("suffix:")
        if first.unit.startswith("suffix:")
        else ""
    )
    labelled = bool((panel.options.get("legend") or {}).get("showLegend")) and bool(drawn)
    room = min(LABEL_WIDTH, 16 + 7 * max(len(one.settings.title) for one in drawn)) if labelled else 16
    return {
        "tooltip": _tooltip("axis") | {":valueFormatter": _number_script(locale, unit, 1)},
        "grid": {"left": 8, "right": room, "top": 14, "bottom": 12, "containLabel": True},
        "xAxis": {
            "type": "time",
            "axisLabel": {
                "color": QUIET,
                "fontSize": 12,
                "hideOverlap": True,
                "margin": 12,
                "alignMinLabel": "left",
                "alignMaxLabel": "right",
                "formatter": _time_formats(locale.language),
            },
            "axisLine": {"lineStyle": {"color": LINE}},
        },
        "yAxis": {
            "type": "value",
            "min": 0 if shares else first.minimum,
            "max": 100 if shares else first.maximum,
            "axisLabel": {"color": QUIET, "fontSize": 12, ":formatter": _number_script(locale, unit, 2)},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [*series, _names_of_lines(panel, series, shares, room)] if labelled else series,
    }


def _number_script(locale: Locale, unit: str, decimals: int) -> str:
    """JavaScript that writes a number as the locale does; it holds words of the dashboards only."""
    digits = f"{{maximumFractionDigits: {decimals}}}"
    return f"value => (value ?? '–').toLocaleString('{locale.language}', {digits}) + {json.dumps(unit)}"


def _names_of_lines(panel: Panel, lines: Sequence[Options], stacked: bool, room: int) -> Options:
    """What each line or area is called, beside its end, and none on another."""
    named, height, top = [], 0.0, 0.0
    for line in lines:
        points = [point["value"] if isinstance(point, dict) else point for point in line["data"]]
        known = [point for point in points if point[1] is not None]
        if not known:
            continue
        moment, end = known[-1]
        top = max([top, *(point[1] for point in known)])
        # the middle of a stacked area; one that has come to nothing has none
        if end or not stacked:
            named.append((height + end / 2 if stacked else end, moment, line))
        height += end if stacked else 0
    pixel = (100 if stacked else top) / (panel.place.h * 38 - 110)
    free, data = -math.inf, []
    for end, moment, line in sorted(named, key=lambda one: one[0]):
        free = max(free + NAME_HEIGHT * pixel, end)
        label = {"formatter": line["name"], "color": line["itemStyle"]["color"]}
        data.append({"value": [moment, free], "label": label})
    return {
        "type": "scatter",
        "data": data,
        "symbolSize": 1,
        "silent": True,
        "tooltip": {"show": False},
        "itemStyle": {"opacity": 0},
        "label": {
            "show": True,
            "opacity": 1,
            "position": "right",
            "distance": 6,
            "fontSize": 13,
            "fontWeight": "bold",
            "width": room - 10,
            "overflow": "truncate",
        },
    }


def _marks(notes: Sequence[Note], locale: Locale) -> Options:
    """A line where something happened, an area where something lasted, each with its words."""

    def at(moment: datetime) -> str:
        return _wall_clock(_milliseconds(moment), locale.zone)

    def label(note: Note) -> Options:
        text = note.text if len(note.text) <= NOTE_LETTERS else note.text[: NOTE_LETTERS - 1] + "…"
        return {
            "formatter": text,
            "fontSize": 11,
            "color": INK,
            "backgroundColor": "#ffffffcc",
            "padding": [1, 3],
        }

    lines = [
        {
            "xAxis": at(note.start),
            "lineStyle": {"color": note.colour, "type": "dashed", "width": 1.5},
            "label": label(note) | {"position": "insideEndTop", "rotate": 0, "distance": 4},
        }
        for note in notes
        if note.end <= note.start
    ]
    areas = [
        [
            {
                "xAxis": at(note.start),
                "itemStyle": {"color": note.colour, "opacity": 0.15},
                "label": label(note),
            },
            {"xAxis": at(note.end)},
        ]
        for note in notes
        if note.end > note.start
    ]
    return {
        "markLine": {"symbol": "none", "silent": True, "data": lines},
        "markArea": {"silent": True, "data": areas},
    }


def _time_formats(language: Language) -> Options:
    if language == "da":
        return {
            "year": "{yyyy}",
            "month": "{d}.{M}.",
            "day": "{d}.{M}.",
            "hour": "{HH}:{mm}",
            "minute": "{HH}:{mm}",
        }
    return {
        "year": "{yyyy}",
        "month": "{d} {MMM}",
        "day": "{d} {MMM}",
        "hour": "{HH}:{mm}",
        "minute": "{HH}:{mm}",
    }


def _milliseconds(value: Any) -> float:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp() * 1000
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
    return float(value)


def _wall_clock(milliseconds: float, zone: ZoneInfo) -> str:
    """A time as the sellers' clocks show it; without a zone, so that the browser's own does not matter."""
    return datetime.fromtimestamp(milliseconds / 1000, zone).strftime("%Y-%m-%dT%H:%M:%S")


def _bubbles(panel: Panel, frame: Frame, locale: Locale) -> Options:
    columns = {column.name: column for column in frame.columns}
    size_name = panel.options["series"][0]["size"]["matcher"]["options"]
    xs, ys, sizes, shades, names = (columns[name].values for name in ("x", "y", size_name, "shade", "name"))
    changes = columns["change"].values if "change" in columns else [None] * frame.rows
    shade_settings, size_settings = panel.field("shade"), panel.field(size_name)
    axes = panel.field("x").custom.get("axisPlacement") != "hidden"
    limits = panel.field("x").custom.get("pointSize") or {}
    smallest, largest = int(limits.get("min", 8)), int(limits.get("max", 60))
    if not axes:
        largest = min(largest, _cell_height(panel, ys) - LABEL_HEIGHT)
    top = max((size for size in sizes if size), default=1) or 1
    data = []
    for x, y, size, shade, name, change in zip(xs, ys, sizes, shades, names, changes, strict=True):
        if x is None:
            continue
        written = show(size, size_settings, locale)
        # the area is the number
        diameter = smallest + (largest - smallest) * ((size or 0) / top) ** 0.5
        said = str(name) if change is None else f"{name}\n{change}"
        shown = show(shade, shade_settings, locale)
        details = f"{name}\n{size_settings.title}: {written}\n{shade_settings.title}: {shown}"
        data.append(
            {
                "value": [x, y],
                "name": details if change is None else f"{details} ({change})",
                "symbolSize": diameter,
                "itemStyle": {"color": shade_settings.colour(shade)},
                "label": {"formatter": said},
            }
        )
    return _bubble_axes(panel, locale, axes, xs, ys) | {
        "tooltip": _tooltip("item") | {"formatter": "{b}"},
        "series": [
            {
                "type": "scatter",
                "data": data,
                "itemStyle": {"opacity": 0.85 if axes else 1, "borderColor": "#fff", "borderWidth": 1},
                "label": {
                    "show": not axes,
                    "position": "bottom",
                    "distance": 2,
                    "color": INK,
                    "fontSize": 12,
                    "lineHeight": 14,
                    "align": "center",
                    "width": (panel.place.w * 58 - 30) // max(len(set(xs)), BUBBLES_AT_LEAST) - 4,
                    "overflow": "truncate",
                },
                **({"markLine": _risk_line(shade_settings, locale)} if axes else {}),
            }
        ],
    }


def _cell_height(panel: Panel, ys: Sequence[Any]) -> int:
    """Pixels that a row of bubbles has, in the grid's own size."""
    height = panel.place[3] * 38 - 60
    return height // len(set(ys))


def _risk_line(shade: FieldSettings, locale: Locale) -> Options:
    """Where risk begins, in words; and the day of closing."""
    return {
        "symbol": "none",
        "silent": True,
        "z": 10,
        "lineStyle": {"color": QUIET, "type": "dashed"},
        "label": {"show": False},
        "data": [
            {
                "yAxis": 65,
                "label": {
                    "show": True,
                    "formatter": f"{show(1, shade, locale)} < 65",
                    "position": "insideStartTop",
                    "color": shade.colour(1),
                    "backgroundColor": "#ffffffcc",
                    "padding": [1, 3],
                    "fontSize": 13,
                    "fontWeight": "bold",
                },
            },
            {"xAxis": 0},
        ],
    }


def _bubble_axes(panel: Panel, locale: Locale, axes: bool, xs: Sequence[Any], ys: Sequence[Any]) -> Options:
    if not axes:
        return {
            "grid": {"left": 0, "right": 0, "top": 4, "bottom": 4},
            "xAxis": {
                "type": "value",
                "show": False,
                "min": -0.5,
                "max": max(max(xs) + 1, BUBBLES_AT_LEAST) - 0.5,
            },
            "yAxis": {"type": "value", "show": False, "min": min(ys) - 0.75, "max": max(ys) + 0.5},
        }

    def axis(name: str) -> Options:
        settings = panel.field(name)
        return {
            "type": "value",
            "name": settings.title,
            "nameLocation": "middle",
            "nameGap": 28,
            "min": settings.minimum,
            "max": settings.maximum,
            "axisLabel": {"color": QUIET, "fontSize": 12},
            "nameTextStyle": {"color": QUIET, "fontSize": 13},
            "splitLine": {"lineStyle": {"color": LINE}},
        }

    return {
        "grid": {"left": 34, "right": 20, "top": 12, "bottom": 34, "containLabel": True},
        "xAxis": axis("x"),
        "yAxis": axis("y"),
    }


def _timeline(panel: Panel, frame: Frame, locale: Locale) -> Options:
    moments = [_milliseconds(value) for value in frame.columns[0].values]
    rows = [(column, settings) for column, settings in visible_columns(panel, frame)][1:]
    began = moments[0] if moments else 0.0
    series = [
        _stretches(column, settings, row, [moment - began for moment in moments], locale)
        for row, (column, settings) in enumerate(rows)
    ]
    length = (moments[-1] - began) / 60_000 if moments else 1
    return {
        "tooltip": _tooltip("item") | {"formatter": "{b}"},
        "grid": {"left": 8, "right": 16, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": length,
            "axisLabel": {"color": QUIET, "fontSize": 12, "formatter": "{value} min", "showMaxLabel": False},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [settings.title for _, settings in rows],
            "axisLabel": {"color": INK, "fontSize": 13},
            "axisTick": {"show": False},
        },
        "series": [part for row in series for part in row],
    }


def _stretches(
    column: Column, settings: FieldSettings, row: int, moments: Sequence[float], locale: Locale
) -> list[Options]:
    """Each stretch of one state as a thick line in its row, one series a colour; it tells its place in the frame."""
    by_colour: dict[str, list[Options]] = {}
    for index, value in enumerate(column.values[:-1]):
        if not value:
            continue
        start, end = moments[index] / 60_000, moments[index + 1] / 60_000
        colour = settings.colour(value) or PALETTE[0]
        name = f"{settings.title}: {show(value, settings, locale)}"
        by_colour.setdefault(colour, []).append(
            {"coords": [[start, row], [end, row]], "name": name, "column": column.name, "index": index}
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


_KINDS: dict[str, Callable[[Panel, Frame, Locale], Options]] = {
    "piechart": _donut,
    "barchart": _bars,
    "bargauge": _gauges,
    "timeseries": _trend,
    "trend": _trend,
    "xychart": _bubbles,
    "state-timeline": _timeline,
}
KINDS = frozenset(_KINDS)
"""The panel kinds that are drawn as charts."""
