"""Lines over time, as amounts or as shares of 100 %, with what they have to be read with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, NamedTuple  # Any: values as the driver has them
from zoneinfo import ZoneInfo

from grafana import theme
from grafana.i18n import Language
from grafana.panels.panels import DAY_SECONDS, GAP_DAYS, GAP_STEPS, Charted, PeriodTrend, Trend
from grafana.sql import NBSP
from grafana.web import formats
from grafana.web.charts.layout import Canvas, Options, Series, number_script, series, tooltip
from grafana.web.frames import Frame

NAME_HEIGHT = 16
"""Pixels from the name of a line to the next."""

LABEL_WIDTH = 150
"""Pixels at most beside a line for its name."""

AXIS_PIXELS = 60
"""What the axis of time takes of a chart's height."""

NOTE_LETTERS = 34
MORE_LETTERS = 5
"""What " (+9)" takes."""
LETTER_PIXELS = 6.5
"""Width of a letter of a note."""


class Note(NamedTuple):
    """Something that a trend has to be read with; times with zone."""

    start: datetime
    end: datetime
    text: str
    colour: str


def trend(panel: Trend, frame: Frame, canvas: Canvas, notes: Sequence[Note]) -> Options:
    """Lines over the time range."""
    minimum, maximum = (0, 100) if panel.shares else panel.bounds
    if panel.gaps:
        frame = _with_gaps(frame)
    drawn = _lines(panel, frame, canvas, panel.shares, panel.legend, (minimum, maximum))
    if drawn["series"]:
        first, last = (milliseconds(frame.columns[0].values[end]) for end in (0, -1))
        shown = [note for note in notes if first <= milliseconds(note.start) <= last]
        pixel = (last - first) / canvas.width
        drawn["series"][0] |= _marks(shown, canvas.locale.zone, pixel)
    return drawn


def _with_gaps(frame: Frame) -> Frame:
    """The rows, and one without values wherever rows are missing, so that no line is drawn over them."""
    moments = [milliseconds(value) for value in frame.columns[0].values]
    step = min((after - before for before, after in pairwise(moments)), default=0.0)
    least, most = DAY_SECONDS
    limit = (GAP_DAYS if least <= step / 1000 <= most else GAP_STEPS) * step
    missing = [row for row, (before, after) in enumerate(pairwise(moments), 1) if after - before > limit]
    if not missing:
        return frame
    columns = []
    for place, column in enumerate(frame.columns):
        values = list(column.values)
        for row in reversed(missing):
            values.insert(row, moments[row - 1] + step if place == 0 else None)
        columns.append(replace(column, values=values))
    return Frame(tuple(columns))


def period_trend(panel: PeriodTrend, frame: Frame, canvas: Canvas) -> Options:
    """Lines over days of their own."""
    return _lines(panel, frame, canvas, shares=False, legend=True, bounds=(0, None))


def _lines(
    panel: Charted,
    frame: Frame,
    canvas: Canvas,
    shares: bool,
    legend: bool,
    bounds: tuple[float, float | None],
) -> Options:
    x = frame.columns[0]
    moments = [_wall_clock(milliseconds(value), canvas.locale.zone) for value in x.values]
    drawn = series(panel, frame, without=(x.name,))
    lines = [_line(one, moments, drawn, shares, canvas) for one in drawn]
    unit = drawn[0].settings.unit if drawn else None
    suffix = f"{NBSP}%" if shares else formats.suffix(unit, canvas.language)
    labelled = legend and bool(drawn)
    room = min(LABEL_WIDTH, 16 + 7 * max(len(line["name"]) for line in lines)) if labelled else 16
    number = number_script(canvas.language, suffix, 1)
    return {
        "tooltip": tooltip("axis") | {":valueFormatter": number},
        "grid": {"left": 8, "right": room, "top": 20, "bottom": 12, "containLabel": True},
        "xAxis": {
            "type": "time",
            "axisLabel": {
                "color": theme.QUIET,
                "fontSize": 12,
                "hideOverlap": True,
                "margin": 12,
                "alignMinLabel": "left",
                "alignMaxLabel": "right",
                "formatter": _time_formats(canvas.language),
            },
            "axisLine": {"lineStyle": {"color": theme.LINE}},
        },
        "yAxis": {
            "type": "value",
            "min": bounds[0],
            "max": bounds[1],
            "axisLabel": {
                "color": theme.QUIET,
                "fontSize": 12,
                ":formatter": number_script(canvas.language, suffix, 2),
            },
            "splitLine": {"lineStyle": {"color": theme.LINE}},
        },
        "series": [*lines, _names_of_lines(lines, shares, room, canvas)] if labelled else lines,
    }


