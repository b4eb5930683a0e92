"""Transcripts as conversation intelligence of Dynamics 365 takes them: NAME.transcript.json, NAME.json beside it.

The words of a fragment are not read: their times, which Microsoft documents as milliseconds, are ten times too large in
its own example. The times of fragments are milliseconds.
Format: https://learn.microsoft.com/dynamics365/sales/configure-conversation-intelligence-call-data
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal  # Any: JSON as somebody sent it

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from schemas.events import Direction, Side
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source, UnreadableError
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Unneeded, validated

_TRANSCRIPT = ".transcript.json"
_SIDES: dict[str, Side] = {"agent": "seller", "customer": "customer"}


class _Dynamics(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Participant(_Dynamics):
    id: int
    role: Literal["agent", "customer", "other"]
    display_name: Unneeded[str] = None
    crm_id: Unneeded[str] = None
    aad_id: Unneeded[str] = None
    email: Unneeded[str] = None


class _Reference(_Dynamics):
    id: str


class _Crm(_Dynamics):
    accounts: Unneeded[list[_Reference]] = None
    opportunity: Unneeded[_Reference] = None


class _Metadata(_Dynamics):
    version: Literal["3.0.0"]
    id: str
    start_time: datetime
    participants: list[_Participant]
    locale: Unneeded[str] = None
    title: Unneeded[str] = None
    direction: Unneeded[Direction] = None
    crm: Unneeded[_Crm] = None


class _Fragment(_Dynamics):
    id: str
    text: str
    offset: Millis
    duration: Millis
    participant_id: int
    confidence: Unneeded[float] = None
    locale: Unneeded[str] = None


class DynamicsCall:
    """A transcript for Dynamics 365 with the metadata of its call."""

    name = "Dynamics 365 transcript"

    def recognises(self, source: Source, _options: Options) -> bool:
        return _is_metadata(source) or _is_transcript(source)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        if _is_metadata(source):
            path = source.path.with_name(f"{source.path.stem}{_TRANSCRIPT}")
            if not path.is_file():  # else it is read with its transcript
                yield Problem(source.path, None, source.say(texts.NO_TRANSCRIPT_BESIDE, name=path.name))
            return
        beside = _metadata_path(source.path)
        metadata = None
        if beside:
            found = _read_metadata(Source(beside, source.told_in))
            if isinstance(found, Problem):
                yield found
                return
            metadata = found
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


def _read_metadata(source: Source) -> _Metadata | Problem:
    try:
        return validated(_Metadata, source.document(), source)
    except UnreadableError as error:
        return Problem(source.path, error.line, source.say(error.reason))


def _transcript(metadata: _Metadata | None, source: Source) -> Transcript:
    utterances = _utterances(source.array(), source)
    if metadata is None:
        return Transcript(None, utterances)
    crm = metadata.crm or _Crm()
    people = {str(each.id): each for each in metadata.participants}
    return Transcript(
        call_id=call_identity(metadata.id),
        utterances=utterances,
        started_at=metadata.start_time,
        language=metadata.locale,
        direction=metadata.direction,
        title=metadata.title,
        customer_id=crm.accounts[0].id if crm.accounts else None,
        opportunity_id=crm.opportunity.id if crm.opportunity else None,
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
        fragment = validated(_Fragment, raw, source, str(number))
        if isinstance(fragment, Problem):
            yield fragment
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
