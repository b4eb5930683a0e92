"""Metrics of time: who speaks, for how long, who takes over from whom.

The definitions are product.md's section 3. They are evaluated by one left-to-right scan over the spans of speech in
order of their start. `Timeline` keeps the spans in blocks and remembers the scan's state at the edge of each, so that
adding a span re-scans its block and goes on only until the state is again what it was: the cost of a span that arrives
in order does not grow with the call, and a late one costs little more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

Side = Literal["seller", "customer"]

BACKCHANNEL_MS = 1_000
"""Shorter than this and inside the other's speech: a backchannel, which neither starts nor ends a turn."""
INTERRUPTION_MS = 500
"""Who starts while the other speaks and overlaps at least this long interrupts."""
MONOLOGUE_PAUSE_MS = 2_000
"""A pause up to this long belongs to a monologue."""
SILENCE_MS = 3_000
"""A joint gap longer than this is silence."""

_BLOCK = 32
"""Spans a block holds before it is split in two."""


class Span(NamedTuple):
    """One segment's place in time; milliseconds since the call's start. Spans sort by start, then end."""

    start_ms: int
    end_ms: int
    side: Side
    segment_id: str
    score: int | None = None
    """What `Timeline.weighted_score` averages; None takes no part in it."""
    speech: bool = True
    """Whether anything is said; a span without speech is of no turn, and only its end counts."""


class SpeechInterval(NamedTuple):
    """Speech of one side without a break: that side's overlapping or touching spans, merged."""

    start_ms: int
    end_ms: int
    side: Side


class TimelineTotals(NamedTuple):
    """What a scan found. Times in milliseconds; sums add up over consecutive scans, longest ones by maximum."""

    talk_seller_ms: int = 0
    talk_customer_ms: int = 0
    switches: int = 0
    pauses: int = 0
    pause_ms: int = 0
    interruptions_seller: int = 0
    interruptions_customer: int = 0
    silence_ms: int = 0
    longest_monologue_seller_ms: int = 0
    longest_monologue_customer_ms: int = 0


_SUMS = 8
"""How many of a totals's fields add up; the rest are maxima."""


class _State(NamedTuple):
    """All that the rest of a scan needs to know of what lies to its left."""

    pending: tuple[SpeechInterval, ...] = ()
    """Intervals that a later span may still lengthen, or that wait behind such a one; by start."""
    last_seller: SpeechInterval | None = None
    last_customer: SpeechInterval | None = None
    turn: Side | None = None
    turn_end_ms: int = 0
    """End of the last interval of the turn."""
    run_start_ms: int = 0
    """Start of the monologue that the turn's last interval belongs to."""
    spoken_until_ms: int | None = None
    """Latest end of any speech so far."""


def measure(spans: Iterable[Span]) -> TimelineTotals:
    """The totals of a whole call at once; spans in any order."""
    state, totals = _scan(_State(), sorted(spans))
    return _added(totals, _finish(state))


def _scan(state: _State, spans: Sequence[Span]) -> tuple[_State, TimelineTotals]:
    """Read spans, sorted, from a state on."""
    pending = list(state.pending)
    fold = _TurnFold(state)
    for start, end, side, _, _, speech in spans:
        if not speech:
            continue
        while pending and _is_settled(pending, start):
            fold.add(_pop_first(pending))
        for place in range(len(pending) - 1, -1, -1):
            if pending[place].side == side:
                if start <= pending[place].end_ms:
                    if end > pending[place].end_ms:
                        pending[place] = SpeechInterval(pending[place].start_ms, end, side)
                    break
                pending.append(SpeechInterval(start, end, side))
                break
        else:
            pending.append(SpeechInterval(start, end, side))
    return fold.state(tuple(pending)), fold.totals()


def _finish(state: _State) -> TimelineTotals:
    """What the intervals amount to that were still open when the spans ended."""
    pending = list(state.pending)
    fold = _TurnFold(state)
    while pending:
        fold.add(_pop_first(pending))
    return fold.totals()


def _is_settled(pending: list[SpeechInterval], now_ms: int) -> bool:
    """Whether no span from `now_ms` on can change the first interval, or which one is first."""
    first = pending[0]
    return first.end_ms < now_ms and all(
        other.end_ms < now_ms for other in pending[1:] if other.start_ms == first.start_ms
    )


