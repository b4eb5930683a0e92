"""Our own events as JSON Lines: what is wrong is told with its line, and stops nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read
from streams.importers.source import MAX_LINE_BYTES

EVENTS = Path(__file__).parents[3] / "data" / "importers" / "events.jsonl"


def items(path: Path, options: Options = Options()) -> list[Item]:  # noqa: B008 - frozen
    return list(read(Source(path), options))


def test_events_are_taken_as_they_are() -> None:
    kinds = [type(each) for each in items(EVENTS)]
    assert kinds == [CallStarted, *[CallSegment] * 6, CallEnded]


def test_bad_lines_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "events"
    started, segment, *rest = EVENTS.read_bytes().splitlines(keepends=True)
    bad = [
        b"not json\n",
        segment.replace(b'"consent": true, ', b""),
        segment.replace(b'"end_ms": 4200', b'"end_ms": "soon"'),
        segment.replace(b'"type": "call_segment"', b'"type": "call_sagment"'),
        segment.replace(b'"text": "Hello', b'"text": "' + b"x" * MAX_LINE_BYTES),
    ]
    path.write_bytes(b"".join([started, *bad, b"\n", segment, *rest]))
    found = items(path)
    problems = [each for each in found if isinstance(each, Problem)]
    assert [each.line for each in problems] == [2, 3, 4, 5, 6]
    assert problems[0].reason.startswith("Invalid JSON")
    assert problems[1].reason == "consent: Field required"
    assert problems[2].reason.startswith("end_ms: Input should be a valid integer")
    assert problems[3].reason.startswith("type: must be one of")
    assert problems[4].reason == f"longer than {MAX_LINE_BYTES} bytes, which no event is"
    assert not any("Hello" in each.reason for each in problems)
    assert [each for each in found if not isinstance(each, Problem)] == items(EVENTS)


def test_a_file_that_begins_badly_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_bytes(b"garbage\n[1]\n" + EVENTS.read_bytes())
    found = items(path)
    assert [each.line for each in found[:2] if isinstance(each, Problem)] == [1, 2]
    assert found[2:] == items(EVENTS)


def test_events_cannot_be_moved_to_now() -> None:
    (problem,) = items(EVENTS, Options(start_now=lambda length: datetime.now(UTC) - length))
    assert isinstance(problem, Problem)
    assert "--as-if-now is for transcripts" in problem.reason
