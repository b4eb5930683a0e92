"""Small histories for the simulation: a few calls and deals, corrected, repeated, out of order, and some poison."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallEnded,
    CallSegment,
    CallStarted,
    OpportunityChanged,
    SellerChanged,
    TrackerChanged,
    serialize,
)
from schemas.topics import topic_of
from tests.support.simulation import EPOCH, PARTITIONS

Sent = tuple[float, str, bytes | None, bytes | None, int]
"""Seconds, topic, key, value, partition."""

_TEXTS = (
    ("We are very happy with the printer.", "en"),
    ("That is far too expensive, and the service was terrible.", "en"),
    ("What would Contoso cost us a month? Could you send it?", None),
    ("Vi er rigtig glade for jeres printer, den er god.", None),
    ("Det er for dyrt, og Contoso er billigere.", "da"),
    ("Okay.", None),
    ("Good.", None),
    ("Call me at 20 30 40 50.", None),
    ("", None),
)
_POISON = (b"{", b"[" * 2000, b"null", b'{"type": "call_ended"}', b'{"text": "hemmeligzebra"}', b"\xff", None)
TRACKERS = (
    TrackerChanged(tracker_id="printer", name="printer", kind="keyword"),
    TrackerChanged(tracker_id="contoso", name="Contoso", kind="competitor"),
)


def history(rng: Random) -> tuple[list[AnyEvent], list[Sent]]:
    """The events that count, and all messages in the order and at the times at which they are sent."""
    events: list[AnyEvent] = []
    for number in range(rng.randint(1, 4)):
        events += _call(f"call-{number}", rng)
    for number in range(rng.randint(0, 3)):
        events += _deal(f"opp-{number}", rng)
    repeated = [event for event in events if rng.random() < 0.25]
    sent = [*events, *repeated]
    if rng.random() < 0.5:
        rng.shuffle(sent)
    at = 0.0
    messages: list[Sent] = []
    for event in sent:
        at += rng.expovariate(1) * rng.choice((0.05, 0.05, 1.0))
        topic = topic_of(event).name
        partition = _partition(topic, event.key)
        messages.append((at, topic, event.key.encode(), serialize(event), partition))
        if rng.random() < 0.05:
            messages.append((at, topic, event.key.encode(), rng.choice(_POISON), partition))
    return events, messages


def _partition(topic: str, key: str) -> int:
    return sum(key.encode()) % PARTITIONS[topic]


def _call(call_id: str, rng: Random) -> list[AnyEvent]:
    identity: dict[str, Any] = {
        "call_id": call_id,
        "call_started_at": EPOCH - timedelta(minutes=rng.randint(1, 120)),
        "seller_id": f"seller-{rng.randint(1, 2)}",
    }
    events: list[AnyEvent] = []
    if rng.random() < 0.7:
        for revision in range(1, rng.randint(2, 3)):
            language = rng.choice((None, None, "en", "da"))
            events.append(
                CallStarted(**identity, revision=revision, title=f"Title {revision}", language=language)
            )
    begin = 0
    for number in range(rng.randint(1, 10)):
        begin += rng.randint(1, 6_000)
        for revision in range(1, rng.choice((1, 1, 1, 2, 3)) + 1):
            text, language = rng.choice(_TEXTS)
            consent = rng.random() > 0.12
            events.append(
                CallSegment(
                    **identity,
                    revision=revision,
                    consent=consent,
                    segment_id=f"s{number}",
                    speaker=rng.choice(("seller", "customer")),
                    start_ms=begin,
                    end_ms=begin + rng.randint(1, 5_000),
                    text=text,
                    language=language,
                )
            )
    if rng.random() < 0.7:
        events.append(CallEnded(**identity, duration_ms=begin + 9_000))
    return events


def _deal(opportunity_id: str, rng: Random) -> list[AnyEvent]:
    events: list[AnyEvent] = [
        OpportunityChanged(
            opportunity_id=opportunity_id,
            seller_id="seller-1",
            name="Print",
            stage=f"stage {revision}",
            state="open",
            estimated_value=Decimal(rng.randint(1, 999)),
            currency="DKK",
            changed_at=EPOCH - timedelta(days=change),
            revision=revision,
        )
        for change in range(rng.randint(1, 3))
        for revision in range(1, rng.randint(2, 4))
    ]
    events.append(
        ActivityLogged(
            activity_id=f"act-{opportunity_id}",
            seller_id="seller-1",
            opportunity_id=opportunity_id,
            kind="email",
            started_at=EPOCH - timedelta(hours=2),
            duration_minutes=5.0,
            with_customer=True,
        )
    )
    if rng.random() < 0.5:
        events.append(
            SellerChanged(seller_id="seller-1", name="Molly Clark", team="Nord", revision=rng.randint(1, 9))
        )
    return events
