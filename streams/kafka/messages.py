"""From a message to an event, or to the reason why not.

Everything that can be said of a message without knowing any other is said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, assert_never  # Any: aiokafka has no types

from pydantic import ValidationError

from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallEvent,
    OpportunityChanged,
    PeriodChanged,
    SellerChanged,
    TrackerChanged,
    parse,
)
from schemas.fields import EARLIEST, LATEST
from schemas.rejections import Reason, Rejection, explain
from schemas.topics import SOURCES, TopicSpec

MAX_MESSAGE_BYTES = 256 * 1024
"""Larger than any event of the contract can be."""
AHEAD = timedelta(minutes=5)
"""How far clocks may differ: what is dated later than it arrived by more than this is rejected."""

_TOPICS = {topic.name: topic for topic in SOURCES}
_EPOCH = datetime.fromtimestamp(0, UTC)


class Message(NamedTuple):
    """A message as it was received: `received_at` is when it arrived here, by the worker's clock. `sent_at` is the
    message's own time, which its producer may have set to anything; the same whenever the message is read again."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    received_at: datetime
    sent_at: datetime = EARLIEST

    @property
    def size(self) -> int:
        """Bytes of key and value."""
        return len(self.key or b"") + len(self.value or b"")


@dataclass(frozen=True, slots=True)
class Rules:
    """What depends on the settings: the reporting currency, and the moments before which calls, and deals with their
    activities, are not taken."""

    currency: str
    oldest_call: datetime
    oldest_crm: datetime = EARLIEST


def from_record(record: Any, received_at: datetime) -> Message:
    """The message in an aiokafka ConsumerRecord that arrived at this moment."""
    return Message(
        record.topic,
        record.partition,
        record.offset,
        record.key,
        record.value,
        received_at,
        _moment(record.timestamp),
    )


def _moment(milliseconds: int) -> datetime:
    """A Kafka timestamp, which may be any 64-bit number, within the calendar of the contract."""
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return EARLIEST if milliseconds < 0 else LATEST
    return min(max(moment, EARLIEST), LATEST)


def read(message: Message, rules: Rules) -> AnyEvent:
    """The event in a message. Raises Rejection."""
    if message.value is None:
        raise Rejection(Reason.EMPTY, "the message has no value: send an event, or leave it out")
    if len(message.value) > MAX_MESSAGE_BYTES:
        raise Rejection(
            Reason.TOO_LARGE,
            f"{len(message.value)} bytes, at most {MAX_MESSAGE_BYTES}: cut the segment where the speaker pauses",
        )
    try:
        event = parse(message.value)
    except ValidationError as error:
        raise explain(error) from None
    _check_address(event, message)
    check(event, message.received_at, rules)
    return event


def check(event: AnyEvent, received_at: datetime, rules: Rules) -> None:
    """What the settings say of an event, whatever message it comes in. Raises Rejection."""
    _check_time(event, received_at, rules)
    if isinstance(event, OpportunityChanged | PeriodChanged) and event.currency != rules.currency:
        raise Rejection(
            Reason.WRONG_CURRENCY,
            f"currency: {event.currency} is not the reporting currency {rules.currency}: convert before sending",
        )


def _check_address(event: AnyEvent, message: Message) -> None:
    topic: TopicSpec = _TOPICS[message.topic]
    if type(event) not in topic.carries:
        home = next(other.name for other in SOURCES if type(event) in other.carries)
        raise Rejection(Reason.WRONG_TOPIC, f"type: {event.type} belongs to {home}")
    if message.key != event.key.encode():
        is_there = "there is no message key" if message.key is None else "the message key is another"
        raise Rejection(Reason.WRONG_KEY, f"{is_there}: it must be the event's {topic.key}")


def _check_time(event: AnyEvent, received_at: datetime, rules: Rules) -> None:
    match event:
        case CallEvent():
            field, moment, oldest = "call_started_at", event.call_started_at, rules.oldest_call
        case OpportunityChanged():
            field, moment, oldest = "changed_at", event.changed_at, rules.oldest_crm
        case ActivityLogged():
            field, moment, oldest = "started_at", event.started_at, rules.oldest_crm
        case SellerChanged() | TrackerChanged() | PeriodChanged():
            return  # how it is from now on
        case _:
            assert_never(event)
    if moment < oldest:
        raise Rejection(
            Reason.BEYOND_RETENTION,
            f"{field}: {moment:%Y-%m-%d %H:%M} is before {oldest:%Y-%m-%d %H:%M}, from when on such facts are kept",
        )
    if moment > received_at + AHEAD:
        raise Rejection(
            Reason.IN_THE_FUTURE,
            f"{field}: {moment:%Y-%m-%d %H:%M} is later than {received_at:%Y-%m-%d %H:%M} UTC, when the event "
            "arrived: send what has happened, and set the producer's clock and time zone",
        )
