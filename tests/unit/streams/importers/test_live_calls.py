"""Calls told by streams of events: several at once, drafts, failures, without line ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas.events import CallEnded, CallStarted
from streams.importers import Problem, Source, read
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    items,
    sides,
)


def test_contact_lens_that_failed_sends_nothing(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "contact_lens_live.jsonl").read_text().replace('"COMPLETED"', '"FAILED"')
    path = tmp_path / "call.jsonl"
    path.write_text(lines)
    (problem,) = read(Source(path), OPTIONS)
    assert isinstance(problem, Problem)
    assert "failed" in problem.reason


def test_a_stream_of_several_calls_is_each_of_them(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "live_call_analytics.jsonl").read_text()
    path = tmp_path / "calls.jsonl"
    path.write_text(lines + lines.replace("lca-trial-1", "lca-trial-2") + '{"EventType": "START"}\n{"\n')
    found = list(read(Source(path), OPTIONS))
    assert {each.call_id for each in found if isinstance(each, CallStarted)} == {"lca-trial-1", "lca-trial-2"}
    assert [each.duration_ms for each in found if isinstance(each, CallEnded)] == [21_000, 21_000]
    assert [each.line for each in found if isinstance(each, Problem)] == [31, 32]
    assert len(sides(found)) == 12


def test_a_stream_that_was_written_without_line_ends_is_read(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "contact_lens_live.jsonl").read_text().splitlines()
    for joint in ("", "\n  \n"):
        path = tmp_path / "stream"
        path.write_text(joint.join(json.dumps(json.loads(line), indent=1) for line in lines))
        assert len(sides(list(read(Source(path), OPTIONS)))) == 6


def test_events_that_carry_what_transcribe_heard_are_read(tmp_path: Path) -> None:
    def heard(number: int, channel: str, text: str, **more: Any) -> dict[str, Any]:
        result = {
            "ResultId": str(number), "ChannelId": channel, "StartTime": number, "EndTime": number + 0.5,
            "Alternatives": [{"Transcript": text, "Items": []}], "IsPartial": False,
        }  # fmt: skip
        event = {"Transcript": {"Results": [result | more]}}
        return {
            "EventType": "ADD_TRANSCRIPT_SEGMENT",
            "CallId": "c",
            "TranscriptEvent": event,
            "UtteranceEvent": None,
        }

    utterance = {
        "UtteranceId": "u", "ParticipantRole": "AGENT", "BeginOffsetMillis": 4000, "EndOffsetMillis": 4500,
        "Transcript": "Good.", "IsPartial": False,
    }  # fmt: skip
    events = [
        heard(1, "ch_1", "Shall", IsPartial=True),
        heard(1, "ch_1", "Shall we?"),
        heard(2, "ch_0", "Yes."),
        {"EventType": "ADD_TRANSCRIPT_SEGMENT", "CallId": "c", "UtteranceEvent": utterance},
    ]
    assert sides(items(events, tmp_path, "call.json")) == [
        ("seller", 1000, 1500, "Shall we?"),
        ("customer", 2000, 2500, "Yes."),
        ("seller", 4000, 4500, "Good."),
    ]
