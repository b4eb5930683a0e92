"""What stands before a colon: names as people have them, and headings, which are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.importers import Options
from tests.support.transcripts import (
    NOW,
    items,
    meeting,
    problems,
    said,
)

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Dr. Anna Maria van der Lund, MD, PhD (Nordtryk A/S, Sales): Shall we? The price: 12.

2
00:00:03.000 --> 00:00:05.000
anna's iphone: Yes.
Kjaer, Bo: No.

3
00:00:05.000 --> 00:00:06.000
anna's iphone: Yes. Kjaer, Bo: No.

4
00:00:07.000 --> 00:00:08.000
Dr. Anna Maria van der Lund, MD, PhD (Nordtryk A/S, Sales): So: next.

5
00:00:08.000 --> 00:00:09.000
anna's iphone: My question: when?

6
00:00:09.000 --> 00:00:10.000
My question: when?

7
00:00:10.000 --> 00:00:11.000
Mette Friis: Bye.

8
00:00:11.000 --> 00:00:12.000
Quick Summary: we buy.
"""


def test_names_before_the_text_are_those_that_recur_or_are_people_s(tmp_path: Path) -> None:
    seller = "Dr. Anna Maria van der Lund, MD, PhD (Nordtryk A/S, Sales)"
    found = items(ZOOM, tmp_path, options=Options(True, "s", frozenset([seller]), NOW))
    assert said(found) == [
        (seller, 1000, 3000, "Shall we? The price: 12."),
        ("anna's iphone", 3000, 4142, "Yes."),
        ("Kjaer, Bo", 4142, 5000, "No."),
        ("anna's iphone", 5000, 5571, "Yes."),
        ("Kjaer, Bo", 5571, 6000, "No."),
        (seller, 7000, 8000, "So: next."),
        ("anna's iphone", 8000, 9000, "My question: when?"),
        ("Mette Friis", 10_000, 11_000, "Bye."),
    ]
    ((line, reason),) = problems(found)
    assert line == 25
    assert reason == "does not say who speaks, by a voice tag or a name before it"


def test_headings_in_speech_that_names_nobody_are_no_names(tmp_path: Path) -> None:
    cues = [f"00:{number:02}.000 --> 00:{number:02}.900\nwe talk about the plan" for number in range(20)]
    cues[3] = cues[3].replace("we talk", "Pricing: we talk")
    cues[9] = cues[9].replace("we talk", "Pricing: we talk")
    ((_, reason),) = problems(items("WEBVTT\n\n" + "\n\n".join(cues), tmp_path))
    assert reason.startswith("no cue names its speaker")


@pytest.mark.parametrize(
    "heading",
    ["My advice", "Good advice", "Bottom line", "Note", "Pricing", "Quick Question", "Remember", "Vigtigt", "Husk",
     "I said to him", "Min pointe", "So what we do is", "Step 2", "The price"],
)  # fmt: skip
def test_a_heading_in_speech_is_nobody_s_name(heading: str, tmp_path: Path) -> None:
    text = meeting("Anna Lund: Two things matter.", f"{heading}: buy it now.", "Bo Kjaer: Fine.")
    found = items(text, tmp_path)
    assert {name for name, *_ in said(found)} == {"Anna Lund", "Bo Kjaer"}
    assert [line for line, _ in problems(found)] == [6]
    long = meeting(*["Anna Lund: Two things matter.", "Bo Kjaer: Fine."] * 3, f"{heading}: buy it now.")
    assert {name for name, *_ in said(items(long, tmp_path))} == {"Anna Lund", "Bo Kjaer"}


@pytest.mark.parametrize(
    "name",
    ["Kjaer, Bo", "Kjaer, Bo (Nordtryk)", "Dr. Bo Kjaer, PhD", "BO KJAER", "bo kjaer", "Bo", "Bo van der Kjaer-Holm",
     "Bo Kjær 🎉", "Bo's iPad", "+45 12 34 56 78", "bo.kjaer", "Speaker 2", "SPEAKER_01", "Bo Kjaer | Nordtryk A/S",
     "Bo & Mette", "山田 太郎", "Bo Kjaer (he/him) [Guest]"],
)  # fmt: skip
def test_names_as_people_have_them_are_names(name: str, tmp_path: Path) -> None:
    text = meeting(*["Anna Lund: Shall we?", f"{name}: Yes: now."] * 3)
    found = items(text, tmp_path)
    assert problems(found) == []
    assert said(found)[1] == (name, 2000, 2900, "Yes: now.")
