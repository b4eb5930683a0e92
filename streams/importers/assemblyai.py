"""Transcripts of recordings by AssemblyAI, with its labels of speakers or channels.

Format: https://www.assemblyai.com/docs/api-reference/transcripts/get
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from streams.importers.contract import Item, Options, Problem, reason_of
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity


class _Response(BaseModel):
    id: str
    status: str
    utterances: list[Any] | None = None
    audio_duration: float | None = None
    """Seconds."""
    language_code: str | None = None


class _Utterance(BaseModel):
    start: int
    """Milliseconds, as `end`."""
    end: int
    text: str
    speaker: str
    confidence: float | None = None


class AssemblyAICall:
    """A call transcribed by AssemblyAI. Speakers are called as it calls them: A, B; or 1, 2 by channel."""

    name = "AssemblyAI"

    def recognises(self, source: Source, _options: Options) -> bool:
        return {"id", "status", "audio_url", "utterances"} <= source.object().keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        try:
            response = _Response.model_validate(source.object())
        except ValidationError as error:
            yield Problem(source.path, None, reason_of(error))
            return
        if response.status != "completed":
            yield Problem(source.path, None, "status: must be completed; fetch the transcript again")
            return
        if response.utterances is None:
            yield Problem(
                source.path,
                None,
                "utterances: must be there; transcribe with speaker_labels or multichannel",
            )
            return
        duration, language = response.audio_duration, response.language_code
        transcript = Transcript(
            call_id=call_identity(response.id),
            utterances=_utterances(response.utterances, source),
            duration_ms=None if duration is None else round(duration * 1000),
            language=language.replace("_", "-") if language else None,
        )
        yield from call_events(transcript, source, options)


def _utterances(utterances: list[Any], source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(utterances):
        place = f"utterances.{number}"
        try:
            utterance = _Utterance.model_validate(raw)
        except ValidationError as error:
            yield Problem(source.path, None, reason_of(error, place))
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
