"""What tests of transcripts share: a file of some content, read, and what was told, said and measured of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from processors.analysis.analyser import Analyser
from processors.conversation.metrics import CallMetrics
from processors.conversation.state import Conversation, fold
from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source, read
from streams.worker.active_trackers import analyser_for

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 9, 14, tzinfo=UTC)
SELLERS = frozenset(["spk_0", "ch_0", "A", "1", "SPEAKER_00", "0", "spk_1", "Molly Clark", "Anna Lund"])
"""Who sells in the files of tests/data."""
OPTIONS = Options(True, "seller-17", frozenset(["Anna Lund", "spk_0", "SPEAKER_00", "A"]), NOW)


def items(content: Any, folder: Path, name: str = "meeting.vtt", options: Options = OPTIONS) -> list[Item]:
    """What is read from a file of this text, or of this JSON."""
    path = folder / name
    path.write_text(
        content if isinstance(content, str) else json.dumps(content), encoding="utf-8", newline=""
    )
    return list(read(Source(path), options))


def problems(found: list[Item]) -> list[tuple[int | None, str]]:
    """Line and reason of each."""
    return [(each.line, each.reason) for each in found if isinstance(each, Problem)]


def reasons(found: list[Item]) -> list[str]:
    """The reasons alone, for documents without lines."""
    return [reason for _, reason in problems(found)]


def segments(found: list[Item]) -> list[CallSegment]:
    """The segments in the order of their start."""
    spoken = [each for each in found if isinstance(each, CallSegment)]
    return sorted(spoken, key=lambda each: each.start_ms)


def said(found: list[Item]) -> list[tuple[str | None, int, int, str]]:
    """Who says what when."""
    return [(each.participant_id, each.start_ms, each.end_ms, each.text) for each in segments(found)]


def sides(found: list[Item]) -> list[tuple[str, int, int, str]]:
    """Which side says what when."""
    return [(each.speaker, each.start_ms, each.end_ms, each.text) for each in segments(found)]


def call_id(found: list[Item]) -> str:
    """The id of the only call."""
    (known,) = {each.call_id for each in found if isinstance(each, CallStarted | CallSegment | CallEnded)}
    return known


def conversation(found: list[Item], analyser: Analyser | None = None) -> Conversation:
    """The only call, folded."""
    facts = [each for each in found if isinstance(each, CallStarted | CallSegment | CallEnded)]
    (call,) = fold(((fact, NOW) for fact in facts), analyser or analyser_for([])).values()
    return call


def metrics(found: list[Item], analyser: Analyser | None = None) -> CallMetrics:
    """The numbers of the only call."""
    return conversation(found, analyser).metrics()


def meeting(*cues: str) -> str:
    """A WebVTT file with a cue a second."""
    blocks = [
        f"00:00:{number:02}.000 --> 00:00:{number:02}.900\n{text}"
        for number, text in enumerate(cues, start=1)
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"
