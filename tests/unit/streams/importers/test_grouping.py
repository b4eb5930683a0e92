"""Reports with groups: refused with what to export instead, and never half of it taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.importers import Item, Options, Problem, Source, read
from streams.importers.contract import Memory

HEADER = "Opportunity Owner,Opportunity Name,Stage,Amount,Close Date\n"
GROUPED = {
    "the owner once": HEADER
    + "Mia,A,Closed Won,100,10/13/2026\n,B,Closed Won,200,10/14/2026\n,C,Prospecting,300,12/24/2026\n",
    "with subtotals": HEADER
    + "Mia,A,Closed Won,100,10/13/2026\n,B,Closed Won,200,10/14/2026\nSubtotal,,,300,\n"
    + "Bo,D,Closed Lost,400,10/15/2026\nSubtotal,,,400,\nTotal,,,700,\n",
    "sums without a label": HEADER + "Mia,A,Closed Won,100,10/13/2026\n,B,Closed Won,200,10/14/2026\n,,,300,\n",
    "lines above the groups": HEADER
    + "Opportunity Owner: Mia Holm (2 records),,,,\n,A,Closed Won,100,10/13/2026\n,B,Closed Won,200,10/14/2026\n"
    + "Grand Totals (2 records),,,300,\n",
    "two levels and arrows": "Stage ↑,Opportunity Owner ↑,Opportunity Name,Amount,Close Date\n"
    "Closed Won (2),Mia (2),A,100,10/13/2026\n,,B,200,10/14/2026\n,Subtotal,,300,\nSubtotal,,,300,\n"
    "Prospecting (1),Mia (1),D,400,12/15/2026\nSubtotal,,,400,\n",
    "the customer once": "Account Name,Opportunity Name,Stage,Amount,Close Date,Owner\n"
    "Nord,A,Closed Won,100,10/13/2026,Mia\n,B,Closed Won,200,10/14/2026,Bo\nSubtotal,,,300,,\n"
    "Syd,D,Closed Won,400,12/15/2026,Mia\nTotal,,,700,,\n",
}  # fmt: skip
SUMMARIES = {
    "sums only": "Opportunity Owner,Sum of Amount,Record Count\nMia,300.00,2\nTotal,300.00,2\n",
    "classic": "Stage: Closed Won (1 record),,,\nOpportunity Owner,Opportunity Name,Amount,Close Date\n"
    "Mia,A,100,10/13/2026\nStage: Closed Lost (1 record),,,\nMia,B,200,10/14/2026\nGrand Totals (2 records),,,\n",
}  # fmt: skip
LISTS = {
    "sums between the rows": HEADER + "Mia,A,Closed Won,100,10/13/2026\nMia,B,Closed Won,200,10/14/2026\n,,,300,\n",
    "a total": HEADER + "Mia,A,Closed Won,100,10/13/2026\nBo,B,Closed Won,200,10/14/2026\nTotal,,,300,\n",
    "deals without a customer": "Account Name,Opportunity Name,Stage,Amount,Close Date,Owner\n"
    "Nord,A,Closed Won,100,10/13/2026,Mia\n,B,Closed Won,200,10/14/2026,Bo\nTotal,,,300,,\n",
    "a status of closed deals only": "Owner,Name,Stage,Status,Amount,Close Date\n"
    "Mia,A,Ordre,won,100,10/13/2026\nMia,B,Prospecting,,1,10/13/2027\nBo,C,Prospecting,,1,10/14/2027\n"
    "Mia,D,Ordre,won,200,10/13/2026\n",
}  # fmt: skip


def found_in(folder: Path, text: str) -> list[Item]:
    path = folder / "report.csv"
    path.write_text(text, encoding="utf-8")
    return list(read(Source(path), Options(memory=Memory())))


@pytest.mark.parametrize("text", GROUPED.values(), ids=GROUPED)
def test_groups_are_refused_and_nothing_of_them_is_taken(text: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, text)
    assert found
    assert all(isinstance(item, Problem) and "stands once for several rows" in item.reason for item in found)


@pytest.mark.parametrize("text", SUMMARIES.values(), ids=SUMMARIES)
def test_a_report_of_sums_is_told_as_one(text: str, tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, text)
    assert isinstance(problem, Problem)
    assert "Details Only" in problem.reason


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_list_is_none(text: str, tmp_path: Path) -> None:
    assert not [item for item in found_in(tmp_path, text) if isinstance(item, Problem)]
