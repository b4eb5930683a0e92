"""Dynamics 365: a transcript with its metadata beside it, word times ten times too large, commas after the last one."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data" / "importers"
CONSENT = Options(consent=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("trial.json", "trial.transcript.json"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def items(path: Path, options: Options = CONSENT) -> list[Item]:
    return list(read(Source(path), options))


def segments(found: list[Item]) -> list[CallSegment]:
    return [each for each in found if isinstance(each, CallSegment)]


def rewrite(path: Path, change: Any) -> None:
    document = Source(path).document()
    change(document)
    path.write_text(json.dumps(document))


def test_the_metadata_tell_all_but_consent() -> None:
    started = items(DATA / "trial.transcript.json")[0]
    assert isinstance(started, CallStarted)
    assert started.model_dump(exclude={"participants"}, exclude_none=True) == {
        "type": "call_started",
        "schema_version": 1,
        "revision": 1,
        "call_id": "0f7d2c44-61f0-4f0e-8a38-2f4c1a2b3c4d",
        "call_started_at": datetime(2026, 9, 14, 8, 30, tzinfo=UTC),
        "seller_id": "molly.clark@nordlys.example",
        "title": "Printer trial",
        "direction": "outbound",
        "customer_id": "ec0cc9bf-0000-4a11-9a11-000d3a544190",
        "opportunity_id": "b01138c5-0000-4da7-a2ca-31cf180d0b80",
        "language": "en-gb",
    }
    assert [(each.name, each.side) for each in started.participants] == [
        ("Molly Clark", "seller"),
        ("Søren Holm", "customer"),
    ]


def test_word_times_that_are_ten_times_too_large_change_nothing(folder: Path) -> None:
    transcript = folder / "trial.transcript.json"
    before = items(transcript)

    def without_words(fragments: Any) -> None:
        assert fragments[0]["words"][0]["offset"] == 10 * fragments[0]["offset"]
        for fragment in fragments:
            del fragment["words"]

    rewrite(transcript, without_words)
    assert items(transcript) == before


def test_the_metadata_alone_are_read_with_their_transcript_or_ask_for_it(folder: Path) -> None:
    assert items(folder / "trial.json") == []
    (folder / "trial.transcript.json").unlink()
    (problem,) = items(folder / "trial.json")
    assert isinstance(problem, Problem)
    assert problem.reason == "tells of a call whose transcript trial.transcript.json is not beside it"


def test_a_transcript_alone_needs_the_options(folder: Path) -> None:
    (folder / "trial.json").unlink()
    (problem,) = items(folder / "trial.transcript.json")
    assert isinstance(problem, Problem)
    assert "who sells: --seller-speaker with one of 1, 2" in problem.reason
    told = Options(True, "seller-17", frozenset("1"), datetime(2026, 9, 14, tzinfo=UTC))
    assert [each.speaker for each in segments(items(folder / "trial.transcript.json", told))].count(
        "seller"
    ) == 4


def test_who_is_neither_agent_nor_customer_is_a_customer_unless_he_is_said_to_sell(folder: Path) -> None:
    def with_other(metadata: Any) -> None:
        metadata["participants"].append({"id": 3, "role": "other", "displayName": "Eva Berg"})

    def spoken_by_other(fragments: Any) -> None:
        fragments[-1]["participantId"] = 3

    rewrite(folder / "trial.json", with_other)
    rewrite(folder / "trial.transcript.json", spoken_by_other)
    assert segments(items(folder / "trial.transcript.json"))[-1].speaker == "customer"
    colleague = Options(consent=True, seller_speakers=frozenset(["Eva Berg"]))
    assert segments(items(folder / "trial.transcript.json", colleague))[-1].speaker == "seller"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("trial.json", lambda it: it.update(version="2.0.0"), "version: Input should be '3.0.0'"),
        ("trial.json", lambda it: it.update(startTime="lately"), "startTime: "),
        ("trial.json", lambda it: it["participants"][0].update(role="boss"), "participants.0.role: "),
        ("trial.transcript.json", lambda it: it[3].update(duration=None), "3.duration: "),
        ("trial.transcript.json", lambda it: it[3].update(duration=-5000), "3: Value error, end_ms"),
    ],
)
def test_what_is_wrong_is_told(name: str, change: Any, said: str, folder: Path) -> None:
    rewrite(folder / name, change)
    problems = [each for each in items(folder / "trial.transcript.json") if isinstance(each, Problem)]
    assert len(problems) == 1
    assert problems[0].reason.startswith(said)
    assert problems[0].file.name == name


def test_broken_metadata_are_told_with_their_line(folder: Path) -> None:
    (folder / "trial.json").write_text('{\n"id": nonsense\n}')
    (problem,) = items(folder / "trial.transcript.json")
    assert problem == Problem(folder / "trial.json", 2, "is not JSON: Expecting value")
