"""What is known of a call before anybody speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schemas.events import Channel, Direction
from streams.simulator.catalogue import Customer, Product
from streams.simulator.dialogue import Mood
from streams.simulator.people import Seller

Kind = Literal[
    "cold",
    "discovery",
    "demo",
    "offer",
    "negotiation",
    "followup",
    "won",
    "lost",
    "service",
    "complaint",
    "renewal",
]


@dataclass(frozen=True, slots=True)
class CallBrief:
    """Who calls whom, when, why, and in which mood the customer is."""

    call_id: str
    seller: Seller
    customer: Customer
    kind: Kind
    product: Product
    started_at: datetime
    mood: Mood
    direction: Direction
    channel: Channel = "phone"
    opportunity_id: str | None = None
