"""Whisper's relatives: segments that name nobody, and segments of two speakers."""

from __future__ import annotations

from pathlib import Path

from streams.importers import Source, read
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    items,
    reasons,
    sides,
)


def test_whisperx_that_names_nobody_in_a_segment_is_told_and_the_others_count() -> None:
    found = list(read(Source(DATA / "transcripts" / "whisperx.json"), OPTIONS))
    assert reasons(found) == ["segments.2: does not say who speaks"]
    assert sides(found) == [
        ("seller", 1000, 3000, "Shall we begin?"),
        ("customer", 3500, 5000, "Yes, let us."),
    ]


def test_a_segment_of_two_speakers_is_split_by_its_words(tmp_path: Path) -> None:
    words = [("Shall", 0, 1, "A"), ("we?", 1, 2, "A"), ("2.", None, None, None), ("Yes.", 2, 3, "B")]
    segment = {
        "start": 0, "end": 3, "text": "Shall we? 2. Yes.", "speaker": "A",
        "words": [{"word": word, "start": start, "end": end, "speaker": who} for word, start, end, who in words],
    }  # fmt: skip
    found = items({"segments": [segment]}, tmp_path)
    assert sides(found) == [("seller", 0, 2000, "Shall we? 2."), ("customer", 2000, 3000, "Yes.")]
