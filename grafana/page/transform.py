"""The transformations of Grafana that the dashboards use, on the page's columns. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grafana.page.board import Json
from grafana.page.queries import Column, Frame


def apply(frame: Frame, transformations: Sequence[Json]) -> Frame:
    """The frame after each transformation in turn; an empty answer, which has no columns, stays empty.

    Raises ValueError for a transformation that is not known here.
    """
    if not frame.columns:
        return frame
    for transformation in transformations:
        kind, options = transformation["id"], transformation.get("options") or {}
        if kind == "filterByValue":
            frame = _filter(frame, options)
        elif kind == "filterFieldsByName":
            names = options["include"]["names"]
            frame = Frame(tuple(column for column in frame.columns if column.name in names))
        elif kind == "groupingToMatrix":
            frame = _matrix(frame, options)
        elif kind in ("rowsToFields", "convertFieldType"):
            continue  # the page reads value and note from their row, and its matrix keeps numbers
        else:
            raise ValueError(f"the transformation {kind} is not known")
    return frame


def _filter(frame: Frame, options: Json) -> Frame:
    kept = list(range(frame.rows))
    for condition in options["filters"]:
        column = frame.column(condition["fieldName"])
        wanted = condition["config"]["options"]["value"]
        if column is not None:
            kept = [index for index in kept if str(column.values[index]) == wanted]
    return Frame(
        tuple(Column(column.name, column.kind, [column.values[i] for i in kept]) for column in frame.columns)
    )


def _matrix(frame: Frame, options: Json) -> Frame:
    """One row for each value of the row field and one column for each of the column field, in order of appearance."""
    named, placed, counted = (frame.column(options[key]) for key in ("columnField", "rowField", "valueField"))
    if named is None or placed is None or counted is None:
        raise ValueError("the answer lacks a column of its matrix")
    rows: dict[Any, dict[str, Any]] = {}
    names: dict[str, None] = {}
    for name, place, value in zip(named.values, placed.values, counted.values, strict=True):
        names[str(name)] = None
        rows.setdefault(place, {})[str(name)] = value
    columns = [Column(placed.name, placed.kind, list(rows))]
    columns += [Column(name, counted.kind, [row.get(name) for row in rows.values()]) for name in names]
    return Frame(tuple(columns))
