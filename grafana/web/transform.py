"""The transformations of Grafana that the dashboards use, on the page's columns. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grafana.web.board import Json
from grafana.web.queries import Column, Frame


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
        elif kind == "rowsToFields":
            continue  # the page reads value and note from their row
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


def wide(frame: Frame) -> Frame:
    """Rows of time, name and number as a column for each name, in order of appearance; others stay as they are."""
    if [column.kind for column in frame.columns] != ["time", "text", "number"]:
        return frame
    placed, named, counted = frame.columns
    rows: dict[Any, dict[str, Any]] = {}
    names: dict[str, None] = {}
    for place, name, value in zip(placed.values, named.values, counted.values, strict=True):
        names[name] = None
        rows.setdefault(place, {})[name] = value
    lines = [Column(name, counted.kind, [row.get(name) for row in rows.values()]) for name in names]
    return Frame((Column(placed.name, placed.kind, list(rows)), *lines))
