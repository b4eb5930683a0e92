"""Transcripts of Amazon Transcribe's standard jobs, with speaker labels or a channel for each speaker.

Formats: https://docs.aws.amazon.com/transcribe/latest/dg/diarization-output-batch.html and
https://docs.aws.amazon.com/transcribe/latest/dg/channel-id.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any  # Any: JSON as somebody sent it

from pydantic import AliasChoices, BaseModel, Field

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.timed_words import TimedWord, utterances_of
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Seconds, Unneeded, validated


class _Alternative(BaseModel):
    content: str
    confidence: Unneeded[float] = None


class _Item(BaseModel):
    type: str = "pronunciation"
    start_time: Unneeded[Seconds] = None
    end_time: Unneeded[Seconds] = None
    alternatives: list[_Alternative] = Field(min_length=1)
    speaker_label: Unneeded[str] = None
    channel_label: Unneeded[str] = None


class _LabelledItem(BaseModel):
    start_time: Unneeded[Seconds] = None
    speaker_label: Unneeded[str] = None


class _LabelledSegment(_LabelledItem):
    items: Unneeded[list[_LabelledItem]] = None


class _SpeakerLabels(BaseModel):
    segments: Unneeded[list[_LabelledSegment]] = None


class _Channel(BaseModel):
    channel_label: str
    items: list[Any]


class _ChannelLabels(BaseModel):
    channels: list[_Channel]


class _Results(BaseModel):
    items: Unneeded[list[Any]] = None
    speaker_labels: Unneeded[_SpeakerLabels] = None
    channel_labels: Unneeded[_ChannelLabels] = None
    language_code: Unneeded[str] = None


class _Job(BaseModel):
    job_name: Unneeded[str] = Field(None, validation_alias=AliasChoices("jobName", "job_name"))
    results: _Results


class AmazonTranscribeCall:
    """A call transcribed by a standard job of Amazon Transcribe. With several channels, each of them is a speaker."""

    name = "Amazon Transcribe"

    def recognises(self, source: Source, _options: Options) -> bool:
        results = source.object().get("results")
        return isinstance(results, dict) and "transcripts" in results and "channels" not in results

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        job = validated(_Job, source.object(), source)
        if isinstance(job, Problem):
            yield job
            return
        results, problems = job.results, list[Problem]()
        labels = results.channel_labels
        if labels and len(labels.channels) > 1:
            tracks = [
                _words(
                    each.items,
                    each.channel_label,
                    {},
                    f"results.channel_labels.channels.{number}.items",
                    source,
                )
                for number, each in enumerate(labels.channels)
            ]
        else:
            tracks = [_words(results.items or [], None, _speakers(results), "results.items", source)]
        problems = [each for track in tracks for each in track if isinstance(each, Problem)]
        yield from problems
        words = [[each for each in track if not isinstance(each, Problem)] for track in tracks]
        if any(words) and not any(word.speaker for track in words for word in track):
            yield Problem(source.path, None, texts.AMAZON_NOBODY.of(options.told_in), sum(map(len, words)))
            return
        transcript = Transcript(
            call_id=call_identity(job.job_name) if job.job_name else None,
            utterances=_numbered(words),
            language=results.language_code,
        )
        yield from call_events(transcript, source, options)


def _speakers(results: _Results) -> dict[int, str]:
    """Start of a word in milliseconds -> its speaker: older files say it only beside the words."""
    segments = results.speaker_labels.segments if results.speaker_labels else None
    return {
        item.start_time: label
        for segment in segments or ()
        for item in segment.items or ()
        if item.start_time is not None and (label := item.speaker_label or segment.speaker_label)
    }


def _words(
    items: Iterable[Any], channel: str | None, speakers: dict[int, str], place: str, source: Source
) -> list[TimedWord | Problem]:
    words: list[TimedWord | Problem] = []
    for number, raw in enumerate(items):
        item = validated(_Item, raw, source, f"{place}.{number}")
        if isinstance(item, Problem):
            words.append(item)
            continue
        said, mark = item.alternatives[0], item.type == "punctuation"
        if not mark and (item.start_time is None or item.end_time is None):
            words.append(_no_times(source, f"{place}.{number}"))
            continue
        speaker = channel or item.speaker_label
        if speaker is None and item.start_time is not None:
            speaker = speakers.get(item.start_time)
        # a punctuation mark is of who says the word before it
        words.append(
            TimedWord(
                said.content,
                None if mark else speaker,
                item.start_time,
                item.end_time,
                None if mark else said.confidence,
                attached=mark,
            )
        )
    return words


def _numbered(tracks: Sequence[Sequence[TimedWord]]) -> Iterator[Utterance]:
    number = 0
    for track in tracks:
        for each in utterances_of(track):
            yield replace(each, utterance_id=str(number), place=f"utterance {number}")
            number += 1


def _no_times(source: Source, place: str) -> Problem:
    return Problem(
        source.path, None, source.say(texts.NO_TIMES_OF, place, start="start_time", end="end_time")
    )
