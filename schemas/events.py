"""Every event that Salgspuls understands.

An event states a fact. The fact has an identity (`fact_id`) and a revision: a higher revision replaces what was known,
an equal one is a duplicate, a lower one is late and changes nothing. The events of a call all carry `call_id`,
`call_started_at` and `seller_id`, so that none needs another to be understood.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from schemas.fields import (
    Code,
    Currency,
    Day,
    Id,
    Language,
    Milliseconds,
    Minutes,
    Moment,
    Money,
    Name,
    Revision,
    Share,
    Text,
)

SCHEMA_VERSION: Literal[1] = 1

Side = Literal["seller", "customer"]
Direction = Literal["inbound", "outbound"]
Channel = Literal["phone", "meeting"]
DealState = Literal["open", "won", "lost", "removed"]
ActivityKind = Literal["email", "phone", "meeting"]
TrackerKind = Literal["keyword", "competitor"]


class _Model(BaseModel):
    # strict: "yes" is not consent, and "2" or true is not a revision
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Event(_Model):
    """What all events share."""

    CUSTOMER_FIELDS: ClassVar[frozenset[str]] = frozenset()
    """Fields that may hold words of, or about, a customer: their values are never shown in a log or a reason."""

    type: str
    schema_version: Literal[1] = SCHEMA_VERSION
    """Version of this contract. Example: 1"""
    revision: Revision = 1
    """Which statement of this fact it is; a higher one replaces. Example: 1"""

    @property
    def key(self) -> str:
        """The message key: what shares a key shares a partition, and so one worker."""
        raise NotImplementedError

    @property
    def fact_id(self) -> tuple[str, ...]:
        """Identity of the fact among the events of its type."""
        return (self.key,)


class Participant(_Model):
    """Somebody who takes part in a call."""

    participant_id: Id
    """Identity of the participant within the call. Example: "ch_0" """
    side: Side
    """Which side of the table. Example: "customer" """
    name: Name
    """As people say it. Example: "Karen Holm" """


class CallEvent(Event):
    """What the events of a call share."""

    call_id: Id
    """Identity of the call. Example: "call-2026-11-24-0007" """
    call_started_at: Moment
    """When the call began, UTC with zone; the same on every event of the call. Example: "2026-11-24T09:30:00Z" """
    seller_id: Id
    """Who sells; the same on every event of the call. Example: "seller-17" """

    @property
    def key(self) -> str:
        return self.call_id


class CallStarted(CallEvent):
    """A call began, or what is known of it (title, customer, deal) changed."""

    CUSTOMER_FIELDS = frozenset({"title", "customer_name", "participants", "name"})

    type: Literal["call_started"] = "call_started"
    title: Name | None = None
    """What the call is about. Example: "Renewal of the print contract" """
    direction: Direction | None = None
    """Who called. Example: "outbound" """
    channel: Channel | None = None
    """How they talk. Example: "phone" """
    kind: Code | None = None
    """What kind of call it is, in the sender's words: cold, discovery, demo, offer, negotiation, followup, renewal,
    service, complaint, voicemail, internal ... Example: "demo" """
    recording_id: Id | None = None
    """The recording, as the telephony knows it; a setting makes an address of it. Example: "rec-2291" """
    customer_id: Id | None = None
    """The customer, as the CRM knows them. Example: "account-81" """
    customer_name: Name | None = None
    """The customer's name. Example: "Nordlys A/S" """
    opportunity_id: Id | None = None
    """The deal that the call is about. Example: "opp-1203" """
    language: Language | None = None
    """Language of the call, BCP 47; a segment's own language takes precedence. Example: "da-DK" """
    participants: Annotated[tuple[Participant, ...], Field(max_length=100)] = ()
    """Who takes part."""


