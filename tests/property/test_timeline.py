"""However spans come and go, a timeline's totals is that of the spans which are there, and what the definitions say."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.conversation.timeline import Span, Timeline, TimelineTotals, measure

Side = Literal["seller", "customer"]

# few distinct times, so that spans touch, nest and start together often
_times = st.integers(0, 60).map(lambda step: step * 250)
_lengths = st.sampled_from([0, 250, 500, 750, 1000, 2000, 5000])
_spans = st.lists(
    st.builds(
        lambda start, length, side, speech: (start, start + length, side, speech),
        _times,
        _lengths,
        st.sampled_from(["seller", "customer"]),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=120,
).map(
    lambda rows: [
        Span(start, end, side, f"s{number:03}", speech=speech)
        for number, (start, end, side, speech) in enumerate(rows)
    ]
)


@given(_spans, st.data())
@settings(max_examples=150, deadline=None)
def test_a_timeline_equals_measuring_what_is_in_it(spans: list[Span], data: st.DataObject) -> None:
    timeline, present = Timeline(), set[Span]()
    for span in data.draw(st.permutations(spans)):
        timeline.add(span)
        present.add(span)
        action = data.draw(st.sampled_from(["go on", "go on", "take out", "look"]))
        if action == "take out":
            gone = data.draw(st.sampled_from(sorted(present)))
            timeline.remove(gone)
            present.remove(gone)
        if action == "look":
            assert timeline.totals() == measure(present)
    assert timeline.totals() == measure(present)
    assert list(timeline) == sorted(present)
    assert timeline.end_ms == max((span.end_ms for span in present), default=0)


@given(_spans)
@settings(max_examples=300, deadline=None)
def test_the_tally_is_what_the_definitions_say(spans: list[Span]) -> None:
    assert measure(spans) == _by_the_book(spans)


def _by_the_book(spans: list[Span]) -> TimelineTotals:
    """Each definition of product.md written down by itself, in quadratic time."""
    intervals = sorted(
        (start, -end, side)
        for side in ("seller", "customer")
        for start, end in _union(
            (span.start_ms, span.end_ms) for span in spans if span.side == side and span.speech
        )
    )
    all_of = [(start, -minus_end, side) for start, minus_end, side in intervals]
    talk = {
        side: sum(end - start for start, end, of in all_of if of == side) for side in ("seller", "customer")
    }

    def is_backchannel(start: int, end: int, side: str, place: int) -> bool:
        return end - start < 1000 and any(
            other != side and before <= start and end <= after and index < place
            for index, (before, after, other) in enumerate(all_of)
        )

    turns = [row for place, row in enumerate(all_of) if not is_backchannel(*row, place)]
    pauses = [
        max(0, now[0] - before[1])
        for before, now in pairwise(turns)
        if (before[2], now[2]) == ("customer", "seller")
    ]
    interruptions = {"seller": 0, "customer": 0}
    for start, end, side in turns:
        if any(
            other != side and before < start and min(end, after) - start >= 500
            for before, after, other in all_of
        ):
            interruptions[side] += 1
    longest = {"seller": 0, "customer": 0}
    run: tuple[int, int, str] | None = None
    for start, end, side in turns:
        joins = run is not None and run[2] == side and start - run[1] <= 2000
        run = (run[0], end, side) if run is not None and joins else (start, end, side)
        longest[side] = max(longest[side], run[1] - run[0])
    together = _union((start, end) for start, end, _ in all_of)
    gaps = [now[0] - before[1] for before, now in pairwise(together)]
    return TimelineTotals(
        talk["seller"],
        talk["customer"],
        sum(before[2] != now[2] for before, now in pairwise(turns)),
        len(pauses),
        sum(pauses),
        interruptions["seller"],
        interruptions["customer"],
        sum(gap for gap in gaps if gap > 3000),
        longest["seller"],
        longest["customer"],
    )


def _union(intervals: object) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):  # type: ignore[call-overload]  # pairs of numbers
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
