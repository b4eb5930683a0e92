"""Puts a dialogue on the clock: turns become stretches of speech that pause, overlap and interrupt each other.

The rules keep what was planned unambiguous: a turn lasts longer than a backchannel may, a backchannel lies well inside
one stretch of the other side, an overlap is either clearly an interruption or clearly not, and nobody speaks over
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from schemas.events import Side
from streams.simulator.catalogue import SpokenLanguage
from streams.simulator.course import Silence
from streams.simulator.dialogue import Speech
from streams.simulator.people import Style

MIN_TURN_MS = 1_050
"""No turn is shorter, so that none can be taken for a backchannel (below 1,000 ms)."""
_LONGEST_PAUSE_MS = 1_900
_SILENCE_MS: Mapping[Silence, tuple[int, int]] = {"wait": (12_000, 75_000), "pause": (3_500, 11_000)}
_INTERRUPTION_MS = (550, 1_400)
_BRUSH_MS = (60, 350)
_WORDS_A_SEGMENT = 17
_BACKCHANNEL_IN_MS = 6_000
_BACKCHANNEL_MS = (320, 780)
_LINES_OVERLAP = 0.35

_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
_BACKCHANNELS: Mapping[SpokenLanguage, tuple[str, ...]] = {
    "da": ("Ja.", "Mm.", "Okay.", "Nå.", "Ja ja.", "Klart.", "Nemlig."),
    "en": ("Yeah.", "Mm-hm.", "Okay.", "Right.", "Sure.", "Yes.", "I see.", "Uh-huh."),
}
OTHER: Mapping[Side, Side] = {"seller": "customer", "customer": "seller"}


@dataclass(slots=True)
class Stretch:
    """Something said without a break, in milliseconds since the call's start."""

    side: Side
    start_ms: int
    end_ms: int
    text: str
    second: bool = False
    """Whether the second person of the side says it."""


@dataclass(slots=True)
class Recording:
    """A call as it was spoken, and what was planned into it."""

    stretches: list[Stretch] = field(default_factory=list)
    """In the order in which they start."""
    switches: int = 0
    interruptions: dict[Side, int] = field(default_factory=lambda: {"seller": 0, "customer": 0})
    silence_ms: int = 0
    """In which nobody speaks for longer than people pause."""


def record(speeches: list[Speech], language: SpokenLanguage, rng: Random, style: Style) -> Recording:
    """The recording of a dialogue whose speakers change wherever nobody is silent."""
    recording = Recording()
    speed: Mapping[Side, float] = {
        "seller": style.words_per_minute,
        "customer": max(110.0, rng.gauss(142, 12)),
    }
    clock = rng.randint(300, 1_500)
    last: Stretch | None = None
    silent_from: dict[Side, int] = {"seller": 0, "customer": 0}
    for speech in speeches:
        pieces = _segments(speech.text)
        lengths = [_length_ms(piece, speed[speech.side], rng) for piece in pieces]
        if last is not None:
            clock = _next_start(speech, last, silent_from[speech.side], lengths[0], recording, rng, style)
            recording.switches += last.side != speech.side
        for piece, length in zip(pieces, lengths, strict=True):
            last = Stretch(speech.side, clock, clock + length, piece, speech.second)
            recording.stretches.append(last)
            if length >= _BACKCHANNEL_IN_MS and rng.random() < 0.15:
                recording.stretches.append(_backchannel(last, language, rng))
            silent_from[speech.side] = last.end_ms
            clock = last.end_ms + rng.randint(120, 700)
    recording.stretches.sort(key=lambda stretch: stretch.start_ms)
    return recording


def _next_start(
    speech: Speech,
    last: Stretch,
    silent_from: int,
    length: int,
    recording: Recording,
    rng: Random,
    style: Style,
) -> int:
    """When the next turn starts, after `last` or into it, but not before its speaker is silent."""
    if speech.after:
        silence = rng.randint(*_SILENCE_MS[speech.after])
        recording.silence_ms += silence
        return last.end_ms + silence
    if speech.side == last.side:
        # colleagues let each other finish
        return last.end_ms + rng.randint(300, 1_200)
    seller = speech.side == "seller"
    lively = style.interrupts if seller else 0.15 if speech.mood < -0.3 else 0.03
    last_length = last.end_ms - last.start_ms
    if rng.random() < lively and last_length * _LINES_OVERLAP > _INTERRUPTION_MS[0]:
        overlap = rng.randint(
            _INTERRUPTION_MS[0], min(_INTERRUPTION_MS[1], int(last_length * _LINES_OVERLAP))
        )
        if length > overlap + 400 and last.end_ms - overlap > silent_from:
            recording.interruptions[speech.side] += 1
            last.text = _cut_off(last.text)
            return last.end_ms - overlap
    if rng.random() < 0.12 and last_length > 2 * _BRUSH_MS[1] and length > 2 * _BRUSH_MS[1]:
        start = last.end_ms - rng.randint(*_BRUSH_MS)
        if start > silent_from:
            return start
    mean = style.pause_ms if seller else 480
    return last.end_ms + int(min(_LONGEST_PAUSE_MS, max(40, rng.gauss(mean, mean * 0.45))))


def _segments(text: str) -> list[str]:
    """The text in stretches of whole sentences, seventeen words each and more, where there are as many."""
    pieces: list[str] = []
    words = _WORDS_A_SEGMENT
    for sentence in _SENTENCE_END.split(text):
        if words >= _WORDS_A_SEGMENT:
            pieces.append(sentence)
            words = 0
        else:
            pieces[-1] += " " + sentence
        words += sentence.count(" ") + 1
    return pieces


def _length_ms(text: str, words_per_minute: float, rng: Random) -> int:
    words = text.count(" ") + 1
    return max(MIN_TURN_MS, int(words * 60_000 / words_per_minute * rng.uniform(0.92, 1.08)))


def _backchannel(into: Stretch, language: SpokenLanguage, rng: Random) -> Stretch:
    """A sign of listening, clear of both ends of the stretch, where the turns around it may overlap."""
    start = rng.randint(into.start_ms + 1_600, into.start_ms + int(0.4 * (into.end_ms - into.start_ms)))
    return Stretch(
        OTHER[into.side], start, start + rng.randint(*_BACKCHANNEL_MS), rng.choice(_BACKCHANNELS[language])
    )


def _cut_off(text: str) -> str:
    """The text of somebody who was interrupted: its last word is missing, unless it belongs to a name before it."""
    kept, _, lost = text.rpartition(" ")
    is_name = kept.rpartition(" ")[2][:1].isupper()
    return f"{kept} –" if kept.count(" ") >= 4 and lost and not is_name else text
