"""WebVTT and SubRip as tools write them: each file of a kind that once gave wrong numbers, with the right ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

import pytest

from clickhouse.schema.rows import TrackerRow
from processors.analysis.analyser import Analyser
from processors.conversation.state import CallMetrics, Conversation, fold
from schemas.events import CallEnded, CallSegment, CallStarted, TrackerChanged
from streams.importers import Item, Options, Problem, Source, read
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of

DATA = Path(__file__).parents[3] / "data" / "transcripts"
NOW = datetime(2026, 9, 14, tzinfo=UTC)
OPTIONS = Options(True, "seller-17", frozenset(["Anna Lund"]), NOW)


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


def items(text: str, folder: Path, name: str = "meeting.vtt", options: Options = OPTIONS) -> list[Item]:
    path = folder / name
    path.write_bytes(text.encode())
    return list(read(Source(path), options))


def problems(found: list[Item]) -> list[tuple[int | None, str]]:
    return [(each.line, each.reason) for each in found if isinstance(each, Problem)]


def said(found: list[Item]) -> list[tuple[str | None, int, int, str]]:
    spoken = [each for each in found if isinstance(each, CallSegment)]
    spoken.sort(key=lambda each: each.start_ms)
    return [(each.participant_id, each.start_ms, each.end_ms, each.text) for each in spoken]


def call_id(found: list[Item]) -> str:
    (known,) = {each.call_id for each in found if isinstance(each, CallStarted | CallSegment | CallEnded)}
    return known


def conversation(found: list[Item], analyser: Analyser | None = None) -> Conversation:
    facts = [each for each in found if isinstance(each, CallStarted | CallSegment | CallEnded)]
    (call,) = fold(((fact, NOW) for fact in facts), analyser or analyser_for([])).values()
    return call


def metrics(found: list[Item], analyser: Analyser | None = None) -> CallMetrics:
    return conversation(found, analyser).metrics()


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_as_tools_write_it_gives_its_numbers(name: str) -> None:
    found = list(read(Source(DATA / name), OPTIONS))
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
    pieces = list(read(Source(DATA / "vtt-sentence-over-two-cues.vtt"), OPTIONS))
    told = metrics(pieces, analyser)
    assert told == metrics(items(whole, tmp_path), analyser)
    assert told.questions_open.seller + told.questions_closed.seller == 1
    assert told.sentiment.label == "negative"
    assert conversation(pieces, analyser).mentions_of("k1").customer == 1


def test_cues_that_name_nobody_are_one_line_with_what_to_do() -> None:
    found = list(read(Source(DATA / "vtt-nobody-named.vtt"), OPTIONS))
    ((line, reason),) = problems(found)
    assert line is None
    assert reason.startswith("no cue names its speaker")
    assert ".transcript.vtt" in reason
    assert found[0].count == 8  # type: ignore[union-attr]  # a Problem, as was seen


def test_a_mistyped_name_is_told_with_those_that_are_there() -> None:
    options = Options(True, "s", frozenset(["Ana Lund"]), NOW)
    ((_, reason),) = problems(list(read(Source(DATA / "vtt-seller-name-mistyped.vtt"), options)))
    assert "nobody in the file is called 'Ana Lund'; its speakers are 'Anna Lund', 'Bo Kjaer'" in reason


def test_a_meeting_is_known_by_names_and_times_whatever_its_line_ends_words_or_format(tmp_path: Path) -> None:
    text = (DATA / "vtt-same-meeting-lf.vtt").read_text()
    meeting = call_id(items(text, tmp_path))
    assert meeting == call_id(items(text.replace("\n", "\r\n"), tmp_path))
    assert meeting == call_id(items(text.replace("\n", "\r"), tmp_path))
    assert meeting == call_id(
        items("\ufeff" + text.replace("begin", "start") + "\n\nNOTE corrected\n", tmp_path)
    )
    assert meeting == call_id(list(read(Source(DATA / "srt-with-names.srt"), OPTIONS)))
    assert meeting != call_id(items(text.replace("05.000", "05.001"), tmp_path))
    assert meeting != call_id(items(text.replace("Bo", "Ib"), tmp_path))


def test_teams_gives_the_id_of_its_transcript() -> None:
    assert call_id(list(read(Source(DATA / "vtt-sentence-over-two-cues.vtt"), OPTIONS))) == "7c1d0a52-0001"


METADATA = """WEBVTT

0:0:16.246 --> 0:0:17.726
{"startDateTime":"2023-04-03T10:46:02.6460Z","speakerName":"Anna Lund",
"spokenText":"Shall we?","spokenLanguage":"en-us"}

0:0:18.0 --> 0:0:19.50
{"startDateTime":"2023-04-03T10:46:04.4Z","speakerName":"Bo Kjaer","spokenText":"Yes.","spokenLanguage":"en-us"}

