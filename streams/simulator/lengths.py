"""How long calls of each kind take.

Cold calls: 132 seconds on average (Chorus, State of Conversation Intelligence 2020, five million calls);
demonstrations: 36 minutes where nothing is sold, 47 where something is (Gong Labs 2017, 67,149 demonstrations). The
other kinds lie between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from streams.simulator.briefs import Kind


@dataclass(frozen=True, slots=True)
class _Length:
    """Minutes: what half of the calls stay below, how far they spread (sigma of the logarithm), and the limits."""

    median: float
    spread: float
    shortest: float
    longest: float


_LENGTHS: Mapping[Kind, _Length] = {
    "cold": _Length(2.2, 0.4, 1.0, 4.0),
    "voicemail": _Length(0.6, 0.2, 0.3, 1.0),
    "wrong_number": _Length(0.4, 0.2, 0.2, 0.8),
    "discovery": _Length(31.0, 0.2, 25.0, 50.0),
    "demo": _Length(36.0, 0.2, 25.0, 50.0),
    "offer": _Length(15.0, 0.25, 9.0, 28.0),
    "negotiation": _Length(13.0, 0.3, 7.0, 25.0),
    "followup": _Length(8.0, 0.3, 5.0, 15.0),
    "won": _Length(4.0, 0.3, 2.0, 8.0),
    "lost": _Length(3.0, 0.3, 1.5, 6.0),
    "service": _Length(4.0, 0.3, 2.0, 9.0),
    "complaint": _Length(4.5, 0.3, 2.5, 9.0),
    "renewal": _Length(10.0, 0.3, 6.0, 18.0),
}


def planned_minutes(kind: Kind, rng: Random) -> float:
    """How long a call of a kind is meant to take; scripts that have too little to say end earlier."""
    length = _LENGTHS[kind]
    drawn = length.median * rng.lognormvariate(0, length.spread)
    return max(length.shortest, min(length.longest, drawn))
