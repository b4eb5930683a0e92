"""Small Excel workbooks, written as the format says, so that tests need no library that writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

_TYPES = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_TYPES}/spreadsheetml/2006/main"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
Value = str | float | bool | date | None


class Formula(str):
    """A formula, of which no value was saved."""


class Percent(float):
    """A number that the workbook shows as percent."""


def write_workbook(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Value]]],
    hidden: Sequence[str] = (),
    prologue: str = "",
    extra: Mapping[str, bytes] | None = None,
    *,
    since_1904: bool = False,
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
) -> Path:
    """A workbook with these sheets; `prologue` stands before the first sheet's XML, `extra` are further members.

    Of the first sheet some places are `merged`, and rows hidden, counted from 1.
    """
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(names) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_TYPES}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{parts}</Types>",
        )
        office = f"{_TYPES}/officeDocument/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'{_HEAD}<Relationships xmlns="{_TYPES}/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{_HEAD}<Relationships xmlns="{_TYPES}/package/2006/relationships">{links}'
            f'<Relationship Id="rId99" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"{state}/>'
            for n, name in enumerate(names, start=1)
            for state in (' state="hidden"' if name in hidden else "",)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_TYPES}/spreadsheetml/2006/main" xmlns:r="{office}">'
            f'<workbookPr date1904="{int(since_1904)}"/><sheets>{listed}</sheets>'
            "</workbook>",
        )
        archive.writestr("xl/styles.xml", _STYLES)
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                prologue + _sheet(rows, merged, hidden_rows) if number == 1 else _sheet(rows),
            )
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def _sheet(
    rows: Sequence[Sequence[Value]], merged: Sequence[str] = (), hidden_rows: Sequence[int] = ()
) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))
        hidden = ' hidden="1"' if number in hidden_rows else ""
        lines.append(f'<row r="{number}"{hidden}>{cells}</row>')
    places = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    return (
        f'<worksheet xmlns="{_TYPES}/spreadsheetml/2006/main"><sheetData>{"".join(lines)}</sheetData>'
        f"{f'<mergeCells>{places}</mergeCells>' if places else ''}</worksheet>"
    )


def _cell(place: str, value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case Percent():
            return f'<c r="{place}" s="2"><v>{float(value)!r}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value!r}</v></c>'
        case date():
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            days = (at - datetime(1899, 12, 30)).total_seconds() / 86_400
            return f'<c r="{place}" s="1"><v>{days!r}</v></c>'
        case Formula():
            return f'<c r="{place}"><f>{escape(value)}</f><v></v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
