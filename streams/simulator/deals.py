"""Deals from the first call to the last: stages, slips, activities, and an outcome that follows what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import exp
from random import Random

from schemas.events import ActivityKind, Channel, DealState, Direction
from streams.simulator.briefs import Kind, Threat
from streams.simulator.calendar import working_day
from streams.simulator.catalogue import PRODUCTS, Customer, Product, SpokenLanguage, make_customer
from streams.simulator.dialogue import Arc, Mood
from streams.simulator.fashion import Fashion
from streams.simulator.people import Seller

_HAS_RIVAL = 0.4
_THREATENED_FROM = 2
"""The stage from which on customers talk about what may cost a deal: a competitor that comes up late is a bad sign."""
_THREAT_COOLS = 0.18
LONGEST_LIFE_DAYS = 130
"""No deal lives longer, from its first step to its last."""
_LONGEST_LIFE_WORKING_DAYS = 75

_PROBABILITIES = (0.1, 0.3, 0.5, 0.75)
"""The win probability that the CRM puts on each stage."""
_STAGES: dict[SpokenLanguage, tuple[str, str, str, str]] = {
    "da": ("Kvalificering", "Behovsafklaring", "Tilbud", "Forhandling"),
    "en": ("Qualification", "Discovery", "Proposal", "Negotiation"),
}
"""Stages of the sales process, as teams of a language call them."""
_OUTCOMES: dict[SpokenLanguage, tuple[str, str]] = {"da": ("Vundet", "Tabt"), "en": ("Won", "Lost")}
_STAGE_AFTER: dict[Kind, int] = {
    "cold": 0,
    "discovery": 1,
    "demo": 1,
    "offer": 2,
    "followup": 2,
    "negotiation": 3,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deal stands from some moment on."""

    stage: str
    state: DealState
    estimated_value: Decimal
    estimated_close_on: date
    win_probability: float
    actual_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call that the diary will find time for."""

    kind: Kind
    mood: Mood
    direction: Direction
    channel: Channel
    threat: Threat | None = None
    """What weighs on the deal by then."""


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """Time spent on a deal without a recorded call."""

    kind: ActivityKind
    minutes: int
    with_customer: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to a deal on a day."""

    day: date
    call: PlannedCall | None = None
    standing: Standing | None = None
    """How the deal stands after the call."""
    activities: tuple[PlannedActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal with all that will happen to it."""

    opportunity_id: str
    seller: Seller
    customer: Customer
    product: Product
    name: str
    tone: float
    """How well it goes, about -1 to 1; the moods of its calls lie around it."""
    rival: str | None
    """The competitor that the customer talks to."""
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def closes(self) -> Step:
        """The step that wins or loses it."""
        return self.steps[-1]


def draw_count(rng: Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average (Poisson, by Knuth's method)."""
    threshold, product, count = exp(-mean), rng.random(), 0
    while product > threshold:
        product *= rng.random()
        count += 1
    return count


def draw_language(rng: Random, seller: Seller) -> SpokenLanguage:
    """The language of one of a seller's customers."""
    return "en" if rng.random() < seller.english_share else "da"


def plan_deal(opportunity_id: str, seller: Seller, opened: date, fashion: Fashion, rng: Random) -> Deal:
    """A deal that a seller opens on a day."""
    customer = make_customer(rng, draw_language(rng, seller))
    product = rng.choices(PRODUCTS, [product.share for product in PRODUCTS])[0]
    tone = 0.12 + 1.0 * (seller.style.skill - 0.5) + rng.gauss(0, 0.4)
    rival = fashion.competitor(rng, opened).name if rng.random() < _HAS_RIVAL else None
    threats: tuple[Threat | None, ...] = (None, "rival" if rival else None, "price", "budget")
    threat = rng.choices(threats, (50, 30, 12, 10))[0]
    plan = _Plan(seller, product.value, opened, tone, threat, rng)
    name = f"{product.name}, {customer.name}"
    return Deal(opportunity_id, seller, customer, product, name, tone, rival, tuple(plan.steps()))


class _Plan:
    def __init__(
        self,
        seller: Seller,
        usual_value: int,
        opened: date,
        tone: float,
        threat: Threat | None,
        rng: Random,
    ) -> None:
        self._seller, self._opened, self._tone, self._rng = seller, opened, tone, rng
        self._threat = threat
        value = Decimal(
            round(usual_value * rng.lognormvariate(0, 0.45) * (0.9 + 0.3 * seller.style.skill), -2)
        )
        close_on = working_day(opened, rng.randint(18, 40))
        self._language: SpokenLanguage = "en" if seller.english_share == 1 else "da"
        self._standing = Standing(_STAGES[self._language][0], "open", value, close_on, _PROBABILITIES[0])
        self._slips = 0
        self._moods: list[float] = []
        self._used_days = 0

    def steps(self) -> Iterator[Step]:
        day = working_day(self._opened, 0)
        for kind in self._course():
            if self._moods:
                gap = self._gap()
                yield from self._between(day, gap)
                day = working_day(day, gap)
            yield self._conversation(day, kind)
        yield from self._outcome(day)

    def _course(self) -> list[Kind]:
        rng = self._rng
        course: list[Kind] = ["cold" if rng.random() < 0.55 else "discovery", "discovery"]
        if rng.random() < 0.5:
            course.append("demo")
        course.append("offer")
        course += ["followup"] * draw_count(rng, 1.0)
        if rng.random() < 0.7:
            course.append("negotiation")
        # where nothing fits, nobody gets as far as an offer
        if self._tone < 0 and rng.random() < 0.45:
            return course[: rng.randint(1, 3)]
        return course

    def _gap(self) -> int:
        """Working days until the next conversation: the warmer, the sooner."""
        days = self._rng.randint(2, 6) if self._tone > 0 else self._rng.randint(4, 11)
        days = min(days, _LONGEST_LIFE_WORKING_DAYS - 20 - self._used_days)
        self._used_days += days
        return max(1, days)

    def _conversation(self, day: date, kind: Kind) -> Step:
        rng = self._rng
        # the customer of a deal that goes well gets warmer, of one that does not, cooler
        level = self._tone + 0.06 * len(self._moods) * (1 if self._tone > 0 else -1) + rng.gauss(0, 0.2)
        threat = self._threat if _STAGE_AFTER[kind] >= _THREATENED_FROM else None
        level = max(-0.9, min(0.9, level - (_THREAT_COOLS if threat else 0)))
        self._moods.append(level)
        stage = _STAGES[self._language][_STAGE_AFTER[kind]]
        probability = _PROBABILITIES[_STAGE_AFTER[kind]]
        if self._is_late(day):
            self._slips += 1
            later = working_day(max(day, self._standing.estimated_close_on), rng.randint(5, 15))
            self._standing = replace(self._standing, estimated_close_on=later)
        probability = round(max(0.05, min(0.95, probability + 0.2 * level)), 2)
        self._standing = replace(self._standing, stage=stage, win_probability=probability)
        channel: Channel = "meeting" if kind in ("demo", "discovery") and rng.random() < 0.35 else "phone"
        direction: Direction = "inbound" if kind != "cold" and rng.random() < 0.2 else "outbound"
        call = PlannedCall(kind, Mood(level, _arc(rng)), direction, channel, threat)
        return Step(day, call, self._standing)

    def _is_late(self, day: date) -> bool:
        reluctant = self._rng.random() < (0.08 if self._tone > 0 else 0.3)
        return bool(self._moods[1:]) and (reluctant or day >= self._standing.estimated_close_on)

    def _between(self, day: date, gap: int) -> Iterator[Step]:
        """What happens between two conversations: e-mails, meetings, calls from the car."""
        rng = self._rng
        zeal = self._seller.style.diligence * (1.2 if self._tone > 0 else 0.7)
        for kind, mean, minutes, with_customer in _ACTIVITIES:
            for _ in range(draw_count(rng, mean * zeal)):
                on = working_day(day, rng.randint(1, gap))
                yield Step(on, activities=(PlannedActivity(kind, rng.choice(minutes), with_customer),))

    def _outcome(self, day: date) -> Iterator[Step]:
        rng = self._rng
        recent = self._moods[-3:]
        score = 3.2 * sum(recent) / len(recent) - 0.45 * self._slips - (0.9 if self._threat else -0.35)
        won = len(self._moods) > 2 and rng.random() < 1 / (1 + exp(-score))
        if won:
            gap = self._gap()
            yield from self._between(day, gap)
            closing = PlannedCall("won", Mood(max(0.35, recent[-1]), "warming"), "outbound", "phone")
            # who pitches instead of listening has to give discounts
            kept = 1.0 - 0.16 * self._seller.style.pushiness * rng.random()
            paid = (self._standing.estimated_value * Decimal(kept)).quantize(Decimal(1))
            standing = replace(
                self._standing,
                stage=_OUTCOMES[self._language][0],
                state="won",
                actual_value=paid,
                win_probability=1.0,
            )
        else:
            gap = rng.randint(3, 18)
            silent = rng.random() < 0.4
            mood = Mood(min(-0.1, recent[-1]), "cooling")
            closing = PlannedCall("lost", mood, "outbound", "phone", self._threat)
            standing = replace(
                self._standing, stage=_OUTCOMES[self._language][1], state="lost", win_probability=0.0
            )
            if silent:
                yield Step(working_day(day, gap), standing=standing)
                return
        yield Step(working_day(day, gap), closing, standing)


_ACTIVITIES: tuple[tuple[ActivityKind, float, tuple[int, ...], bool], ...] = (
    ("email", 1.1, (5, 5, 10, 10, 15), True),
    ("phone", 0.3, (3, 5, 8, 12), True),
    ("meeting", 0.22, (30, 45, 60, 60), True),
    ("meeting", 0.15, (15, 30), False),
)


def _arc(rng: Random) -> Arc:
    arcs: tuple[Arc, ...] = ("steady", "warming", "cooling", "recovering", "collapsing")
    return rng.choices(arcs, (50, 22, 14, 9, 5))[0]
