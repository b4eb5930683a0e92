"""Utterances of two speakers are split by the speakers of their words."""

from __future__ import annotations

import json
from pathlib import Path

from streams.importers import Source, read
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    items,
    reasons,
    sides,
)


def test_a_deepgram_utterance_of_two_speakers_is_split_by_its_words() -> None:
    found = list(read(Source(DATA / "transcripts" / "deepgram-utterance-of-two-speakers.json"), OPTIONS))
    assert sides(found) == [
        ("seller", 0, 1000, "Shall we?"),
        ("customer", 1100, 1600, "Yes."),
        ("seller", 1700, 2700, "Good, then."),
        ("customer", 4000, 4500, "Now."),
    ]


def test_an_assemblyai_utterance_of_two_speakers_is_split_by_its_words(tmp_path: Path) -> None:
    words = [
        ("Shall", 0, 500, "A"),
        ("we?", 500, 1000, "A"),
        ("Yes.", 1100, 1600, "B"),
        ("Good.", 1700, 2000, "A"),
    ]
    utterance = {
        "start": 0, "end": 2000, "text": "Shall we? Yes. Good.", "speaker": "A",
        "words": [{"text": text, "start": start, "end": end, "speaker": who} for text, start, end, who in words],
    }  # fmt: skip
    document = {"id": "1", "status": "completed", "audio_url": "x", "utterances": [utterance]}
    assert sides(items(document, tmp_path)) == [
        ("seller", 0, 1000, "Shall we?"),
        ("customer", 1100, 1600, "Yes."),
        ("seller", 1700, 2000, "Good."),
    ]


def test_a_deepgram_utterance_of_nobody_is_told_and_makes_no_third_speaker(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "deepgram_speakers.json").read_text())
    document["results"]["utterances"][1] |= {"speaker": None, "words": []}
    found = items(document, tmp_path)
    assert reasons(found) == ["results.utterances.1: does not say who speaks"]
    assert len(sides(found)) == 5
