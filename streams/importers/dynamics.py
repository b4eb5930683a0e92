"""Transcripts as conversation intelligence of Dynamics 365 takes them: NAME.transcript.json, NAME.json beside it.

The words of a fragment are not read: their times, which Microsoft documents as milliseconds, are ten times too large in
its own example. The times of fragments are milliseconds.
Format: https://learn.microsoft.com/dynamics365/sales/configure-conversation-intelligence-call-data
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from schemas.events import Direction, Side
from streams.importers.contract import Item, Options, Problem, reason_of
from streams.importers.source import Source, UnreadableError
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity

_TRANSCRIPT = ".transcript.json"
_SIDES: dict[str, Side] = {"agent": "seller", "customer": "customer"}


class _Dynamics(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Participant(_Dynamics):
    id: int
    role: Literal["agent", "customer", "other"]
    display_name: str | None = None
    crm_id: str | None = None
    aad_id: str | None = None
    email: str | None = None


class _Reference(_Dynamics):
    id: str


class _Crm(_Dynamics):
    accounts: list[_Reference] = []
    opportunity: _Reference | None = None


class _Metadata(_Dynamics):
    version: Literal["3.0.0"]
    id: str
    start_time: datetime
    participants: list[_Participant]
    locale: str | None = None
    title: str | None = None
    direction: Direction | None = None
    crm: _Crm = Field(default_factory=_Crm)


class _Fragment(_Dynamics):
    id: str
    text: str
    offset: int
    duration: int
    participant_id: int
    confidence: float | None = None
    locale: str | None = None


class DynamicsCall:
    """A transcript for Dynamics 365 with the metadata of its call."""

    name = "Dynamics 365 transcript"

    def recognises(self, source: Source, _options: Options) -> bool:
        return _is_metadata(source) or _is_transcript(source)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        if _is_metadata(source):
            path = source.path.with_name(f"{source.path.stem}{_TRANSCRIPT}")
            if not path.is_file():  # else it is read with its transcript
                yield Problem(
                    source.path, None, f"tells of a call whose transcript {path.name} is not beside it"
                )
            return
        beside = _metadata_path(source.path)
        metadata = None
        if beside:
            try:
                metadata = _Metadata.model_validate(Source(beside).document())
            except ValidationError as error:
                yield Problem(beside, None, reason_of(error))
                return
            except UnreadableError as error:
                yield Problem(beside, error.line, str(error))
                return
        yield from call_events(_transcript(metadata, source), source, options)


def _is_transcript(source: Source) -> bool:
    first = next(iter(source.array()), None)
    return isinstance(first, dict) and {"text", "offset", "duration", "participantId"} <= first.keys()


def _is_metadata(source: Source) -> bool:
    return {"version", "startTime", "participants", "locale"} <= source.object().keys()


def _metadata_path(transcript: Path) -> Path | None:
    if not transcript.name.endswith(_TRANSCRIPT):
        return None
    path = transcript.with_name(f"{transcript.name.removesuffix(_TRANSCRIPT)}.json")
    return path if path.is_file() else None


def _transcript(metadata: _Metadata | None, source: Source) -> Transcript:
    utterances = _utterances(source.array(), source)
    if metadata is None:
        return Transcript(source.digest, utterances)
    people = {str(each.id): each for each in metadata.participants}
    return Transcript(
        call_id=call_identity(metadata.id),
        utterances=utterances,
        started_at=metadata.start_time,
        language=metadata.locale,
        direction=metadata.direction,
        title=metadata.title,
        customer_id=metadata.crm.accounts[0].id if metadata.crm.accounts else None,
        opportunity_id=metadata.crm.opportunity.id if metadata.crm.opportunity else None,
        sides={speaker: _SIDES[each.role] for speaker, each in people.items() if each.role in _SIDES},
        names={speaker: each.display_name for speaker, each in people.items() if each.display_name},
        person_ids={
            speaker: known
            for speaker, each in people.items()
            if (known := each.crm_id or each.aad_id or each.email)
        },
    )


def _utterances(fragments: list[Any], source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(fragments):
        try:
            fragment = _Fragment.model_validate(raw)
        except ValidationError as error:
            yield Problem(source.path, None, reason_of(error, str(number)))
            continue
        yield Utterance(
            fragment.id,
            str(fragment.participant_id),
            fragment.offset,
            fragment.offset + fragment.duration,
            fragment.text,
            confidence=fragment.confidence,
            language=fragment.locale,
            place=str(number),
        )
