"""Files of kinds that once gave wrong numbers, with the right ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

import pytest

from clickhouse.schema.rows import TrackerRow
from schemas.events import CallStarted, TrackerChanged
from streams.importers import Options, Source, read
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of
from tests.support.transcripts import (
    DATA,
    NOW,
    OPTIONS,
    conversation,
    items,
    meeting,
    metrics,
    problems,
    said,
)


class Numbers(NamedTuple):
    talk_seller_ms: int
    talk_customer_ms: int
    words_seller: int
    words_customer: int
    switches: int
    duration_ms: int


RIGHT = {
    "vtt-cue-without-blank-line-before.vtt": Numbers(5000, 1500, 7, 3, 2, 9000),
    "vtt-teams-graph-short-times.vtt": Numbers(3090, 2500, 3, 3, 1, 6500),
    "vtt-zoom-last-name-first.vtt": Numbers(2000, 1500, 3, 3, 1, 5000),
    "vtt-webex.vtt": Numbers(2000, 1500, 3, 3, 1, 5000),
    "vtt-zoom-colon-in-speech.vtt": Numbers(2000, 1500, 4, 1, 1, 7000),
    "vtt-same-meeting-crlf.vtt": Numbers(2000, 1500, 3, 3, 1, 5000),
    "vtt-sentence-over-two-cues.vtt": Numbers(4000, 5000, 11, 12, 1, 11_000),
    "srt-with-names.srt": Numbers(2000, 1500, 3, 3, 1, 5000),
}


UNNAMED = {"vtt-webex.vtt": 12, "vtt-zoom-colon-in-speech.vtt": 8}


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_as_tools_write_it_gives_its_numbers(name: str) -> None:
    found = list(read(Source(DATA / "transcripts" / name), OPTIONS))
    told = metrics(found)
    numbers = Numbers(*told.talk_ms, *told.words, told.switches, told.duration_ms)
    assert numbers == RIGHT[name]
    expected = (
        [(UNNAMED[name], "does not say who speaks, by a voice tag or a name before it")]
        if name in UNNAMED
        else []
    )
    assert problems(found) == expected


def test_a_sentence_over_cues_is_one(tmp_path: Path) -> None:
    whole = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Anna Lund>Would you like to see how the machine works on Monday?</v>

00:00:05.500 --> 00:00:08.500
<v Bo Kjaer>We run Business Central today.</v>

00:00:09.000 --> 00:00:11.000
<v Bo Kjaer>And it is not good at all.</v>
"""
    tracker = TrackerChanged(tracker_id="k1", name="Business Central", kind="keyword")
    analyser = analyser_for([cast(TrackerRow, row_of(tracker, NOW))])
    pieces = list(read(Source(DATA / "transcripts" / "vtt-sentence-over-two-cues.vtt"), OPTIONS))
    told = metrics(pieces, analyser)
    assert told == metrics(items(whole, tmp_path), analyser)
    assert told.questions_open.seller + told.questions_closed.seller == 1
    assert told.sentiment.label == "negative"
    assert conversation(pieces, analyser).mentions_of("k1").customer == 1


def test_cues_that_name_nobody_are_one_line_with_what_to_do() -> None:
    found = list(read(Source(DATA / "transcripts" / "vtt-nobody-named.vtt"), OPTIONS))
    ((line, reason),) = problems(found)
    assert line is None
    assert reason.startswith("no cue names its speaker")
    assert ".transcript.vtt" in reason
    assert found[0].count == 8  # type: ignore[union-attr]  # a Problem, as was seen


def test_a_clock_that_runs_beyond_a_day_is_read_from_the_first_word_on(tmp_path: Path) -> None:
    found = items(
        "WEBVTT\n\n100:00:01.000 --> 100:00:03.000\n<v Anna Lund>Shall we?\n\n"
        "100:00:04.000 --> 100:00:05.000\n<v Bo>Yes.\n",
        tmp_path,
    )
    assert said(found) == [("Anna Lund", 0, 2000, "Shall we?"), ("Bo", 3000, 4000, "Yes.")]
    assert found[-1].duration_ms == 4000  # type: ignore[union-attr]  # the end comes last


def test_without_consent_a_mark_is_left_out_for_its_text_is_not_kept(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Lund>[laughter]\n\n00:02.000 --> 00:03.000\n<v Anna Lund>Yes.\n"
    for consent, talk in ((True, 1000), (False, 1000)):
        found = items(text, tmp_path, options=Options(consent, "s", frozenset(["Anna Lund"]), NOW))
        assert metrics(found).talk_ms.seller == talk


def test_zoom_tells_the_start_in_the_name_of_its_files(tmp_path: Path) -> None:
    text = meeting("Anna Lund: Shall we?", "Bo Kjaer: Yes.")
    nameless = Options(True, "s", frozenset(["Anna Lund"]))
    for name, began in (
        ("GMT20240124-202901_Recording.transcript.vtt", datetime(2024, 1, 24, 20, 29, 1, tzinfo=UTC)),
        ("GMT20241324-202901_Recording.transcript.vtt", None),
        ("Recording 20240124-202901.vtt", None),
    ):
        found = items(text, tmp_path, name, nameless)
        assert {each.call_started_at for each in found if isinstance(each, CallStarted)} == (
            {began} if began else set()
        )
    told = items(text, tmp_path, "GMT20240124-202901_Recording.transcript.vtt")
    assert {each.call_started_at for each in told if isinstance(each, CallStarted)} == {NOW}
