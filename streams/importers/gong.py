"""Calls of Gong: the answer of its API with transcripts, and the answer with the calls themselves.

Gong tells what was said (`/v2/calls/transcript`) apart from who took part and when (`/v2/calls/extensive`). The
latter's `calls` may stand in the same file, or in NAME.calls.json beside NAME.json.
Format: https://gong.app.gong.io/settings/api/documentation
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any  # Any: JSON as somebody sent it

from pydantic import AwareDatetime, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from schemas.events import Direction, Side
from streams.importers import file_texts
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source, UnreadableError
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity
from streams.importers.validation import Millis, Seconds, Unneeded, validated

_CALLS = ".calls.json"
_SIDES: dict[str | None, Side] = {"Internal": "seller", "External": "customer"}
_DIRECTIONS: dict[str | None, Direction] = {"Inbound": "inbound", "Outbound": "outbound"}


class _Gong(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class _Sentence(_Gong):
    start: Millis
    end: Millis
    text: str


class _Monologue(_Gong):
    speaker_id: str
    sentences: list[Any]


class _CallTranscript(_Gong):
    call_id: str
    transcript: list[Any]


class _MetaData(_Gong):
    id: str
    title: Unneeded[str] = None
    started: Unneeded[AwareDatetime] = None
    duration: Unneeded[Seconds] = None
    direction: Unneeded[str] = None
    language: Unneeded[str] = None


class _Party(_Gong):
    speaker_id: Unneeded[str] = None
    name: Unneeded[str] = None
    affiliation: Unneeded[str] = None
    user_id: Unneeded[str] = None
    email_address: Unneeded[str] = None


class _CrmObject(_Gong):
    object_type: str
    object_id: str


class _Context(_Gong):
    objects: Unneeded[list[_CrmObject]] = None


class _Call(_Gong):
    meta_data: _MetaData
    parties: Unneeded[list[_Party]] = None
    context: Unneeded[list[_Context]] = None

    def crm_id(self, kind: str) -> str | None:
        """Id of the CRM's object of a kind that the call is about."""
        objects = (each for context in self.context or () for each in context.objects or ())
        return next((each.object_id for each in objects if each.object_type == kind), None)


class GongCalls:
    """Calls of Gong."""

    name = "Gong"

    def recognises(self, source: Source, _options: Options) -> bool:
        return "callTranscripts" in source.object() or _is_calls(source)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        document = source.object()
        if "callTranscripts" not in document:
            transcripts = source.path.with_name(source.path.name.removesuffix(_CALLS) + ".json")
            if (
                not source.path.name.endswith(_CALLS) or not transcripts.is_file()
            ):  # else it is read with them
                yield Problem(source.path, None, source.say(texts.NO_TRANSCRIPTS_BESIDE))
            return
        given = document["callTranscripts"]
        if not isinstance(given, list):
            yield Problem(source.path, None, source.say(file_texts.NOT_A_LIST, "callTranscripts"))
            return
        if not given:
            yield Problem(source.path, None, source.say(texts.NO_CALL, "callTranscripts"))
        if options.call_id is not None and len(given) > 1:
            yield Problem(source.path, None, texts.SEVERAL_CALLS.of(options.told_in))
            return
        calls: dict[str, _Call] = {}
        for call in _calls(source):
            if isinstance(call, Problem):
                yield call
            else:
                calls[call.meta_data.id] = call
        for number, raw in enumerate(given):
            place = f"callTranscripts.{number}"
            spoken_call = validated(_CallTranscript, raw, source, place)
            if isinstance(spoken_call, Problem):
                yield spoken_call
            else:
                transcript = _transcript(spoken_call, calls.get(spoken_call.call_id), place, source)
                yield from call_events(transcript, source, options)


def _is_calls(source: Source) -> bool:
    calls = source.object().get("calls")
    return isinstance(calls, list) and any(isinstance(each, dict) and "metaData" in each for each in calls)


def _calls(source: Source) -> Iterator[_Call | Problem]:
    beside = _beside(source.path)
    given: object = source.object().get("calls")
    if given is None and beside is not None:
        source = Source(beside, source.told_in)
        try:
            document = source.document()
        except UnreadableError as error:
            yield Problem(beside, error.line, source.say(error.reason))
            return
        given = document.get("calls") if isinstance(document, dict) else None
    for number, raw in enumerate(given if isinstance(given, list) else ()):
        yield validated(_Call, raw, source, f"calls.{number}")


def _beside(path: Path) -> Path | None:
    found = path.with_name(f"{path.stem}{_CALLS}")
    return found if found.is_file() else None


def _transcript(spoken_call: _CallTranscript, call: _Call | None, place: str, source: Source) -> Transcript:
    utterances = list(_utterances(spoken_call.transcript, f"{place}.transcript", source))
    if call is None:
        return Transcript(call_identity(spoken_call.call_id), utterances)
    people: Sequence[tuple[str, _Party]] = [
        (party.speaker_id, party) for party in call.parties or () if party.speaker_id is not None
    ]
    meta = call.meta_data
    return Transcript(
        call_id=call_identity(spoken_call.call_id),
        utterances=utterances,
        duration_ms=meta.duration,
        started_at=meta.started,
        language=meta.language,
        direction=_DIRECTIONS.get(meta.direction),
        channel="phone" if meta.direction in _DIRECTIONS else "meeting",
        title=meta.title,
        customer_id=call.crm_id("Account"),
        opportunity_id=call.crm_id("Opportunity"),
        sides={
            speaker: _SIDES[party.affiliation] for speaker, party in people if party.affiliation in _SIDES
        },
        names={speaker: party.name for speaker, party in people if party.name},
        person_ids={
            speaker: known for speaker, party in people if (known := party.user_id or party.email_address)
        },
    )


def _utterances(monologues: Sequence[Any], where: str, source: Source) -> Iterator[Utterance | Problem]:
    for number, raw in enumerate(monologues):
        monologue = validated(_Monologue, raw, source, f"{where}.{number}")
        if isinstance(monologue, Problem):
            yield monologue
            continue
        for place, part in enumerate(monologue.sentences):
            sentence = validated(_Sentence, part, source, f"{where}.{number}.sentences.{place}")
            if isinstance(sentence, Problem):
                yield sentence
                continue
            yield Utterance(
                f"{number}.{place}",
                monologue.speaker_id,
                sentence.start,
                sentence.end,
                sentence.text,
                place=f"{where}.{number}.sentences.{place}",
            )
