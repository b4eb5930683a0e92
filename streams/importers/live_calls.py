"""Calls that a stream of events reports while they run: Contact Lens in real time, and Amazon's Live Call Analytics.

A file of such a stream has several calls, and of an utterance its drafts. Only what is final counts.
Formats: https://docs.aws.amazon.com/connect/latest/adminguide/real-time-contact-analysis-segment-streams-data-model.html
and https://github.com/aws-samples/amazon-transcribe-live-call-analytics
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any  # Any: JSON as somebody sent it

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from schemas.events import Side
from schemas.fields import MAX_CALL_MS
from streams.importers import file_texts
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source, UnreadableError
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Seconds, Unneeded, validated

_SIDES: dict[str, Side] = {
    "AGENT": "seller",
    "SUPERVISOR": "seller",
    "CUSTOMER": "customer",
    "CALLER": "customer",
}


class _Event(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)


class _Transcript(_Event):
    """An utterance of Contact Lens, or of Transcribe within an event of Live Call Analytics."""

    id: Unneeded[str] = None
    utterance_id: Unneeded[str] = None
    participant_role: Unneeded[str] = None
    begin_offset_millis: Millis
    end_offset_millis: Millis
    content: Unneeded[str] = None
    transcript: Unneeded[str] = None
    is_partial: Unneeded[bool] = None


class _Segment(_Event):
    """An utterance of Live Call Analytics."""

    segment_id: str
    channel: str
    start_time: Seconds
    end_time: Seconds
    transcript: str
    is_partial: Unneeded[bool] = None


class _Alternative(_Event):
    transcript: str


class _Result(_Event):
    """An utterance of Transcribe's stream within an event of Live Call Analytics: the caller is the first channel."""

    result_id: Unneeded[str] = None
    channel_id: str
    start_time: Seconds
    end_time: Seconds
    is_partial: Unneeded[bool] = None
    alternatives: list[_Alternative] = Field(min_length=1)


class _Results(_Event):
    results: list[_Result]


class _TranscriptEvent(_Event):
    transcript: _Results


class _LensEvent(_Event):
    event_type: Unneeded[str] = None
    contact_id: Unneeded[str] = None
    channel: Unneeded[str] = None
    language_code: Unneeded[str] = None
    segments: Unneeded[list[Any]] = None


class _LiveEvent(_Event):
    event_type: str
    call_id: str
    created_at: Unneeded[AwareDatetime] = None
    agent_id: Unneeded[str] = None
    utterance_event: Unneeded[dict[str, Any]] = None
    transcript_event: Unneeded[dict[str, Any]] = None


@dataclass(slots=True)
class _Call:
    """What is known of a call so far."""

    spoken: dict[str, Utterance | Problem] = field(default_factory=dict)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    language: str | None = None
    agent_id: str | None = None
    failed: bool = False

    @property
    def duration_ms(self) -> int | None:
        """From start to end where both are given and nobody speaks later."""
        if self.started_at is None or self.ended_at is None:
            return None
        length = round((self.ended_at - self.started_at) / timedelta(milliseconds=1))
        ends = [each.end_ms for each in self.spoken.values() if isinstance(each, Utterance)]
        return length if max(ends, default=0) <= length <= MAX_CALL_MS else None


class _LiveCalls(ABC):
    """What both formats have in common."""

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        calls: dict[str, _Call] = {}
        problems: list[Problem] = []
        try:
            for number, (line, message) in enumerate(source.messages()):
                where = Problem(source.path, line, "" if line else str(number))
                if isinstance(message, dict):
                    problems += self._take(message, calls, source, where)
                else:
                    reason = source.say(file_texts.NO_OBJECT, "" if line else str(number))
                    problems.append(Problem(source.path, line, reason))
        except UnreadableError as error:
            problems.append(Problem(source.path, error.line, source.say(error.reason)))
        yield from problems
        for call_id, call in calls.items():
            yield from _events(call_id, call, source, options, alone=len(calls) == 1)

    @abstractmethod
    def _take(
        self, message: Mapping[str, Any], calls: dict[str, _Call], source: Source, where: Problem
    ) -> list[Problem]:
        """Take an event into its call. Returns what is wrong with it; `where` tells its place."""


