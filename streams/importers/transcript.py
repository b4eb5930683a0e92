"""What all transcripts have in common: who said what when, and how it becomes the events of a call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # Any: fields that pydantic checks

from pydantic import ValidationError

from processors.text.marks import is_speech
from schemas.events import CallEnded, CallSegment, CallStarted, Channel, Direction, Participant, Side
from schemas.fields import MAX_CALL_MS, MAX_NAME_LENGTH
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.identity import call_identity, identity_of_speech
from streams.importers.sentence_joining import joined
from streams.importers.source import Source
from streams.importers.speakers import main_seller, mistyped, no_seller, sides_of
from streams.importers.utterance import Utterance
from streams.importers.validation import event_reason
from streams.language import Text

__all__ = ["Transcript", "Utterance", "call_events", "call_identity"]

_MAX_PARTICIPANTS = 100
_ZOOM_NAME = re.compile(r"GMT(\d{8})-(\d{6})_")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_LANGUAGES = {"danish": "da", "dansk": "da", "dan": "da", "english": "en", "engelsk": "en", "eng": "en"}


@dataclass(frozen=True, slots=True)
class Transcript:
    """A call as a file states it; what the file does not state is None or empty."""

    call_id: str | None
    """None: it is known by who speaks when."""
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
    """The side of each speaker, as far as the file says."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of each speaker, as far as the file says."""
    person_ids: Mapping[str, str] = field(default_factory=dict)
    """By which id a speaker is known beyond this call; else it is by their name."""


def call_events(transcript: Transcript, source: Source, options: Options) -> Iterator[Item]:
    """The events of a call: its start, its segments in the order in which they end, its end."""
    stated: dict[str, Utterance] = {}
    for item in transcript.utterances:
        if isinstance(item, Problem):
            yield item
        elif item.utterance_id in stated:
            yield _problem(source, item, texts.TAKEN_ID.filled(id=item.utterance_id))
        else:
            stated[item.utterance_id] = item
    spoken = _within_a_day(stated.values())
    speech = sorted(joined(spoken), key=lambda each: (each.end_ms, each.start_ms, each.utterance_id))
    duration_ms = transcript.duration_ms
    if duration_ms is None or duration_ms < 0:
        duration_ms = max((each.end_ms for each in spoken), default=0)
    sides = sides_of(transcript.sides, transcript.names, speech, options)
    call = _call(transcript, spoken, duration_ms, source, options)
    call["seller_id"] = options.seller_id or main_seller(
        {**transcript.names, **transcript.person_ids}, speech, sides
    )
    say = options.told_in
    missing = [
        texts.WHETHER_CONSENT.of(say) if options.consent is None else "",
        mistyped(transcript.names, speech, sides, options)
        if "seller" in sides.values()
        else no_seller(transcript.names, speech, options),
        texts.WHICH_SELLER.of(say) if call["seller_id"] is None else "",
        texts.WHEN.of(say) if call["call_started_at"] is None else "",
    ]
    if any(missing):
        what = texts.NOR.of(say).join(filter(None, missing))
        yield Problem(source.path, None, texts.MISSING.of(say).format(what=what))
        return
    try:
        yield _started(transcript, call, sides, options)
        ended = CallEnded(**call, duration_ms=duration_ms)
    except ValidationError as error:
        yield Problem(source.path, None, source.say(event_reason(error)))
        return
    yield from _segments(speech, call, sides, source, consent=options.consent is True)
    yield ended


def _within_a_day(stated: Iterable[Utterance]) -> list[Utterance]:
    """The utterances with times that a call can have: a tool's negative ones are its start, and where a clock runs
    beyond a day (a recorder's, or a time code), it is read from the first word on."""
    spoken = list(stated)
    first = min((each.start_ms for each in spoken), default=0)
    last = max((each.end_ms for each in spoken), default=0)
    shift = first if last > MAX_CALL_MS >= last - first else 0
    return [
        replace(each, start_ms=max(0, each.start_ms - shift), end_ms=max(0, each.end_ms - shift))
        if shift or each.start_ms < 0
        else each
        for each in spoken
    ]


def _call(
    transcript: Transcript, spoken: Iterable[Utterance], duration_ms: int, source: Source, options: Options
) -> dict[str, Any]:
    """What all events of a call have in common, but for its seller."""
    call_id = options.call_id or transcript.call_id
    if call_id is None:
        spoken = list(spoken)
        times = [(each.start_ms, each.end_ms) for each in spoken]
        call_id = identity_of_speech({each.speaker for each in spoken}, times, duration_ms)
    started_at = transcript.started_at or options.started_at or start_in_name(source.path)
    if options.start_now is not None:
        started_at = options.start_now(timedelta(milliseconds=duration_ms))
        call_id = call_identity(f"{call_id}@{started_at:%Y%m%dT%H%M%SZ}")
    return {"call_id": call_id, "call_started_at": started_at, "revision": options.revision}


def start_in_name(path: Path) -> datetime | None:
    """When a recording began, as Zoom has it in the names of its files: GMT20240124-202901_Recording.transcript.vtt."""
    found = _ZOOM_NAME.match(path.name)
    try:
        return (
            datetime.strptime("".join(found.groups()), "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
        )
    except ValueError:
        return None


def _started(
    transcript: Transcript, call: Mapping[str, Any], sides: Mapping[str, Side], options: Options
) -> CallStarted:
    participants = [
        Participant(participant_id=call_identity(speaker), side=sides[speaker], name=name[:MAX_NAME_LENGTH])
        for speaker, name in transcript.names.items()
        if speaker in sides and name.strip()
    ]
    title = (transcript.title or "").strip()
    return CallStarted(
        **call,
        title=title[:MAX_NAME_LENGTH] or None,
        direction=transcript.direction,
        channel=transcript.channel,
        customer_id=call_identity(transcript.customer_id) if transcript.customer_id else None,
        opportunity_id=call_identity(transcript.opportunity_id) if transcript.opportunity_id else None,
        language=_language(transcript.language) or options.language,
        participants=tuple(participants[:_MAX_PARTICIPANTS]),
    )


def _segments(
    speech: Iterable[Utterance],
    call: Mapping[str, Any],
    sides: Mapping[str, Side],
    source: Source,
    *,
    consent: bool,
) -> Iterator[Item]:
    for each in speech:
        if not consent and not is_speech(each.text):
            continue  # without its text nothing would tell that it is none
        sure = each.confidence
        try:
            yield CallSegment(
                **call,
                consent=consent,
                segment_id=call_identity(each.utterance_id),
                speaker=sides[each.speaker],
                participant_id=call_identity(each.speaker),
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                text=each.text,
                language=_language(each.language),
                confidence=sure if sure is not None and 0 <= sure <= 1 else None,
            )
        except ValidationError as error:
            yield _problem(source, each, event_reason(error))


def _language(stated: str | None) -> str | None:
    """A BCP 47 tag from what a transcriber writes; None where it is none, and the words tell."""
    tag = _LANGUAGES.get((stated or "").casefold(), (stated or "").replace("_", "-"))
    return tag if _LANGUAGE.fullmatch(tag) and len(tag) <= 35 else None


def _problem(source: Source, utterance: Utterance, reason: Text) -> Problem:
    return Problem(source.path, utterance.line, source.say(reason, utterance.place))
