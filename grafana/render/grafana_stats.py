"""Numbers and sentences in large letters: single values, and on the wall the tiles that stand for rows and slices."""

from __future__ import annotations

from dataclasses import replace

from grafana_foundation_sdk.models import common, dashboard, stat

from grafana import theme
from grafana.pages.common import texts
from grafana.panels.columns import Column, Value
from grafana.panels.pages import At
from grafana.panels.panels import Donut, Headline, Ranking, Stat, Table
from grafana.render import grafana_options as parts
from grafana.render.grafana_canvas import Canvas
from grafana.render.grafana_wall import shares_of, told
from grafana.sql import quoted


def number(canvas: Canvas, item: Stat, at: At) -> dashboard.Panel:
    """The answer says itself that it is empty: what Grafana says of no value it also says when it cannot ask."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.VALUE,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME,
        wide_layout=False,
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/.*/"),
        text=common.VizTextDisplayOptions(
            title_size=26 if canvas.wall else 14, value_size=52 if canvas.wall else 26
        ),
    )
    row = f"\nWHERE name = {quoted(item.row)}" if item.row else ""
    sql = (
        "SELECT ifNull(shown, '–') AS value,\n"
        f"    if(shown IS NULL, {canvas.writer.text(item.empty)}, ifNull(beside, '')) AS note\n"
        "FROM (\nSELECT anyOrNull(value) AS shown, anyOrNull(note) AS beside\n"
        f"FROM (\n{item.query.sql(canvas.writer)}\n){row}\n)"
    )
    return canvas.panel(
        "stat",
        item,
        at,
        options,
        sql=sql,
        colour="text",
        transformations=[parts.NOTE_AS_NAME],
        unreadable=texts.UNREADABLE_NUMBER,
    )


def headline(canvas: Canvas, item: Headline, at: At) -> dashboard.Panel:
    """A sentence; of an alarm on a ground of its colour."""
    mode = common.BigValueColorMode.BACKGROUND_SOLID if item.alarm else common.BigValueColorMode.VALUE
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=mode,
        text_mode=common.BigValueTextMode.VALUE,
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/^value$/"),
        # a headline of a third of the page may need three lines in the room of two
        text=common.VizTextDisplayOptions(value_size=42 if canvas.wall else 20 if at.w > 8 else 16),
    )
    sql = (
        f"SELECT ifNull(said, {canvas.writer.text(item.empty)}) AS value\n"
        f"FROM (\nSELECT anyOrNull({item.column}) AS said\nFROM (\n{item.query.sql(canvas.writer)}\n)\n)"
    )
    if not item.alarm:
        unreadable = texts.UNREADABLE if at.w > 4 else texts.UNREADABLE_TIME
        return canvas.panel("stat", item, at, options, sql=sql, colour="text", unreadable=unreadable)
    calm = Column("value", values={canvas.of(item.empty): Value(item.empty, theme.NEUTRAL)})
    return canvas.panel("stat", item, at, options, sql=sql, colour=theme.NEGATIVE, columns=[calm])


def _row_tiles(value: Column, colours: common.BigValueColorMode, rows: int | None = None) -> stat.Options:
    """A tile a row, one below another, of a name and a value; at most so many rows."""
    return stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=colours,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME,
        orientation=common.VizOrientation.HORIZONTAL,
        reduce_options=common.ReduceDataOptions(
            values=True, limit=rows, calcs=["lastNotNull"], fields=f"/^{value.name}$/"
        ),
        text=common.VizTextDisplayOptions(title_size=30, value_size=30),
    )


def table_from_afar(canvas: Canvas, item: Table, at: At) -> dashboard.Panel:
    """Letters of tables cannot be enlarged: a row becomes a tile, with its first columns as name and its badge."""
    badge = next(column for column in item.columns if column.cell == "badge")
    who, whom, minutes = (column.name for column in item.columns[:3])
    options = _row_tiles(badge, common.BigValueColorMode.BACKGROUND_SOLID)
    sql = (
        f"SELECT concat({who}, if({whom} = '', '', concat(', ', {whom})),\n"
        f"    if({minutes} IS NULL, '', concat(', ', toString(round({minutes})), ' min'))) AS who, {badge.name}\n"
        f"FROM (\n{item.query.sql(canvas.writer)}\n)"
    )
    # without a name of its own: Grafana finds the field by the name that it shows, and calls every tile by it
    columns = [replace(badge, title=None)]
    said = told(sql, "who", badge.name, canvas.of(item.empty))
    return canvas.panel("stat", item, at, options, sql=said, colour=theme.NEUTRAL, columns=columns)


def shares_from_afar(canvas: Canvas, item: Donut, at: At) -> dashboard.Panel:
    """A tile a slice: letters of legends cannot be enlarged."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.BACKGROUND_SOLID,
        text_mode=common.BigValueTextMode.VALUE_AND_NAME,
        orientation=common.VizOrientation.VERTICAL,
        wide_layout=False,
        reduce_options=common.ReduceDataOptions(values=False, calcs=["lastNotNull"], fields="/.*/"),
        text=common.VizTextDisplayOptions(title_size=30, value_size=42),
    )
    sql = shares_of(item.query.sql(canvas.writer), [column.name for column in item.columns], canvas.writer)
    columns = [replace(column, unit=None, link=None) for column in item.columns]
    return canvas.panel(
        "stat",
        item,
        at,
        options,
        sql=sql,
        colour=theme.NEUTRAL,
        columns=columns,
        unreadable=texts.UNREADABLE_NUMBER,
    )


def ranking(canvas: Canvas, item: Ranking, at: At) -> dashboard.Panel:
    """A tile a row: beside bars Grafana has no room for letters that are read from four metres."""
    [count] = item.columns
    options = _row_tiles(count, common.BigValueColorMode.VALUE, item.rows)
    # without a colour of its own: numbers are letters on Grafana's ground
    plain = [replace(count, colour=None, unit=None, decimals=None)]
    written = f"SELECT said, {canvas.writer.whole(count.name)} AS {count.name}"
    sql = f"{written}\nFROM (\n{item.query.sql(canvas.writer)}\n)"
    sql = told(sql, "said", count.name, canvas.of(item.empty))
    return canvas.panel("stat", item, at, options, sql=sql, colour="text", columns=plain)
