"""Whether a worker would take an event: asked before it is sent, where its file and line are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallEnded,
    CallSegment,
    CallStarted,
    OpportunityChanged,
    serialize,
)
from schemas.rejections import Rejection
from schemas.topics import topic_of
from streams.kafka.messages import Message, Rules, check, read

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def rejection_of(event: AnyEvent, rules: Rules) -> Rejection | None:
    """Why a worker would reject an event; None when it would not."""
    message = Message(
        topic_of(event).name, 0, 0, event.key.encode(), serialize(event), received_at=datetime.now(UTC)
    )
    try:
        read(message, rules)
    except Rejection as rejection:
        return rejection
    return None


def rejection_of_valid(event: AnyEvent, now: datetime, rules: Rules) -> Rejection | None:
    """The same of an event that was made by its model, and so is valid by itself: what the settings say of it."""
    try:
        check(event, now, rules)
    except Rejection as rejection:
        return rejection
    return None


def moment_of(event: AnyEvent) -> datetime:
    """When what an event tells has happened; of a setting, which has no time, long ago."""
    match event:
        case CallStarted():
            return event.call_started_at
        case CallSegment():
            return event.call_started_at + timedelta(milliseconds=event.end_ms)
        case CallEnded():
            return event.call_started_at + timedelta(milliseconds=event.duration_ms)
        case OpportunityChanged():
            return event.changed_at
        case ActivityLogged():
            return event.started_at + timedelta(minutes=event.duration_minutes)
    return _LONG_AGO
