"""A meeting has one id whatever its line ends, its format or corrected words."""

from __future__ import annotations

from pathlib import Path

from streams.importers import Source, read
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    call_id,
    items,
)


def test_a_meeting_is_known_by_names_and_times_whatever_its_line_ends_words_or_format(tmp_path: Path) -> None:
    text = (DATA / "transcripts" / "vtt-same-meeting-lf.vtt").read_text()
    meeting = call_id(items(text, tmp_path))
    assert meeting == call_id(items(text.replace("\n", "\r\n"), tmp_path))
    assert meeting == call_id(items(text.replace("\n", "\r"), tmp_path))
    assert meeting == call_id(
        items("\ufeff" + text.replace("begin", "start") + "\n\nNOTE corrected\n", tmp_path)
    )
    assert meeting == call_id(list(read(Source(DATA / "transcripts" / "srt-with-names.srt"), OPTIONS)))
    assert meeting != call_id(items(text.replace("05.000", "05.001"), tmp_path))
    assert meeting != call_id(items(text.replace("Bo", "Ib"), tmp_path))


def test_teams_gives_the_id_of_its_transcript() -> None:
    assert (
        call_id(list(read(Source(DATA / "transcripts" / "vtt-sentence-over-two-cues.vtt"), OPTIONS)))
        == "7c1d0a52-0001"
    )
