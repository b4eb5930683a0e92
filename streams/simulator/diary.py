"""A seller's days: finds time for the calls of their deals and for those that just come in, one call at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

from schemas.events import ActivityLogged, OpportunityChanged
from streams.replay import TimedEvent
from streams.simulator.briefs import CallBrief, Kind
from streams.simulator.calendar import local_day, midnight, office_time, workload
from streams.simulator.calls import Call, make_call
from streams.simulator.catalogue import PRODUCTS, Customer, Product, SpokenLanguage, make_customer
from streams.simulator.deals import (
    LONGEST_LIFE_DAYS,
    Deal,
    PlannedActivity,
    PlannedCall,
    Standing,
    Step,
    draw_count,
    draw_language,
    plan_deal,
)
from streams.simulator.dialogue import FURIOUS, Mood
from streams.simulator.fashion import Fashion
from streams.simulator.lengths import planned_minutes
from streams.simulator.people import SPECIALISTS, Seller
from streams.simulator.screenplay import Repertoire

_DEALS_A_DAY = 0.7
_OTHER_CALLS_A_DAY = 7.5
_OTHER_KINDS: Mapping[Kind, float] = {
    "cold": 0.36,
    "voicemail": 0.22,
    "wrong_number": 0.02,
    "service": 0.25,
    "complaint": 0.07,
    "renewal": 0.08,
}
_DEAL_KINDS: Mapping[Kind, float] = {
    "discovery": 0.3,
    "demo": 0.13,
    "offer": 0.23,
    "followup": 0.17,
    "negotiation": 0.17,
}
_DEAL_CALLS = 0.27
"""The share of a day's calls that belong to an open deal, and above of which kind: as it comes out in office hours."""
_MISTYPED_VALUE = 0.01
WARM_UP = timedelta(minutes=75)
"""Long enough for calls of any length to be in progress after it."""
_IDLE_MINUTES = (1.0, 16.0)
"""Between two calls of a busy hour."""
_WITH_COLLEAGUE: Mapping[Kind, float] = {"demo": 0.6, "discovery": 0.3, "offer": 0.3, "negotiation": 0.4}
_WITH_SPECIALIST = 0.4
_IDLE_SECONDS_IN_SPIKE = (4, 15)
_BREATH = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Spike:
    """Some minutes in which nothing works for the customers of one team, and they say so."""

    team: str
    starts_at: datetime
    lasts: timedelta = timedelta(minutes=6)

    def covers(self, moment: datetime) -> bool:
        """Whether the team's customers are angry at a moment."""
        return self.starts_at <= moment < self.starts_at + self.lasts


@dataclass(frozen=True, slots=True)
class Setting:
    """What the diaries of a world share."""

    seed: int
    density: float
    currency: str
    crm_begins: date
    calls_begin: date
    fashion: Fashion
    repertoires: Mapping[SpokenLanguage, Repertoire]
    never_closes_from: datetime | None
    """From when on every hour of the clock is a busy hour of the office; None for never."""
    spike: Spike | None
    length: float
    """How long calls are beside true ones; at a tenth and below they are as long as their scripts alone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of which none is sent before `start`; batches of a diary come in the order of `start`."""

    start: datetime
    events: tuple[TimedEvent, ...]
    call: Call | None = None


