"""Tables and single numbers: what stands in a cell, ready to be drawn. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict  # Any: JSON
from zoneinfo import ZoneInfo

from grafana.i18n import Language
from grafana.panels.columns import Column, Link
from grafana.panels.panels import Charted
from grafana.web import formats, frames
from grafana.web.frames import Frame

Follow = Callable[[Link, Mapping[str, object]], str]
"""Where a link of a row leads."""


@dataclass(frozen=True, slots=True)
class Locale:
    """How this viewer reads numbers, times and letters."""

    language: Language
    zone: ZoneInfo
    scale: float = 1
    """How much larger letters are: more than 1 on the wall."""


class Cell(TypedDict, total=False):
    """A drawn cell: `bar` is a width in percent, `sort` what the column sorts by; every other of `parts` is marked."""

    text: str
    sort: Any
    href: str
    colour: str
    bar: float
    chips: list[str]
    parts: list[str]


Shown = tuple[frames.Column, Column]
"""A column of the answer, and how it is shown."""


def title(column: Column, language: Language) -> str:
    """What a column is called."""
    return column.name if column.title is None else column.title.of(language)


def show(value: object, column: Column, locale: Locale) -> str:
    """A value in words: those that stand for it, else by its unit."""
    known = column.value(value)
    if known is not None:
        return known.text.of(locale.language)
    if value is None:
        return "–"
    if isinstance(value, date):
        return formats.moment(value, locale.language, locale.zone)
    if isinstance(value, int | float):
        return formats.amount(value, locale.language, column.decimals, column.unit)
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


def visible_columns(panel: Charted, frame: Frame) -> list[Shown]:
    """The columns of an answer that are shown."""
    pairs = [(column, panel.column(column.name)) for column in frame.columns]
    return [
        (column, settings)
        for column, settings in pairs
        if not settings.hidden and not (settings.optional and all(value is None for value in column.values))
    ]


def table_rows(panel: Charted, frame: Frame, locale: Locale, follow: Follow) -> list[dict[str, Any]]:
    """The rows of a table. Keys are c0, c1, ...: no word of a customer ever becomes a key."""
    columns = visible_columns(panel, frame)
    largest = {column.name: _largest(column, settings) for column, settings in columns}
    rows: list[dict[str, Any]] = []
    for index in range(frame.rows):
        row: dict[str, Any] = {"id": index}
        values = frame.row(index)
        for position, (column, settings) in enumerate(columns):
            cell = _cell(column.values[index], settings, largest[column.name], locale)
            if href := address(settings, values, follow):
                cell["href"] = href
            row[f"c{position}"] = cell
        rows.append(row)
    return rows


def address(column: Column, row: Mapping[str, object], follow: Follow) -> str:
    """Where a cell of a column leads; empty when nowhere."""
    if column.link is None or row.get(column.name) is None:
        return ""
    if any(row.get(name) is None for name in column.link.sets.values()):
        return ""
    return follow(column.link, row)


def _largest(column: frames.Column, settings: Column) -> float:
    numbers = [value for value in column.values if isinstance(value, int | float)]
    return settings.maximum or max(numbers, default=0) or 1


def _cell(value: object, column: Column, largest: float, locale: Locale) -> Cell:
    cell: Cell = {"text": show(value, column, locale), "sort": _sortable(value)}
    colour = column.colour_of(value)
    if colour:
        cell["colour"] = colour
    if column.cell == "bar" and isinstance(value, int | float):
        cell["bar"] = round(100 * max(0.0, min(1.0, value / largest)), 1)
    if column.cell == "chips":
        parts = value if isinstance(value, list) else str(value or "").split(", ")
        cell["chips"] = [part for part in parts if part]
    if column.cell == "wrapped" and isinstance(value, str) and "‹" in value:
        cell["parts"] = re.split("[‹›]", value)
    return cell


def _sortable(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else ""