0:0:20.0 --> 0:0:20.500
{"startDateTime":"2023-04-03T10:46:06.4Z","speakerName":"","spokenText":"Hm?","spokenLanguage":"en-us"}
"""


def test_graphs_metadata_tell_who_says_what_when_in_which_language(tmp_path: Path) -> None:
    found = items(METADATA, tmp_path)
    assert said(found) == [("Anna Lund", 16_246, 17_726, "Shall we?"), ("Bo Kjaer", 18_000, 19_050, "Yes.")]
    assert problems(found) == [(10, "does not say who speaks, by a voice tag or a name before it")]
    started = next(each for each in found if isinstance(each, CallStarted))
    assert started.call_started_at == datetime(2023, 4, 3, 10, 45, 46, 400_000, tzinfo=UTC)
    assert started.language == "en-us"


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


def test_a_clock_that_runs_beyond_a_day_is_read_from_the_first_word_on(tmp_path: Path) -> None:
    found = items(
        "WEBVTT\n\n100:00:01.000 --> 100:00:03.000\n<v Anna Lund>Shall we?\n\n"
        "100:00:04.000 --> 100:00:05.000\n<v Bo>Yes.\n",
        tmp_path,
    )
    assert said(found) == [("Anna Lund", 0, 2000, "Shall we?"), ("Bo", 3000, 4000, "Yes.")]
    assert found[-1].duration_ms == 4000  # type: ignore[union-attr]  # the end comes last


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
    assert reason == "does not say who speaks, by a voice tag or a name before it (2 cues, in lines 25, 33)"


def test_headings_in_speech_that_names_nobody_are_no_names(tmp_path: Path) -> None:
    cues = [f"00:{number:02}.000 --> 00:{number:02}.900\nwe talk about the plan" for number in range(20)]
    cues[3] = cues[3].replace("we talk", "Pricing: we talk")
    cues[9] = cues[9].replace("we talk", "Pricing: we talk")
    ((_, reason),) = problems(items("WEBVTT\n\n" + "\n\n".join(cues), tmp_path))
    assert reason.startswith("no cue names its speaker")


def test_labels_of_whisperx_in_brackets_are_speakers(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Shall we?\n\n"
        "2\n00:00:02,500 --> 00:00:03,000\n[SPEAKER_01]: Yes.\n"
    )
    found = items(text, tmp_path, "call.srt", Options(True, "s", frozenset(["SPEAKER_00"]), NOW))
    assert said(found) == [("SPEAKER_00", 1000, 2000, "Shall we?"), ("SPEAKER_01", 2500, 3000, "Yes.")]


def test_a_subrip_text_may_have_blank_lines_and_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "call.srt"
    cues = (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna Lund: Skal vi\n\nbegynde på det?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nBo Kjær: Ja."
    )
    text = cues.replace("\n", "\r\n")
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        path.write_bytes(text.encode(encoding))
        found = list(read(Source(path), OPTIONS))
        assert said(found) == [
            ("Anna Lund", 1000, 2000, "Skal vi begynde på det?"),
            ("Bo Kjær", 3000, 4000, "Ja."),
        ]


def test_without_consent_a_mark_is_left_out_for_its_text_is_not_kept(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Lund>[laughter]\n\n00:02.000 --> 00:03.000\n<v Anna Lund>Yes.\n"
    for consent, talk in ((True, 1000), (False, 1000)):
        found = items(text, tmp_path, options=Options(consent, "s", frozenset(["Anna Lund"]), NOW))
        assert metrics(found).talk_ms.seller == talk


@pytest.mark.parametrize(
    ("content", "said_of_it"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 2**21, "longer than 1048576 bytes"),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n" * 3, "who sells"),
        (b"WEBVTT", "who sells"),
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


def test_a_subrip_cue_without_times_is_told_and_is_no_part_of_the_one_before(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna Lund: Shall we?\n\n2\nBo Kjaer: Yes.\n\n"
        "3\n00:00:xx,000 --> 00:00:04,000\nBo Kjaer: No.\n\n4\n00:00:05,000 --> 00:00:06,000\nBo Kjaer: 12\n"
    )
    found = items(text, tmp_path, "call.srt")
    assert said(found) == [("Anna Lund", 1000, 2000, "Shall we?"), ("Bo Kjaer", 5000, 6000, "12")]
    assert problems(found) == [(5, "has no times like 00:01:02.345 --> 00:01:04.000 (2 cues, in lines 5, 9)")]


def test_webex_also_writes_names_without_an_id(tmp_path: Path) -> None:
    text = (
        'WEBVTT\n\n1 "Anna Lund" (123)\n00:01.000 --> 00:02.000\nShall we?\n\n'
        '2 "Bo (he/him)"\n00:02.000 --> 00:03.000\nYes.\n'
    )
    found = items(text, tmp_path)
    assert said(found) == [("Anna Lund", 1000, 2000, "Shall we?"), ("Bo (he/him)", 2000, 3000, "Yes.")]


def meeting(*cues: str) -> str:
    blocks = [
        f"00:00:{number:02}.000 --> 00:00:{number:02}.900\n{text}"
        for number, text in enumerate(cues, start=1)
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


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


def test_minutes_of_the_graph_kind_are_told_from_hours_without_a_zero(tmp_path: Path) -> None:
    found = items("WEBVTT\n\n0:00:01.5 --> 0:00:02.5\n<v Anna Lund>Yes.\n", tmp_path)
    assert said(found) == [("Anna Lund", 1500, 2500, "Yes.")]


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


def test_positions_and_fonts_of_subrip_are_no_words(tmp_path: Path) -> None:
    text = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff">Anna Lund: Shall we?</font>\n'
    assert said(items(text, tmp_path, "call.srt")) == [("Anna Lund", 1000, 2000, "Shall we?")]
