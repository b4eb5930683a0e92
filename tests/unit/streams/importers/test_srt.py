"""SubRip: names, blank lines, encodings, cues without times."""

from __future__ import annotations

from pathlib import Path

from streams.importers import Options, Source, read
from tests.support.transcripts import (
    NOW,
    OPTIONS,
    items,
    problems,
    said,
)


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


def test_a_subrip_cue_without_times_is_told_and_is_no_part_of_the_one_before(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna Lund: Shall we?\n\n2\nBo Kjaer: Yes.\n\n"
        "3\n00:00:xx,000 --> 00:00:04,000\nBo Kjaer: No.\n\n4\n00:00:05,000 --> 00:00:06,000\nBo Kjaer: 12\n"
    )
    found = items(text, tmp_path, "call.srt")
    assert said(found) == [("Anna Lund", 1000, 2000, "Shall we?"), ("Bo Kjaer", 5000, 6000, "12")]
    assert problems(found) == [(5, "has no times like 00:01:02.345 --> 00:01:04.000")]


def test_positions_and_fonts_of_subrip_are_no_words(tmp_path: Path) -> None:
    text = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff">Anna Lund: Shall we?</font>\n'
    assert said(items(text, tmp_path, "call.srt")) == [("Anna Lund", 1000, 2000, "Shall we?")]
