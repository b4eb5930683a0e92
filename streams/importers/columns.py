"""The columns of a table as a mapping names them, and how each is to be read: decided over all rows, in one pass."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from streams.importers import texts
from streams.importers.durations import read_duration
from streams.importers.findings import Findings
from streams.importers.mapping import ColumnMapping
from streams.importers.tables.dates import DateColumn, Order, is_no_date
from streams.importers.tables.numbers import Decimals, NumberColumn, currency_of, number_of
from streams.importers.tables.table import EMPTY, Cell, Row, Table, heading
from streams.importers.words import is_footer, is_group_line, is_total
from streams.language import Text, verbatim

_LONGEST_SIGN = 5
_SHOWN_NAMES = 30
_SHOWN_LENGTH = 30
_YEARS_AHEAD = 3
_LAST_SERIAL = 100_000

Role = Literal["text", "money", "share", "rate", "duration", "date"]
_ROLES: dict[str, Role] = {
    "estimated_value": "money",
    "base_value": "money",
    "actual_value": "money",
    "base_actual_value": "money",
    "target_value": "money",
    "win_percent": "share",
    "exchange_rate": "rate",
    "duration": "duration",
    "estimated_close_on": "date",
    "closed_on": "date",
    "opened_on": "date",
    "changed_on": "date",
    "started_at": "date",
    "ended_at": "date",
    "starts_on": "date",
    "ends_on": "date",
}
_NAMING = (
    "opportunity_id",
    "name",
    "seller_id",
    "customer_id",
    "activity_id",
    "period_id",
    "starts_on",
    "started_at",
)
"""Fields of which a row of a table has at least one, where it is about anything."""


@dataclass(slots=True)
class Column:
    """A column: where it is, what it holds, and how it is read once that is decided."""

    name: str
    index: int
    role: Role
    numbers: NumberColumn = field(default_factory=NumberColumn)
    dates: DateColumn = field(default_factory=DateColumn)
    decimals: Decimals = "."
    order: Order = "dmy"
    serial_shift: int = 0
    """Days to add to dates that are bare numbers."""
    twins: tuple[int, ...] = ()
    """Where else the same heading stands."""
    filled: int = 0

    def see(self, line: int, cell: Cell) -> None:
        """Look at a cell, before anything is decided."""
        if cell is None or (self.role != "text" and is_nothing(cell)):
            return
        self.filled += 1
        if self.role == "date":
            if isinstance(cell, Decimal):
                self.dates.add(line, self.dated(cell))
            elif not isinstance(cell, bool):
                self.dates.add(line, cell)
        elif self.role in ("money", "share", "rate") or (self.role == "duration" and not _says_units(cell)):
            self.numbers.add(line, cell if isinstance(cell, str | Decimal) else str(cell))

    def dated(self, cell: Decimal) -> str:
        """A number in a column of dates, as days since 1900 where it is any."""
        return f"{cell + self.serial_shift if cell < _LAST_SERIAL else cell:f}"


def _kind_of(row: Row, names: set[int], width: int) -> Text | None:
    """What a row is that states nothing, None where it may state something; by `names` it is known whose it is."""
    filled = [cell for cell in row.cells if cell is not None]
    if not filled:
        return texts.BLANK_ROWS
    words = [cell for cell in filled if isinstance(cell, str)]
    if len(filled) == 1 and words:
        is_alone = row.written == 1 and width > 2
        if is_alone or is_footer(words[0]) or (" " in words[0] and len(words[0]) > 20):
            return texts.FOOTER_ROWS
    labels = [word for word in words if is_total(word)]
    is_nobodys = all(index >= len(row.cells) or row.cells[index] is None for index in names)
    if labels or (names and is_nobodys):
        others = (word for word in words if word not in labels)
        if all(number_of(word) is not None for word in others):
            return texts.TOTAL_ROWS
    return None


def _begins_group(row: Row) -> bool:
    """Whether a row's only cell names what the rows below it have in common, as "Owner: Mia Holm (2 records)"."""
    return any(isinstance(cell, str) and is_group_line(cell) for cell in row.cells)


def _is_misshapen(row: Row, width: int, needed: int) -> bool:
    """Whether a row has more cells than the header, or lacks one that is mapped."""
    return row.written <= needed or any(cell is not None for cell in row.cells[width:])


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that should hold a number or a date holds what systems write for nothing."""
    if not isinstance(cell, str):
        return False
    if cell[:1].isdecimal():
        return cell[0] == "0" and "-" in cell and is_no_date(cell)
    return cell.casefold() in EMPTY or _is_no_amount(cell)


def _is_no_amount(cell: str) -> bool:
    """Whether a cell holds a dash beside a currency, as a spreadsheet's accounting format shows zero: "kr. -"."""
    bare = cell.strip("-–— \u00a0\u202f")
    return bare != cell and len(bare) < _LONGEST_SIGN and currency_of(bare, "DKK") is not None


