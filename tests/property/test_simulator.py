"""Whatever the seed: a world's history can be cut anywhere, and the truth about a call is in its facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.events import CallSegment
from streams.simulator import Spike, World, facts
from tests.support import speech_oracle

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SEEDS = st.integers(0, 2**31)
NOWS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, now=NOWS, always_open=st.booleans(), cut=st.integers(-60, 60))
def test_a_history_cut_in_two_is_the_whole_history(
    seed: int, now: datetime, always_open: bool, cut: int
) -> None:
    spike = Spike("Syd", now + timedelta(minutes=1))
    world = World.create(seed, now, days=1, density=0.3, always_open=always_open, spike=spike, length=0.3)
    first, last = now - timedelta(hours=1), now + timedelta(hours=1)
    middle = now + timedelta(minutes=cut)
    whole = list(world.history(first, last))

    assert list(world.history(first, middle)) + list(world.history(middle, last)) == whole
    assert all(one.at <= other.at for one, other in pairwise(whole))
    assert all(first <= timed.at < last for timed in whole)


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, now=NOWS)
def test_what_was_planned_into_a_call_is_what_its_facts_say(seed: int, now: datetime) -> None:
    world = World.create(seed, now, days=1, density=0.3, always_open=True, length=0.3)
    for call in world.calls(now - timedelta(minutes=10), now + timedelta(minutes=5)):
        final = facts(event for _, event in call.events)
        segments = [fact for fact in final.values() if isinstance(fact, CallSegment)]
        assert call.truth.switches == speech_oracle.switches(segments)
        assert call.truth.silence_ms == speech_oracle.silence_ms(segments)
        for side in ("seller", "customer"):
            assert call.truth.talk_ms[side] == speech_oracle.talk_ms(segments, side)
            assert call.truth.interruptions[side] == speech_oracle.interruptions(segments, side)
