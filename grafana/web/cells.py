"""Tables and single numbers: what stands in a cell, ready to be drawn. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from grafana.i18n import Language
from grafana.web import formats
from grafana.web.board import FieldSettings, Panel
from grafana.web.queries import Column, Frame

Resolve = Callable[[str, Mapping[str, str]], str]
"""Fills the dashboard's variables and a row's values into an address or a title."""


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


def show(value: object, settings: FieldSettings, locale: Locale) -> str:
    """A value in words: its mapping's text, else by its unit."""
    mapped = settings.mapped("" if value is None else value)
    if mapped and mapped.get("text") is not None:
        return str(mapped["text"])
    if value is None:
        return "–"
    if isinstance(value, date):
        return formats.moment(value, locale.language, locale.zone)
    if isinstance(value, int | float):
        return formats.amount(value, locale.language, settings.decimals, settings.unit)
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)


def scope(frame: Frame, index: int, value: object = None) -> dict[str, str]:
    """A row's values as links name them: `__data.fields.call_id`, `__value.raw`."""
    scoped = {f"__data.fields.{name}": _plain(cell) for name, cell in frame.row(index).items()}
    scoped |= {"__value.raw": _plain(value), "__value.text": _plain(value)}
    return scoped


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def safe_address(address: str) -> str:
    """An address that a click may open: a path of this page, or http(s); anything else leads nowhere."""
    return address if address.startswith(("/d/", "https://", "http://")) else ""


def address(settings: FieldSettings, frame: Frame, index: int, resolve: Resolve) -> str:
    """Where a cell of a column leads; empty when nowhere."""
    links = settings.links  # first, since most columns have none and a row is made of all of them
    if not links or (value := frame.row(index).get(settings.name)) is None:
        return ""
    return safe_address(resolve(str(links[0]["url"]), scope(frame, index, value)))


def visible_columns(panel: Panel, frame: Frame) -> list[tuple[Column, FieldSettings]]:
    """The columns that are shown, with their settings."""
    pairs = [(column, panel.field(column.name)) for column in frame.columns]
    return [(column, settings) for column, settings in pairs if not settings.hidden]


def table_rows(panel: Panel, frame: Frame, locale: Locale, resolve: Resolve) -> list[dict[str, Any]]:
    """The rows of a table panel. Keys are c0, c1, ...: no word of a customer ever becomes a key."""
    columns = visible_columns(panel, frame)
    largest = {column.name: _largest(column, settings) for column, settings in columns}
    rows: list[dict[str, Any]] = []
    for index in range(frame.rows):
        row: dict[str, Any] = {"id": index}
        for position, (column, settings) in enumerate(columns):
            row[f"c{position}"] = _cell(column, settings, index, largest[column.name], locale, frame, resolve)
        rows.append(row)
    return rows


def _largest(column: Column, settings: FieldSettings) -> float:
    numbers = [value for value in column.values if isinstance(value, int | float)]
    return settings.maximum or max(numbers, default=0) or 1


def _cell(
    column: Column,
    settings: FieldSettings,
    index: int,
    largest: float,
    locale: Locale,
    frame: Frame,
    resolve: Resolve,
) -> Cell:
    value = column.values[index]
    cell: Cell = {"text": show(value, settings, locale), "sort": _sortable(value)}
    colour = settings.colour("" if value is None else value)
    if colour:
        cell["colour"] = colour
    if settings.cell == "gauge" and isinstance(value, int | float):
        cell["bar"] = round(100 * max(0.0, min(1.0, value / largest)), 1)
    if settings.cell == "pill":
        cell["chips"] = [
            part for part in (value if isinstance(value, list) else str(value or "").split(", ")) if part
        ]
    if settings.wraps and isinstance(value, str) and "‹" in value:
        cell["parts"] = re.split("[‹›]", value)
    if href := address(settings, frame, index, resolve):
        cell["href"] = href
    return cell


def _sortable(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else ""
