"""Transcripts of Twilio's Conversational Intelligence: the sentences of one, as its API lists them.

Format: https://www.twilio.com/docs/conversation-intelligence-classic/api/transcript-sentence-subresource
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON as somebody sent it

from pydantic import AliasChoices, BaseModel, Field

from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Seconds, Unneeded, validated


class _Word(BaseModel):
    start: Seconds = Field(validation_alias=AliasChoices("start_time", "startTime", "start"))
    end: Seconds = Field(validation_alias=AliasChoices("end_time", "endTime", "end"))


class _Sentence(BaseModel):
    channel: int = Field(validation_alias=AliasChoices("media_channel", "mediaChannel", "channel"))
    start: Unneeded[Seconds] = Field(None, validation_alias=AliasChoices("start_time", "startTime"))
    end: Unneeded[Seconds] = Field(None, validation_alias=AliasChoices("end_time", "endTime"))
    text: Unneeded[str] = Field(None, validation_alias=AliasChoices("transcript", "text"))
    confidence: Unneeded[float] = None
    transcript_sid: Unneeded[str] = Field(
        None, validation_alias=AliasChoices("transcript_sid", "transcriptSid")
    )
    words: Unneeded[list[_Word]] = None

    @property
    def times(self) -> tuple[int, int] | None:
        """Start and end, its own or its words'."""
        starts = [each.start for each in self.words or ()] if self.start is None else [self.start]
        ends = [each.end for each in self.words or ()] if self.end is None else [self.end]
        return (min(starts), max(ends)) if starts and ends else None


class TwilioCall:
    """A call transcribed by Twilio. Each channel is a speaker, called by its number."""

    name = "Twilio Conversational Intelligence"

    def recognises(self, source: Source, _options: Options) -> bool:
        page = source.first_message()
        sentences = page.get("sentences")
        if sentences == [] and "meta" in page:
            return True
        first = next(iter(sentences if isinstance(sentences, list) else source.array()), None)
        if not isinstance(first, dict) or "transcript" not in first:
            return False
        return not {"media_channel", "mediaChannel", "sentence_index", "sentenceIndex"}.isdisjoint(first)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        pages = [
            message
            for _, message in source.messages()
            if isinstance(message, dict) and isinstance(message.get("sentences"), list)
        ]
        if any(
            pages and all(_has(page, url) for page in pages) for url in ("next_page_url", "previous_page_url")
        ):
            yield Problem(source.path, None, source.say(texts.ONE_PAGE_OF_SENTENCES))
            return
        sentences = [each for page in pages for each in page["sentences"]] or source.array()
        if not sentences:
            yield Problem(source.path, None, source.say(texts.NO_SENTENCES))
            return
        utterances: list[Utterance] = []
        known = None
        for number, raw in enumerate(sentences):
            place = f"sentences.{number}"
            sentence = validated(_Sentence, raw, source, place)
            if isinstance(sentence, Problem):
                yield sentence
                continue
            known = sentence.transcript_sid or known
            if sentence.times is None:
                reason = source.say(texts.NO_TIMES_OF, place, start="start_time", end="end_time")
                yield Problem(source.path, None, reason)
            elif sentence.text is not None:
                utterances.append(
                    Utterance(
                        str(number),
                        str(sentence.channel),
                        *sentence.times,
                        sentence.text,
                        confidence=sentence.confidence,
                        place=place,
                    )
                )
        transcript = Transcript(call_identity(known) if known else None, utterances, channel="phone")
        yield from call_events(transcript, source, options)


def _has(page: dict[str, Any], url: str) -> bool:
    meta = page.get("meta")
    return isinstance(meta, dict) and bool(meta.get(url))