class Diary:
    """The days of one seller, each a function of the seed alone as long as offices close at night."""

    def __init__(self, setting: Setting, seller: Seller) -> None:
        self._setting, self._seller = setting, seller
        self._spike = setting.spike if setting.spike and setting.spike.team == seller.team else None

    def deals_opened(self, day: date) -> list[Deal]:
        """The deals that the seller opens on a day."""
        setting, seller = self._setting, self._seller
        growth = exp(max(-0.2, min(0.25, 0.0015 * (day - setting.calls_begin).days)))
        mean = _DEALS_A_DAY * setting.density * seller.activity * workload(day) * growth
        rng = self._rng(f"deals/{day}")
        return [
            plan_deal(f"opp-{seller.seller_id[-2:]}-{day:%y%m%d}-{number}", seller, day, setting.fashion, rng)
            for number in range(1, draw_count(rng, mean) + 1)
        ]

    def batches(self, from_day: date) -> Iterator[Batch]:
        """All that the seller does from a day on, for ever."""
        setting = self._setting
        agenda: dict[date, list[tuple[Deal, Step]]] = defaultdict(list)
        open_deals: dict[str, Deal] = {}
        imported: list[TimedEvent] = []
        free_at = midnight(from_day)
        day = min(from_day, setting.crm_begins) - timedelta(days=LONGEST_LIFE_DAYS)
        while True:
            for deal in self.deals_opened(day):
                if deal.closes.day >= setting.crm_begins:
                    open_deals[deal.opportunity_id] = deal
                    for step in deal.steps:
                        agenda[step.day].append((deal, step))
            today = agenda.pop(day, [])
            if day < setting.crm_begins:
                imported += self._unrecorded(day, today)
            elif day >= from_day:
                if day == setting.crm_begins:
                    opening = midnight(day)
                    yield Batch(opening, tuple(TimedEvent(opening, event) for _, event in imported))
                for batch in self._day(day, today, open_deals, free_at):
                    if batch.call:
                        free_at = batch.call.ends_at
                    yield batch
            for deal, step in today:
                if step is deal.closes:
                    del open_deals[deal.opportunity_id]
            day += timedelta(days=1)

    def _rng(self, purpose: str) -> Random:
        return Random(f"{self._setting.seed}/{self._seller.seller_id}/{purpose}")

    def _day(
        self, day: date, today: list[tuple[Deal, Step]], open_deals: Mapping[str, Deal], free_at: datetime
    ) -> Iterator[Batch]:
        if day < self._setting.calls_begin:
            yield Batch(midnight(day), tuple(self._unrecorded(day, today)))
            return
        with_calls = [(deal, step) for deal, step in today if step.call]
        without = [(deal, step) for deal, step in today if not step.call]
        yield Batch(midnight(day), tuple(self._unrecorded(day, without)))

        rng = self._rng(f"day/{day}")
        mean = _OTHER_CALLS_A_DAY * self._setting.density * self._seller.activity * workload(day)
        planned: list[tuple[Deal, Step] | None] = [*with_calls, *[None] * draw_count(rng, mean)]
        rng.shuffle(planned)
        starts = sorted(office_time(rng, day) for _ in planned)
        deals = list(open_deals.values())
        for start, plan in zip(starts, planned, strict=True):
            for batch in self._around_the_clock(free_at, start, deals):
                free_at = batch.start if batch.call is None else batch.call.ends_at
                yield batch
            start = max(start, free_at + timedelta(seconds=rng.randint(40, 400)))
            batch = self._deal_call(start, *plan) if plan else self._other_call(start, rng)
            if batch.call:
                free_at = batch.call.ends_at
            yield batch
        yield from self._around_the_clock(free_at, midnight(day + timedelta(days=1)), deals, may_overrun=True)

    def _deal_call(self, start: datetime, deal: Deal, step: Step) -> Batch:
        assert step.call
        call = self._call(start, deal.customer, step.call, deal.product, deal)
        rng = self._rng(f"after/{call.brief.call_id}")
        changed_at = call.ends_at + timedelta(seconds=rng.randint(60, 900))
        events = (
            *call.events,
            *(self._change(deal, step.standing, changed_at, rng) if step.standing else ()),
        )
        return Batch(start, events, call)

    def _other_call(self, start: datetime, rng: Random) -> Batch:
        kind = rng.choices(tuple(_OTHER_KINDS), tuple(_OTHER_KINDS.values()))[0]
        return self._loose_call(start, kind, rng)

    def _loose_call(self, start: datetime, kind: Kind, rng: Random) -> Batch:
        """A call that belongs to no deal."""
        customer = make_customer(rng, draw_language(rng, self._seller))
        product = rng.choices(PRODUCTS, [product.share for product in PRODUCTS])[0]
        lift = 0.5 * (self._seller.style.skill - 0.5)
        if kind == "complaint":
            # a customer who complains begins angry; a good seller calms them down, no more
            calmed = rng.random() < 0.2 + 0.5 * self._seller.style.skill
            mood = Mood(-0.75 + 0.5 * lift, "warming" if calmed else "steady")
        else:
            mood = Mood(0.1 + lift + rng.gauss(0, 0.3), "steady" if rng.random() < 0.7 else "warming")
        outbound = kind in ("cold", "renewal", "voicemail", "wrong_number")
        planned = PlannedCall(kind, mood, "outbound" if outbound else "inbound", "phone")
        call = self._call(start, customer, planned, product)
        return Batch(start, call.events, call)

    def _call(
        self,
        start: datetime,
        customer: Customer,
        planned: PlannedCall,
        product: Product,
        deal: Deal | None = None,
    ) -> Call:
        start = start.replace(microsecond=start.microsecond // 1000 * 1000)
        call_id = f"call-{self._seller.seller_id[-2:]}-{start:%y%m%d-%H%M%S}"
        setting, rng = self._setting, self._rng(f"call/{call_id}")
        brief = CallBrief(
            call_id=call_id,
            seller=self._seller,
            customer=customer,
            kind=planned.kind,
            product=product,
            started_at=start,
            mood=planned.mood,
            direction=planned.direction,
            channel=planned.channel,
            opportunity_id=deal.opportunity_id if deal else None,
            minutes=planned_minutes(planned.kind, rng) * setting.length,
            rival=deal.rival if deal else None,
            threat=planned.threat,
            colleague=customer.colleague if rng.random() < _WITH_COLLEAGUE.get(planned.kind, 0) else None,
            specialist=self._specialist(customer.language, planned.kind, rng),
        )
        return make_call(
            brief, setting.repertoires[customer.language], setting.fashion, rng, self._mood(brief)
        )

    def _specialist(self, language: SpokenLanguage, kind: Kind, rng: Random) -> str | None:
        if kind != "demo" or rng.random() > _WITH_SPECIALIST:
            return None
        return rng.choice(SPECIALISTS[language])

    def _mood(self, brief: CallBrief) -> Callable[[float], float]:
        def mood(progress: float) -> float:
            if self._is_spiked(brief.started_at + progress * timedelta(minutes=brief.minutes)):
                return FURIOUS
            return brief.mood.at(progress)

        return mood

    def _is_spiked(self, moment: datetime) -> bool:
        return self._spike is not None and self._spike.covers(moment)

    def _around_the_clock(
        self, free_at: datetime, until: datetime, deals: list[Deal], *, may_overrun: bool = False
    ) -> Iterator[Batch]:
        """Calls that fill the time until the next planned one, once offices never close."""
        opens = self._setting.never_closes_from
        if opens is None or until <= opens:
            return
        free_at = max(free_at, opens)
        while True:
            rng = self._rng(f"extra/{free_at.isoformat()}")
            spiked = self._is_spiked(free_at + _BREATH)
            idle = rng.uniform(*_IDLE_SECONDS_IN_SPIKE) if spiked else self._idle_seconds(rng)
            # nobody begins at one moment: at the opening some are in the middle of a pause
            start = free_at + timedelta(seconds=idle * rng.random() if free_at == opens else idle)
            if self._spike and free_at < self._spike.starts_at < start:
                # who waits for a call gets one as soon as nothing works
                spiked = True
                start = self._spike.starts_at + timedelta(seconds=rng.uniform(*_IDLE_SECONDS_IN_SPIKE))
            if start >= until:
                return
            batch = self._extra_call(start, rng, deals, spiked)
            assert batch.call
            if not (may_overrun or spiked) and batch.call.ends_at + _BREATH > until:
                return
            free_at = batch.call.ends_at
            yield batch

    def _idle_seconds(self, rng: Random) -> float:
        return 60 * rng.uniform(*_IDLE_MINUTES) / self._seller.activity

    def _extra_call(self, start: datetime, rng: Random, deals: list[Deal], spiked: bool) -> Batch:
        if spiked:
            return self._loose_call(start, "complaint", rng)
        if deals and rng.random() < _DEAL_CALLS:
            deal = rng.choice(deals)
            kind = rng.choices(tuple(_DEAL_KINDS), tuple(_DEAL_KINDS.values()))[0]
            planned = PlannedCall(kind, Mood(deal.tone + rng.gauss(0, 0.2), "steady"), "outbound", "phone")
            call = self._call(start, deal.customer, planned, deal.product, deal)
            return Batch(start, call.events, call)
        return self._other_call(start, rng)

    def _unrecorded(self, day: date, today: list[tuple[Deal, Step]]) -> Iterator[TimedEvent]:
        """What the CRM learns on a day apart from recorded calls; a call that nobody recorded is an activity."""
        rng = self._rng(f"crm/{day}")
        for number, (deal, step) in enumerate(today):
            at = office_time(rng, day)
            activity_id = f"act-{deal.opportunity_id}-{day:%y%m%d}-{number}"
            for activity in step.activities:
                yield self._activity(activity_id, deal, at, activity)
            if step.call:
                yield self._activity(activity_id, deal, at, PlannedActivity("phone", rng.randint(4, 9), True))
            if step.standing:
                yield from self._change(deal, step.standing, at + timedelta(minutes=10), rng)

    def _activity(self, activity_id: str, deal: Deal, at: datetime, activity: PlannedActivity) -> TimedEvent:
        logged = ActivityLogged(
            activity_id=activity_id,
            seller_id=self._seller.seller_id,
            opportunity_id=deal.opportunity_id,
            kind=activity.kind,
            started_at=at,
            duration_minutes=activity.minutes,
            with_customer=activity.with_customer,
        )
        return TimedEvent(at + timedelta(minutes=activity.minutes), logged)

    def _change(self, deal: Deal, standing: Standing, at: datetime, rng: Random) -> Iterator[TimedEvent]:
        at = at.replace(microsecond=0)
        change = OpportunityChanged(
            opportunity_id=deal.opportunity_id,
            seller_id=self._seller.seller_id,
            customer_id=deal.customer.customer_id,
            name=deal.name,
            stage=standing.stage,
            state=standing.state,
            estimated_value=standing.estimated_value,
            actual_value=standing.actual_value,
            currency=self._setting.currency,
            win_probability=standing.win_probability,
            estimated_close_on=standing.estimated_close_on,
            closed_on=None if standing.state == "open" else local_day(at),
            changed_at=at,
        )
        if rng.random() < _MISTYPED_VALUE:
            mistyped = change.model_copy(update={"estimated_value": standing.estimated_value * Decimal(10)})
            yield TimedEvent(at, mistyped)
            yield TimedEvent(
                at + timedelta(minutes=rng.randint(2, 30)), change.model_copy(update={"revision": 2})
            )
        else:
            yield TimedEvent(at, change)
