"""AssemblyAI: only what is complete and has its speakers told apart can be read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read

FILE = Path(__file__).parents[3] / "data" / "importers" / "assemblyai_speakers.json"
OPTIONS = Options(True, "seller-17", frozenset(["A"]), datetime(2026, 9, 14, tzinfo=UTC))


def changed(folder: Path, change: Any) -> list[Item]:
    document = json.loads(FILE.read_text())
    change(document)
    path = folder / "file"
    path.write_text(json.dumps(document))
    return list(read(Source(path), OPTIONS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "processing"}, "status: must be completed; fetch the transcript again"),
        ({"utterances": None}, "utterances: must be there; transcribe with speaker_labels or multichannel"),
        ({"id": None}, "id: Input should be a valid string"),
    ],
)
def test_what_is_not_finished_or_has_no_speakers_is_one_problem(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    (problem,) = changed(tmp_path, lambda it: it.update(change))
    assert isinstance(problem, Problem)
    assert problem.reason == said


def test_a_bad_utterance_is_told_and_the_ids_of_the_others_stay(tmp_path: Path) -> None:
    found = changed(tmp_path, lambda it: it["utterances"][1].pop("end"))
    assert [each.reason for each in found if isinstance(each, Problem)] == [
        "utterances.1.end: Field required"
    ]
    assert sorted(each.segment_id for each in found if isinstance(each, CallSegment)) == [
        "0",
        "2",
        "3",
        "4",
        "5",
    ]


def test_its_language_is_written_as_everywhere() -> None:
    started = next(read(Source(FILE), OPTIONS))
    assert isinstance(started, CallStarted)
    assert started.language == "en-uk"
