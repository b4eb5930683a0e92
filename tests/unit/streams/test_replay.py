"""What is sent before the calls."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.events import PeriodChanged, SellerChanged, TrackerChanged
from streams.replay import settings_first
from streams.simulator import World

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_settings_come_before_the_calls_that_need_them_and_nothing_is_lost() -> None:
    whole = list(World.create(3, NOW, 0, 0.05).history(end=NOW))

    settings, rest = settings_first(whole)

    kinds = (SellerChanged, TrackerChanged, PeriodChanged)
    assert len(settings) > 40
    assert all(isinstance(timed.event, kinds) for timed in settings)
    assert settings + list(rest) == whole


def test_nothing_but_settings_leaves_no_rest() -> None:
    settings, rest = settings_first(World.create(3, NOW, 0, 0.05).history(end=NOW))
    only, nothing = settings_first(settings)

    assert (only, list(nothing)) == (settings, [])
    assert list(rest)
