"""A small sales team as rows of the store: three months of calls, deals and activities up to a given moment.

For tests of queries and pages, which need rows of every shape at known times; nothing here is analysed. Seeded.
"""

from __future__ import annotations

import random
import typing
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from clickhouse_connect.driver import Client

from clickhouse.aggregates import Hour, hour_of, refresh_statements, word_statement
from clickhouse.schema.columns import columns_of, in_columns
from clickhouse.schema.metrics import COUNTED
from clickhouse.schema.rows import (
    ActivityRow,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    DeadLetterRow,
    OpportunityChangeRow,
    PeriodRow,
    Row,
    SegmentRow,
    SellerRow,
    TrackerRow,
)
from clickhouse.schema.tables import STORE, TABLE_OF
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT, terms

R = TypeVar("R", bound=NamedTuple)

SELLERS = (
    ("s1", "Molly Clark", "Nord"),
    ("s2", "Søren Ødegaard", "Nord"),
    ("s3", "Priya Raman", "Nord"),
    ("s4", "Jens O'Hara", "Syd"),
    ("s5", "Åse Lindqvist", "Syd"),
    ("s6", "Bo Chen", "Syd"),
)
TOP_SELLERS = ("s2", "s5", "s6")
"""Who won most over all time, which follows from the dice; they alone say "timeline"."""
KEYWORDS = (
    "price", "delivery", "discount", "contract", "warranty", "integration", "support", "training",
    "security", "renewal", "budget", "pilot", "invoice", "onboarding", "roadmap", "migration", "uptime", "api",
    "dashboard", "license", "reporting", "mobile", "compliance", "backup",
)  # fmt: skip
COMPETITORS = ("Contoso", "Fabrikam", "Northwind", "Litware", "Adatum", "Tailspin")
NAMES = (
    "Nordlys",
    "Penumbra Labs",
    "Kvantum",
    "Zephyr",
    "Solaris",
    "Skumfidus <b>A/S</b>",
    "Quartz",
)  # one a customer
CUSTOMERS = (
    "Nordlys A/S",
    "Havbris <script>alert(1)</script>",
    "Kvik Logistik",
    "Brandt & Søn",
    "Umbra Labs",
    "Polaris ApS",
)
SENTENCES = (
    ("That sounds really good, we are happy with it.", 7000),
    ("I am not satisfied with the price at all.", -6000),
    ("Let us look at the delivery next week.", 0),
    ("The support has been terrible <b>lately</b>.", -5000),
    ("Could you send the contract tomorrow?", 500),
    ("We use forty seats today.", 0),
)

_NAMES = {seller_id: name for seller_id, name, _ in SELLERS}


