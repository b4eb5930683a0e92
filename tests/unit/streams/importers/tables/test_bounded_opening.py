"""Workbooks that would take all memory end another process, and are refused in this one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from streams.importers import Options, Problem, Source, read
from streams.importers.tables import bounded_opening
from tests.support.workbooks import write_workbook


def test_a_cell_in_the_last_corner_of_a_sheet_is_refused(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "far.xlsx", {"Deals": [["Record ID", "Deal Stage", "Amount"], ["1", "Won", 5]]}
    )
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    (problem,) = read(Source(path), Options(seller_id="mia"))
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("does not open within 3 GB of memory")


def test_one_that_opens_or_is_no_workbook_is_left_to_who_reads_it(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", {"Deals": [["a", "b"]]})
    assert bounded_opening.opens(good)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(good.read_bytes()[:300])
    assert bounded_opening.opens(broken)


def test_one_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_opening, "MAX_SECONDS", 0.001)
    assert not bounded_opening.opens(write_workbook(tmp_path / "good.xlsx", {"Deals": [["a", "b"]]}))
