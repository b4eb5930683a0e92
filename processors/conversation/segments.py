"""A segment of a call: as it is to be written, and what the fold remembers of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from clickhouse.schema.rows import WordCounts
from processors.analysis.analyser import Findings
from processors.conversation.timeline import Span
from processors.text.marks import is_speech
from schemas.events import CallSegment

_SEGMENT_BYTES = 1_000
_MENTION_BYTES = 400

T = TypeVar("T")


class AnalysedSegment(NamedTuple):
    """A segment as it is to be written: what was found in it, the text masked or withheld, and its event."""

    event: CallSegment
    findings: Findings
    received_at: datetime
    tells_language: bool
    """Whether the language was given or detected from the words; else it is the call's."""


class SegmentState(NamedTuple):
    """What the fold remembers of a segment."""

    span: Span
    revision: int
    consent: bool
    language: str | None
    words: int
    word_counts: WordCounts
    compound_e4: int | None
    questions_open: int
    questions_closed: int
    mentions: tuple[tuple[str, int], ...]
    """Tracker and count."""
    names: tuple[tuple[str, str, int], ...]
    """Key, name and count."""
    awaits_language: AnalysedSegment | None = None


def segment_state(segment: AnalysedSegment) -> SegmentState:
    """What the fold remembers of a segment that was analysed."""
    event, findings = segment.event, segment.findings
    score = findings.compound_e4 if event.speaker == "customer" else None
    return SegmentState(
        span=Span(
            event.start_ms, event.end_ms, event.speaker, event.segment_id, score, is_speech(findings.text)
        ),
        revision=event.revision,
        consent=event.consent,
        language=findings.language,
        words=findings.words,
        word_counts=findings.word_counts,
        compound_e4=findings.compound_e4,
        questions_open=findings.open_questions,
        questions_closed=findings.closed_questions,
        mentions=counted_mentions([mention.tracker_id for mention in findings.mentions])
        if findings.mentions
        else (),
        names=counted_names([(name.key, name.name) for name in findings.names]) if findings.names else (),
        awaits_language=None if segment.tells_language else segment,
    )


def bytes_of(segment: SegmentState) -> int:
    """Memory that a segment takes, estimated: mostly of its place in the timeline, and of the words that it awaits
    a language with."""
    waiting = segment.awaits_language
    return (
        _SEGMENT_BYTES
        + _MENTION_BYTES * (len(segment.mentions) + len(segment.names))
        + (0 if waiting is None else _SEGMENT_BYTES + 4 * len(waiting.findings.text))
    )


def counted_mentions(tracker_ids: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Each tracker with how often it occurs."""
    return tuple(_counts(tracker_ids).items())


def counted_names(names: Sequence[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    """Each key and spelling with how often it occurs."""
    return tuple([(key, name, count) for (key, name), count in _counts(names).items()])


def _counts(items: Iterable[T]) -> dict[T, int]:
    """What a Counter does, for the few that it is not worth its start."""
    counts: dict[T, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts
