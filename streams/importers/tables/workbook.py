"""Tables in Excel workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), refused before they are read when they are hostile."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any  # Any: what the reader of workbooks found in a cell

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from streams.importers import file_texts as texts
from streams.importers.source import UnreadableError
from streams.importers.tables.bounded_opening import MAX_BYTES, opens
from streams.importers.tables.table import Cell, Row, Table, best_header, tidy, whole_header
from streams.importers.tables.text import Score
from streams.importers.tables.workbook_marks import SheetMarks, WorkbookMarks, marks_of

MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
MAX_RATIO = 200
"""How much smaller a workbook may be than what is in it: real sheets shrink to a tenth, bombs to a thousandth."""
_RATIO_COUNTS_FROM = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_ENTITIES = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEADER_WITHIN = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_OLE_BYTES = 128 * 1024 * 1024


def is_workbook(head: bytes) -> bool:
    """Whether a file begins as workbooks do."""
    return head.startswith((b"PK\x03\x04", _OLE))


def read_workbook(path: Path, score: Score) -> list[Table]:
    """The tables of a workbook, one a visible sheet that has any. Raises UnreadableError."""
    _refuse_hostile(path)
    if not opens(path):
        raise UnreadableError(texts.BURSTS, most=MAX_BYTES // 1024**3)
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = [meta.name for meta in workbook.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        marks = marks_of(path)
        tables = [
            table for name in sheets if (table := _table(path, workbook, name, score, marks)) is not None
        ]
    except CalamineError as error:
        raise UnreadableError(texts.NO_WORKBOOK, why=error) from None
    if not tables:
        raise UnreadableError(texts.NO_SHEET)
    return tables


def _table(
    path: Path, workbook: CalamineWorkbook, name: str, score: Score, marks: WorkbookMarks
) -> Table | None:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.height == 0:
        return None
    first_line = sheet.start[0] + 1 if sheet.start else 1
    head = islice(sheet.iter_rows(), _HEADER_WITHIN)
    written = [["" if cell is None else str(cell) for cell in row] for row in head]
    place, _ = best_header(written, score)
    if place < 0:
        return None
    header, place = whole_header(written, place, score)
    seen = marks.sheets.get(name, SheetMarks())
    merged = _merged(sheet, place)

    def read() -> Iterator[Row]:
        below = islice(sheet.iter_rows(), place + 1, None)
        above: list[Any] = []
        for number, row in enumerate(below, start=place + 1):
            for column in merged.get(number, ()):
                if column < min(len(row), len(above)):
                    row[column] = above[column]
            above = row
            yield Row(first_line + number, [_cell(cell) for cell in row], len(row))

    return Table(
        path,
        header,
        read,
        sheet=name,
        form=texts.SHEET.filled(name=repr(name)),
        notes=(texts.HIDDEN_ROWS.filled(count=seen.hidden_rows),) if seen.hidden_rows else (),
        is_typed=True,
        refusal=texts.NO_VALUES.filled(cell=seen.formula_without_value)
        if seen.formula_without_value
        else None,
        serial_shift=marks.serial_shift,
    )


def _merged(sheet: CalamineSheet, header: int) -> dict[int, list[int]]:
    """By row, counted from the sheet's first: columns whose cell is merged with the one above, below the header."""
    merged: dict[int, list[int]] = {}
    first_row, first_column = sheet.start or (0, 0)
    height = sheet.height
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or top - first_row <= header:
            continue  # across columns it is a heading within the table
        for row in range(top - first_row + 1, min(bottom - first_row + 1, height)):
            merged.setdefault(row, []).append(left - first_column)
    return merged


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return value
        case int() | float():
            return Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
        case str():
            return tidy(value) or None
        case datetime() | date():
            return value
        case timedelta():
            return Decimal(str(value.total_seconds() / 60))
        case time():
            return Decimal(value.hour * 60 + value.minute)
    return None


def _refuse_hostile(path: Path) -> None:
    """Look at all that is packed, before anything unpacks it into memory."""
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            if path.stat().st_size > _MAX_OLE_BYTES:
                raise UnreadableError(texts.LARGE_OLE, most=_MAX_OLE_BYTES)
            return
    try:
        with zipfile.ZipFile(path) as archive:
            if not any(name.startswith(("xl/", "content.xml")) for name in archive.namelist()):
                raise UnreadableError(texts.NO_WORKBOOK_IN_ZIP)
            total = 0
            for member in archive.infolist():
                total += _look_at(archive, member, total, path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableError(texts.NO_WORKBOOK, why=error) from None


def _look_at(archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, packed: int) -> int:
    """How large a member is unpacked; raises UnreadableError when it, or all together, is no honest sheet."""
    size, tail = 0, b""
    is_markup = member.filename.endswith((".xml", ".rels", ".vml"))
    with archive.open(member) as content:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            total = before + size
            if total > MAX_UNPACKED_BYTES or (total > _RATIO_COUNTS_FROM and total > MAX_RATIO * packed):
                raise UnreadableError(texts.BOMB, total=total // 1024 // 1024, packed=packed // 1024)
            if is_markup and _ENTITIES.search((tail + chunk).replace(b"\0", b"")):
                raise UnreadableError(texts.ENTITIES)
            tail = chunk[-64:]
    return size
