"""Captions that show again what stood before: said once, counted once; people who repeat themselves are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcripts import items, metrics, problems, said

YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:03.000 align:start position:0%
{blank}
ANNA LUND: Shall<00:00:01.400><c> we</c><00:00:01.900><c> look</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
ANNA LUND: Shall we look


00:00:03.010 --> 00:00:05.000 align:start position:0%
ANNA LUND: Shall we look
at<00:00:03.400><c> the</c><00:00:03.900><c> offer?</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
at the offer?


00:00:05.010 --> 00:00:07.000 align:start position:0%
at the offer?
BO KJAER: Yes,<00:00:05.400><c> let</c><00:00:06.900><c> us.</c>

00:00:07.000 --> 00:00:07.010 align:start position:0%
BO KJAER: Yes, let us.

00:00:07.010 --> 00:00:09.000 align:start position:0%
BO KJAER: Yes, let us.
It<00:00:07.400><c> is</c><00:00:08.900><c> dear.</c>
"""


@pytest.mark.parametrize("blank", [" ", ""])
def test_of_two_lines_of_which_the_first_is_the_last_ones_the_second_counts(
    tmp_path: Path, blank: str
) -> None:
    found = items(YOUTUBE.format(blank=blank), tmp_path)
    assert problems(found) == []
    numbers = metrics(found)
    assert (numbers.words.seller, numbers.words.customer) == (6, 6)
    assert numbers.questions_open.seller + numbers.questions_closed.seller == 1
    assert numbers.switches == 1


def vtt(*cues: tuple[float, float, str]) -> str:
    """A WebVTT file of cues, each with its first and last second."""
    blocks = (f"00:{start:06.3f} --> 00:{end:06.3f}\n{text}\n" for start, end, text in cues)
    return "WEBVTT\n\n" + "\n".join(blocks)


GROWING = [
    (1, 2, "<v Anna Lund>Shall we"),
    (1, 3, "<v Anna Lund>Shall we look at"),
    (1, 4, "<v Anna Lund>Shall we look at the offer?"),
    (5, 6, "<v Bo Kjaer>yes"),
    (5, 7, "<v Bo Kjaer>Yes, let us."),
]


def test_a_line_that_grows_while_it_is_spoken_counts_once(tmp_path: Path) -> None:
    found = items(vtt(*GROWING), tmp_path)
    assert said(found) == [
        ("Anna Lund", 1000, 4000, "Shall we look at the offer?"),
        ("Bo Kjaer", 5000, 7000, "yes let us."),
    ]


def test_subrip_with_three_lines_that_roll_up(tmp_path: Path) -> None:
    lines = ["Anna Lund: we have looked at it", "and we have found", "that it is good.", "Bo Kjaer: What is good?",
             "The offer from August?", "Anna Lund: Yes, that one."]  # fmt: skip
    blocks = [
        f"{place + 1}\n00:00:{place:02},000 --> 00:00:{place + 1:02},000\n"
        + "\n".join(lines[max(0, place - 2) : place + 1])
        for place in range(len(lines))
    ]
    found = items("\n\n".join(blocks) + "\n", tmp_path, name="call.srt")
    assert problems(found) == []
    assert [(who, text) for who, _, _, text in said(found)] == [
        ("Anna Lund", "we have looked at it and we have found that it is good."),
        ("Bo Kjaer", "What is good?"),
        ("Bo Kjaer", "The offer from August?"),
        ("Anna Lund", "Yes, that one."),
    ]


@pytest.mark.parametrize(
    "cues",
    [
        [(1, 2, "<v Anna Lund>I think"), (2, 4, "<v Anna Lund>I think we should."), (5, 6, "<v Bo Kjaer>Yes.")],
        [(1, 2, "<v Anna Lund>No."), (2, 3, "<v Anna Lund>No."), (3, 4, "<v Anna Lund>No."),
         (5, 6, "<v Bo Kjaer>Okay.")],
        [(1, 2, "<v Anna Lund>Thank you."), (2, 3, "<v Bo Kjaer>Thank you."), (3, 4, "<v Anna Lund>Thank you."),
         (4, 5, "<v Bo Kjaer>Thank you.")],
    ],
)  # fmt: skip
def test_people_may_repeat_themselves_and_each_other(
    tmp_path: Path, cues: list[tuple[float, float, str]]
) -> None:
    found = items(vtt(*cues), tmp_path)
    words = " ".join(text for *_, text in said(found)).split()
    assert words == " ".join(text.partition(">")[2] for *_, text in cues).split()
