"""Dialogue on the clock."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from streams.simulator.dialogue import Speech
from streams.simulator.people import Style
from streams.simulator.timing import MIN_TURN_MS, Recording, record

STYLE = Style(0.5, 0.5, 0.5, words_per_minute=150, pause_ms=600, interrupts=0.0, diligence=1.0)
LIVELY = Style(0.1, 0.1, 0.9, words_per_minute=150, pause_ms=300, interrupts=1.0, diligence=1.0)
LONG = " ".join(["This is a sentence that takes a while to say, as long ones do when people explain."] * 3)


def recorded(speeches: list[Speech], style: Style = STYLE, seed: int = 1) -> Recording:
    return record(speeches, "en", Random(seed), style)


def test_turns_follow_each_other_and_each_change_of_side_is_a_switch() -> None:
    recording = recorded(
        [Speech("seller", "Hi.", 0), Speech("customer", "Hello.", 0), Speech("seller", LONG, 0)]
    )

    assert recording.switches == 2
    sides = [
        stretch.side for stretch in recording.stretches if stretch.end_ms - stretch.start_ms >= MIN_TURN_MS
    ]
    assert sides[:3] == ["seller", "customer", "seller"]


def test_no_turn_is_as_short_as_a_backchannel() -> None:
    (stretch,) = recorded([Speech("customer", "No.", 0)]).stretches

    assert stretch.end_ms - stretch.start_ms == MIN_TURN_MS


def test_a_long_turn_is_cut_into_stretches_of_whole_sentences() -> None:
    stretches = [
        stretch for stretch in recorded([Speech("customer", LONG, 0)]).stretches if stretch.side == "customer"
    ]

    assert " ".join(stretch.text for stretch in stretches) == LONG
    assert all(stretch.text.endswith(".") for stretch in stretches)
    assert all(one.end_ms < other.start_ms for one, other in pairwise(stretches))


def test_who_waits_on_the_line_hears_nothing_for_a_while() -> None:
    recording = recorded([Speech("customer", "Yes.", 0), Speech("seller", "Here I am.", 0, after="wait")])

    first, second = recording.stretches
    assert recording.silence_ms == second.start_ms - first.end_ms >= 12_000


@pytest.mark.parametrize("seed", range(20))
def test_who_interrupts_starts_early_and_the_other_does_not_finish(seed: int) -> None:
    recording = recorded([Speech("customer", LONG, 0), Speech("seller", LONG, 0)], LIVELY, seed)

    assert recording.interruptions == {"seller": 1, "customer": 0}
    last_of_customer = [
        stretch
        for stretch in recording.stretches
        if stretch.side == "customer" and stretch.text.endswith("–")
    ]
    assert len(last_of_customer) == 1
    overlap = last_of_customer[0].end_ms - next(
        stretch.start_ms
        for stretch in recording.stretches
        if stretch.side == "seller" and stretch.text.startswith("This")
    )
    assert 550 <= overlap <= 1_400
