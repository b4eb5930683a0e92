"""What is talked about when: topics come and go over the weeks, competitors gain and lose, new brands appear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, pi, sin
from random import Random

from streams.simulator.calendar import quarter_start
from streams.simulator.catalogue import BRANDS
from streams.simulator.trackers import COMPETITORS, Tracker

_KNOWN_FROM_THE_START = 6
_DAYS_BETWEEN_BRANDS = 6
_QUARTER_DAYS = 91
_MOVE = 3.0
"""How many times its usual demand a competitor gains or loses within a quarter."""
_EMPHASIS = {"competitor": 2.2, "brand": 1.6, "budget": 0.5, "scanner": 0.6}


@dataclass(frozen=True, slots=True)
class _Wave:
    """Popularity that swings and drifts."""

    base: float
    swing: float
    period_days: float
    phase: float
    drift_a_week: float

    def at(self, days: float) -> float:
        swing = 1 + self.swing * sin(2 * pi * (days / self.period_days + self.phase))
        # the drift saturates: nothing takes over, nothing dies out
        drift = exp(max(-1.2, min(1.2, self.drift_a_week * days / 7)))
        return self.base * swing * drift


@dataclass(frozen=True)
class Fashion:
    """The fashions of one world; all of it follows from the seed. Each quarter one competitor rises and one falls."""

    seed: int
    begins: date
    _waves: dict[str, _Wave] = field(default_factory=dict)

    def popularity(self, name: str, day: date) -> float:
        """How much a name is in demand on a day; about 1 on average, never 0."""
        wave = self._waves.get(name)
        if wave is None:
            rng = Random(f"{self.seed}/fashion/{name}")
            wave = self._waves[name] = _Wave(
                base=rng.uniform(0.6, 1.5) * _EMPHASIS.get(name, 1.0),
                swing=rng.uniform(0.1, 0.6),
                period_days=rng.uniform(25, 90),
                phase=rng.random(),
                drift_a_week=rng.gauss(0, 0.08),
            )
        return wave.at((day - self.begins).days)

    def competitor(self, rng: Random, day: date) -> Tracker:
        """A competitor that a customer may have talked to."""
        rising, falling = self._movers(day)
        so_far = (day - quarter_start(day)).days / _QUARTER_DAYS
        weights = []
        for tracker in COMPETITORS:
            turn = so_far if tracker is rising else 1 - so_far if tracker is falling else None
            weight = self.popularity(tracker.tracker_id, day)
            weights.append(weight if turn is None else weight * (0.4 + _MOVE * turn))
        return rng.choices(COMPETITORS, weights)[0]

    def _movers(self, day: date) -> Sequence[Tracker]:
        return Random(f"{self.seed}/movers/{quarter_start(day)}").sample(COMPETITORS, 2)

    def brand(self, rng: Random, day: date) -> str:
        """A brand that a customer may use: one of those that have appeared by then, the newest ones most."""
        order = Random(f"{self.seed}/brands").sample(BRANDS, len(BRANDS))
        known = _KNOWN_FROM_THE_START + max(0, (day - self.begins) // timedelta(days=_DAYS_BETWEEN_BRANDS))
        names = order[:known]
        weights = [
            self.popularity(name, day) * (2.0 if known - at <= 2 else 1.0) for at, name in enumerate(names)
        ]
        return rng.choices(names, weights)[0]
