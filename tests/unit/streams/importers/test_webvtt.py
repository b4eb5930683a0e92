"""WebVTT: who speaks is in a voice tag, as in Teams, or before the text, as in Zoom; not every colon follows a name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.events import CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data" / "importers"
OPTIONS = Options(True, "seller-17", frozenset(["Molly Clark"]), datetime(2026, 9, 14, tzinfo=UTC))


def items(folder: Path, *blocks: str, options: Options = OPTIONS) -> list[Item]:
    path = folder / "meeting.vtt"
    path.write_text("\n\n".join(("WEBVTT - Our meeting", *blocks)) + "\n", encoding="utf-8")
    return list(read(Source(path), options))


def spoken(found: list[Item]) -> list[tuple[str | None, str]]:
    return [(each.participant_id, each.text) for each in found if isinstance(each, CallSegment)]


def cue(text: str, start: str = "00:01.000", end: str = "00:02.000") -> str:
    return f"{start} --> {end}\n{text}"


HELLO = cue("<v Molly Clark>Hello.</v>", "00:00.000")
"""A meeting needs a seller."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<v Eva Berg>Hi there.</v>", ("Eva Berg", "Hi there.")),
        ("<v.loud.first Eva Berg>Hi there.", ("Eva Berg", "Hi there.")),
        ("<v Berg &amp; Co>3 &lt; 4,\n<i>really</i> <00:00:01.500>so</v>", ("Berg & Co", "3 < 4, really so")),
        ("Eva Berg: Hi: there.", ("Eva Berg", "Hi: there.")),
        ("Eva Maria van der Berg: Hi.", ("Eva Maria van der Berg", "Hi.")),
    ],
)
def test_who_speaks_is_found(text: str, said: tuple[str, str], tmp_path: Path) -> None:
    assert said in spoken(items(tmp_path, HELLO, cue(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Hi there.",
        "So the plan for today is: we talk.",
        "Well, then: we talk.",
        "<v >Hi there.</v>",
        "at 12:30 we talk",
    ],
)
def test_a_cue_without_a_speaker_is_told_with_its_line_and_not_guessed(text: str, tmp_path: Path) -> None:
    found = items(tmp_path, HELLO, cue(text))
    problem = found[0]
    assert problem == Problem(
        tmp_path / "meeting.vtt", 6, "does not say who speaks, by a voice tag or a name before it"
    )
    assert spoken(found) == [("Molly Clark", "Hello.")]


def test_speakers_who_share_a_cue_share_its_time_by_what_they_say(tmp_path: Path) -> None:
    found = items(
        tmp_path, HELLO, cue("<v Molly Clark>Hello you.</v> <v Eva Berg>Hi.</v>", "00:10.000", "00:11.300")
    )
    times = [
        (each.participant_id, each.start_ms, each.end_ms) for each in found if isinstance(each, CallSegment)
    ]
    assert times[1:] == [("Molly Clark", 10_000, 11_000), ("Eva Berg", 11_000, 11_300)]


def test_notes_styles_numbers_and_positions_are_passed_over(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "NOTE\nEva Berg: this is a comment",
        "STYLE\n::cue { color: red }",
        f"17\n{HELLO}",
        "01:02:03.004 --> 01:02:04.000 align:start position:0%\n<v Eva Berg>Hi.</v>",
        cue("<v Eva Berg> </v>"),
    )
    assert spoken(found) == [("Molly Clark", "Hello."), ("Eva Berg", "Hi.")]
    last = [each for each in found if isinstance(each, CallSegment)][-1]
    assert (last.start_ms, last.end_ms) == (3_723_004, 3_724_000)


def test_a_block_without_times_is_told(tmp_path: Path) -> None:
    found = items(tmp_path, HELLO, "<v Eva Berg>Hi.</v>", cue("<v Eva Berg>Hi.</v>", "soon"))
    lines = [(each.line, each.reason) for each in found if isinstance(each, Problem)]
    assert lines == [
        (6, "has no times like 00:01:02.345 --> 00:01:04.000"),
    ]


def test_sellers_are_told_by_a_list_and_the_one_who_speaks_most_is_the_seller() -> None:
    listed = Options(
        consent=True,
        started_at=OPTIONS.started_at,
        seller_speakers=frozenset(["Moses Frase", "MOLLY CLARK"]),
    )
    started = next(read(Source(DATA / "teams.vtt"), listed))
    assert isinstance(started, CallStarted)
    assert (started.seller_id, started.channel) == ("Molly Clark", "meeting")
    assert [(each.name, each.side) for each in started.participants] == [
        ("Molly Clark", "seller"),
        ("Søren Holm (Holm & Søn)", "customer"),
    ]
