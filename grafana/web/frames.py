"""An answer to a query: columns, and what a panel takes of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal  # Any: values as the driver has them

from grafana.panels.panels import Bars, Panel, Stat, Trend

Kind = Literal["number", "time", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: numbers as int or float, times with zone, else text; None where nothing is known."""

    name: str
    kind: Kind
    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """The answer to a query."""

    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].values) if self.columns else 0

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def row(self, index: int) -> dict[str, Any]:
        return {column.name: column.values[index] for column in self.columns}


def taken(panel: Panel, frame: Frame) -> Frame:
    """What a panel draws of the answer to its query, which it may share with others."""
    if not frame.columns:
        return frame
    match panel:
        case Stat(row=row) if row:
            return where(frame, "name", row)
        case Bars(columns=columns):
            return kept(frame, {column.name for column in columns})
        case Trend(by_name=counted) if counted:
            return wide(frame, counted)
        case _:
            return frame


def where(frame: Frame, name: str, value: str) -> Frame:
    """The rows in which a column has a value."""
    column = frame.column(name)
    if column is None:
        raise KeyError(name)
    rows = [index for index, one in enumerate(column.values) if one == value]
    return Frame(
        tuple(Column(one.name, one.kind, [one.values[index] for index in rows]) for one in frame.columns)
    )


def kept(frame: Frame, names: Collection[str]) -> Frame:
    """Only the named columns."""
    return Frame(tuple(column for column in frame.columns if column.name in names))


def wide(frame: Frame, number: str) -> Frame:
    """Rows of time, name and a number as a column for each name, in order of appearance."""
    placed, named, *_ = frame.columns
    counted = frame.column(number)
    if counted is None:
        raise KeyError(number)
    rows: dict[Any, dict[str, Any]] = {}
    names: dict[str, None] = {}
    for place, name, value in zip(placed.values, named.values, counted.values, strict=True):
        names[name] = None
        rows.setdefault(place, {})[name] = value
    lines = [Column(name, counted.kind, [row.get(name) for row in rows.values()]) for name in names]
    return Frame((Column(placed.name, placed.kind, list(rows)), *lines))
