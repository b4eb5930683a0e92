"""What a workbook's XML says that its reader does not: hidden rows, formulas without values, where dates begin."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree  # entities were refused before

_CHUNK = 1024 * 1024
_LONGEST_CELL = 1024 * 1024
_MAX_INDEX_BYTES = 16 * 1024 * 1024
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_NO_VALUE = re.compile(
    rb'<c\b((?:(?!t="str")[^>])*)><f\b[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'  # a text may well be empty
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_FROM_1904 = 1462
"""Days between 1900's and 1904's first day."""


@dataclass(slots=True)
class SheetMarks:
    """Of a sheet."""

    hidden_rows: int = 0
    formula_without_value: str | None = None
    """The first cell whose formula nobody has computed, as "D2"."""


@dataclass(slots=True)
class WorkbookMarks:
    """Of a workbook."""

    serial_shift: int = 0
    """Days to add to dates that are bare numbers, where the workbook counts from 1904."""
    sheets: dict[str, SheetMarks] = field(default_factory=dict)


def marks_of(path: Path) -> WorkbookMarks:
    """The marks of a workbook in XML; none of one in another format, or whose index is not as Excel writes it."""
    marks = WorkbookMarks()
    if not zipfile.is_zipfile(path):
        return marks
    with zipfile.ZipFile(path) as archive:
        try:
            index = _xml(archive, "xl/workbook.xml")
            links = _xml(archive, "xl/_rels/workbook.xml.rels")
        except (KeyError, ElementTree.ParseError):
            return marks
        properties = next(_named(index, "workbookPr"), None)
        if properties is not None and properties.get("date1904") in ("1", "true"):
            marks.serial_shift = _FROM_1904
        members = {link.get("Id"): link.get("Target", "") for link in _named(links, "Relationship")}
        there = set(archive.namelist())
        for sheet in _named(index, "sheet"):
            link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
            member = "xl/" + members.get(link, "").removeprefix("/xl/")
            if member in there:
                marks.sheets[sheet.get("name", "")] = _scan(archive, member)
    return marks


def _xml(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    with archive.open(member) as file:
        return ElementTree.fromstring(file.read(_MAX_INDEX_BYTES))  # noqa: S314 - entities were refused before


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in root.iter() if each.tag.rpartition("}")[2] == name)


def _scan(archive: zipfile.ZipFile, member: str) -> SheetMarks:
    found, rest = SheetMarks(), b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            rest = _look(rest + chunk, found)
    _look(rest + b"<c ", found)
    return found


def _look(text: bytes, found: SheetMarks) -> bytes:
    """Look at the whole cells of a text; what is left behind them."""
    end = text.rfind(b"<c ")
    if end < 0:
        return text[-_LONGEST_CELL:]
    whole = text[:end]
    found.hidden_rows += len(_HIDDEN_ROW.findall(whole))
    if found.formula_without_value is None and b"<f" in whole and (cell := _NO_VALUE.search(whole)):
        place = _PLACE.search(cell[1])
        found.formula_without_value = place[1].decode() if place else "?"
    return text[end:][:_LONGEST_CELL]
