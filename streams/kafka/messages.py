"""From a message to an event, or to the reason why not.

Everything that can be said of a message without knowing any other is said here.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from schemas.events import AnyEvent, CallEvent, OpportunityChanged, PeriodChanged, parse
from schemas.rejections import Reason, Refusal, explain
from schemas.topics import CALLS, SOURCES, TopicSpec

MAX_MESSAGE_BYTES = 256 * 1024
"""Larger than any event of the contract can be."""

_TOPICS = {topic.name: topic for topic in SOURCES}
_CONSENT = re.compile(rb'"consent"\s*:\s*(\w+)')


class Message(NamedTuple):
    """A message as it was received; `received_at` is the broker's time of it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Rules:
    """What depends on the settings: the reporting currency, and the start before which no call is taken."""

    currency: str
    oldest_call: datetime


def from_record(record: Any) -> Message:
    """The message in an aiokafka ConsumerRecord."""
    return Message(
        record.topic,
        record.partition,
        record.offset,
        record.key,
        record.value,
        datetime.fromtimestamp(record.timestamp / 1000, UTC),
    )


def read(message: Message, rules: Rules) -> AnyEvent:
    """The event in a message. Raises Refusal."""
    if message.value is None:
        raise Refusal(Reason.EMPTY, "the message has no value: send an event, or leave it out")
    if len(message.value) > MAX_MESSAGE_BYTES:
        raise Refusal(
            Reason.TOO_LARGE,
            f"{len(message.value)} bytes, at most {MAX_MESSAGE_BYTES}: cut the segment where the speaker pauses",
        )
    try:
        event = parse(message.value)
    except ValidationError as error:
        raise explain(error) from None
    _check(event, message, rules)
    return event


def _check(event: AnyEvent, message: Message, rules: Rules) -> None:
    topic: TopicSpec = _TOPICS[message.topic]
    if type(event) not in topic.carries:
        home = next(other.name for other in SOURCES if type(event) in other.carries)
        raise Refusal(Reason.WRONG_TOPIC, f"type: {event.type} belongs to {home}")
    if message.key != event.key.encode():
        shown = "none" if message.key is None else repr(message.key[:128].decode(errors="replace"))
        raise Refusal(Reason.WRONG_KEY, f"the message key is {shown}, must be {event.key!r}: {topic.key}")
    if topic is CALLS:
        _check_call(cast(CallEvent, event), rules)
    elif isinstance(event, OpportunityChanged | PeriodChanged) and event.currency != rules.currency:
        raise Refusal(
            Reason.WRONG_CURRENCY,
            f"currency: {event.currency} is not the reporting currency {rules.currency}: convert before sending",
        )


def _check_call(event: CallEvent, rules: Rules) -> None:
    if event.call_started_at < rules.oldest_call:
        raise Refusal(
            Reason.BEYOND_RETENTION,
            f"call_started_at: {event.call_started_at:%Y-%m-%d %H:%M} is before {rules.oldest_call:%Y-%m-%d %H:%M}, "
            "from when on segments are kept",
        )


def shareable(message: Message) -> tuple[bytes | None, dict[str, bytes]]:
    """What of a refused message may go to the dead-letter topic, and headers that tell what was held back.

    Words that were spoken without consent must not lie anywhere in the clear. So the value of a message about a call
    goes on unchanged only when it says that there is consent; its text is taken out when it can be found, and the
    whole value is held back when not. The source topic still has it, until its retention ends.
    """
    value = message.value
    if value is None or message.topic != CALLS.name:
        return value, {}
    said = set(_CONSENT.findall(value))
    if said == {b"true"}:
        return value, {}
    held_back = {"withheld": b"text", "withheld-sha256": hashlib.sha256(value).hexdigest().encode()}
    try:
        decoded = json.loads(value)
    except ValueError:
        decoded = None
    if not isinstance(decoded, dict):
        return None, held_back | {"withheld": b"value"}
    if "text" not in decoded:
        return value, {}
    decoded["text"] = ""
    return json.dumps(decoded).encode(), held_back
