"""Deepgram: utterances as it gives them, or made of words as it would; channels or speakers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.events import CallSegment
from streams.importers import Item, Options, Problem, Source, read

DATA = Path(__file__).parents[3] / "data" / "importers"
OPTIONS = Options(True, "seller-17", frozenset(["spk_0", "ch_0"]), datetime(2026, 9, 14, tzinfo=UTC))


def changed(folder: Path, name: str, change: Any) -> list[Item]:
    document = json.loads((DATA / name).read_text())
    change(document)
    path = folder / name
    path.write_text(json.dumps(document))
    return list(read(Source(path), OPTIONS))


def segments(found: list[Item]) -> list[CallSegment]:
    return [each for each in found if isinstance(each, CallSegment)]


def test_without_utterances_words_are_joined_by_speaker(tmp_path: Path) -> None:
    name = "deepgram_speakers.json"
    joined = segments(changed(tmp_path, name, lambda it: it["results"].pop("utterances")))
    given = segments(list(read(Source(DATA / name), OPTIONS)))
    assert sorted((each.speaker, each.start_ms, each.end_ms, each.text) for each in joined) == sorted(
        (each.speaker, each.start_ms, each.end_ms, each.text) for each in given
    )


def test_a_pause_ends_an_utterance(tmp_path: Path) -> None:
    def pausing(document: Any) -> None:
        words = document["results"]["channels"][0]["alternatives"][0]["words"]
        words[0] |= {"start": 0.0, "end": 0.1}
        words[1] |= {"start": 0.85, "end": 0.9}
        words[2] |= {"start": 1.71}

    found = segments(changed(tmp_path, "deepgram_channels.json", pausing))
    assert [(each.start_ms, each.end_ms, each.text) for each in found if each.speaker == "seller"][:2] == [
        (0, 900, "Hello Søren, this is Molly from Nordlys."),  # the sentence stands where it begins
        (1710, 4200, "How is the printer trial going?"),
    ]


def test_a_bad_utterance_is_told_and_the_ids_of_the_others_stay(tmp_path: Path) -> None:
    found = changed(
        tmp_path, "deepgram_speakers.json", lambda it: it["results"]["utterances"][1].update(start="soon")
    )
    problems = [each for each in found if isinstance(each, Problem)]
    assert [each.reason.partition(": ")[0] for each in problems] == ["results.utterances.1.start"]
    assert sorted(each.segment_id for each in segments(found)) == ["0", "2", "3", "4", "5"]


def test_what_is_no_answer_of_deepgram_is_one_problem(tmp_path: Path) -> None:
    (problem,) = changed(tmp_path, "deepgram_channels.json", lambda it: it["metadata"].pop("request_id"))
    assert isinstance(problem, Problem)
    assert problem.reason == "metadata.request_id: Field required"
