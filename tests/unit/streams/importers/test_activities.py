"""Lists of activities: durations as systems write them, groups, ids that stand twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.events import ActivityLogged
from streams.importers import Item, Options, Problem, Source, read
from streams.importers.contract import Memory

HEADER = "Type,Owner,Start,Duration\n"


def found_in(folder: Path, text: str) -> list[Item]:
    path = folder / "activities.csv"
    path.write_text(text, encoding="utf-8")
    return list(read(Source(path), Options(now=datetime(2026, 11, 26, tzinfo=UTC), memory=Memory())))


def minutes(found: list[Item]) -> list[float]:
    assert not [item for item in found if isinstance(item, Problem)], found
    return [item.duration_minutes for item in found if isinstance(item, ActivityLogged)]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (["12 minutes", "1 hour", '"1,5 hours"'], [12, 60, 90]),
        (["1h 5m", "45 sec"], [65, 0.75]),
        (["PT12M30S", "PT1H"], [12.5, 60]),
        (["00:12:30", "01:00:00"], [12.5, 60]),
        (["0:45", "32:10"], [0.75, 32.167]),  # no day has 32 hours
    ],
)
def test_durations_as_systems_write_them(written: list[str], wanted: list[float], tmp_path: Path) -> None:
    rows = "".join(f"Call,Mia,2026-11-20 {9 + number}:00,{cell}\n" for number, cell in enumerate(written))
    assert minutes(found_in(tmp_path, HEADER + rows)) == wanted


def test_a_clock_of_two_numbers_is_asked_about_unless_the_heading_says_it(tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, HEADER + "Call,Mia,2026-11-20 09:30,12:30\n")
    assert isinstance(problem, Problem)
    assert "12:30 can be read in two ways: as hours and minutes" in problem.reason
    for heading, wanted in (("Duration (hours)", 90), ("Duration (minutes)", 1.5)):
        text = f"Type,Owner,Start,{heading}\nCall,Mia,2026-11-20 09:30,1:30\n"
        assert minutes(found_in(tmp_path, text)) == [wanted]


def test_what_is_negative_or_said_twice_is_left_out_and_told(tmp_path: Path) -> None:
    text = (
        "Id,Type,Owner,Start,Duration (minutes)\n1,Call,Mia,2026-11-20 09:30,5\n"
        "1,Call,Mia,2026-11-20 09:30,15\n2,Call,Mia,2026-11-20 10:30,-5\n1,Call,Mia,2026-11-20 09:30,5\n"
    )
    found = found_in(tmp_path, text)
    reasons = [item.reason for item in found if isinstance(item, Problem)]
    assert reasons == [
        "id 1 stands in line 2 with other values: this row is left out",
        "Duration (minutes): is negative (-5)",
    ]
    assert {item.duration_minutes for item in found if isinstance(item, ActivityLogged)} == {5}


def test_a_list_with_groups_is_refused(tmp_path: Path) -> None:
    text = (
        "Owner,Type,Start,Duration (minutes)\nMia,Call,2026-11-20 09:30,5\n,Call,2026-11-20 10:30,7\n"
        ",Meeting,2026-11-20 11:30,30\n"
    )
    (problem,) = found_in(tmp_path, text)
    assert isinstance(problem, Problem)
    assert "Owner: stands once for several rows" in problem.reason
