"""Transcripts in the standard output of Amazon Bedrock Data Automation for audio.

Format: https://docs.aws.amazon.com/bedrock/latest/userguide/bda-ouput-audio.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON as somebody sent it

from pydantic import BaseModel

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Unneeded, validated


class _Metadata(BaseModel):
    s3_bucket: str
    s3_key: str
    duration_millis: Unneeded[Millis] = None
    number_of_channels: Unneeded[int] = None
    dominant_asset_language: Unneeded[str] = None


class _Audio(BaseModel):
    metadata: _Metadata
    audio_segments: list[Any]


class _Speaker(BaseModel):
    speaker_label: str


class _Channel(BaseModel):
    channel_label: str


class _Segment(BaseModel):
    segment_index: int
    type: str
    start_timestamp_millis: Millis
    end_timestamp_millis: Millis
    text: str
    speaker: Unneeded[_Speaker] = None
    channel: Unneeded[_Channel] = None
    language: Unneeded[str] = None


class BedrockAudio:
    """A call transcribed by Bedrock Data Automation. With two channels, each of them is a speaker."""

    name = "Amazon Bedrock Data Automation"

    def recognises(self, source: Source, _options: Options) -> bool:
        document = source.object()
        return {"metadata", "audio_segments"} <= document.keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        audio = validated(_Audio, source.object(), source)
        if isinstance(audio, Problem):
            yield audio
            return
        language = audio.metadata.dominant_asset_language
        transcript = Transcript(
            call_id=call_identity(audio.metadata.s3_bucket, audio.metadata.s3_key),
            utterances=_utterances(audio, source),
            duration_ms=audio.metadata.duration_millis,
            language=language.lower() if language else None,
        )
        yield from call_events(transcript, source, options)


def _utterances(audio: _Audio, source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(audio.audio_segments):
        place = f"audio_segments.{number}"
        segment = validated(_Segment, raw, source, place)
        if isinstance(segment, Problem):
            yield segment
            continue
        if segment.type != "TRANSCRIPT":
            continue
        speaker = segment.speaker.speaker_label if segment.speaker else None
        if segment.channel and ((audio.metadata.number_of_channels or 1) > 1 or speaker is None):
            speaker = segment.channel.channel_label
        if speaker is None:
            yield Problem(source.path, None, source.say(texts.NEITHER_SPEAKER_NOR_CHANNEL, place))
            continue
        yield Utterance(
            str(segment.segment_index),
            speaker,
            segment.start_timestamp_millis,
            segment.end_timestamp_millis,
            segment.text,
            language=segment.language.lower() if segment.language else None,
            place=place,
        )
