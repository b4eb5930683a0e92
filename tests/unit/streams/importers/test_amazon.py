"""Amazon Transcribe Call Analytics and Contact Lens: a real call gives its known numbers; bad turns stop nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data" / "importers"
OPTIONS = Options(consent=True, seller_id="seller-17", started_at=datetime(2026, 9, 14, tzinfo=UTC))


def changed(folder: Path, name: str, **changes: Any) -> list[Item]:
    path = folder / name
    path.write_text(json.dumps(json.loads((DATA / name).read_text()) | changes))
    return list(read(Source(path), OPTIONS))


def turns(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / name).read_text())["Transcript"]
    return found


@pytest.mark.real_data(twin="test_a_call_of_our_own_has_its_known_numbers")
def test_a_real_call_has_its_known_numbers(shared_data: Path) -> None:
    events = list(read(Source(shared_data / "calls" / "example-call.json"), OPTIONS))
    started, *segments, ended = events
    assert isinstance(started, CallStarted)
    assert (started.call_id, started.language, started.channel) == ("example-call.wav", "en-US", "phone")
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 182_890
    talk = {"seller": 0, "customer": 0}
    for each in segments:
        assert isinstance(each, CallSegment)
        talk[each.speaker] += each.end_ms - each.start_ms
        assert each.confidence is None or 0.5 < each.confidence <= 1
    assert talk == {"seller": 114_740, "customer": 64_211}
    assert len(segments) == 37


def test_a_call_of_our_own_has_its_known_numbers() -> None:
    started, *segments, ended = read(Source(DATA / "transcribe.json"), OPTIONS)
    assert isinstance(started, CallStarted)
    assert (started.call_id, started.language, started.channel) == ("trial-follow-up", "en-GB", "phone")
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 21_000
    spoken = [each for each in segments if isinstance(each, CallSegment)]
    assert len(spoken) == len(segments) == 6
    talk = {
        side: sum(each.end_ms - each.start_ms for each in spoken if each.speaker == side)
        for side in ("seller", "customer")
    }
    assert talk == {"seller": 10_250, "customer": 8_150}


def test_a_bad_turn_is_told_by_its_place_and_the_others_are_read(tmp_path: Path) -> None:
    bad = turns("transcribe.json")
    bad[1]["BeginOffsetMillis"] = "early, said the customer"
    del bad[2]["Content"]
    bad[3]["ParticipantRole"] = "SYSTEM"
    found = changed(tmp_path, "transcribe.json", Transcript=bad)
    assert [each.reason for each in found if isinstance(each, Problem)] == [
        "Transcript.1.BeginOffsetMillis: must be a number of milliseconds",
        "Transcript.2.Content: Field required",
        "Transcript.3: spoken neither by an agent nor by a customer",
    ]
    assert [each.segment_id for each in found if isinstance(each, CallSegment)] == [
        "turn-0",
        "turn-4",
        "turn-5",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Channel": "CHAT"}, "Channel: must be VOICE"),
        ({"Transcript": "hello"}, "Transcript: Input should be a valid list"),
        ({"ConversationCharacteristics": {"TotalConversationDurationMillis": 10**12}}, "duration_ms: "),
    ],
)
def test_what_is_no_call_is_one_problem(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    problem = changed(tmp_path, "transcribe.json", **changes)[-1]
    assert isinstance(problem, Problem)
    assert problem.reason.startswith(said)


def test_in_contact_lens_the_role_is_the_participants(tmp_path: Path) -> None:
    announced = turns("contact_lens.json")
    announced[0]["ParticipantId"] = "SYSTEM"
    found = changed(tmp_path, "contact_lens.json", Transcript=announced)
    assert [each.reason for each in found if isinstance(each, Problem)] == [
        "Transcript.0: spoken neither by an agent nor by a customer"
    ]
    assert len([each for each in found if isinstance(each, CallSegment)]) == 5


def test_a_job_without_a_name_is_known_by_its_content(tmp_path: Path) -> None:
    started = changed(tmp_path, "transcribe.json", JobName=None)[0]
    assert isinstance(started, CallStarted)
    assert len(started.call_id) == 32
