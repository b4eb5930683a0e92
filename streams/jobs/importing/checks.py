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
    PeriodChanged,
    serialize,
)
from schemas.rejections import Reason, Rejection
from schemas.topics import topic_of
from streams.kafka.messages import Message, Rules, check, read
from streams.language import Text

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


def reason_of(rejection: Rejection, event: AnyEvent, rules: Rules) -> Text:
    """Why a worker would refuse an event, in both languages."""
    field, moment, oldest = _dated(event, rules)
    when = f"{moment:%Y-%m-%d %H:%M}"
    match rejection.reason:
        case Reason.BEYOND_RETENTION:
            danish = f"{field}: {when} er før {oldest:%Y-%m-%d %H:%M}, som den slags gemmes fra"
        case Reason.IN_THE_FUTURE:
            danish = f"{field}: {when} er ude i fremtiden: send det, der er sket, og stil afsenderens ur og tidszone"
        case Reason.WRONG_CURRENCY if isinstance(event, OpportunityChanged | PeriodChanged):
            danish = f"currency: {event.currency} er ikke rapporternes valuta {rules.currency}: omregn før afsendelse"
        case _:
            danish = f"en worker ville afvise det: {rejection.detail}"
    return Text(rejection.detail, danish)


def _dated(event: AnyEvent, rules: Rules) -> tuple[str, datetime, datetime]:
    """The field that dates an event, its time, and how old the like may be."""
    match event:
        case OpportunityChanged():
            return "changed_at", event.changed_at, rules.oldest_crm
        case ActivityLogged():
            return "started_at", event.started_at, rules.oldest_crm
        case CallStarted() | CallSegment() | CallEnded():
            return "call_started_at", event.call_started_at, rules.oldest_call
    return "", _LONG_AGO, _LONG_AGO


def moment_of(event: AnyEvent) -> datetime:
    """When what an event states has happened; of a setting, which has no time, long ago."""
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
