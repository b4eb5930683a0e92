"""Workbooks: typed cells, several sheets, hidden ones; and hostile ones, which are refused before they are read."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schemas.events import ActivityLogged, OpportunityChanged
from streams.importers import Item, Options, Problem, Source, read
from streams.importers.contract import Memory
from streams.importers.sheets import open_sheets
from streams.importers.tables import workbook
from tests.support.workbooks import Formula, Percent, Value, write_workbook

NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)
DYNAMICS: list[list[Value]] = [
    ["(Do Not Modify) Opportunity", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Topic",
     "Potential Customer", "Owner", "Status", "Est. Revenue", "Actual Revenue", "Est. Close Date", "Actual Close Date",
     "Created On", "Probability"],
    ["0e-1", "x==", datetime(2026, 11, 20, 10, 11), "Printere", "Nordlys A/S", "Mia", "Open", 48210.5, None,
     date(2026, 12, 18), None, datetime(2026, 9, 1, 8), 60],
    ["0e-2", "x==", datetime(2026, 11, 10, 14, 30), "Scannere", "Fjord ApS", "Mia", "Won", 12000, 11500.25,
     date(2026, 11, 30), date(2026, 11, 10), datetime(2026, 8, 3, 9, 12), 100],
    [None] * 13,
]  # fmt: skip


def items(path: Path) -> list[Item]:
    options = Options(zone=ZoneInfo("Europe/Copenhagen"), reporting_currency="DKK", now=NOW, memory=Memory())
    return list(read(Source(path), options))


def test_typed_cells_need_no_decision(tmp_path: Path) -> None:
    found = items(
        write_workbook(tmp_path / "export.xlsx", {"hidden": [["a", "b"]], "Deals": DYNAMICS}, ["hidden"])
    )
    assert not [item for item in found if isinstance(item, Problem)]
    open_deal, opening, won = (item for item in found if isinstance(item, OpportunityChanged))
    assert (open_deal.estimated_value, open_deal.win_probability) == (Decimal("48210.50"), 0.6)
    assert open_deal.changed_at == datetime(2026, 11, 20, 9, 11, tzinfo=UTC)
    assert (won.actual_value, won.closed_on) == (Decimal("11500.25"), date(2026, 11, 10))
    assert opening.changed_at == datetime(2026, 8, 3, 7, 12, tzinfo=UTC)


def test_every_sheet_that_is_known_is_read(tmp_path: Path) -> None:
    deals: list[list[Value]] = [
        ["Pipeline report"], [], ["Id", "Owner", "Name", "Stage", "Amount", "Probability (%)"],
        [101, "Mia", "Printere", "Proposal", 900.5, Percent(0.4)], [102, "Mia", "Toner", "Closed Won", 5, Percent(1)],
        [None, None, None, "Total", 905.5, None],
    ]  # fmt: skip
    deals[2].append("Close Date")
    deals[4].append(date(2026, 10, 13))
    activities: list[list[Value]] = [
        ["Activity Type", "Subject", "Owner", "Regarding", "Start", "Duration (minutes)"],
        ["Phone Call", "Follow up", "Mia", "Printere", datetime(2026, 11, 24, 9, 30), 12],
        ["Task", "Think", "Mia", "Printere", datetime(2026, 11, 24, 9, 30), 12],
    ]
    found = items(
        write_workbook(tmp_path / "book.xlsx", {"Calls": activities, "Notes": [["x"]], "Deals": deals})
    )
    assert Counter(type(item) for item in found) == {OpportunityChanged: 2, ActivityLogged: 1}, found
    first = next(item for item in found if isinstance(item, OpportunityChanged))
    assert (first.opportunity_id, first.win_probability) == ("101", 0.4)


HEADER: list[Value] = [
    "Deal ID",
    "Deal Name",
    "Deal Stage",
    "Amount",
    "Deal owner",
    "Close date",
    "Create date",
]
ROWS: list[list[Value]] = [
    [1, "A", "Closed Won", 100.5, "Mia", date(2026, 10, 13), date(2026, 9, 1)],
    [2, "B", "Closed Won", 200, "Mia", date(2026, 10, 14), date(2026, 9, 2)],
    [3, "C", "Prospecting", 300, "Bo", date(2026, 12, 24), date(2026, 9, 3)],
]


def currents(found: list[Item]) -> list[OpportunityChanged]:
    """The deals as they stand."""
    assert not [item for item in found if isinstance(item, Problem)], found
    return list(
        {item.opportunity_id: item for item in found if isinstance(item, OpportunityChanged)}.values()
    )


def test_bare_numbers_are_days_since_1900_or_1904_as_the_workbook_counts(tmp_path: Path) -> None:
    for shift, since_1904 in ((0, False), (1462, True)):
        rows = [[*row[:5], 46_308 - shift, 46_266 - shift] for row in ROWS]
        path = write_workbook(tmp_path / "bare.xlsx", {"Deals": [HEADER, *rows]}, since_1904=since_1904)
        won = currents(items(path))[0]
        assert won.closed_on == date(2026, 10, 13)


def test_formulas_whose_values_were_never_saved_are_refused_and_not_read_as_nothing(tmp_path: Path) -> None:
    for column in (0, 3, 5):
        rows = [[*row[:column], Formula("50*2"), *row[column + 1 :]] for row in ROWS]
        (problem,) = items(write_workbook(tmp_path / "formula.xlsx", {"Deals": [HEADER, *rows]}))
        assert isinstance(problem, Problem)
        assert problem.reason.startswith(f"{chr(65 + column)}2: has a formula whose value was never saved")
    other: list[list[Value]] = [["Sums", "All"], ["Amount", Formula("SUM(A1:A3)")]]
    path = write_workbook(tmp_path / "other.xlsx", {"Deals": [HEADER, *ROWS], "Sums": other})
    assert len(currents(items(path))) == 3, "of a sheet that is not read it does not matter"


def test_hidden_rows_count_and_are_noted(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "filtered.xlsx", {"Deals": [HEADER, *ROWS]}, hidden_rows=(3, 4))
    options = Options(now=NOW)
    (sheet,) = open_sheets(Source(path), options)
    sheet.inspect()
    assert sheet.findings.unsure == ["2 rows are hidden, by a filter or by hand, and count like the others"]
    assert len(currents(items(path))) == 3


def test_a_heading_over_two_columns_has_its_own_below_it(tmp_path: Path) -> None:
    header: list[list[Value]] = [
        ["Deal ID", "Deal Name", "Deal Stage", "Amount", "Deal owner", "Dates"],
        [None, None, None, None, None, "Close date", "Create date"],
    ]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1")
    for cells in (merged, ()):
        path = write_workbook(tmp_path / "two.xlsx", {"Deals": [*header, *ROWS]}, merged=cells)
        found = currents(items(path))
        assert [deal.closed_on for deal in found[:2]] == [date(2026, 10, 13), date(2026, 10, 14)]
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in [*header, *ROWS])
    (tmp_path / "two.csv").write_text(text)
    assert len(currents(items(tmp_path / "two.csv"))) == 3


def test_a_cell_that_is_merged_over_rows_holds_of_each(tmp_path: Path) -> None:
    rows: list[list[Value]] = [ROWS[0], [*ROWS[1][:4], None, *ROWS[1][5:]], ROWS[2]]
    path = write_workbook(tmp_path / "merged.xlsx", {"Deals": [HEADER, *rows]}, merged=("E2:E3",))
    assert [deal.seller_id for deal in currents(items(path))] == ["Mia", "Mia", "Bo"]


def test_sheets_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    other = [[*row[:3], 999, *row[4:]] for row in ROWS]
    for second, count in ((ROWS, 3), ([[9, *row[1:]] for row in ROWS[:1]], 4)):
        path = write_workbook(tmp_path / "same.xlsx", {"A": [HEADER, *ROWS], "B": [HEADER, *second]})
        assert len(currents(items(path))) == count
    found = items(write_workbook(tmp_path / "other.xlsx", {"A": [HEADER, *ROWS], "B": [HEADER, *other]}))
    assert len(found) == 2
    for problem in found:
        assert isinstance(problem, Problem)
        assert "the sheets 'A' and 'B' hold the same deals with other values (id 1)" in problem.reason


def test_dates_that_a_spreadsheet_understood_in_part_are_refused(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Id", "Owner", "Name", "Stage", "Amount", "Close Date"],
        [1, "A", "B", "Closed Won", 5, date(2026, 3, 9)], [2, "A", "C", "Closed Won", 5, "9/13/2026"],
    ]  # fmt: skip
    (problem,) = items(write_workbook(tmp_path / "half.xlsx", {"Deals": rows}))
    assert isinstance(problem, Problem)
    assert "holds dates written in different ways" in problem.reason


def reason(path: Path) -> str:
    (problem,) = items(path)
    assert isinstance(problem, Problem)
    return problem.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(encoding: str, tmp_path: Path) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    path = write_workbook(
        tmp_path / "e.xlsx", {"Deals": DYNAMICS}, extra={"xl/evil.xml": evil.encode(encoding)}
    )
    assert "declares entities" in reason(path)
    path = write_workbook(
        tmp_path / "f.xlsx", {"Deals": DYNAMICS}, prologue='<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    )
    assert "declares entities" in reason(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_workbook(
        tmp_path / "bomb.xlsx",
        {"Deals": DYNAMICS},
        extra={"xl/worksheets/sheet9.xml": b" " * (80 * 1024 * 1024)},
    )
    assert path.stat().st_size < 200_000
    assert "unpacks to more than" in reason(path)
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 1000)
    assert "unpacks to more than" in reason(write_workbook(tmp_path / "big.xlsx", {"Deals": DYNAMICS}))


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert reason(path) == "is a ZIP file, and no workbook: unpack it first"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    assert "is no workbook that can be read" in reason(path)
    whole = write_workbook(path, {"Deals": DYNAMICS}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is no workbook that can be read" in reason(path)
