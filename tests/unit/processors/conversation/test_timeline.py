"""Metrics of time, told as short conversations. Spans are written (side, start, end) in milliseconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from processors.conversation.timeline import Span, Timeline, TimelineTotals, measure

S: Literal["seller"] = "seller"
C: Literal["customer"] = "customer"
DATA = Path(__file__).parents[3] / "data"


def spans(*said: tuple[Literal["seller", "customer"], int, int]) -> list[Span]:
    return [Span(start, end, side, f"s{number}") for number, (side, start, end) in enumerate(said)]


def test_nothing_said_measures_nothing() -> None:
    assert measure([]) == TimelineTotals()
    assert Timeline().totals() == TimelineTotals()


def test_each_takes_a_turn() -> None:
    totals = measure(spans((S, 0, 2000), (C, 2500, 4000), (S, 4700, 6000)))
    assert (totals.talk_seller_ms, totals.talk_customer_ms) == (3300, 1500)
    assert totals.switches == 2
    assert (totals.pauses, totals.pause_ms) == (1, 700)


def test_overlapping_segments_of_one_side_are_one_stretch() -> None:
    totals = measure(spans((S, 0, 2000), (S, 1000, 3000), (S, 3000, 4000)))
    assert totals.talk_seller_ms == 4000
    assert totals.switches == 0


def test_of_two_who_speak_at_the_very_same_time_the_customer_comes_first_however_the_speech_was_cut() -> None:
    in_one = measure(spans((S, 0, 250), (C, 0, 250)))
    with_an_empty_segment = measure(spans((S, 0, 0), (S, 0, 250), (C, 0, 250)))
    assert in_one == with_an_empty_segment
    assert in_one.longest_monologue_customer_ms == 250


def test_cross_talk_counts_for_both() -> None:
    totals = measure(spans((S, 0, 4000), (C, 2000, 6000)))
    assert (totals.talk_seller_ms, totals.talk_customer_ms) == (4000, 4000)


def test_a_backchannel_neither_starts_nor_ends_a_turn() -> None:
    totals = measure(spans((S, 0, 9000), (C, 3000, 3999), (S, 9500, 12_000)))
    assert totals.switches == 0
    assert totals.talk_customer_ms == 999
    assert totals.longest_monologue_seller_ms == 12_000
    assert totals.longest_monologue_customer_ms == 0


def test_a_second_inside_the_others_speech_is_a_turn() -> None:
    totals = measure(spans((S, 0, 9000), (C, 3000, 4000), (S, 9500, 12_000)))
    assert totals.switches == 2


def test_a_short_word_in_the_others_pause_is_a_turn() -> None:
    assert measure(spans((S, 0, 1000), (C, 1200, 1500), (S, 1700, 3000))).switches == 2


def test_a_backchannel_is_told_by_speech_that_comes_to_be_known_later() -> None:
    """The seller's interval reaches over the short word only through a segment that starts after it."""
    early = spans((S, 0, 5000), (C, 4800, 5200), (S, 4900, 9000))
    assert measure(early).switches == 0


def test_of_two_that_start_together_the_shorter_is_the_backchannel() -> None:
    assert measure(spans((S, 0, 500), (C, 0, 5000))).switches == 0


def test_a_negative_pause_counts_as_none() -> None:
    totals = measure(spans((C, 0, 5000), (S, 4000, 9000)))
    assert (totals.pauses, totals.pause_ms) == (1, 0)


@pytest.mark.parametrize(("start", "interruptions"), [(4500, 1), (4501, 0)])
def test_half_a_second_of_overlap_interrupts(start: int, interruptions: int) -> None:
    totals = measure(spans((C, 0, 5000), (S, start, 9000)))
    assert totals.interruptions_seller == interruptions
    assert totals.interruptions_customer == 0


def test_a_backchannel_does_not_interrupt() -> None:
    assert measure(spans((C, 0, 5000), (S, 1000, 1900))).interruptions_seller == 0


@pytest.mark.parametrize(("pause", "longest"), [(2000, 5000), (2001, 2000)])
def test_a_monologue_runs_through_pauses_of_two_seconds(pause: int, longest: int) -> None:
    totals = measure(spans((C, 0, 2000), (C, 2000 + pause, 3000 + pause)))
    assert totals.longest_monologue_customer_ms == longest


@pytest.mark.parametrize(("gap", "silence"), [(3000, 0), (3001, 3001)])
def test_silence_is_a_joint_gap_of_more_than_three_seconds(gap: int, silence: int) -> None:
    assert measure(spans((S, 1000, 2000), (C, 2000 + gap, 9000))).silence_ms == silence


def test_nobody_is_silent_while_somebody_speaks() -> None:
    assert measure(spans((S, 0, 20_000), (C, 1000, 3000), (C, 9000, 12_000))).silence_ms == 0


@pytest.mark.real_data(twin="test_a_call_of_our_own_has_the_truths_counted_by_hand")
def test_a_real_call_has_the_known_truths(shared_data: Path) -> None:
    """19 agent and 17 customer intervals with 34 changes of speaker, one of them a backchannel: 32 switches."""
    totals = measured(shared_data / "calls" / "example-call.json")
    assert (totals.talk_seller_ms, totals.talk_customer_ms) == (114_740, 64_211)
    assert totals.switches == 34 - 2
    assert totals.silence_ms == 0


def test_a_call_of_our_own_has_the_truths_counted_by_hand() -> None:
    """Three turns of the seller, two of the customer; "Mhm." within the customer's first is a backchannel."""
    totals = measured(DATA / "importers" / "transcribe.json")
    assert (totals.talk_seller_ms, totals.talk_customer_ms) == (3700 + 600 + 3200 + 2750, 4400 + 3750)
    assert totals.switches == 4
    assert (totals.pauses, totals.pause_ms) == (2, 500 + 450)
    assert totals.silence_ms == 0


def measured(path: Path) -> TimelineTotals:
    """What is measured of a call in the form of Amazon Transcribe."""
    sides: dict[str, Literal["seller", "customer"]] = {"AGENT": S, "CUSTOMER": C}
    return measure(
        Span(turn["BeginOffsetMillis"], turn["EndOffsetMillis"], sides[turn["ParticipantRole"]], turn["Id"])
        for turn in json.loads(path.read_text("utf-8"))["Transcript"]
    )


def test_taking_out_what_is_not_there_is_an_error() -> None:
    timeline = Timeline()
    timeline.add(Span(0, 1, S, "a"))
    with pytest.raises(KeyError):
        timeline.remove(Span(0, 2, S, "a"))


def test_the_weighted_score_is_of_spans_that_start_in_the_range() -> None:
    timeline = Timeline()
    for number in range(200):
        timeline.add(Span(number * 100, number * 100 + 50, C, f"s{number}", number))
    timeline.add(Span(10, 5000, S, "unscored"))
    assert timeline.weighted_score(0, 20_000) == (200 * 50, 50 * sum(range(200)))
    assert timeline.weighted_score(1000, 10_050) == (91 * 50, 50 * sum(range(10, 101)))
    assert timeline.weighted_score(20_000, 30_000) == (0, 0)
