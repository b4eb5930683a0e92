"""Transcripts of meetings in WebVTT: with voice tags, as Teams writes them, or "Name: " before the text, as Zoom does.

Format: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source
from streams.importers.transcript import Transcript, Utterance, call_events

_MAX_NAME_WORDS = 5
_TIMING = re.compile(
    r"(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})\s+-->\s+(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})(?:\s.*)?"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_PREFIX = re.compile(r"([^:<>,;?!]+):\s+(.*)", re.DOTALL)
_NO_CUES = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: where it stands, when it is, in milliseconds, and its text with its tags."""

    line: int
    start_ms: int
    end_ms: int
    text: str


class WebVtt:
    """A meeting in WebVTT."""

    name = "WebVTT of Teams or Zoom"

    def recognises(self, source: Source, _options: Options) -> bool:
        return source.sample.startswith(b"WEBVTT")

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        utterances = list(_utterances(source))
        transcript = Transcript(
            call_id=source.digest,
            utterances=utterances,
            channel="meeting",
            names={each.speaker: each.speaker for each in utterances if isinstance(each, Utterance)},
        )
        yield from call_events(transcript, source, options)


def _utterances(source: Source) -> Iterator[Utterance | Problem]:
    numbers = count(1)
    for cue in _cues(source):
        if isinstance(cue, Problem):
            yield cue
            continue
        start = cue.start_ms
        spoken = _spoken(cue.text)
        characters = sum(len(text) for _, text in spoken)
        for speaker, text in spoken:
            # who share a cue share its time by what they say
            end = start + (cue.end_ms - cue.start_ms) * len(text) // characters
            if speaker is None:
                yield Problem(
                    source.path, cue.line, "does not say who speaks, by a voice tag or a name before it"
                )
            else:
                yield Utterance(str(next(numbers)), speaker, start, end, text, line=cue.line)
            start = end


def _spoken(text: str) -> list[tuple[str | None, str]]:
    """Who says what in a cue, in order; None who is not named."""
    before, *voices = _VOICE.split(text)
    if voices:
        said = [("", before), *zip(voices[::2], voices[1::2], strict=True)]
    elif (prefixed := _PREFIX.fullmatch(text)) and len(prefixed[1].split()) <= _MAX_NAME_WORDS:
        said = [(prefixed[1], prefixed[2])]
    else:
        said = [("", text)]
    plain = ((_plain(name) or None, _plain(words)) for name, words in said)
    return [(name, words) for name, words in plain if words]


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _cues(source: Source) -> Iterator[_Cue | Problem]:
    for line, block in _blocks(source):
        if block[0].split(maxsplit=1)[0] in _NO_CUES:
            continue
        timing = next((number for number, text in enumerate(block[:2]) if "-->" in text), None)
        times = None if timing is None else _TIMING.fullmatch(block[timing].strip())
        if timing is None or times is None:
            yield Problem(source.path, line, "has no times like 00:01:02.345 --> 00:01:04.000")
            continue
        start, end = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
        yield _Cue(line + timing, start, end, "\n".join(block[timing + 1 :]))


def _blocks(source: Source) -> Iterator[tuple[int, list[str]]]:
    """What stands between blank lines, with its first line's number."""
    block: list[str] = []
    first = 1
    for raw in source.lines():
        text = raw.decode("utf-8", errors="replace").rstrip("\r\n")
        if text.strip():
            if not block:
                first = source.line or 1
            block.append(text)
        elif block:
            yield first, block
            block = []
    if block:
        yield first, block


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