def _pop_first(pending: list[SpeechInterval]) -> SpeechInterval:
    """The earliest interval; of two that start together the longer one, since the shorter lies inside it.

    Of two that end together as well the customer's, in whatever order they grew to that length.
    """
    second = len(pending) > 1 and _order(pending[1]) < _order(pending[0])
    return pending.pop(second)


def _order(interval: SpeechInterval) -> tuple[int, int, Side]:
    return interval.start_ms, -interval.end_ms, interval.side


class _TurnFold:
    """Takes intervals in order of their start and keeps the totals."""

    __slots__ = (
        "_interruptions", "_last", "_longest", "_pause_ms", "_pauses", "_run_start", "_silence_ms", "_spoken_until",
        "_switches", "_talk", "_turn", "_turn_end",
    )  # fmt: skip

    def __init__(self, state: _State) -> None:
        self._last: dict[Side, SpeechInterval | None] = {
            "seller": state.last_seller,
            "customer": state.last_customer,
        }
        self._turn = state.turn
        self._turn_end = state.turn_end_ms
        self._run_start = state.run_start_ms
        self._spoken_until = state.spoken_until_ms
        self._talk: dict[Side, int] = {"seller": 0, "customer": 0}
        self._interruptions: dict[Side, int] = {"seller": 0, "customer": 0}
        self._longest: dict[Side, int] = {"seller": 0, "customer": 0}
        self._switches = self._pauses = self._pause_ms = self._silence_ms = 0

    def add(self, interval: SpeechInterval) -> None:
        start, end, side = interval
        other = self._last["customer" if side == "seller" else "seller"]
        self._last[side] = interval
        self._talk[side] += end - start
        if self._spoken_until is None:
            self._spoken_until = end
        else:
            if start - self._spoken_until > SILENCE_MS:
                self._silence_ms += start - self._spoken_until
            if end > self._spoken_until:
                self._spoken_until = end
        if other is not None:
            if end - start < BACKCHANNEL_MS and end <= other.end_ms:
                return
            if other.start_ms < start and min(end, other.end_ms) - start >= INTERRUPTION_MS:
                self._interruptions[side] += 1
        if side != self._turn:
            if self._turn is not None:
                self._switches += 1
                if side == "seller":
                    self._pauses += 1
                    self._pause_ms += max(0, start - self._turn_end)
            self._turn = side
            self._run_start = start
        elif start - self._turn_end > MONOLOGUE_PAUSE_MS:
            self._run_start = start
        self._turn_end = end
        self._longest[side] = max(self._longest[side], end - self._run_start)

    def state(self, pending: tuple[SpeechInterval, ...]) -> _State:
        return _State(
            pending,
            self._last["seller"],
            self._last["customer"],
            self._turn,
            self._turn_end,
            self._run_start,
            self._spoken_until,
        )

    def totals(self) -> TimelineTotals:
        return TimelineTotals(
            self._talk["seller"],
            self._talk["customer"],
            self._switches,
            self._pauses,
            self._pause_ms,
            self._interruptions["seller"],
            self._interruptions["customer"],
            self._silence_ms,
            self._longest["seller"],
            self._longest["customer"],
        )


def _added(one: TimelineTotals, two: TimelineTotals) -> TimelineTotals:
    sums = (a + b for a, b in zip(one[:_SUMS], two[:_SUMS], strict=True))
    maxima = (max(a, b) for a, b in zip(one[_SUMS:], two[_SUMS:], strict=True))
    return TimelineTotals._make((*sums, *maxima))


class _Block:
    """Consecutive spans, the state in which the scan enters them and leaves them, and what it finds in them."""

    __slots__ = ("_weighted_score", "entry", "exit", "spans", "stale", "totals")

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self.entry = _State()
        self.exit = _State()
        self.totals = TimelineTotals()
        self.stale = True
        self._weighted_score: tuple[int, int] | None = None

    def changed(self) -> None:
        """Forget what was known of the spans."""
        self.stale = True
        self._weighted_score = None

    def first(self) -> Span:
        return self.spans[0]

    def weighted_score(self) -> tuple[int, int]:
        """Total milliseconds of the scored spans, and the sum of milliseconds times score."""
        if self._weighted_score is None:
            self._weighted_score = _weighted_score(self.spans)
        return self._weighted_score


def _weighted_score(spans: Iterable[Span]) -> tuple[int, int]:
    weight = weighted = 0
    for span in spans:
        if span.score is not None:
            duration = span.end_ms - span.start_ms
            weight += duration
            weighted += duration * span.score
    return weight, weighted


