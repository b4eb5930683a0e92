"""What a call's final facts say, worked out in the plainest way: millisecond by millisecond, word by word.

Slow, and written from the definitions alone, so that nothing here shares a mistake with what it checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from schemas.events import CallSegment, Side
from streams.simulator.trackers import TRACKERS

_WORDS = re.compile(r"[\w-]+")
_SPELLINGS: Mapping[str, Mapping[tuple[str, ...], str]] = {
    language: {
        tuple(_WORDS.findall(form)): tracker.tracker_id
        for tracker in TRACKERS
        if tracker.language in (None, language)
        for form in tracker.forms
    }
    for language in ("da", "en")
}
_LONGEST = max(len(spelling) for spellings in _SPELLINGS.values() for spelling in spellings)


def talk_ms(segments: Iterable[CallSegment], side: Side) -> int:
    """The milliseconds in which a side speaks."""
    spoken: set[int] = set()
    for segment in segments:
        if segment.speaker == side:
            spoken.update(range(segment.start_ms, segment.end_ms))
    return len(spoken)


def without_backchannels(segments: Iterable[CallSegment]) -> list[CallSegment]:
    """The segments that belong to turns, in the order of their start."""
    in_order = sorted(segments, key=lambda segment: segment.start_ms)
    return [segment for segment in in_order if not _is_backchannel(segment, in_order)]


def switches(segments: Iterable[CallSegment]) -> int:
    """How often the speaker changes."""
    turns = without_backchannels(segments)
    return sum(one.speaker != next_one.speaker for one, next_one in pairwise(turns))


def interruptions(segments: Sequence[CallSegment], side: Side) -> int:
    """How often a side starts while the other speaks, and goes on over it for half a second or more."""
    others = [segment for segment in segments if segment.speaker != side]
    return sum(
        any(
            other.start_ms < mine.start_ms and min(mine.end_ms, other.end_ms) - mine.start_ms >= 500
            for other in others
        )
        for mine in without_backchannels(segments)
        if mine.speaker == side
    )


def silence_ms(segments: Iterable[CallSegment]) -> int:
    """The sum of the gaps above three seconds in which nobody speaks."""
    total, until = 0, None
    for segment in sorted(segments, key=lambda segment: segment.start_ms):
        if until is not None and segment.start_ms - until > 3_000:
            total += segment.start_ms - until
        until = segment.end_ms if until is None else max(until, segment.end_ms)
    return total


def mentions(text: str, language: str) -> Counter[str]:
    """The trackers that a text of a language ("da", "en") names, read word by word, the longest spelling first."""
    words = _WORDS.findall(text.lower())
    found: Counter[str] = Counter()
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            tracker_id = _SPELLINGS[language].get(tuple(words[at : at + length]))
            if tracker_id and at + length <= len(words):
                found[tracker_id] += 1
                at += length
                break
        else:
            at += 1
    return found


def _is_backchannel(segment: CallSegment, segments: Iterable[CallSegment]) -> bool:
    return segment.end_ms - segment.start_ms < 1_000 and any(
        other.speaker != segment.speaker
        and other.start_ms <= segment.start_ms
        and segment.end_ms <= other.end_ms
        for other in segments
    )
