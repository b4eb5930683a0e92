"""What all transcripts have in common: who said what when, and how it becomes the events of a call."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from schemas.events import CallEnded, CallSegment, CallStarted, Channel, Direction, Participant, Side
from schemas.fields import Id
from schemas.rejections import explain
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source

_ID: TypeAdapter[str] = TypeAdapter(Id)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech in a transcript. Times are milliseconds since the call's start."""

    utterance_id: str
    speaker: str
    """Label, role or name by which the file tells its speakers apart."""
    start_ms: int
    end_ms: int
    text: str
    confidence: float | None = None
    language: str | None = None
    place: str = ""
    """Where in a JSON document it stands."""
    line: int | None = None
    """Where in a file of lines it stands."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A call as a file tells it; what the file does not tell is None or empty."""

    call_id: str
    utterances: Iterable[Utterance | Problem]
    duration_ms: int | None = None
    started_at: datetime | None = None
    language: str | None = None
    direction: Direction | None = None
    channel: Channel | None = None
    title: str | None = None
    customer_id: str | None = None
    opportunity_id: str | None = None
    sides: Mapping[str, Side] = field(default_factory=dict)
    """The side of each speaker, as far as the file tells."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of each speaker, as far as the file tells."""
    person_ids: Mapping[str, str] = field(default_factory=dict)
    """By which id a speaker is known beyond this call; else it is by his name."""


def call_identity(*parts: str) -> str:
    """An id for a call from what tells it from others in the system that it comes from; always the same."""
    joined = "/".join(parts)
    try:
        return _ID.validate_python(joined)
    except ValidationError:
        return hashlib.sha256(joined.encode()).hexdigest()[:32]


def call_events(transcript: Transcript, source: Source, options: Options) -> Iterator[Item]:
    """The events of a call: its start, its segments in the order in which they end, its end."""
    spoken: dict[str, Utterance] = {}
    for item in transcript.utterances:
        if isinstance(item, Problem):
            yield item
        elif item.utterance_id in spoken:
            yield _problem(source, item, f"the id {item.utterance_id} is taken by an utterance before it")
        else:
            spoken[item.utterance_id] = item
    speech = sorted(spoken.values(), key=lambda each: (each.end_ms, each.start_ms, each.utterance_id))
    duration_ms = transcript.duration_ms
    if duration_ms is None:
        duration_ms = max((each.end_ms for each in speech), default=0)

    sides = _sides(transcript, speech, options)
    consent = options.consent
    seller_id = options.seller_id or _main_seller(transcript, speech, sides)
    call_id, started_at = transcript.call_id, transcript.started_at or options.started_at
    if options.start_now is not None:
        started_at = options.start_now(timedelta(milliseconds=duration_ms))
        call_id = call_identity(f"{call_id}@{started_at:%Y%m%dT%H%M%SZ}")
    missing = [
        "whether the call may be analysed: --consent or --no-consent" if consent is None else "",
        f"who sells: --seller-speaker with {_choice(transcript, speech)}"
        if "seller" not in sides.values()
        else "",
        "which seller it is: --seller with his id" if seller_id is None else "",
        "when the call began: --started-at, or --as-if-now" if started_at is None else "",
    ]
    if any(missing):
        yield Problem(source.path, None, f"the file does not say {'; nor '.join(filter(None, missing))}")
    if consent is None or seller_id is None or started_at is None or "seller" not in sides.values():
        return

    call: dict[str, Any] = {
        "call_id": call_id,
        "call_started_at": started_at,
        "seller_id": seller_id,
        "revision": options.revision,
    }
    try:
        yield CallStarted(
            **call,
            title=transcript.title,
            direction=transcript.direction,
            channel=transcript.channel,
            customer_id=transcript.customer_id,
            opportunity_id=transcript.opportunity_id,
            language=transcript.language or options.language,
            participants=tuple(
                Participant(participant_id=speaker, side=sides[speaker], name=name)
                for speaker, name in transcript.names.items()
                if speaker in sides
            ),
        )
        ended = CallEnded(**call, duration_ms=duration_ms)
    except ValidationError as error:
        yield Problem(source.path, None, explain(error).detail)
        return
    for each in speech:
        try:
            yield CallSegment(
                **call,
                consent=consent,
                segment_id=each.utterance_id,
                speaker=sides[each.speaker],
                participant_id=each.speaker,
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                text=each.text,
                language=each.language,
                confidence=each.confidence,
            )
        except ValidationError as error:
            yield _problem(source, each, explain(error).detail)
    yield ended


def _problem(source: Source, utterance: Utterance, reason: str) -> Problem:
    return Problem(source.path, utterance.line, f"{utterance.place}: {reason}" if utterance.place else reason)


def _sides(transcript: Transcript, speech: Iterable[Utterance], options: Options) -> dict[str, Side]:
    """The side of each speaker: as the file tells, else the seller's of those who are said to sell."""
    sellers = {name.casefold() for name in options.seller_speakers}
    sides = dict(transcript.sides)
    for speaker in sorted({each.speaker for each in speech} - sides.keys()):
        called = {speaker.casefold(), transcript.names.get(speaker, speaker).casefold()}
        sides[speaker] = "customer" if sellers.isdisjoint(called) else "seller"
    return sides


def _main_seller(
    transcript: Transcript, speech: Sequence[Utterance], sides: Mapping[str, Side]
) -> str | None:
    """The seller who speaks most; None when the file does not tell who its sellers are."""
    known = {**transcript.names, **transcript.person_ids}
    talk = Counter[str]()
    for each in speech:
        if each.speaker in known and sides[each.speaker] == "seller":
            talk[known[each.speaker]] += each.end_ms - each.start_ms
    return max(sorted(talk), key=talk.__getitem__, default=None)


def _choice(transcript: Transcript, speech: Iterable[Utterance]) -> str:
    """What to choose the seller from: labels, but not names, which may be customers'."""
    if transcript.names:
        return "the seller's name as the file has it"
    return f"one of {', '.join(sorted({each.speaker for each in speech})) or 'its speakers'}"