class CallSegment(CallEvent):
    """A stretch of speech, as speech-to-text heard it."""

    CUSTOMER_FIELDS = frozenset({"text"})

    type: Literal["call_segment"] = "call_segment"
    consent: bool
    """Whether the call may be analysed beyond its times; without consent no text is kept anywhere. Example: true"""
    segment_id: Id
    """Identity of the segment within its call; a correction re-sends it with a higher revision. Example: "s-12" """
    speaker: Side
    """Who speaks. Example: "customer" """
    participant_id: Id | None = None
    """Which participant of the call speaks. Example: "ch_1" """
    start_ms: Milliseconds
    """Begin, in milliseconds since the call's start. Example: 51640"""
    end_ms: Milliseconds
    """End, in milliseconds since the call's start, not before `start_ms`. Example: 53870"""
    text: Text
    """What was said, at most 20,000 characters: a whole utterance, for a sentence over two segments counts as two.
    Marks as [noise] are no words. Example: "We are quite happy with it." """
    language: Language | None = None
    """Language of what is said, BCP 47. Example: "en-US" """
    confidence: Share | None = None
    """How sure speech-to-text is, 0 to 1. Example: 0.93"""
    produced_at: Moment | None = None
    """When the producer sent it, UTC with zone; for measuring delay. Example: "2026-11-24T09:31:02.125Z" """

    @property
    def fact_id(self) -> tuple[str, ...]:
        return (self.call_id, self.segment_id)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end_ms < self.start_ms:
            raise ValueError(f"end_ms ({self.end_ms}) must not be before start_ms ({self.start_ms})")
        return self


class CallEnded(CallEvent):
    """The call is over."""

    type: Literal["call_ended"] = "call_ended"
    duration_ms: Milliseconds
    """Length of the call in milliseconds. Example: 182890"""


class OpportunityChanged(Event):
    """A deal as it stood from `changed_at` on. Each change is a fact of its own, so that slips can be counted."""

    CUSTOMER_FIELDS = frozenset({"name"})

    type: Literal["opportunity_changed"] = "opportunity_changed"
    opportunity_id: Id
    """Identity of the deal. Example: "opp-1203" """
    seller_id: Id
    """Who owns the deal. Example: "seller-17" """
    customer_id: Id | None = None
    """The customer, as the CRM knows them. Example: "account-81" """
    name: Name
    """What the deal is called. Example: "GTX Pro for Nordlys" """
    stage: Name
    """Stage of the sales process, in the CRM's own words. Example: "Engaging" """
    state: DealState
    """Whether it is open, won or lost, or removed: deleted, or merged into another; it counts nowhere any more.
    Example: "open" """
    estimated_value: Money
    """Expected revenue in the reporting currency. Example: "4821.00" """
    actual_value: Money | None = None
    """Revenue of a won deal in the reporting currency. Example: "4700.00" """
    currency: Currency
    """ISO 4217; must be the reporting currency. Example: "DKK" """
    win_probability: Share | None = None
    """How likely it is won, 0 to 1. Example: 0.4"""
    estimated_close_on: Day | None = None
    """When it is expected to close. Example: "2026-12-18" """
    closed_on: Day | None = None
    """When it was won or lost. Example: "2026-12-02" """
    changed_at: Moment
    """Since when this holds, UTC with zone. Example: "2026-11-24T09:45:00Z" """

    @property
    def key(self) -> str:
        return self.opportunity_id

    @property
    def fact_id(self) -> tuple[str, ...]:
        return (self.opportunity_id, self.changed_at.isoformat())

    @model_validator(mode="after")
    def _closed_has_a_day(self) -> Self:
        is_closed = self.state in ("won", "lost")
        if is_closed and self.closed_on is None:
            raise ValueError(f"closed_on is required when state is {self.state!r}")
        if not is_closed and self.closed_on is not None:
            raise ValueError(f"closed_on must be absent while state is {self.state!r}")
        return self


class ActivityLogged(Event):
    """Time that a seller spent: an e-mail, a phone call, a meeting."""

    type: Literal["activity_logged"] = "activity_logged"
    activity_id: Id
    """Identity of the activity. Example: "act-9911" """
    seller_id: Id
    """Whose time it was. Example: "seller-17" """
    opportunity_id: Id | None = None
    """The deal that it served. Example: "opp-1203" """
    kind: ActivityKind
    """What kind of activity. Example: "meeting" """
    started_at: Moment
    """When it began, UTC with zone. Example: "2026-11-24T12:00:00Z" """
    duration_minutes: Minutes
    """Length in minutes. Example: 45"""
    with_customer: bool
    """Whether a customer took part. Example: true"""

    @property
    def key(self) -> str:
        return self.opportunity_id or self.seller_id

    @property
    def fact_id(self) -> tuple[str, ...]:
        return (self.activity_id,)


