"""A row of a table, read as its columns were decided: each cell has one meaning, or the row is left out."""

from __future__ import annotations

from datetime import tzinfo
from decimal import Decimal

from schemas.fields import EARLIEST, LATEST, MAX_MONEY
from streams.importers import texts
from streams.importers.columns import Column, Columns, is_nothing, text_of
from streams.importers.findings import shown
from streams.importers.tables.dates import When, read_date
from streams.importers.tables.numbers import Number, cents, number_of
from streams.importers.tables.table import Cell, Row
from streams.importers.words import truth_of
from streams.language import Text


class LeftOutError(ValueError):
    """A row states nothing that can be taken."""

    def __init__(self, text: Text, **values: object) -> None:
        super().__init__(text.en)
        self.text = text
        self.values = values


class Record:
    """A row by fields."""

    __slots__ = ("_columns", "_row", "_zone")

    def __init__(self, columns: Columns, row: Row, zone: tzinfo) -> None:
        self._columns = columns
        self._row = row
        self._zone = zone

    @property
    def line(self) -> int:
        return self._row.line

    def cell(self, field: str) -> tuple[Column, Cell] | None:
        """The first cell of a field's columns that is not empty."""
        cells = self._row.cells
        for column in self._columns.fields.get(field, ()):
            if column.index < len(cells):
                cell = cells[column.index]
                if cell is not None and (column.role == "text" or not is_nothing(cell)):
                    return column, cell
        return None

    def text(self, field: str) -> str | None:
        """A text, spelled as it should be; None when it is empty or not mapped, and no constant."""
        found = self.cell(field)
        value = None if found is None else text_of(found[1])
        if found is not None and value is not None and self._columns.mapping.replace:
            value = self._columns.mapping.replace.get(found[0].name, {}).get(value, value)
        return value or self._columns.mapping.constants.get(field)

    def needed(self, *fields: str) -> str:
        """The text of the first of these fields that has one. Raises LeftOutError when none has."""
        for field in fields:
            if (value := self.text(field)) is not None:
                return value
        raise LeftOutError(texts.EMPTY, column=self._columns.heading_of(*fields))

    def _number(self, field: str) -> tuple[Column, Decimal, Number | None] | None:
        found = self.cell(field)
        if found is None:
            return None
        column, cell = found
        if isinstance(cell, Decimal):
            return column, cell, None
        number = number_of(str(cell))
        if number is None:
            raise LeftOutError(texts.NOT_A_NUMBER, column=column.name, value=shown(cell))
        return column, number.value(column.decimals), number

    def money(self, field: str) -> tuple[Decimal, frozenset[str] | None] | None:
        """An amount, and the currencies that the sign beside it may mean. Raises LeftOutError."""
        found = self._number(field)
        if found is None:
            constant = number_of(self._columns.mapping.constants.get(field, ""))
            return None if constant is None else (cents(constant.value(".")), constant.currencies)
        column, value, number = found
        if value < 0:
            raise LeftOutError(texts.NEGATIVE, column=column.name, value=shown(f"{value:f}"))
        if value >= MAX_MONEY:
            raise LeftOutError(texts.TOO_LARGE, column=column.name, value=shown(f"{value:f}"))
        return cents(value), number.currencies if number else None

    def share(self, field: str, *, as_percent: bool) -> float | None:
        """A share of 1. Raises LeftOutError."""
        found = self._number(field)
        if found is None:
            return None
        column, value, _ = found
        share = value / 100 if as_percent else value
        if not 0 <= share <= 1:
            raise LeftOutError(texts.NOT_A_SHARE, column=column.name, value=shown(f"{value:f}"))
        return float(share)

    def amount(self, field: str) -> tuple[Column, Decimal] | None:
        """A number that is neither money nor a share."""
        found = self._number(field)
        return None if found is None else (found[0], found[1])

    def when(self, field: str) -> When | None:
        """A day, and the moment where it has one. Raises LeftOutError."""
        found = self.cell(field)
        if found is None:
            return None
        column, cell = found
        stated = column.dated(cell) if isinstance(cell, Decimal) else cell
        formats = column.dates.formats
        when = (
            None
            if stated is None or isinstance(stated, bool)
            else read_date(stated, column.order, self._zone, formats)
        )
        if when is None:
            raise LeftOutError(texts.NOT_A_DATE, column=column.name, value=shown(cell))
        if not EARLIEST.date() <= when.day < LATEST.date():
            raise LeftOutError(texts.OUTSIDE, column=column.name, value=shown(when.day))
        return when

    def truth(self, field: str) -> bool | None:
        """Yes or no. Raises LeftOutError."""
        value = self.text(field)
        if value is None:
            return None
        truth = truth_of(value)
        if truth is None:
            raise LeftOutError(texts.NOT_TRUTH, column=self._columns.heading_of(field))
        return truth
