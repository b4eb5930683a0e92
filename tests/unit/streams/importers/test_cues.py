"""WebVTT and SubRip blocks and times, as the specification and as tools write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.importers import Problem, Source, read
from tests.support.transcripts import (
    OPTIONS,
    items,
    problems,
    said,
)


@pytest.mark.parametrize(
    ("timing", "times"),
    [
        ("00:01.000 --> 00:02.000", (1000, 2000)),
        ("00:00:01.000-->00:00:02.000", (1000, 2000)),
        ("00:00:01.5 --> 00:00:02.25 align:start", (1500, 2250)),
        ("0:0:1.5 --> 0:0:2.25", (1005, 2025)),
        ("00:00:01 --> 00:00:02", (1000, 2000)),
        ("-0:0:1.5 --> 0:0:2.0", (0, 2000)),
        ("00:00:-1.-500 --> 00:00:02.000", (0, 2000)),
        ("00:00:01,000 --> 00:00:02,000", (1000, 2000)),
        ("00:00:01.0000000 --> 00:00:02.2500000", (1000, 2250)),
        ("023:00:01.000 --> 023:00:02.000", (82_801_000, 82_802_000)),
    ],
)
def test_times_are_read_as_tools_write_them(timing: str, times: tuple[int, int], tmp_path: Path) -> None:
    found = items(f"WEBVTT\n\n{timing}\n<v Anna Lund>Yes.</v>\n", tmp_path)
    assert said(found) == [("Anna Lund", *times, "Yes.")]


@pytest.mark.parametrize(
    "timing", ["00:61:00.000 --> 00:62:00.000", "00:00:61.000 --> 00:01:02.000", "1.0 --> 2.0"]
)
def test_times_that_are_none_are_told(timing: str, tmp_path: Path) -> None:
    found = items(
        f"WEBVTT\n\n{timing}\n<v Anna Lund>Yes.</v>\n\n00:01.000 --> 00:02.000\n<v Anna Lund>No.", tmp_path
    )
    assert problems(found) == [(3, "has no times like 00:01:02.345 --> 00:01:04.000")]


def test_minutes_of_the_graph_kind_are_told_from_hours_without_a_zero(tmp_path: Path) -> None:
    found = items("WEBVTT\n\n0:00:01.5 --> 0:00:02.5\n<v Anna Lund>Yes.\n", tmp_path)
    assert said(found) == [("Anna Lund", 1500, 2500, "Yes.")]


def test_blocks_are_those_of_the_specification(tmp_path: Path) -> None:
    text = """WEBVTT - a meeting
Kind: captions

NOTE
a comment
of two lines

STYLE
::cue { color: red }

NOTE 1
00:01.000 --> 00:02.000
<v Anna Lund>An id that looks like a comment.</v>
2
00:02.000 --> 00:03.000
<v Bo>No blank line, and an id.</v>

STYLE
00:03.000 --> 00:04.000
<v Anna Lund>An id again.</v>

NOTE --> is no arrow here
"""
    found = items(text, tmp_path)
    assert [text for *_, text in said(found)] == [
        "An id that looks like a comment.",
        "No blank line, and an id.",
        "An id again.",
    ]
    assert problems(found) == []


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 2**21, "longer than 1048576 bytes"),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n" * 3, "who sells"),
        (b"WEBVTT", "nobody speaks"),
    ],
)
def test_hostile_files_are_refused(content: bytes, said_of_it: str, tmp_path: Path) -> None:
    path = tmp_path / "meeting.vtt"
    path.write_bytes(content)
    (problem,) = read(Source(path), OPTIONS)
    assert isinstance(problem, Problem)
    assert said_of_it in problem.reason


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "meeting.vtt"
    with path.open("wb") as file:
        file.write(b"WEBVTT\n\n")
        file.truncate(5 * 2**30)  # of nothing: it takes no room
    (problem,) = read(Source(path), OPTIONS)
    assert isinstance(problem, Problem)
    assert "at most" in problem.reason
