"""Transcripts of Amazon Transcribe Call Analytics and of Contact Lens for Amazon Connect, which are near relatives.

Formats: https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-batch.html and
https://docs.aws.amazon.com/connect/latest/adminguide/contact-lens-example-output-files.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any  # Any: JSON as somebody sent it

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_pascal

from schemas.events import Side
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Unneeded, validated

_SIDES: dict[str, Side] = {"AGENT": "seller", "SUPERVISOR": "seller", "CUSTOMER": "customer"}


class _Amazon(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)


class _Characteristics(_Amazon):
    total_conversation_duration_millis: Unneeded[Millis] = None


class _Participant(_Amazon):
    participant_role: str
    participant_id: Unneeded[str] = None


class _Customer(_Amazon):
    contact_id: str


class _Call(_Amazon):
    channel: str
    language_code: Unneeded[str] = None
    job_name: Unneeded[str] = None
    customer_metadata: Unneeded[_Customer] = None
    participants: Unneeded[list[Any]] = None
    transcript: list[Any]
    conversation_characteristics: Unneeded[_Characteristics] = None

    @property
    def roles(self) -> dict[str, str]:
        """The role of each participant who has an id."""
        people = [person for each in self.participants or () if (person := _participant(each))]
        return {each.participant_id: each.participant_role for each in people if each.participant_id}

    @property
    def duration_ms(self) -> int | None:
        stated = self.conversation_characteristics
        return stated.total_conversation_duration_millis if stated else None

    @property
    def known_as(self) -> str | None:
        """Contact Lens knows a call by its contact, Transcribe by its job."""
        return self.customer_metadata.contact_id if self.customer_metadata else self.job_name


class _Item(_Amazon):
    type: str
    confidence: Unneeded[float] = None


class _Turn(_Amazon):
    id: str
    begin_offset_millis: Millis
    end_offset_millis: Millis
    content: str
    participant_role: str | None = None
    participant_id: str | None = None
    items: Unneeded[list[_Item]] = None

    @property
    def confidence(self) -> float | None:
        """The mean over the words; punctuation has none."""
        stated = [
            item.confidence for item in self.items or () if item.type == "pronunciation" and item.confidence
        ]
        return sum(stated) / len(stated) if stated else None


def _participant(raw: object) -> _Participant | None:
    try:
        return _Participant.model_validate(raw)
    except ValidationError:
        return None


class AmazonCall:
    """A call analysed by Transcribe Call Analytics or by Contact Lens."""

    name = "Amazon Transcribe Call Analytics or Contact Lens"

    def recognises(self, source: Source, _options: Options) -> bool:
        document = source.object()
        return {"Transcript", "Participants", "ConversationCharacteristics"} <= document.keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        call = validated(_Call, source.object(), source)
        if isinstance(call, Problem):
            yield call
            return
        if call.channel != "VOICE":
            yield Problem(source.path, None, source.say(texts.ONLY_CALLS))
            return
        sides = {speaker: _SIDES[role] for speaker, role in call.roles.items() if role in _SIDES}
        transcript = Transcript(
            call_id=call_identity(call.known_as) if call.known_as else None,
            utterances=_utterances(call.transcript, _SIDES | sides, source),
            duration_ms=call.duration_ms,
            language=call.language_code,
            channel="phone",
            sides=_SIDES | sides,
        )
        yield from call_events(transcript, source, options)


def _utterances(turns: list[Any], sides: Mapping[str, Side], source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(turns):
        place = f"Transcript.{number}"
        turn = validated(_Turn, raw, source, place)
        if isinstance(turn, Problem):
            yield turn
            continue
        speaker = turn.participant_id or turn.participant_role
        if speaker is None or speaker not in sides:
            yield Problem(source.path, None, source.say(texts.NEITHER_SIDE, place))
            continue
        yield Utterance(
            turn.id,
            speaker,
            turn.begin_offset_millis,
            turn.end_offset_millis,
            turn.content,
            confidence=turn.confidence,
            place=place,
        )
