"""Progress is over all files: which of how many is read, and how far."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from streams.jobs.importing.terminal import Console


def test_progress_counts_all_files_and_the_one_that_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    files = [Path("deals.csv"), Path("calls.json"), Path("more.vtt")]
    with Console(quiet=False) as console:
        console.start(files)
        console.begin(files[0], 10)
        console.advance(10, 1_234)
        console.begin(files[1], 400)
        console.begin(files[1], 400)  # its second table
        console.advance(100, 7)
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert "2 / 3" in said
    assert "calls.json" in said
    assert "3 / 3" not in said


def test_who_pipes_it_away_sees_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with Console(quiet=False) as console:
        console.start([Path("deals.csv")])
        console.begin(Path("deals.csv"), 10)
        console.advance(5, 5)
    assert capsys.readouterr().err.strip() == ""
