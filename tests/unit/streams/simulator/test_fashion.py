"""What is talked about when."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from streams.simulator.fashion import Fashion
from streams.simulator.trackers import COMPETITORS

BEGINS = date(2026, 9, 25)


def test_popularity_moves_over_the_weeks_but_nothing_dies_or_takes_over() -> None:
    fashion = Fashion(3, BEGINS)
    levels = [fashion.popularity("toner", BEGINS + timedelta(days=day)) for day in range(0, 1_000, 5)]

    assert max(levels) > 1.3 * min(levels)
    assert min(levels) > 0
    assert max(levels) < 20


def test_few_brands_are_known_at_first_and_more_with_time() -> None:
    fashion, rng = Fashion(3, BEGINS), Random(1)

    def heard(day: date) -> set[str]:
        return {fashion.brand(rng, day) for _ in range(500)}

    early, late = heard(BEGINS), heard(BEGINS + timedelta(days=60))
    assert len(early) == 6
    assert early < late
    assert len(late) == 16


def test_every_competitor_is_met_some_more_often_than_others() -> None:
    fashion, rng = Fashion(3, BEGINS), Random(1)
    met = Counter(fashion.competitor(rng, BEGINS).name for _ in range(2_000))

    assert len(met) == len(COMPETITORS)
    assert max(met.values()) > 1.5 * min(met.values())
