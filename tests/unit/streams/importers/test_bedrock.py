"""Bedrock Data Automation: a real call gives its known numbers; speakers are channels where there are two."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from processors.text.sentences import count_words
from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

FILE = Path(__file__).parents[3] / "data" / "importers" / "bedrock.json"


def options(*sellers: str) -> Options:
    began = datetime(2026, 9, 14, tzinfo=UTC)
    return Options(consent=True, seller_id="seller-17", started_at=began, seller_speakers=frozenset(sellers))


def changed(folder: Path, seller: str, change: Any) -> list[Item]:
    document = json.loads(FILE.read_text())
    change(document)
    path = folder / "bedrock.json"
    path.write_text(json.dumps(document))
    return list(read(Source(path), options(seller)))


@pytest.mark.real_data(twin="test_a_call_of_our_own_has_its_known_numbers")
def test_a_real_call_has_its_known_numbers(shared_data: Path) -> None:
    path = shared_data / "calls" / "bda-standard.json"
    started, *segments, ended = read(Source(path), options("ch_1"))
    assert isinstance(started, CallStarted)
    assert started.language == "en"
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 273_160
    spoken = [each for each in segments if isinstance(each, CallSegment)]
    assert len(spoken) == len(segments) == 51
    assert sum(count_words(each.text) for each in spoken) == 737
    assert spoken[0].text.startswith("Hello. Sleepaway Camp Hotel.")
    assert spoken[0].speaker == "seller"


def test_a_call_of_our_own_has_its_known_numbers() -> None:
    started, *segments, ended = read(Source(FILE), options("ch_0"))
    assert isinstance(started, CallStarted)
    assert started.language == "en"
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 21_000
    spoken = [each for each in segments if isinstance(each, CallSegment)]
    assert len(spoken) == len(segments) == 6
    assert sum(count_words(each.text) for each in spoken) == 52
    assert spoken[0].text.startswith("Hello Søren")
    assert spoken[0].speaker == "seller"


def test_it_is_asked_which_channel_sells() -> None:
    (problem,) = read(Source(FILE), options())
    assert isinstance(problem, Problem)
    assert "who sells: --seller-speaker with one of ch_0, ch_1" in problem.reason


def test_on_one_channel_speakers_are_told_apart_by_label(tmp_path: Path) -> None:
    def mono(document: Any) -> None:
        document["metadata"]["number_of_channels"] = 1
        for segment in document["audio_segments"]:
            segment["channel"] = {"channel_label": "ch_0"}

    found = changed(tmp_path, "spk_0", mono)
    assert {(each.participant_id, each.speaker) for each in found if isinstance(each, CallSegment)} == {
        ("spk_0", "seller"),
        ("spk_1", "customer"),
    }


def test_segments_without_speaker_or_times_are_told(tmp_path: Path) -> None:
    def broken(document: Any) -> None:
        segments = document["audio_segments"]
        segments[0] |= {"speaker": None, "channel": None}
        del segments[1]["end_timestamp_millis"]
        segments[2]["type"] = "SILENCE"

    found = changed(tmp_path, "ch_0", broken)
    assert [each.reason for each in found if isinstance(each, Problem)] == [
        "audio_segments.0: has neither speaker nor channel: label them in the project",
        "audio_segments.1.end_timestamp_millis: Field required",
    ]
    assert [each.segment_id for each in found if isinstance(each, CallSegment)] == ["3", "4", "5"]


def test_what_has_no_metadata_is_one_problem(tmp_path: Path) -> None:
    (problem,) = changed(tmp_path, "ch_0", lambda document: document["metadata"].pop("s3_key"))
    assert isinstance(problem, Problem)
    assert problem.reason == "metadata.s3_key: Field required"
