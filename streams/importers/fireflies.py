"""Transcripts of Fireflies: the answer of its API, or the JSON that its page exports.

Format: https://docs.fireflies.ai/schema/transcript
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any  # Any: JSON as somebody sent it

from pydantic import AliasChoices, AwareDatetime, BaseModel, BeforeValidator, Field

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Seconds, Unneeded, unattributed, validated

_LATEST = 1e14  # milliseconds since 1970: as far as dates go


def _seconds(value: object) -> object:
    """The page exports times as a clock shows them: 01:02 or 01:02:03."""
    if isinstance(value, str) and ":" in value:
        parts = value.split(":")
        if all(part.replace(".", "", 1).isdecimal() for part in parts) and len(parts) <= 3:
            return sum(float(part) * 60**place for place, part in enumerate(reversed(parts)))
    return value


def _moment(value: object) -> object:
    """The API gives a meeting's start in milliseconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LATEST:
        return datetime.fromtimestamp(value / 1000, UTC)
    return value


_Time = Annotated[Seconds, BeforeValidator(_seconds)]


class _Sentence(BaseModel):
    start: _Time = Field(validation_alias=AliasChoices("start_time", "startTime"))
    end: _Time = Field(validation_alias=AliasChoices("end_time", "endTime"))
    text: Unneeded[str] = Field(None, validation_alias=AliasChoices("text", "sentence", "raw_text"))
    speaker_name: Unneeded[str] = Field(None, validation_alias=AliasChoices("speaker_name", "speakerName"))
    speaker_id: Unneeded[int] = None


class _Meeting(BaseModel):
    id: Unneeded[str] = None
    title: Unneeded[str] = None
    date: Annotated[Unneeded[AwareDatetime], BeforeValidator(_moment)] = None
    duration: Unneeded[float] = None
    """Minutes."""
    sentences: list[Any]


class FirefliesCall:
    """A meeting transcribed by Fireflies."""

    name = "Fireflies"

    def recognises(self, source: Source, _options: Options) -> bool:
        meeting = next(iter(_meetings(source)), {})
        sentences = meeting.get("sentences")
        first = next(iter(sentences), None) if isinstance(sentences, list) else None
        return isinstance(first, dict) and not {"speaker_name", "speakerName", "speaker_id"}.isdisjoint(first)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        meetings = _meetings(source)
        if options.call_id is not None and len(meetings) > 1:
            yield Problem(source.path, None, texts.SEVERAL_CALLS.of(options.told_in))
            return
        for number, raw in enumerate(meetings):
            place = f"transcripts.{number}" if len(meetings) > 1 else ""
            meeting = validated(_Meeting, raw, source, place)
            if isinstance(meeting, Problem):
                yield meeting
            else:
                yield from _events(meeting, f"{place}.sentences".removeprefix("."), source, options)


def _meetings(source: Source) -> list[dict[str, Any]]:
    """What of a file may be meetings: an answer's one or several, or the sentences alone."""
    if source.array():
        return [{"sentences": source.array()}]
    document = source.object()
    data = document.get("data")
    data = data if isinstance(data, dict) else document
    found = data.get("transcripts", data.get("transcript"))
    found = [data] if found is None else found
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]


def _events(meeting: _Meeting, where: str, source: Source, options: Options) -> Iterator[Item]:
    utterances: list[Utterance] = []
    unnamed: list[str] = []
    for number, raw in enumerate(meeting.sentences):
        place = f"{where}.{number}"
        sentence = validated(_Sentence, raw, source, place)
        if isinstance(sentence, Problem):
            yield sentence
            continue
        speaker = (sentence.speaker_name or "").strip()
        if not speaker and sentence.speaker_id is not None:
            speaker = f"Speaker {sentence.speaker_id}"
        if sentence.text is None:
            continue
        if not speaker:
            unnamed.append(place)
            continue
        utterances.append(
            Utterance(str(number), speaker, sentence.start, sentence.end, sentence.text, place=place)
        )
    yield from unattributed(unnamed, source, options, None if utterances else texts.FIREFLIES_NOBODY)
    if unnamed and not utterances:
        return
    length = meeting.duration
    last = max((each.end_ms for each in utterances), default=0)
    duration_ms = None if length is None or not 0 <= length <= 24 * 60 else max(round(length * 60_000), last)
    transcript = Transcript(
        call_id=call_identity(meeting.id) if meeting.id else None,
        utterances=utterances,
        duration_ms=duration_ms,
        started_at=meeting.date,
        channel="meeting",
        title=meeting.title,
        names={each.speaker: each.speaker for each in utterances},
    )
    yield from call_events(transcript, source, options)