class SellerChanged(Event):
    """A seller as they are from now on."""

    type: Literal["seller_changed"] = "seller_changed"
    seller_id: Id
    """Identity of the seller. Example: "seller-17" """
    name: Name
    """As people say it. Example: "Molly Clark" """
    team: Name
    """The seller's team. Example: "Nord" """
    manager_id: Id | None = None
    """The seller's manager. Example: "seller-3" """
    starred: bool = False
    """Put by the manager on the list of top sellers. Example: false"""
    active: bool = True
    """Whether they sell at present. Example: true"""

    @property
    def key(self) -> str:
        return f"seller:{self.seller_id}"


class TrackerChanged(Event):
    """A keyword or competitor to listen for, or no longer."""

    type: Literal["tracker_changed"] = "tracker_changed"
    tracker_id: Id
    """Identity of the tracker. Example: "contoso" """
    name: Name
    """What is tracked. Example: "Contoso 360" """
    kind: TrackerKind
    """Whether it is a keyword or a competitor. Example: "competitor" """
    aliases: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    """Other ways to say it, also as speech-to-text writes it. Example: ["contoso three sixty"]"""
    language: Language | None = None
    """Only in this language. Example: "en" """
    side: Side | None = None
    """Only when this side says it. Example: "customer" """
    word_forms: bool = True
    """Also inflected. Example: true"""
    compounds: bool = True
    """Also as the first part of a Danish compound. Example: true"""
    only_as_name: bool | None = None
    """Only where it is said as a name, by its capital or the words around it; absent: competitors that are everyday
    words ("Close", "Monday"). Example: true"""
    removed: bool = False
    """No longer tracked; past mentions stay. Example: false"""

    @property
    def key(self) -> str:
        return f"tracker:{self.tracker_id}"


class PeriodChanged(Event):
    """A sales period, of one team or of all, and its target."""

    type: Literal["period_changed"] = "period_changed"
    period_id: Id
    """Identity of the period. Example: "2026-Q4" """
    starts_on: Day
    """First day. Example: "2026-10-01" """
    ends_on: Day
    """Last day. Example: "2026-12-31" """
    team: Name | None = None
    """Only for this team. Example: "Nord" """
    target_value: Money | None = None
    """Revenue to reach, in the reporting currency. Example: "2500000.00" """
    currency: Currency
    """ISO 4217; must be the reporting currency. Example: "DKK" """

    @property
    def key(self) -> str:
        return f"period:{self.period_id}"

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on < self.starts_on:
            raise ValueError(f"ends_on ({self.ends_on}) must not be before starts_on ({self.starts_on})")
        return self


CallFact = CallStarted | CallSegment | CallEnded
CrmFact = OpportunityChanged | ActivityLogged
SettingsFact = SellerChanged | TrackerChanged | PeriodChanged
AnyEvent = CallFact | CrmFact | SettingsFact

EVENT_TYPES: tuple[type[Event], ...] = (
    CallStarted,
    CallSegment,
    CallEnded,
    OpportunityChanged,
    ActivityLogged,
    SellerChanged,
    TrackerChanged,
    PeriodChanged,
)

_VALIDATOR = TypeAdapter[AnyEvent](Annotated[AnyEvent, Field(discriminator="type")]).validator


def parse(payload: bytes | str) -> AnyEvent:
    """The event in a JSON message. Raises pydantic's ValidationError."""
    event: AnyEvent = _VALIDATOR.validate_json(payload)
    if isinstance(event, CallSegment) and event.consent and _says_consent_again(payload):
        twice = PydanticCustomError("consent_twice", "stands more than once: say it once")
        raise ValidationError.from_exception_data(
            "CallSegment", [InitErrorDetails(type=twice, loc=("consent",), input=None)]
        )
    return event


def _says_consent_again(payload: bytes | str) -> bool:
    """Whether a message has the field more than once: of two answers JSON's readers take the last, which may be wrong.

    Within a text the quotes would be escaped, and after one stands no colon.
    """
    names = _CONSENT.findall(payload) if isinstance(payload, str) else _CONSENT_BYTES.findall(payload)
    return len(names) > 1


_CONSENT = re.compile(
    '"' + "".join(rf"(?:{letter}|\\u00(?i:{ord(letter):02x}))" for letter in "consent") + r'"\s*:'
)
"""The name of the field, each letter as it is or escaped."""
_CONSENT_BYTES = re.compile(_CONSENT.pattern.encode())


def serialize(event: Event) -> bytes:
    """The JSON message of an event; what is unknown is left out."""
    return event.model_dump_json(exclude_none=True).encode()
