"""Transcripts of Azure AI Speech: of batch transcription, and of fast transcription.

Formats: https://learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get and
https://learn.microsoft.com/azure/ai-services/speech-service/fast-transcription-create
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any  # Any: JSON as somebody sent it
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel

from streams.importers import file_texts
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Unneeded, unattributed, validated

_MOST_TICKS = 1e18


def _from_ticks(value: object) -> object:
    """A tick is a ten-thousandth of a millisecond."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST_TICKS
    return value / 10_000 if is_number else value  # type: ignore[operator]  # a number, as was seen


_Ticks = Annotated[Millis, BeforeValidator(_from_ticks)]


class _Azure(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Best(_Azure):
    display: Unneeded[str] = None
    lexical: Unneeded[str] = None
    confidence: Unneeded[float] = None


class _Phrase(_Azure):
    recognition_status: Unneeded[str] = None
    channel: Unneeded[int] = None
    speaker: Unneeded[int] = None
    offset: Unneeded[timedelta] = None
    offset_in_ticks: Unneeded[_Ticks] = None
    offset_milliseconds: Unneeded[Millis] = None
    duration: Unneeded[timedelta] = None
    duration_in_ticks: Unneeded[_Ticks] = None
    duration_milliseconds: Unneeded[Millis] = None
    n_best: Unneeded[list[_Best]] = None
    text: Unneeded[str] = None
    confidence: Unneeded[float] = None
    locale: Unneeded[str] = None

    @property
    def times(self) -> tuple[int, int] | None:
        """Start and length in milliseconds, in whichever unit they are given."""
        start = _first(self.offset_milliseconds, self.offset_in_ticks, _milliseconds(self.offset))
        length = _first(self.duration_milliseconds, self.duration_in_ticks, _milliseconds(self.duration))
        return None if start is None or length is None else (start, length)


class _Document(_Azure):
    source: Unneeded[str] = None
    duration: Unneeded[timedelta] = None
    duration_in_ticks: Unneeded[_Ticks] = None
    duration_milliseconds: Unneeded[Millis] = None


class AzureCall:
    """A call transcribed by Azure. With several channels, each of them is a speaker."""

    name = "Azure AI Speech"

    def recognises(self, source: Source, _options: Options) -> bool:
        document = source.object()
        return "recognizedPhrases" in document or {"combinedPhrases", "phrases"} <= document.keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        document = _Document.model_validate(source.object())
        where = "recognizedPhrases" if "recognizedPhrases" in source.object() else "phrases"
        phrases: list[tuple[int, _Phrase]] = []
        given = source.object()[where]
        if not isinstance(given, list):
            yield Problem(source.path, None, source.say(file_texts.NOT_A_LIST, where))
            return
        for number, raw in enumerate(given):
            phrase = validated(_Phrase, raw, source, f"{where}.{number}")
            if isinstance(phrase, Problem):
                yield phrase
            elif phrase.recognition_status == "Failure":
                yield Problem(source.path, None, source.say(texts.PHRASE_FAILED, f"{where}.{number}"))
            else:
                phrases.append((number, phrase))
        by_channel = len({phrase.channel for _, phrase in phrases}) > 1
        utterances: list[Utterance] = []
        unnamed: list[str] = []
        for number, phrase in phrases:
            found = _utterance(phrase, number, f"{where}.{number}", source, by_channel=by_channel)
            if isinstance(found, Problem):
                yield found
            elif found is not None and found.speaker:
                utterances.append(found)
            elif found is not None:
                unnamed.append(found.place)
        yield from unattributed(unnamed, source, options, None if utterances else texts.AZURE_NOBODY)
        if utterances or not unnamed:
            yield from call_events(_transcript(document, utterances), source, options)


def _transcript(document: _Document, utterances: list[Utterance]) -> Transcript:
    place = urlsplit(document.source or "")  # without the signature that a link has behind its path
    return Transcript(
        call_id=call_identity(f"{place.netloc}{place.path}") if place.path.strip("/") else None,
        utterances=utterances,
        duration_ms=_first(
            document.duration_milliseconds, document.duration_in_ticks, _milliseconds(document.duration)
        ),
    )


def _utterance(
    phrase: _Phrase, number: int, place: str, source: Source, *, by_channel: bool
) -> Utterance | Problem | None:
    """What a phrase says, speaker empty when it does not tell; None when it says nothing."""
    best = (phrase.n_best or [_Best()])[0]
    text = best.display or best.lexical or phrase.text or ""
    if not text.strip():
        return None
    if phrase.times is None:
        reason = source.say(texts.NO_TIMES_OF, place, start="offset", end="duration")
        return Problem(source.path, None, reason)
    start, length = phrase.times
    speaker = f"ch_{phrase.channel}" if by_channel else f"spk_{phrase.speaker}"
    who = phrase.channel if by_channel else phrase.speaker
    return Utterance(
        str(number),
        "" if who is None else speaker,
        start,
        start + length,
        text,
        confidence=phrase.confidence if best.confidence is None else best.confidence,
        language=phrase.locale,
        place=place,
    )


def _milliseconds(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration / timedelta(milliseconds=1))


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)