class ContactLensLive(_LiveCalls):
    """Contact Lens' segments of calls, from its stream or from its API."""

    name = "Contact Lens in real time"

    def recognises(self, source: Source, _options: Options) -> bool:
        first = source.first_message()
        if {"EventType", "ContactId"} <= first.keys():
            return True
        segments = first.get("Segments")
        return isinstance(segments, list) and any(
            isinstance(each, dict) and "Transcript" in each for each in segments
        )

    def _take(
        self, message: Mapping[str, Any], calls: dict[str, _Call], source: Source, where: Problem
    ) -> list[Problem]:
        event = validated(_LensEvent, message, source, where.reason)
        if isinstance(event, Problem):
            return [_at(event, where)]
        if event.channel not in (None, "VOICE"):
            return [_at(Problem(source.path, None, source.say(texts.ONLY_CALLS)), where)]
        call = calls.setdefault(event.contact_id or "", _Call())
        call.language = event.language_code or call.language
        call.failed |= event.event_type == "FAILED"
        problems = []
        for number, raw in enumerate(event.segments or ()):
            spoken = raw.get("Transcript") if isinstance(raw, dict) else None
            if spoken is None:
                continue  # a draft, a category, a summary
            place = f"{where.reason}.Segments.{number}.Transcript".removeprefix(".")
            found = validated(_Transcript, spoken, source, place)
            if isinstance(found, Problem):
                problems.append(_at(found, where))
            else:
                _keep(call, found, place, where)
        return problems


class LiveCallAnalytics(_LiveCalls):
    """Events of Amazon's Live Call Analytics."""

    name = "Amazon Live Call Analytics"

    def recognises(self, source: Source, _options: Options) -> bool:
        return {"EventType", "CallId"} <= source.first_message().keys()

    def _take(
        self, message: Mapping[str, Any], calls: dict[str, _Call], source: Source, where: Problem
    ) -> list[Problem]:
        event = validated(_LiveEvent, message, source, where.reason)
        if isinstance(event, Problem):
            return [_at(event, where)]
        call = calls.setdefault(event.call_id, _Call())
        call.agent_id = event.agent_id or call.agent_id
        if event.event_type == "START":
            call.started_at = event.created_at or call.started_at
        if event.event_type == "END":
            call.ended_at = event.created_at or call.ended_at
        call.failed |= event.event_type in ("ERROR", "FAILED")
        if event.event_type != "ADD_TRANSCRIPT_SEGMENT":
            return []
        if event.transcript_event is not None:
            heard = validated(_TranscriptEvent, event.transcript_event, source, where.reason)
            if isinstance(heard, Problem):
                return [_at(heard, where)]
            for result in heard.transcript.results:
                _keep(call, _of_result(result), where.reason, where)
            return []
        if event.utterance_event is not None:
            found = validated(_Transcript, event.utterance_event, source, where.reason)
        else:
            segment = validated(_Segment, message, source, where.reason)
            if isinstance(segment, Problem):
                return [_at(segment, where)]
            found = _Transcript.model_construct(
                id=segment.segment_id,
                participant_role=segment.channel,
                begin_offset_millis=segment.start_time,
                end_offset_millis=segment.end_time,
                content=segment.transcript,
                is_partial=segment.is_partial,
            )
        if isinstance(found, Problem):
            return [_at(found, where)]
        _keep(call, found, where.reason, where)
        return []


def _of_result(result: _Result) -> _Transcript:
    return _Transcript.model_construct(
        id=result.result_id or f"{result.channel_id}-{result.start_time}",
        participant_role="CALLER" if result.channel_id == "ch_0" else "AGENT",
        begin_offset_millis=result.start_time,
        end_offset_millis=result.end_time,
        content=result.alternatives[0].transcript,
        is_partial=result.is_partial,
    )


def _keep(call: _Call, spoken: _Transcript, place: str, where: Problem) -> None:
    """Note a final utterance in the place of what was said of it before. Voices that are neither side's are no speech:
    an assistant, a tone, a matched category."""
    role = spoken.participant_role or ""
    text = spoken.content if spoken.content is not None else spoken.transcript
    if role not in _SIDES or spoken.is_partial or text is None:
        return
    known = spoken.id or spoken.utterance_id or str(len(call.spoken))
    call.spoken[known] = Utterance(
        known,
        role,
        spoken.begin_offset_millis,
        spoken.end_offset_millis,
        text,
        place=place,
        line=where.line,
    )


def _at(problem: Problem, where: Problem) -> Problem:
    return Problem(problem.file, where.line, problem.reason)


def _events(call_id: str, call: _Call, source: Source, options: Options, *, alone: bool) -> Iterator[Item]:
    say = options.told_in
    named = texts.CALL_NAMED.of(say).format(call_id=call_id) if call_id else texts.THE_CALL.of(say)
    if call.failed:
        yield Problem(source.path, None, texts.ANALYSIS_FAILED.of(say).format(call=named))
        return
    if not call.spoken:
        yield Problem(source.path, None, texts.NOTHING_FINAL.of(say).format(call=named))
        return
    if options.call_id is not None and not alone:
        yield Problem(source.path, None, texts.SEVERAL_CALLS.of(say))
        return
    transcript = Transcript(
        call_id=call_identity(call_id) if call_id else None,
        utterances=call.spoken.values(),
        duration_ms=call.duration_ms,
        started_at=call.started_at,
        language=call.language,
        channel="phone",
        sides=_SIDES,
        person_ids={"AGENT": call.agent_id} if call.agent_id else {},
    )
    yield from call_events(transcript, source, options)
