"""What holds for all JSON transcripts: nulls where no number needs them, jobs that failed, nobody named, odd values."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data"
OPTIONS = Options(
    True, "seller-17", frozenset(["spk_0", "SPEAKER_00", "A"]), datetime(2026, 9, 14, tzinfo=UTC)
)
SELLERS = frozenset(["spk_0", "ch_0", "A", "1", "SPEAKER_00", "0", "spk_1", "Molly Clark"])
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


def items(document: Any, folder: Path, options: Options = OPTIONS) -> list[Item]:
    path = folder / "call.json"
    path.write_text(json.dumps(document))
    return list(read(Source(path), options))


def problems(found: list[Item]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Problem)]


def said(found: list[Item]) -> list[tuple[str, int, int, str]]:
    spoken = [each for each in found if isinstance(each, CallSegment)]
    return [(each.speaker, each.start_ms, each.end_ms, each.text) for each in spoken]


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
    told = items(document, tmp_path, options)
    spoilt = items(change(document, lambda key, old: old if key in NEEDED else value), tmp_path, options)
    assert problems(spoilt) == problems(told) == []
    assert said(spoilt) == said(told) != []


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
            found = items(spoilt, tmp_path, Options(True, "s", SELLERS, OPTIONS.started_at))
            assert found, needed


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            {"TranscriptionJob": {"TranscriptionJobStatus": "FAILED", "FailureReason": "no sound"}},
            "(no sound)",
        ),
        (
            {"JobStatus": "FAILED", "Transcript": [], "Participants": [], "ConversationCharacteristics": {}},
            "failed",
        ),
        ({"jobName": "j", "status": "FAILED", "results": {"transcripts": [], "items": []}}, "failed"),
        (
            {"id": "1", "status": "error", "audio_url": "x", "utterances": None, "error": "no audio"},
            "(no audio)",
        ),
        ({"err_code": "Bad Request", "err_msg": "corrupt", "request_id": "1"}, "(corrupt)"),
        ({"status": "Failed", "properties": {"error": {"code": "X", "message": "bad link"}}}, "failed"),
        ({"data": None, "errors": [{"message": "object_not_found"}]}, "(object_not_found)"),
        ({"requestId": "1", "errors": ["no calls"]}, "(no calls)"),
        ({"error": {"message": "quota"}}, "(quota)"),
        ({"sid": "GT1", "status": "failed"}, "failed"),
        ({"CallAnalyticsJob": {"CallAnalyticsJobStatus": "IN_PROGRESS"}}, "fetch the transcript again"),
        ({"status": "Running", "links": {}}, "fetch the transcript again"),
    ],
)
def test_a_failed_job_is_told_as_such_and_is_no_call(document: Any, reason: str, tmp_path: Path) -> None:
    (problem,) = items(document, tmp_path)
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    if "again" not in reason:
        assert problem.reason.startswith("the job failed")


def test_contact_lens_that_failed_sends_nothing(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "contact_lens_live.jsonl").read_text().replace('"COMPLETED"', '"FAILED"')
    path = tmp_path / "call.jsonl"
    path.write_text(lines)
    (problem,) = read(Source(path), OPTIONS)
    assert isinstance(problem, Problem)
    assert "failed" in problem.reason


def test_whisperx_that_names_nobody_in_a_segment_is_told_and_the_others_count() -> None:
    found = list(read(Source(DATA / "transcripts" / "whisperx.json"), OPTIONS))
    assert problems(found) == ["segments.2: does not say who speaks"]
    assert said(found) == [
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
    assert said(found) == [("seller", 0, 2000, "Shall we? 2."), ("customer", 2000, 3000, "Yes.")]


def test_a_deepgram_utterance_of_two_speakers_is_split_by_its_words() -> None:
    found = list(read(Source(DATA / "transcripts" / "deepgram-utterance-of-two-speakers.json"), OPTIONS))
    assert said(found) == [
        ("seller", 0, 1000, "Shall we?"),
        ("customer", 1100, 1600, "Yes."),
        ("seller", 1700, 2700, "Good, then."),
        ("customer", 4000, 4500, "Now."),
    ]


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
    (reason,) = problems(items(document, tmp_path))
    assert "says who speaks" in reason
    assert "transcribe with" in reason or "export" in reason


def test_a_stream_of_several_calls_is_each_of_them(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "live_call_analytics.jsonl").read_text()
    path = tmp_path / "calls.jsonl"
    path.write_text(lines + lines.replace("lca-trial-1", "lca-trial-2") + '{"EventType": "START"}\n{"\n')
    found = list(read(Source(path), OPTIONS))
    assert {each.call_id for each in found if isinstance(each, CallStarted)} == {"lca-trial-1", "lca-trial-2"}
    assert [each.duration_ms for each in found if isinstance(each, CallEnded)] == [21_000, 21_000]
    assert [each.line for each in found if isinstance(each, Problem)] == [31, 32]
    assert len(said(found)) == 12


def test_gong_tells_sides_people_and_deal_also_from_a_file_beside(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "gong.json").read_text())
    calls = {"calls": document.pop("calls")}
    (tmp_path / "call.calls.json").write_text(json.dumps(calls))
    found = items(document, tmp_path, Options(consent=True))
    started = next(each for each in found if isinstance(each, CallStarted))
    assert (started.seller_id, started.direction, started.language) == ("234599484848423", "outbound", "en")
    assert (started.opportunity_id, started.customer_id) == ("0013601230sV7grAAC", "0013601230sV7grAAD")
    assert started.call_started_at == datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
    assert list(read(Source(tmp_path / "call.calls.json"), Options(consent=True))) == []
    (tmp_path / "call.json").unlink()
    assert len(problems(list(read(Source(tmp_path / "call.calls.json"), Options(consent=True))))) == 1


def test_a_page_of_twilio_s_sentences_is_told(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "twilio.json").read_text())
    document["meta"]["next_page_url"] = "https://intelligence.twilio.com/v2/..."
    (reason,) = problems(items(document, tmp_path))
    assert "one page of several" in reason


def test_azure_s_phrases_that_failed_are_told(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "azure_batch.json").read_text())
    document["recognizedPhrases"][2] |= {"recognitionStatus": "Failure", "nBest": []}
    found = items(document, tmp_path, Options(True, "s", SELLERS, OPTIONS.started_at))
    assert problems(found) == ["recognizedPhrases.2: recognitionStatus is Failure, so it has no words"]


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


def test_a_stream_that_was_written_without_line_ends_is_read(tmp_path: Path) -> None:
    lines = (DATA / "importers" / "contact_lens_live.jsonl").read_text().splitlines()
    for joint in ("", "\n  \n"):
        path = tmp_path / "stream"
        path.write_text(joint.join(json.dumps(json.loads(line), indent=1) for line in lines))
        assert len(said(list(read(Source(path), OPTIONS)))) == 6


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
    assert said(items(document, tmp_path)) == [
        ("seller", 0, 1000, "Shall we?"),
        ("customer", 1100, 1600, "Yes."),
        ("seller", 1700, 2000, "Good."),
    ]


def test_a_deepgram_utterance_of_nobody_is_told_and_makes_no_third_speaker(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "deepgram_speakers.json").read_text())
    document["results"]["utterances"][1] |= {"speaker": None, "words": []}
    found = items(document, tmp_path)
    assert problems(found) == ["results.utterances.1: does not say who speaks"]
    assert len(said(found)) == 5
