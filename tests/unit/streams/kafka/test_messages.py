"""From a message to an event, or the reason why not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from schemas.events import CallSegment, OpportunityChanged
from schemas.fields import EARLIEST, LATEST
from schemas.rejections import Reason, Rejection
from schemas.topics import CALLS, CRM
from streams.kafka.messages import MAX_MESSAGE_BYTES, Message, Rules, from_record, read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULES = Rules("DKK", datetime(2026, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
SEGMENT: dict[str, Any] = {
    "type": "call_segment",
    "call_id": "call-1",
    "call_started_at": "2026-11-24T09:30:00Z",
    "seller_id": "seller-1",
    "consent": True,
    "segment_id": "s-1",
    "speaker": "customer",
    "start_ms": 100,
    "end_ms": 900,
    "text": "Det lyder godt",
}
DEAL: dict[str, Any] = {
    "type": "opportunity_changed",
    "opportunity_id": "opp-1",
    "seller_id": "seller-1",
    "name": "GTX Pro",
    "stage": "Engaging",
    "state": "open",
    "estimated_value": "4821.00",
    "currency": "DKK",
    "changed_at": "2026-11-24T09:45:00Z",
}


def message(body: object, topic: str = CALLS.name, key: bytes | None = b"call-1") -> Message:
    value = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    return Message(topic, 0, 7, key, value, NOW)


def test_an_event_is_read() -> None:
    assert isinstance(read(message(SEGMENT), RULES), CallSegment)
    assert isinstance(read(message(DEAL, CRM.name, b"opp-1"), RULES), OpportunityChanged)


@pytest.mark.parametrize(
    ("bad", "reason", "says"),
    [
        (message(None), Reason.EMPTY, "no value"),
        (message(b"x" * (MAX_MESSAGE_BYTES + 1)), Reason.TOO_LARGE, f"at most {MAX_MESSAGE_BYTES}"),
        (message(b"{"), Reason.NOT_JSON, "Invalid JSON"),
        (message({**SEGMENT, "mood": 1}), Reason.UNKNOWN_FIELD, "does not have"),
        (message(SEGMENT, CRM.name), Reason.WRONG_TOPIC, "call_segment belongs to salgspuls.calls"),
        (
            message(SEGMENT, key=None),
            Reason.WRONG_KEY,
            "there is no message key: it must be the event's call_id",
        ),
        (message(SEGMENT, key=b"call-2"), Reason.WRONG_KEY, "the message key is another"),
        (message(SEGMENT, key=b"\xff"), Reason.WRONG_KEY, "the message key is another"),
        (
            message({**SEGMENT, "call_started_at": "2025-12-31T23:59:59Z"}),
            Reason.BEYOND_RETENTION,
            "2025-12-31 23:59 is before 2026-01-01 00:00",
        ),
        (
            message({**DEAL, "changed_at": "2024-12-31T23:59:59Z"}, CRM.name, b"opp-1"),
            Reason.BEYOND_RETENTION,
            "changed_at: 2024-12-31 23:59 is before 2025-01-01 00:00",
        ),
        (
            message({**DEAL, "changed_at": "2026-11-24T12:05:01Z"}, CRM.name, b"opp-1"),
            Reason.IN_THE_FUTURE,
            "changed_at: 2026-11-24 12:05 is later than 2026-11-24 12:00 UTC",
        ),
        (
            message({**SEGMENT, "call_started_at": "2079-12-31T23:00:00Z"}),
            Reason.IN_THE_FUTURE,
            "set the producer's clock",
        ),
        (
            message({**DEAL, "currency": "EUR"}, CRM.name, b"opp-1"),
            Reason.WRONG_CURRENCY,
            "EUR is not the reporting currency DKK",
        ),
    ],
)
def test_a_message_is_refused_with_its_reason(bad: Message, reason: Reason, says: str) -> None:
    with pytest.raises(Rejection) as caught:
        read(bad, RULES)
    assert caught.value.reason is reason
    assert says in caught.value.detail


@pytest.mark.parametrize("milliseconds", [-(2**63), -1, 0, 253402300800000, 2**63 - 1])
def test_a_time_outside_of_the_calendar_is_taken_for_the_nearest_in_it(milliseconds: int) -> None:
    record = SimpleNamespace(
        topic=CALLS.name, partition=0, offset=1, key=None, value=None, timestamp=milliseconds
    )
    assert EARLIEST <= from_record(record, NOW).sent_at <= LATEST
    assert from_record(record, NOW).received_at == NOW


def test_nothing_of_key_or_value_is_repeated_in_a_reason() -> None:
    for bad in (message(SEGMENT, key=b"Karen 20304050"), message({**SEGMENT, "call_id": "Karen 20304050"})):
        with pytest.raises(Rejection) as caught:
            read(bad, RULES)
        assert "Karen" not in caught.value.detail
        assert "2030" not in caught.value.detail
