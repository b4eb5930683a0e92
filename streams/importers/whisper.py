"""Transcripts of Whisper with speakers: WhisperX, OpenAI's diarized ones, whisper.cpp, insanely-fast-whisper.

Formats: https://github.com/m-bain/whisperX, https://platform.openai.com/docs/api-reference/audio,
https://github.com/ggml-org/whisper.cpp, https://github.com/Vaibhavs10/insanely-fast-whisper
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any  # Any: JSON as somebody sent it

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, model_validator

from processors.text.marks import is_speech
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.timed_words import TimedWord, speakers_of, utterances_of
from streams.importers.transcript import Transcript, Utterance, call_events
from streams.importers.validation import Seconds, Unneeded, unattributed, validated

_MOST_MS = 1e12
_LISTS = ("segments", "speakers", "chunks", "transcription")


def _label(value: object) -> object:
    """Some number their speakers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value or None


_Speaker = Annotated[Unneeded[str], BeforeValidator(_label)]


class _Word(BaseModel):
    word: str = Field(validation_alias=AliasChoices("word", "text"))
    start: Unneeded[Seconds] = None
    end: Unneeded[Seconds] = None
    confidence: Unneeded[float] = Field(
        None, validation_alias=AliasChoices("score", "probability", "confidence")
    )
    speaker: _Speaker = None


class _Segment(BaseModel):
    start: Seconds
    end: Seconds
    text: str
    speaker: _Speaker = Field(None, validation_alias=AliasChoices("speaker", "speaker_label", "speaker_id"))
    words: Unneeded[list[_Word]] = None
    language: Unneeded[str] = None

    @model_validator(mode="before")
    @classmethod
    def _times(cls, raw: Any) -> Any:
        """Times as a pair of seconds, or as offsets in milliseconds."""
        if not isinstance(raw, dict):
            return raw
        pair, offsets = raw.get("timestamp"), raw.get("offsets")
        if isinstance(pair, list | tuple) and len(pair) == 2:
            return {**raw, "start": pair[0], "end": pair[1]}
        if isinstance(offsets, dict):
            times = {"start": offsets.get("from"), "end": offsets.get("to")}
            return raw | {
                key: ms / 1000 for key, ms in times.items() if isinstance(ms, int) and abs(ms) < _MOST_MS
            }
        return raw


class _Document(BaseModel):
    language: Unneeded[str] = Field(None, validation_alias=AliasChoices("language", "detected_language"))
    duration: Unneeded[Seconds] = None


class WhisperCall:
    """A call transcribed by one of Whisper's relatives."""

    name = "WhisperX or Whisper with speakers"

    def recognises(self, source: Source, _options: Options) -> bool:
        first = next(iter(_segments(source)[1]), None)
        if not isinstance(first, dict) or "text" not in first:
            return False
        return {"start", "end"} <= first.keys() or "offsets" in first or "timestamp" in first

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        document = _Document.model_validate(source.object())
        where, segments = _segments(source)
        utterances, unnamed = [], []
        for number, raw in enumerate(segments):
            place = f"{where}.{number}" if where else str(number)
            segment = validated(_Segment, raw, source, place)
            if isinstance(segment, Problem):
                yield segment
                continue
            spoken = list(_utterances(segment, number, place))
            utterances += spoken
            if not spoken and segment.text.strip() and is_speech(segment.text):
                unnamed.append(place)
        yield from unattributed(unnamed, source, options, None if utterances else texts.WHISPER_NOBODY)
        if utterances or not unnamed:
            transcript = Transcript(
                None, utterances, duration_ms=document.duration, language=document.language
            )
            yield from call_events(transcript, source, options)


def _segments(source: Source) -> tuple[str, list[Any]]:
    """Where in the document the segments are, and what is there."""
    document = source.object()
    for name in _LISTS:
        found = document.get(name)
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return name, found
    return "", source.array()


def _utterances(segment: _Segment, number: int, place: str) -> Iterator[Utterance]:
    """What a segment says: by its words' speakers where these are several, or where it names none itself."""
    words = [
        TimedWord(each.word, each.speaker, each.start, each.end, each.confidence)
        for each in segment.words or ()
        if each.word.strip()
    ]
    speakers = speakers_of(words)
    if len(speakers) > 1:
        for part in utterances_of(words, f"{number}.", pause_ms=None):
            yield replace(part, place=place, language=segment.language)
        return
    speaker = segment.speaker or next(iter(speakers), None)
    if speaker is None or not segment.text.strip():
        return
    sure = [each.confidence for each in words if each.confidence is not None]
    yield Utterance(
        str(number),
        speaker,
        segment.start,
        segment.end,
        segment.text.strip(),
        confidence=sum(sure) / len(sure) if sure else None,
        language=segment.language,
        place=place,
    )
