"""Transcripts of recordings by AssemblyAI, with its labels of speakers or channels.

Format: https://www.assemblyai.com/docs/api-reference/transcripts/get
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any  # Any: JSON as somebody sent it

from pydantic import BaseModel

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.timed_words import TimedWord, speakers_of, utterances_of
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Seconds, Unneeded, validated


class _Response(BaseModel):
    id: str
    status: str
    utterances: list[Any] | None = None
    audio_duration: Unneeded[Seconds] = None
    language_code: Unneeded[str] = None


class _Word(BaseModel):
    text: str
    start: Millis
    end: Millis
    speaker: Unneeded[str] = None
    confidence: Unneeded[float] = None


class _Utterance(BaseModel):
    start: Millis
    end: Millis
    text: str
    speaker: str
    confidence: Unneeded[float] = None
    words: Unneeded[list[_Word]] = None


class AssemblyAICall:
    """A call transcribed by AssemblyAI. Speakers are called as it calls them: A, B; or 1, 2 by channel."""

    name = "AssemblyAI"

    def recognises(self, source: Source, _options: Options) -> bool:
        return {"id", "status", "audio_url", "utterances"} <= source.object().keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        response = validated(_Response, source.object(), source)
        if isinstance(response, Problem):
            yield response
            return
        if response.status != "completed":
            yield Problem(source.path, None, source.say(texts.JOB_UNFINISHED))
            return
        if response.utterances is None:
            yield Problem(source.path, None, source.say(texts.NO_UTTERANCES))
            return
        transcript = Transcript(
            call_id=call_identity(response.id),
            utterances=_utterances(response.utterances, source),
            duration_ms=response.audio_duration,
            language=response.language_code,
        )
        yield from call_events(transcript, source, options)


def _utterances(utterances: list[Any], source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(utterances):
        place = f"utterances.{number}"
        utterance = validated(_Utterance, raw, source, place)
        if isinstance(utterance, Problem):
            yield utterance
            continue
        words = [
            TimedWord(each.text, each.speaker, each.start, each.end, each.confidence)
            for each in utterance.words or ()
        ]
        if len(speakers_of(words)) > 1:  # its own speaker is that of most words only
            for part in utterances_of(words, f"{number}.", pause_ms=None):
                yield replace(part, place=place)
            continue
        yield Utterance(
            str(number),
            utterance.speaker,
            utterance.start,
            utterance.end,
            utterance.text,
            confidence=utterance.confidence,
            place=place,
        )