class Timeline:
    """The spans of one call, kept in order, and their totals, kept up to date."""

    __slots__ = ("_blocks", "_end_ms", "_first_stale", "_sums")

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._sums = [0] * _SUMS
        self._first_stale: int | None = None
        self._end_ms: int | None = 0

    def add(self, span: Span) -> None:
        """Put a span in its place."""
        if self._end_ms is not None:
            self._end_ms = max(self._end_ms, span.end_ms)
        if not self._blocks:
            self._blocks.append(_Block([]))
        place = self._place(span) if self._blocks[0].spans else 0
        block = self._blocks[place]
        insort(block.spans, span)
        self._mark_stale(place)
        if len(block.spans) > _BLOCK:
            self._split(place)

    def remove(self, span: Span) -> None:
        """Take a span out. Raises KeyError when it is not there."""
        place = self._place(span)
        spans = self._blocks[place].spans if self._blocks else []
        index = bisect_left(spans, span)
        if index == len(spans) or spans[index] != span:
            raise KeyError(span)
        del spans[index]
        self._end_ms = None if span.end_ms == self._end_ms else self._end_ms
        self._mark_stale(place)
        if not spans:
            self._drop(place)

    @property
    def end_ms(self) -> int:
        """The latest end of any span, 0 without one."""
        if self._end_ms is None:
            self._end_ms = max((span.end_ms for span in self), default=0)
        return self._end_ms

    def __iter__(self) -> Iterator[Span]:
        """All spans in order."""
        for block in self._blocks:
            yield from block.spans

    def totals(self) -> TimelineTotals:
        """The totals of all spans; equal to `measure` of them, whatever was added or removed in whatever order."""
        self._refresh()
        if not self._blocks:
            return TimelineTotals()
        rest = _finish(self._blocks[-1].exit)
        longest_seller = max(block.totals.longest_monologue_seller_ms for block in self._blocks)
        longest_customer = max(block.totals.longest_monologue_customer_ms for block in self._blocks)
        return _added(TimelineTotals._make((*self._sums, longest_seller, longest_customer)), rest)

    def weighted_score(self, from_ms: int, to_ms: int) -> tuple[int, int]:
        """Of the scored spans that start in [from_ms, to_ms): total milliseconds, sum of milliseconds times score."""
        weight = weighted = 0
        for block in self._blocks:
            first, last = block.spans[0].start_ms, block.spans[-1].start_ms
            if last < from_ms:
                continue
            if first >= to_ms:
                break
            if from_ms <= first and last < to_ms:
                part = block.weighted_score()
            else:
                part = _weighted_score(span for span in block.spans if from_ms <= span.start_ms < to_ms)
            weight += part[0]
            weighted += part[1]
        return weight, weighted

    def _place(self, span: Span) -> int:
        """The block that a span belongs to: for one that arrives in order, the last."""
        if self._blocks and span >= self._blocks[-1].first():
            return len(self._blocks) - 1
        return max(0, bisect_right(self._blocks, span, key=_Block.first) - 1)

    def _mark_stale(self, place: int) -> None:
        self._blocks[place].changed()
        self._first_stale = place if self._first_stale is None else min(self._first_stale, place)

    def _split(self, place: int) -> None:
        block = self._blocks[place]
        half = len(block.spans) // 2
        self._blocks.insert(place + 1, _Block(block.spans[half:]))
        del block.spans[half:]
        block.changed()

    def _drop(self, place: int) -> None:
        """Remove an empty block; whoever stands behind it is entered in another state now."""
        self._forget(self._blocks.pop(place).totals)
        if place < len(self._blocks):
            self._mark_stale(place)
        elif self._first_stale is not None and self._first_stale >= len(self._blocks):
            self._first_stale = None

    def _forget(self, totals: TimelineTotals) -> None:
        for index in range(_SUMS):
            self._sums[index] -= totals[index]

    def _refresh(self) -> None:
        """Scan the stale blocks, and those behind them for as long as they are entered in another state."""
        if self._first_stale is None:
            return
        state = self._blocks[self._first_stale - 1].exit if self._first_stale else _State()
        for place in range(self._first_stale, len(self._blocks)):
            block = self._blocks[place]
            if block.stale or block.entry != state:
                self._forget(block.totals)
                block.entry = state
                block.exit, block.totals = _scan(state, block.spans)
                block.stale = False
                for index in range(_SUMS):
                    self._sums[index] += block.totals[index]
            state = block.exit
        self._first_stale = None
