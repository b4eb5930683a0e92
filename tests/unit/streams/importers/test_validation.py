"""Fields of other systems: what no number needs may be anything, what is needed is told, nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from streams.importers import Options, Problem, Source, read
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    SELLERS,
    items,
    reasons,
    sides,
)

NEEDED = frozenset(
    """
    BeginOffsetMillis Channel Content ConversationCharacteristics EndOffsetMillis Id ParticipantId
    ParticipantRole Participants Title Transcript affiliation alternatives audio_segments audio_url callId
    callTranscripts calls channel channel_label channel_labels channels combinedPhrases content data date
    display duration durationInTicks durationMilliseconds end endTime end_time end_timestamp_millis from id
    items lexical media_channel metaData metadata nBest number_of_channels offset offsetInTicks
    offsetMilliseconds offsets participantId parties phrases punctuated_word recognizedPhrases request_id
    results s3_bucket s3_key segment_index segments sentence sentences speaker speakerId speaker_label
    speaker_labels speaker_name speakers start startTime start_time start_timestamp_millis started status text
    timestamp title to transcript transcription transcripts type utterances word words
    """.split()  # noqa: SIM905 - one word a line would bury the list
)
"""Fields that a number, an id, or the recognition of a format needs, in one format or another."""


def change(document: Any, how: Callable[[str, Any], Any]) -> Any:
    """A document with each field's value changed."""
    if isinstance(document, dict):
        return {key: how(key, change(value, how)) for key, value in document.items()}
    return [change(each, how) for each in document] if isinstance(document, list) else document


JSON_FILES = sorted(
    path.name
    for path in (DATA / "importers").glob("*.json")
    if path.name not in ("dataverse.json", "trial.json", "trial.transcript.json")
)


@pytest.mark.parametrize("name", JSON_FILES)
@pytest.mark.parametrize("value", [None, {}, [], "what", -1])
def test_what_no_number_needs_costs_nothing_whatever_it_is(name: str, value: Any, tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / name).read_text())
    options = Options(True, "s", SELLERS, OPTIONS.started_at)
    told = items(document, tmp_path, "call.json", options)
    spoilt = items(
        change(document, lambda key, old: old if key in NEEDED else value), tmp_path, "call.json", options
    )
    assert reasons(spoilt) == reasons(told) == []
    assert sides(spoilt) == sides(told) != []


@pytest.mark.parametrize("name", JSON_FILES)
@pytest.mark.parametrize("value", [None, {}, [], "what", -1, 10**400, 1e308, True])
def test_what_is_needed_is_told_when_it_is_wrong_and_nothing_breaks(
    name: str, value: Any, tmp_path: Path
) -> None:
    document = json.loads((DATA / "importers" / name).read_text())
    for needed in sorted(NEEDED):

        def spoil(key: str, old: Any, needed: str = needed) -> Any:
            return value if key == needed else old

        spoilt = change(document, spoil)
        if spoilt != document:
            found = items(spoilt, tmp_path, "call.json", Options(True, "s", SELLERS, OPTIONS.started_at))
            assert found, needed


@pytest.mark.parametrize(
    "document",
    [
        {"segments": [{"start": 0, "end": 1, "text": "hello"}] * 3, "language": "en"},
        {"results": {"transcripts": [], "items": [
            {"type": "pronunciation", "start_time": "0", "end_time": "1", "alternatives": [{"content": "hello"}]}]}},
        {"recognizedPhrases": [
            {"channel": 0, "offsetInTicks": 0, "durationInTicks": 100, "nBest": [{"display": "Hello"}]}]},
        {"data": {"transcript": {"sentences": [
            {"speaker_name": None, "text": "hello", "start_time": 0, "end_time": 1}]}}},
        {"metadata": {"request_id": "1"}, "results": {"channels": [
            {"alternatives": [{"words": [{"word": "hello", "start": 0, "end": 1}]}]}]}},
    ],
)  # fmt: skip
def test_where_nobody_is_named_it_is_one_line_with_what_to_do(document: Any, tmp_path: Path) -> None:
    (reason,) = reasons(items(document, tmp_path))
    assert "says who speaks" in reason
    assert "transcribe with" in reason or "export" in reason


@pytest.mark.parametrize(
    "content",
    [
        b"1" * 5000,
        b'{"segments": [' + b"9" * 5000 + b"]}",
        b'{"segments": [{"text": "\\ud800", "start": 0, "end": 1, "speaker": "A"}]}',
        b'{"segments": [{"text": "x", "start": NaN, "end": Infinity, "speaker": "A"}]}',
        b'{"segments": ' * 3000,
    ],
)  # fmt: skip
def test_hostile_json_is_refused_without_a_traceback(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "call.json"
    path.write_bytes(content)
    assert any(isinstance(each, Problem) for each in read(Source(path), OPTIONS))
