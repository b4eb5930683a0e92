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
    "voicemail",
    "wrong_number",
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


Threat = Literal["rival", "budget", "price"]
"""What may cost a deal, and is talked about in its calls."""


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
    minutes: float = 0.0
    """How long it is meant to take; 0 for as long as its script alone."""
    rival: str | None = None
    """The competitor that the customer talks to, where a deal has one."""
    threat: Threat | None = None
    """What weighs on the deal by now."""
    colleague: str | None = None
    """Who is there beside the contact."""
    specialist: str | None = None
    """Who is there beside the seller."""
