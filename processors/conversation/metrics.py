"""The numbers of one call, as types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from processors.analysis.sentiment import Sentiment

T = TypeVar("T")


class BySide(NamedTuple, Generic[T]):
    """A value for each side of the table."""

    seller: T
    customer: T


@dataclass(frozen=True, slots=True)
class Mentions:
    """How often a call mentions something, by side, and when first (milliseconds since its start; 0 when never)."""

    seller: int
    customer: int
    first_ms: int


@dataclass(frozen=True, slots=True)
class CallSentiment:
    """The customer's sentiment: time-weighted mean compound in [-1, 1], its class, and milliseconds by class.

    `direction` is the mean compound of the last quarter of the call minus that of the first, by where a segment starts;
    None when the customer says nothing in one of the two.
    """

    compound: float | None
    label: Sentiment | None
    positive_ms: int
    neutral_ms: int
    negative_ms: int
    direction: float | None

    def share(self, part_ms: int) -> float | None:
        """A class's share, 0 to 1, of the time that has a sentiment."""
        total = self.positive_ms + self.neutral_ms + self.negative_ms
        return part_ms / total if total else None


@dataclass(frozen=True, slots=True)
class CallMetrics:
    """The numbers of one call, as product.md section 3 defines them. Milliseconds; ratios 0 to 1; None is unknown."""

    duration_ms: int
    ended: bool
    consent: bool
    segments: int
    talk_ms: BySide[int]
    talk_ratio: float | None
    words: BySide[int]
    words_per_minute: BySide[float | None]
    word_rates: tuple[float | None, ...]
    """Of the seller's words, those that metrics count, by minute of their own talk."""
    switches: int
    switches_per_hour: float | None
    pause_before_speaking_ms: float | None
    longest_monologue_ms: BySide[int]
    interruptions: BySide[int]
    silence_ms: int
    questions_open: BySide[int]
    questions_closed: BySide[int]
    sentiment: CallSentiment
    unknown_language_segments: int