def _says_units(cell: Cell) -> bool:
    return isinstance(cell, str) and read_duration(cell) is not None


class Columns:
    """The columns of a table by field. `decide` looks at all rows, and then each cell has one meaning."""

    def __init__(self, table: Table, mapping: ColumnMapping, findings: Findings, this_year: int) -> None:
        self.table = table
        self.mapping = mapping
        self.findings = findings
        self._this_year = this_year
        self.fields: dict[str, list[Column]] = {}
        self._by_name: dict[str, Column] = {}
        self.has_group_lines = False
        """Whether lines between the rows begin groups, once all were looked at."""
        self._none: set[int] | None = None
        """Lines of the rows that state nothing, once all were looked at."""
        self._find()

    def _find(self) -> None:
        exact: dict[str, list[int]] = {}
        folded: dict[str, list[int]] = {}
        for index, name in enumerate(self.table.header):
            exact.setdefault(name, []).append(index)
            folded.setdefault(heading(name), []).append(index)
        for role_field, names in self.mapping.fields().items():
            for name in names:
                places = exact.get(name) or folded.get(heading(name))
                if places is None:
                    continue
                role = _ROLES.get(role_field, "text")
                column = self._by_name.get(f"{role}:{name}")
                if column is None:
                    column = Column(name, places[0], role, twins=tuple(places[1:]))
                    column.numbers.shares = role == "share"
                    column.serial_shift = self.table.serial_shift
                    column.dates.latest_year = self._this_year + _YEARS_AHEAD
                    column.dates.formats = self.mapping.formats_of(name)
                    self._by_name[f"{role}:{name}"] = column
                self.fields.setdefault(role_field, []).append(column)

    @property
    def missing(self) -> list[str]:
        """The columns that the mapping names and the table has not."""
        there = {heading(name) for name in self.table.header} | set(self.table.header)
        return sorted(
            name for name in self.mapping.column_names() if name not in there and heading(name) not in there
        )

    def say_missing(self) -> None:
        """Refuse the table for its missing columns, naming what is there."""
        names = self.missing
        there = [name for name in self.table.header if name]
        near = [match for name in names for match in difflib.get_close_matches(name, there, n=1, cutoff=0.7)]
        reason = texts.NO_COLUMN.of(self.findings.language)
        hint = texts.DID_YOU_MEAN.of(self.findings.language).format(near=", ".join(near)) if near else ""
        message = reason.format(names=", ".join(names), there=listed(there)) + (f"; {hint}" if hint else "")
        self.findings.refuse(1, verbatim(message))

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_name.values())

    def heading_of(self, *fields: str) -> str:
        """How the file calls the first of these fields that it has."""
        return next((self.fields[name][0].name for name in fields if name in self.fields), fields[0])

    def data_rows(self) -> Iterator[Row]:
        """The rows that state something. Blank rows, totals and a report's own lines are none, and reported once."""
        if self._none is not None:
            yield from (row for row in self.table.rows() if row.line not in self._none)
            return
        width = len(self.table.header)
        needed = 0 if self.table.is_typed else max((column.index for column in self), default=0)
        names = {column.index for field in _NAMING for column in self.fields.get(field, ())}
        none: set[int] = set()
        for row in self.table.rows():
            kind = _kind_of(row, names, width)
            if kind is not None:
                self.has_group_lines |= kind is texts.FOOTER_ROWS and _begins_group(row)
                self.findings.note(row.line, kind)
                none.add(row.line)
            elif _is_misshapen(row, width, needed):
                self.findings.leave_out(row.line, texts.CELLS, found=row.written, wanted=width)
                none.add(row.line)
            else:
                yield row
        self._none = none

    def look(self, seen: Callable[[Row], None]) -> int:
        """Look at all rows once, for what the columns are; `seen` gets each. How many there were."""
        columns = list(self)
        count = 0
        for row in self.data_rows():
            count += 1
            cells = row.cells
            for column in columns:
                cell = cells[column.index] if column.index < len(cells) else None
                if cell is not None:
                    column.see(row.line, cell)
                for twin in column.twins:
                    if twin < len(cells) and cells[twin] != cell:
                        self.findings.refuse(row.line, texts.TWICE_A_COLUMN, column=column.name)
            seen(row)
        return count


def listed(names: Sequence[str]) -> str:
    """Headings as a reason shows them: not endlessly many, and none endlessly long."""
    shown = [name[:_SHOWN_LENGTH] for name in names if name]
    return ", ".join(shown[:_SHOWN_NAMES]) + (", …" if len(shown) > _SHOWN_NAMES else "")


def text_of(cell: Cell) -> str | None:
    """A cell as text: of a number in a workbook the number without idle decimals."""
    match cell:
        case None:
            return None
        case str():
            return cell or None
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}".rstrip("0").rstrip(".") if "." in f"{cell:f}" else f"{cell:f}"
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
