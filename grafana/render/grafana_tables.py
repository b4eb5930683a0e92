"""Tables, also in place of charts: those of Grafana's cut what a table scrolls, and write no names on bubbles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grafana_foundation_sdk.models import common, dashboard, table

from grafana import theme
from grafana.panels.columns import Column
from grafana.panels.pages import At
from grafana.panels.panels import Bars, Bubbles, Charted
from grafana.render import grafana_options as parts
from grafana.render.grafana_canvas import Canvas
from grafana.render.grafana_columns import NAMELESS


def bubbles_as_table(canvas: Canvas, item: Bubbles, at: At) -> dashboard.Panel:
    """Grafana writes no names on bubbles: bars in a table say the same, and how many."""
    names = [item.column("name"), item.column(item.size), item.column("change")]
    drawn = [
        names[0],
        replace(names[1], cell="bar", colour=theme.ACCENT),
        *([replace(names[2], width=110)] if names[2] in item.columns else []),
    ]
    return rows(canvas, item, at, drawn)


def bars_as_table(canvas: Canvas, item: Bars, at: At) -> dashboard.Panel:
    """A table scrolls where a chart of Grafana's cuts, and its text is that of the query."""
    bars = sum(
        column.name not in (item.category, item.label) and not (column.reference or column.hidden)
        for column in item.columns
    )
    drawn = []
    for column in item.columns:
        if column.name in (item.category, item.label):
            column = replace(column, title=column.title or NAMELESS)
            drawn.append(replace(column, width=100 if column.name == item.label else None))
        elif column.hidden:
            continue
        elif column.reference:
            drawn.append(replace(column, reference=False, colour=None, width=110))
        elif item.label:
            # its number is the label's text; of two columns of one name Grafana's table shows the last one twice
            drawn.append(replace(column, cell="bare_bar", title=NAMELESS, width=80))
        else:
            # Grafana gives each column 150 pixels, and those for which there is no room are out of sight
            drawn.append(replace(column, cell="bar", width=95 if bars > 2 else None))
    return rows(canvas, item, at, drawn)


def rows(
    canvas: Canvas, item: Charted, at: At, columns: Sequence[Column], header: bool = True
) -> dashboard.Panel:
    """Some columns of an answer, a row each."""
    height = common.TableCellHeight.LG if canvas.wall else common.TableCellHeight.SM
    options = parts.without(table.Options(show_header=header, cell_height=height), "footer")
    names = [column.name for column in columns]
    return canvas.panel(
        "table",
        item,
        at,
        options,
        columns=columns,
        custom={"wrapHeaderText": True},
        transformations=[parts.kept(names)] if names != [column.name for column in item.columns] else (),
        unknown="–",
    )
