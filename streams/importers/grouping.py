"""Reports with groups: who sells, or the stage, stands once for several rows, and the rows below it lack it."""

from __future__ import annotations

from dataclasses import dataclass, field

from streams.importers import texts
from streams.importers.columns import Column, Columns, text_of
from streams.importers.tables.table import Row

_ALWAYS = ("seller_id", "stage", "state")
"""Fields that every row of a list has, so that rows without them lack what stands above."""
_WITH_SUBTOTALS = ("customer_id",)
"""Fields that a row may lack: only sums between the rows tell that they are grouped by it."""


@dataclass(slots=True)
class _Runs:
    """What is seen of a column: whether each of its values stands once, with rows below that have none."""

    column: Column
    blank_count: int = 0
    first_blank: int = 0
    values: set[str] | None = field(default_factory=set)
    """None once a value stands twice."""

    def see(self, row: Row) -> None:
        if self.values is None:
            return
        cell = row.cells[self.column.index] if self.column.index < len(row.cells) else None
        text = text_of(cell)
        if text is None:
            self.blank_count += 1
            self.first_blank = self.first_blank or row.line
        elif text in self.values or (self.blank_count and not self.values):
            self.values = None
        else:
            self.values.add(text)


class Grouping:
    """Looks for groups while all rows of a table are looked at."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        names = [name for name in (*_ALWAYS, *_WITH_SUBTOTALS) if name in columns.fields]
        if {"stage", "state"} <= set(names):  # one of them may be empty where the other tells it
            names = [name for name in names if name not in ("stage", "state")]
        self._runs = {name: _Runs(columns.fields[name][0]) for name in names}

    def see(self, row: Row) -> None:
        """Look at a row."""
        for runs in self._runs.values():
            runs.see(row)

    def decide(self) -> None:
        """Refuse a table of which the rows do not say by themselves whose they are."""
        sums = self._columns.findings.notes.get(self._columns.findings.say(texts.TOTAL_ROWS))
        sum_count = 0 if sums is None else sums.count
        for name, runs in self._runs.items():
            if runs.values is None or not runs.blank_count:
                continue
            if not runs.values:
                grouped = name in _ALWAYS and self._columns.has_group_lines
            elif name in _ALWAYS:
                grouped = runs.blank_count > 1 or sum_count > 0
            else:
                grouped = sum_count > 1
            if grouped:
                self._columns.findings.refuse(runs.first_blank, texts.GROUPED, column=runs.column.name)