@dataclass(frozen=True)
class World:
    """Rows by kind."""

    rows: dict[type[Row], list[Row]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def of(self, kind: type[R]) -> list[R]:
        return typing.cast(list[R], self.rows.get(typing.cast(type[Row], kind), []))


def row(kind: type[R], /, **known: object) -> R:
    """A row with these values; everything else is empty, zero, or unknown."""
    hints = typing.get_type_hints(kind)
    nothing = {"word_counts": (None,) * len(COUNTED), "word_rates": (None,) * len(COUNTED)}
    return kind._make((nothing | known).get(name, _empty(hints[name])) for name in kind._fields)


def _empty(hint: Any) -> object:
    if type(None) in typing.get_args(hint):
        return None
    if typing.get_origin(hint) is list:
        return []
    if typing.get_origin(hint) is typing.Literal:
        return typing.get_args(hint)[0]
    return {str: "", int: 0, float: 0.0, bool: False}.get(hint)


def insert(client: Client, rows: Mapping[type[Row], Iterable[Row]]) -> None:
    """Stores rows and brings the aggregates up to date, as the worker's flush does."""
    for kind, some in rows.items():
        kept = list(some)
        if kept:
            client.insert(
                TABLE_OF[kind].name,
                in_columns(kept),
                column_names=columns_of(kind),
                database=STORE,
                column_oriented=True,
            )
    hours = {Hour(call.seller_id, hour_of(call.call_started_at)) for call in rows.get(CallRow, ())}  # type: ignore[union-attr]  # rows of CallRow are of calls
    for statement in [*refresh_statements(hours), *word_statements(hours)]:
        client.command(statement)


def word_statements(hours: set[Hour]) -> list[str]:
    return [word_statement(hours, MAX_TERMS, MIN_PAIR_COUNT)] if hours else []


def sample_world(now: datetime, days: int = 90, seed: int = 7) -> World:
    """The team's rows up to `now`: ended calls, four calls in progress, open and closed deals, activities."""
    dice = random.Random(seed)
    world = World()
    now = now.astimezone(UTC).replace(microsecond=0)
    _settings(world, now)
    for index in range(60):
        _deal(world, dice, now, index, days)
    calls = days * 4
    for index in range(calls):
        started = now - timedelta(days=days * (index + 1) / calls, minutes=dice.randint(15, 300))
        _call(world, dice, f"call-{index:04}", started, ended=True)
    for index in range(4):
        _call(world, dice, f"live-{index}", now - timedelta(minutes=3 + 4 * index), ended=False, heard_at=now)
    for index in range(days * 3):
        seller = dice.choice(SELLERS)[0]
        world.add(
            row(
                ActivityRow,
                activity_id=f"act-{index}",
                revision=1,
                seller_id=seller,
                opportunity_id=f"opp-{dice.randrange(60)}" if dice.random() < 0.8 else "",
                kind=dice.choice(("email", "phone", "meeting")),
                started_at=now - timedelta(hours=24 * days * dice.random()),
                duration_minutes=float(dice.choice((5, 10, 30, 45, 60))),
                with_customer=dice.random() < 0.8,
                received_at=now,
            )
        )
    for offset, reason in enumerate(("wrong_key", "not_json", "wrong_key")):
        world.add(
            row(
                DeadLetterRow,
                topic="salgspuls.calls",
                offset=offset,
                version=1,
                reason=reason,
                detail="call_id: expected another key",
                received_at=now - timedelta(minutes=offset * 50),
                arrived_at=now - timedelta(minutes=offset * 50),
                refused_by="worker",
            )
        )
    return world


def _settings(world: World, now: datetime) -> None:
    for seller_id, name, team in SELLERS:
        world.add(
            row(
                SellerRow, seller_id=seller_id, revision=1, name=name, team=team, active=True, received_at=now
            )
        )
    for kind, names in (("keyword", KEYWORDS), ("competitor", COMPETITORS)):
        for name in names:
            world.add(
                row(
                    TrackerRow,
                    tracker_id=f"t-{name.lower()}",
                    revision=1,
                    name=name,
                    kind=kind,
                    word_forms=True,
                    received_at=now,
                )
            )
    world.add(
        row(
            TrackerRow,
            tracker_id="t-fax",
            revision=2,
            name="fax",
            kind="keyword",
            removed=True,
            received_at=now,
        )
    )
    quarter = now.date().replace(month=(now.month - 1) // 3 * 3 + 1, day=1)
    ends = (quarter + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    world.add(
        row(
            PeriodRow,
            period_id=f"{quarter.year}-Q{(quarter.month + 2) // 3}",
            revision=1,
            starts_on=quarter,
            ends_on=ends,
            target_value=Decimal("3000000"),
            currency="DKK",
            received_at=now,
        )
    )


def busiest_deal(world: World) -> str:
    """The open deal with the most calls."""
    closed = {change.opportunity_id for change in world.of(OpportunityChangeRow) if change.state != "open"}
    calls = Counter(call.opportunity_id for call in world.of(CallRow) if call.opportunity_id)
    return next(deal for deal, _ in calls.most_common() if deal not in closed)


def _deal(world: World, dice: random.Random, now: datetime, index: int, days: int) -> None:
    created = now - timedelta(days=days * dice.random(), hours=1)
    state = dice.choices(("open", "won", "lost"), (5, 3, 2))[0]
    value = Decimal(dice.randrange(20_000, 400_000))
    close = created.date() + timedelta(days=dice.randint(20, 110))
    shared = {
        "opportunity_id": f"opp-{index}",
        "seller_id": dice.choice(SELLERS)[0],
        "customer_id": f"c{dice.randrange(len(CUSTOMERS))}",
        "name": f"Deal {index} <i>x</i>",
        "estimated_value": value,
        "currency": "DKK",
        "revision": 1,
        "received_at": now,
    }
    world.add(
        row(
            OpportunityChangeRow,
            **shared,
            changed_at=created,
            stage="Qualify",
            state="open",
            win_probability=0.2,
            estimated_close_on=close,
        )
    )
    moved = created + (now - created) * 0.4
    world.add(
        row(
            OpportunityChangeRow,
            **shared,
            changed_at=moved,
            stage="Propose",
            state="open",
            win_probability=0.5,
            estimated_close_on=close + timedelta(days=dice.choice((0, 0, 14))),
        )
    )
    if state != "open":
        closed = created + (now - created) * 0.8
        world.add(
            row(
                OpportunityChangeRow,
                **shared,
                changed_at=closed,
                stage="Close",
                state=state,
                actual_value=value * Decimal("0.95") if state == "won" else None,
                closed_on=closed.date(),
            )
        )


def _call(
    world: World,
    dice: random.Random,
    call_id: str,
    started: datetime,
    ended: bool,
    heard_at: datetime | None = None,
) -> None:
    seller = dice.choice(SELLERS)[0]
    customer = dice.randrange(len(CUSTOMERS))
    mood = dice.choice((-1, 0, 0, 1, 1)) + (0.5 if seller in ("s1", "s5") else 0)
    at, side, segments = 0, "seller", []
    for number in range(dice.randint(8, 30)):
        text, compound = dice.choice(SENTENCES)
        length = dice.randint(1500, 12000)
        compound = max(-9000, min(9000, compound + int(mood * 2500)))
        word = dice.choice(KEYWORDS[: 8 + number % 16])
        habit = " Let us agree on a timeline." if number == 2 and seller in TOP_SELLERS else ""
        segments.append((side, at, at + length, f"{text} About {word}.{habit}", compound, word))
        at += length + dice.randint(0, 3500)
        side = "customer" if side == "seller" else "seller"
    talk = {
        s: sum(end - start for who, start, end, *_ in segments if who == s) for s in ("seller", "customer")
    }
    classes = dict.fromkeys(("positive", "neutral", "negative"), 0)
    for who, start, end, _, compound, _ in segments:
        if who == "customer":
            classes[_class(compound)] += end - start
    weight = sum(classes.values())
    mean = (
        sum((end - start) * compound for who, start, end, _, compound, _ in segments if who == "customer")
        / weight
        / 10000
        if weight
        else None
    )
    duration = at
    for number, (who, start, end, text, compound, word) in enumerate(segments):
        world.add(
            row(
                SegmentRow,
                call_id=call_id,
                segment_id=f"g{number}",
                version=1,
                revision=1,
                seller_id=seller,
                call_started_at=started,
                speaker=who,
                start_ms=start,
                end_ms=end,
                consent=True,
                text=text,
                language="en",
                words=len(text.split()),
                word_counts=(0,) * len(COUNTED),
                compound_e4=compound,
                questions_open=int(text.startswith("Could")),
                mention_trackers=[f"t-{word}"],
                mention_surfaces=[word],
                mention_starts=[text.index(word, text.index("About"))],
                questions=[text] if text.startswith("Could") else [],
                actions=["Send the contract"] if "contract tomorrow" in text else [],
                terms=[term.base for term in terms(text, "en", frozenset())] if who == "seller" else [],
                term_forms=[term.form for term in terms(text, "en", frozenset())] if who == "seller" else [],
                received_at=heard_at or started,
            )
        )
    words = {
        s: sum(len(text.split()) for who, _, _, text, *_ in segments if who == s)
        for s in ("seller", "customer")
    }
    world.add(
        row(
            CallRow,
            seller_id=seller,
            call_started_at=started,
            call_id=call_id,
            version=len(segments),
            title=f"Call about {segments[0][5]} & more",
            direction="outbound",
            channel="phone",
            kind="followup",
            recording_id=f"rec {call_id}&x=1",
            customer_id=f"c{customer}",
            customer_name=CUSTOMERS[customer],
            opportunity_id=f"opp-{dice.randrange(60)}" if dice.random() < 0.7 else "",
            language="en",
            participant_ids=["p1", "p2"],
            participant_sides=["seller", "customer"],
            participant_names=[_NAMES[seller], "Karen Holm"],
            started_revision=1,
            ended_revision=int(ended),
            ended_duration_ms=duration if ended else 0,
            ended=ended,
            consent=True,
            segments=len(segments),
            duration_ms=duration,
            talk_seller_ms=talk["seller"],
            talk_customer_ms=talk["customer"],
            talk_ratio=talk["seller"] / (talk["seller"] + talk["customer"]),
            words_seller=words["seller"],
            words_customer=words["customer"],
            words_per_minute_seller=words["seller"] / (talk["seller"] / 60000),
            words_per_minute_customer=words["customer"] / (talk["customer"] / 60000),
            word_rates=tuple(dice.choice([None, dice.uniform(0, 9)]) for _ in COUNTED),
            switches=len(segments) - 1,
            switches_per_hour=(len(segments) - 1) / (duration / 3_600_000),
            pause_before_speaking_ms=float(dice.randint(200, 3000)),
            longest_monologue_seller_ms=dice.randint(8000, 60000),
            longest_monologue_customer_ms=dice.randint(8000, 60000),
            interruptions_seller=dice.randint(0, 4),
            silence_ms=dice.randint(0, 9000),
            questions_seller_open=dice.randint(0, 6),
            questions_customer_open=dice.randint(0, 4),
            sentiment_compound=mean,
            sentiment_positive_ms=classes["positive"],
            sentiment_neutral_ms=classes["neutral"],
            sentiment_negative_ms=classes["negative"],
            sentiment_label="" if mean is None else _class(mean * 10000),
            sentiment_direction=dice.uniform(-0.6, 0.6),
            last_event_at=heard_at or started + timedelta(milliseconds=duration),
        )
    )
    _mentions(world, dice, call_id, f"c{customer}", seller, started, segments)


def _mentions(
    world: World,
    dice: random.Random,
    call_id: str,
    customer: str,
    seller: str,
    started: datetime,
    segments: list[tuple[str, int, int, str, int, str]],
) -> None:
    by_word: dict[str, dict[str, int]] = {}
    for who, _, _, _, _, word in segments:
        by_word.setdefault(word, {"seller": 0, "customer": 0})[who] += 1
    if dice.random() < 0.4:
        by_word[dice.choice(COMPETITORS).lower()] = {
            "seller": dice.randint(0, 1),
            "customer": dice.randint(1, 3),
        }
    shared = {"seller_id": seller, "call_started_at": started, "call_id": call_id, "version": len(segments)}
    for word, counts in by_word.items():
        world.add(
            row(
                CallKeywordRow,
                **shared,
                tracker_id=f"t-{word}",
                mentions_seller=counts["seller"],
                mentions_customer=counts["customer"],
                first_ms=1000,
            )
        )
    if dice.random() < 0.4:
        name = dice.choice(NAMES)
        world.add(
            row(
                CallNameRow,
                **shared,
                name_key=name.lower(),
                name=name,
                mentions_seller=dice.randint(0, 2),
                mentions_customer=dice.randint(1, 3),
                first_ms=2000,
                customer=customer,
            )
        )


def _class(compound: float) -> str:
    return "positive" if compound >= 500 else "negative" if compound <= -500 else "neutral"
