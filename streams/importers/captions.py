"""Cues that name their speakers, as a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from processors.text.marks import is_speech
from schemas.events import Channel
from streams.importers import transcript_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.cue_speakers import metadata_of, spoken_in
from streams.importers.cues import Cue, NoCue
from streams.importers.identity import call_identity, identity_of_speech
from streams.importers.rolling_captions import Spoken, unrolled
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events
from streams.language import Text

_TEAMS_ID = re.compile(r"([0-9A-Za-z-]{8,})/\d+-\d+")


def caption_events(
    found: Sequence[Cue | NoCue], source: Source, options: Options, channel: Channel | None
) -> Iterator[Item]:
    """The events of a meeting whose cues these are, and what is wrong with them: one problem a cause."""
    cues = [each for each in found if isinstance(each, Cue)]
    if not found:
        yield Problem(source.path, None, texts.NO_CUES.of(options.told_in))
        return
    yield from _grouped(
        [each.line for each in found if isinstance(each, NoCue)], texts.NO_TIMES, source, options
    )
    spoken = unrolled(cues, spoken_in(cues, options.seller_speakers))
    unnamed = [
        each.cue.line
        for each in spoken
        if any(one.speaker is None and is_speech(one.text) for one in each.said)
    ]
    utterances = list(_utterances(spoken))
    if unnamed and not utterances:
        yield Problem(source.path, None, texts.NO_CUE_NAMED.of(options.told_in), len(unnamed))
        return
    yield from _grouped(unnamed, texts.UNNAMED_CUE, source, options)
    names = {each.speaker: each.speaker for each in utterances}
    stated = next((metadata for cue in cues if (metadata := metadata_of(cue)) is not None), None)
    transcript = Transcript(
        call_id=_identity(cues, names),
        utterances=utterances,
        started_at=_began_at(cues),
        language=stated.language if stated else None,
        channel=channel,
        names=names,
    )
    yield from call_events(transcript, source, options)


def _utterances(spoken: Iterable[Spoken]) -> Iterator[Utterance]:
    number = 0
    for cue, said in ((each.cue, each.said) for each in spoken):
        characters = sum(len(each.text) for each in said)
        start, length, before = cue.start_ms, cue.end_ms - cue.start_ms, 0
        for each in said:
            # who share a cue share its time by what they say
            before += len(each.text)
            end = cue.start_ms + length * before // characters
            if each.speaker is not None:
                number += 1
                text = each.text.replace("\n", " ")
                yield Utterance(str(number), each.speaker, start, end, text, line=cue.line)
            start = end


def _identity(cues: Sequence[Cue], names: dict[str, str]) -> str:
    """The id that Teams gives in the ids of all cues, else one of names and times."""
    transcripts = {found[1] if (found := _TEAMS_ID.fullmatch(cue.identifier)) else "" for cue in cues}
    if len(transcripts) == 1 and (transcript_id := transcripts.pop()):
        return call_identity(transcript_id)
    times = [(cue.start_ms, cue.end_ms) for cue in cues]
    return identity_of_speech(names, times, max((end for _, end in times), default=0))


def _began_at(cues: Sequence[Cue]) -> datetime | None:
    for cue in cues:
        stated = metadata_of(cue)
        if stated is not None and stated.began_at is not None:
            return stated.began_at - timedelta(milliseconds=cue.start_ms)
    return None


def _grouped(lines: Sequence[int], reason: Text, source: Source, options: Options) -> Iterator[Problem]:
    """One problem for all of these lines."""
    if lines:
        all_lines = tuple(lines) if len(lines) > 1 else ()
        yield Problem(source.path, lines[0], reason.of(options.told_in), len(lines), all_lines)