def _line(
    one: Series, moments: Sequence[str], drawn: Sequence[Series], shares: bool, canvas: Canvas
) -> Options:
    few = len(moments) <= 2
    known = [any(other.column.values[row] is not None for other in drawn) for row in range(len(moments))]
    alone = [
        is_known and not any(known[max(0, row - 1) : row] + known[row + 1 : row + 2])
        for row, is_known in enumerate(known)
    ]
    points: list[Any] = []
    for row, (moment, value) in enumerate(zip(moments, one.column.values, strict=True)):
        if shares and known[row]:
            whole = sum(other.column.values[row] or 0 for other in drawn) or 1
            value = 100 * (value or 0) / whole
        point = [moment, value]
        # what has no line beside it is a point; of shares, those of nothing would lie on the others
        is_point = (few or alone[row]) and bool(value or not shares)
        points.append(
            {"value": point, "symbol": "circle" if is_point else "none"} if few or any(alone) else point
        )
    return {
        "type": "line",
        "name": canvas.title(one.settings),
        "data": points,
        "stack": "all" if shares else None,
        "symbol": "circle",
        "symbolSize": 5,
        "showSymbol": few or any(alone),
        "connectNulls": not any(not is_known for is_known in known),
        "lineStyle": {"color": one.colour, "width": 1 if shares else 2.5},
        "itemStyle": {"color": one.colour},
        "areaStyle": {"opacity": 0.8} if shares else None,
    }


def _names_of_lines(lines: Sequence[Options], stacked: bool, room: int, canvas: Canvas) -> Options:
    """What each line or area is called, beside its end, and none on another."""
    named, height, top = [], 0.0, 0.0
    for line in lines:
        points = [point["value"] if isinstance(point, dict) else point for point in line["data"]]
        known = [point for point in points if point[1] is not None]
        if not known:
            continue
        moment, end = known[-1]
        top = max([top, *(point[1] for point in known)])
        # the middle of a stacked area; one that has come to nothing was something before
        if not stacked or any(point[1] for point in known):
            named.append((height + end / 2 if stacked else end, moment, line))
        height += end if stacked else 0
    pixel = (100 if stacked else top) / (canvas.height - AXIS_PIXELS)
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


def _with_words(notes: Sequence[Note], pixel: float) -> dict[Note, int]:
    """The notes whose words have room, and how many more come before the next one; `pixel` is how many milliseconds a
    pixel is. Of some that lie close together only the first one has its words."""
    shown: dict[Note, int] = {}
    free = -math.inf
    for note in sorted(notes, key=lambda note: note.start):
        middle = (milliseconds(note.start) + milliseconds(note.end)) / 2
        half = min(len(note.text) + MORE_LETTERS, NOTE_LETTERS) * LETTER_PIXELS * pixel / 2
        if middle - half >= free:
            shown[note] = 0
            free = middle + half
        else:
            shown[next(reversed(shown))] += 1
    return shown


def _marks(notes: Sequence[Note], zone: ZoneInfo, pixel: float) -> Options:
    """A line where something happened, an area where something lasted, each with its words, where they have room."""
    with_words = _with_words(notes, pixel)

    def at(moment: datetime) -> str:
        return _wall_clock(milliseconds(moment), zone)

    def label(note: Note) -> Options:
        more = f" (+{with_words[note]})" if with_words.get(note) else ""
        room = NOTE_LETTERS - len(more)
        text = (note.text if len(note.text) <= room else note.text[: room - 1] + "…") + more
        return {
            "show": note in with_words,
            "formatter": text,
            "fontSize": 11,
            "color": theme.INK,
            "backgroundColor": theme.VEIL,
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
    day = "{d}.{M}." if language == "da" else "{d} {MMM}"
    return {"year": "{yyyy}", "month": day, "day": day, "hour": "{HH}:{mm}", "minute": "{HH}:{mm}"}


def milliseconds(value: Any) -> float:
    """A time, a day or a number as milliseconds of the epoch; times without zone are UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp() * 1000
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
    return float(value)


def _wall_clock(moment: float, zone: ZoneInfo) -> str:
    """A time as the sellers' clocks show it; without a zone, so that the browser's own does not matter."""
    return datetime.fromtimestamp(moment / 1000, zone).strftime("%Y-%m-%dT%H:%M:%S")
