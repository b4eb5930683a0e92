"""Words with times and speakers, put together to utterances: each ends where another speaks or the speaker pauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from streams.importers.utterance import Utterance

_PAUSE_MS = 800
"""A longer pause ends an utterance, as it does by default with those services that leave the choice."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word. What has no times of its own, as punctuation has none, is of the word before it."""

    text: str
    speaker: str | None
    start_ms: int | None
    end_ms: int | None
    confidence: float | None = None
    attached: bool = False
    """Whether it stands right behind the word before it, as a full stop does."""


def utterances_of(
    words: Iterable[TimedWord], prefix: str = "", *, pause_ms: int | None = _PAUSE_MS
) -> Iterator[Utterance]:
    """The utterances of one track, in order; their ids count from 0 behind `prefix`.

    A word without a speaker is of the one before it; words before the first speaker are theirs. Without `pause_ms` only
    another speaker ends an utterance.
    """
    number = 0
    some: list[TimedWord] = []
    for word in _with_speakers(list(words)):
        if some and (word.speaker != some[-1].speaker or _is_pause(some, word, pause_ms)):
            yield from _utterance(some, f"{prefix}{number}")
            number += 1
            some = []
        some.append(word)
    if some:
        yield from _utterance(some, f"{prefix}{number}")


def speakers_of(words: Iterable[TimedWord]) -> set[str]:
    """Who speaks."""
    return {word.speaker for word in words if word.speaker is not None}


def _with_speakers(words: Sequence[TimedWord]) -> Iterator[TimedWord]:
    speaker = next((word.speaker for word in words if word.speaker is not None), None)
    for word in words:
        speaker = word.speaker or speaker
        yield (
            word
            if word.speaker == speaker
            else TimedWord(word.text, speaker, word.start_ms, word.end_ms, word.confidence, word.attached)
        )


def _is_pause(some: Sequence[TimedWord], word: TimedWord, pause_ms: int | None) -> bool:
    if pause_ms is None or word.start_ms is None:
        return False
    ended = next((one.end_ms for one in reversed(some) if one.end_ms is not None), None)
    return ended is not None and word.start_ms - ended > pause_ms


def _utterance(words: Sequence[TimedWord], utterance_id: str) -> Iterator[Utterance]:
    starts = [word.start_ms for word in words if word.start_ms is not None]
    ends = [word.end_ms for word in words if word.end_ms is not None]
    speaker = words[0].speaker
    if not starts or not ends or speaker is None:
        return
    sure = [word.confidence for word in words if word.confidence is not None]
    text = "".join(word.text if word.attached else f" {word.text}" for word in words)
    yield Utterance(
        utterance_id,
        speaker,
        starts[0],
        max(ends),
        " ".join(text.split()),
        confidence=sum(sure) / len(sure) if sure else None,
    )
