"""Rows as columns of their table, and back. One field of a row is one column, but for the fields that have a value for
each metric that counts words: these have a column for each, next to one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar  # Any: values as the driver has them

from clickhouse.schema.metrics import COUNTED
from clickhouse.schema.rows import CallRow, SegmentRow

R = TypeVar("R", bound=NamedTuple)

_SPREAD: Mapping[type[NamedTuple], tuple[str, tuple[str, ...]]] = {
    SegmentRow: ("word_counts", tuple(metric.counts for metric in COUNTED)),
    CallRow: ("word_rates", tuple(metric.column for metric in COUNTED)),
}
"""By kind of row the field that has several columns, and these."""


def columns_of(kind: type[NamedTuple]) -> tuple[str, ...]:
    """The columns of a kind of row, in the order of its fields."""
    if kind not in _SPREAD:
        return kind._fields
    at, columns = _place(kind)
    return (*kind._fields[:at], *columns, *kind._fields[at + 1 :])


def in_columns(rows: Sequence[NamedTuple]) -> list[Sequence[Any]]:
    """Rows of one kind, at least one, as the values of each column."""
    kind = type(rows[0])
    values = list[Sequence[Any]](zip(*rows, strict=True))
    if kind in _SPREAD:
        at, columns = _place(kind)
        values[at : at + 1] = [[each[place] for each in values[at]] for place in range(len(columns))]
    return values


def row_from(kind: type[R], values: Sequence[Any]) -> R:
    """The row that has these values in the columns of its kind."""
    if kind not in _SPREAD:
        return kind._make(values)
    at, columns = _place(kind)
    end = at + len(columns)
    return kind._make((*values[:at], tuple(values[at:end]), *values[end:]))


def _place(kind: type[NamedTuple]) -> tuple[int, tuple[str, ...]]:
    """Where the columns of the spread field begin, and which they are."""
    field, columns = _SPREAD[kind]
    return kind._fields.index(field), columns
