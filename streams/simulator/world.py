"""A world of sellers and customers: everything in it follows from a seed, and it goes on for ever.

world = World.create(seed=7, now=now, days=60)
for at, event in world.history(end=now): ...       # the backlog
for at, event in world.history(start=now): ...     # what happens from now on, calls in progress among it
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from heapq import heapify, heappop, heappush, heapreplace
from itertools import count

from schemas.events import PeriodChanged
from streams.replay import TimedEvent
from streams.simulator.calendar import local_day, midnight, next_quarter, quarter_start
from streams.simulator.calls import Call
from streams.simulator.diary import WARM_UP, Batch, Diary, Setting, Spike
from streams.simulator.fashion import Fashion
from streams.simulator.people import Seller, hire
from streams.simulator.screenplay import load
from streams.simulator.trackers import TRACKERS

_QUARTERS_AHEAD = 8
_TARGET_A_SELLER = 1_300_000
"""Revenue a quarter that is asked of a seller, in DKK at density 1."""


class World:
    """What happens, when, and what it amounts to."""

    def __init__(self, setting: Setting, sellers: tuple[Seller, ...], now: datetime) -> None:
        self._setting, self._now = setting, now
        self.sellers = sellers

    @classmethod
    def create(
        cls,
        seed: int,
        now: datetime,
        days: int = 60,
        density: float = 1.0,
        *,
        currency: str = "DKK",
        always_open: bool = False,
        spike: Spike | None = None,
        length: float = 1.0,
    ) -> World:
        """A world whose calls are recorded from `days` before `now` on.

        Its CRM goes back to the start of the quarter in which recording began. Offices keep office hours; with
        `always_open` they stop doing so shortly before `now`, and several calls are in progress at any time.
        `density` 1 makes some 10,000 segments a working day. `length` below 1 makes calls shorter, for tests.
        """
        calls_begin = local_day(now - timedelta(days=days))
        setting = Setting(
            seed=seed,
            density=density,
            currency=currency,
            crm_begins=quarter_start(calls_begin),
            calls_begin=calls_begin,
            fashion=Fashion(seed, calls_begin),
            repertoires={"da": load("da"), "en": load("en")},
            never_closes_from=now - WARM_UP if always_open else None,
            spike=spike,
            length=length,
        )
        return cls(setting, hire(seed), now)

    @property
    def begins(self) -> datetime:
        """When the first event is sent."""
        return midnight(self._setting.crm_begins)

    def history(self, start: datetime | None = None, end: datetime | None = None) -> Iterator[TimedEvent]:
        """The events sent in [start, end), in the order in which they are sent; without `end`, for ever."""
        start = start or self.begins
        ready = [
            (self.begins, number, timed)
            for number, timed in enumerate(self._settings())
            if start <= self.begins
        ]
        numbers = count(len(ready))
        for batch in self._batches(start):
            while ready and ready[0][0] < batch.start:
                at, _, timed = heappop(ready)
                if end and at >= end:
                    return
                yield timed
            if end and batch.start >= end:
                break
            for timed in batch.events:
                if timed.at >= start:
                    heappush(ready, (timed.at, next(numbers), timed))
        while ready and (end is None or ready[0][0] < end):
            yield heappop(ready)[2]

    def calls(self, start: datetime | None = None, end: datetime | None = None) -> Iterator[Call]:
        """The calls that start in [start, end), in the order in which they start."""
        start = start or self.begins
        for batch in self._batches(start):
            if end and batch.start >= end:
                return
            if batch.call and batch.start >= start:
                yield batch.call

    def _batches(self, start: datetime) -> Iterator[Batch]:
        """The batches of all sellers in the order of their start, from early enough for events at `start` on."""
        opens = self._setting.never_closes_from
        # around the clock, when a call begins depends on those before it, so they are simulated from their beginning
        early = min(start, opens) if opens else start
        from_day = max(self._setting.crm_begins, local_day(early) - timedelta(days=1))
        diaries = [Diary(self._setting, seller).batches(from_day) for seller in self.sellers]
        heads = [
            (batch.start, number, batch, diary)
            for number, diary in enumerate(diaries)
            for batch in [next(diary)]
        ]
        heapify(heads)
        while True:
            _, number, batch, diary = heads[0]
            yield batch
            following = next(diary)
            heapreplace(heads, (following.start, number, following, diary))

    def _settings(self) -> Iterator[TimedEvent]:
        """Sellers, trackers, and the periods with their targets."""
        for seller in self.sellers:
            yield TimedEvent(self.begins, seller.event)
        for tracker in TRACKERS:
            yield TimedEvent(self.begins, tracker.event)
        starts_on = self._setting.crm_begins
        while starts_on <= next_quarter(local_day(self._now)) + timedelta(days=90 * _QUARTERS_AHEAD):
            for team in (None, *dict.fromkeys(seller.team for seller in self.sellers)):
                yield TimedEvent(self.begins, self._period(starts_on, team))
            starts_on = next_quarter(starts_on)

    def _target(self, team: str) -> int:
        manned = sum(seller.activity for seller in self.sellers if seller.team == team)
        return int(round(_TARGET_A_SELLER * manned * self._setting.density, -4))

    def _period(self, starts_on: date, team: str | None) -> PeriodChanged:
        name = f"{starts_on.year}-Q{(starts_on.month + 2) // 3}"
        teams = {seller.team for seller in self.sellers} if team is None else {team}
        target = sum(self._target(each) for each in teams)
        return PeriodChanged(
            period_id=f"{name}-{team}" if team else name,
            starts_on=starts_on,
            ends_on=next_quarter(starts_on) - timedelta(days=1),
            team=team,
            target_value=Decimal(target),
            currency=self._setting.currency,
        )
