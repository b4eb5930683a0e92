"""Transcripts of recordings by Deepgram: its utterances, else its words put together to utterances as it would have.

An utterance of Deepgram has one speaker, and each of its words has one, who may be another: the words' count.
Format: https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any  # Any: JSON as somebody sent it

from pydantic import BaseModel

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.timed_words import TimedWord, speakers_of, utterances_of
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Seconds, Unneeded, unattributed, validated


class _Metadata(BaseModel):
    request_id: str
    duration: Unneeded[Seconds] = None
    channels: Unneeded[int] = None


class _Word(BaseModel):
    word: str
    punctuated_word: Unneeded[str] = None
    start: Seconds
    end: Seconds
    confidence: Unneeded[float] = None
    speaker: Unneeded[int] = None


class _Alternative(BaseModel):
    words: Unneeded[list[Any]] = None


class _Channel(BaseModel):
    alternatives: Unneeded[list[_Alternative]] = None
    detected_language: Unneeded[str] = None


class _Results(BaseModel):
    utterances: Unneeded[list[Any]] = None
    channels: list[_Channel]


class _Response(BaseModel):
    metadata: _Metadata
    results: _Results

    @property
    def by_channel(self) -> bool:
        """Whether each channel is a speaker."""
        return max(self.metadata.channels or 1, len(self.results.channels)) > 1


class _Utterance(BaseModel):
    start: Seconds
    end: Seconds
    transcript: str
    channel: Unneeded[int] = None
    speaker: Unneeded[int] = None
    confidence: Unneeded[float] = None
    words: Unneeded[list[_Word]] = None


class DeepgramCall:
    """A call transcribed by Deepgram. With several channels, each of them is a speaker."""

    name = "Deepgram"

    def recognises(self, source: Source, _options: Options) -> bool:
        document = source.object()
        results = document.get("results")
        return "metadata" in document and isinstance(results, dict) and "channels" in results

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        response = validated(_Response, source.object(), source)
        if isinstance(response, Problem):
            yield response
            return
        metadata, results = response.metadata, response.results
        if not response.by_channel and not _diarized(results):
            yield Problem(source.path, None, texts.DEEPGRAM_NOBODY.of(options.told_in))
            return
        languages = {each.detected_language for each in results.channels}
        transcript = Transcript(
            call_id=call_identity(metadata.request_id),
            utterances=_given(response, source, options)
            if results.utterances
            else _by_words(response, source),
            duration_ms=metadata.duration,
            language=languages.pop() if len(languages) == 1 else None,
        )
        yield from call_events(transcript, source, options)


def _diarized(results: _Results) -> bool:
    """Whether anybody is told apart, or nothing is said."""
    heard = [
        word
        for channel in results.channels
        for each in channel.alternatives or ()
        for word in each.words or ()
    ]
    stated = [each for each in (*heard, *(results.utterances or ())) if isinstance(each, dict)]
    return not stated or any(each.get("speaker") is not None for each in stated)


def _given(response: _Response, source: Source, options: Options) -> Iterator[Utterance | Problem]:
    """The file's utterances, those of several speakers in the parts of each."""
    unnamed: list[str] = []
    for number, raw in enumerate(response.results.utterances or ()):
        given = validated(_Utterance, raw, source, f"results.utterances.{number}")
        if isinstance(given, Problem):
            yield given
            continue
        channel = given.channel or 0
        words = [] if response.by_channel else _timed(given.words or (), channel, by_channel=False)
        place = f"utterance {number}"
        if not response.by_channel and given.speaker is None and not speakers_of(words):
            unnamed.append(f"results.utterances.{number}")
            continue
        if len(speakers_of(words)) > 1:
            for part in utterances_of(words, f"{number}.", pause_ms=None):
                yield replace(part, place=place)
            continue
        yield Utterance(
            str(number),
            next(iter(speakers_of(words)), _label(channel, given.speaker, by_channel=response.by_channel)),
            given.start,
            given.end,
            given.transcript,
            confidence=given.confidence,
            place=place,
        )
    yield from unattributed(unnamed, source, options)


def _by_words(response: _Response, source: Source) -> Iterator[Utterance | Problem]:
    number = 0
    for channel, each in enumerate(response.results.channels):
        words = []
        heard = (each.alternatives or [_Alternative()])[0].words or ()
        for place, raw in enumerate(heard):
            word = validated(_Word, raw, source, f"results.channels.{channel}.alternatives.0.words.{place}")
            if isinstance(word, Problem):
                yield word
            else:
                words.append(word)
        for part in utterances_of(_timed(words, channel, by_channel=response.by_channel)):
            yield replace(part, utterance_id=str(number), place=f"utterance {number}")
            number += 1


def _timed(words: Sequence[_Word], channel: int, *, by_channel: bool) -> list[TimedWord]:
    return [
        TimedWord(
            each.punctuated_word or each.word,
            # a word without a speaker is of the one before it
            None
            if each.speaker is None and not by_channel
            else _label(channel, each.speaker, by_channel=by_channel),
            each.start,
            each.end,
            each.confidence,
        )
        for each in words
    ]


def _label(channel: int, speaker: int | None, *, by_channel: bool) -> str:
    return f"ch_{channel}" if by_channel else f"spk_{speaker}"
