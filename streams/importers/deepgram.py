"""Transcripts of recordings by Deepgram: its utterances, else its words joined to utterances as it would have.

Format: https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from streams.importers.contract import Item, Options, Problem, reason_of
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity

_PAUSE_SECONDS = 0.8
"""A longer pause ends an utterance; Deepgram's own default."""


class _Metadata(BaseModel):
    request_id: str
    duration: float
    channels: int


class _Word(BaseModel):
    word: str
    punctuated_word: str | None = None
    start: float
    end: float
    confidence: float
    speaker: int | None = None


class _Alternative(BaseModel):
    words: list[_Word] = []


class _Channel(BaseModel):
    alternatives: list[_Alternative]
    detected_language: str | None = None


class _Results(BaseModel):
    utterances: list[Any] | None = None
    channels: list[_Channel]


class _Response(BaseModel):
    metadata: _Metadata
    results: _Results


class _Utterance(BaseModel):
    start: float
    end: float
    transcript: str
    channel: int
    speaker: int | None = None
    confidence: float | None = None


class DeepgramCall:
    """A call transcribed by Deepgram. With several channels, each of them is a speaker."""

    name = "Deepgram"

    def recognises(self, source: Source, _options: Options) -> bool:
        document = source.object()
        results = document.get("results")
        return "metadata" in document and isinstance(results, dict) and "channels" in results

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        try:
            response = _Response.model_validate(source.object())
        except ValidationError as error:
            yield Problem(source.path, None, reason_of(error))
            return
        metadata, results = response.metadata, response.results
        languages = {each.detected_language for each in results.channels}
        transcript = Transcript(
            call_id=call_identity(metadata.request_id),
            utterances=_numbered(_utterances(results, source), multichannel=metadata.channels > 1),
            duration_ms=_milliseconds(metadata.duration),
            language=languages.pop() if len(languages) == 1 else None,
        )
        yield from call_events(transcript, source, options)


def _utterances(results: _Results, source: Source) -> Iterator[_Utterance | Problem]:
    if results.utterances is None:
        for number, channel in enumerate(results.channels):
            if channel.alternatives:
                yield from _joined(channel.alternatives[0].words, number)
        return
    for number, raw in enumerate(results.utterances):
        try:
            yield _Utterance.model_validate(raw)
        except ValidationError as error:
            yield Problem(source.path, None, reason_of(error, f"results.utterances.{number}"))


def _joined(words: list[_Word], channel: int) -> Iterator[_Utterance]:
    """The utterances of a channel: each ends where another speaks or the speaker pauses."""
    some: list[_Word] = []
    for word in words:
        if some and (word.speaker != some[-1].speaker or word.start - some[-1].end > _PAUSE_SECONDS):
            yield _utterance(some, channel)
            some = []
        some.append(word)
    if some:
        yield _utterance(some, channel)


def _utterance(words: list[_Word], channel: int) -> _Utterance:
    return _Utterance(
        start=words[0].start,
        end=words[-1].end,
        transcript=" ".join(each.punctuated_word or each.word for each in words),
        channel=channel,
        speaker=words[0].speaker,
        confidence=sum(each.confidence for each in words) / len(words),
    )


def _numbered(
    utterances: Iterator[_Utterance | Problem], *, multichannel: bool
) -> Iterator[Utterance | Problem]:
    for number, each in enumerate(utterances):
        if isinstance(each, Problem):
            yield each
            continue
        by_channel = multichannel or each.speaker is None
        yield Utterance(
            str(number),
            f"ch_{each.channel}" if by_channel else f"spk_{each.speaker}",
            _milliseconds(each.start),
            _milliseconds(each.end),
            each.transcript,
            confidence=each.confidence,
            place=f"utterance {number}",
        )


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
