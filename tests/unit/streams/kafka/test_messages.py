"""From a message to an event or a reason, and what of a refused message may leave."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.events import CallSegment, OpportunityChanged
from schemas.rejections import Reason, Refusal
from schemas.topics import CALLS, CRM
from streams.kafka.messages import MAX_MESSAGE_BYTES, Message, Rules, read, shareable

RULES = Rules(currency="DKK", oldest_call=datetime(2026, 1, 1, tzinfo=UTC))
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
    return Message(topic, 0, 7, key, value, datetime(2026, 11, 24, tzinfo=UTC))


def test_an_event_is_read() -> None:
    assert isinstance(read(message(SEGMENT), RULES), CallSegment)
    assert isinstance(read(message(DEAL, CRM.name, b"opp-1"), RULES), OpportunityChanged)


@pytest.mark.parametrize(
    ("bad", "reason", "says"),
    [
        (message(None), Reason.EMPTY, "no value"),
        (message(b"x" * (MAX_MESSAGE_BYTES + 1)), Reason.TOO_LARGE, f"at most {MAX_MESSAGE_BYTES}"),
        (message(b"{"), Reason.NOT_JSON, "Invalid JSON"),
        (message({**SEGMENT, "mood": 1}), Reason.UNKNOWN_FIELD, "mood"),
        (message(SEGMENT, CRM.name), Reason.WRONG_TOPIC, "call_segment belongs to salgspuls.calls"),
        (message(SEGMENT, key=None), Reason.WRONG_KEY, "the message key is none, must be 'call-1'"),
        (message(SEGMENT, key=b"call-2"), Reason.WRONG_KEY, "'call-2', must be 'call-1'"),
        (message(SEGMENT, key=b"\xff"), Reason.WRONG_KEY, "must be 'call-1'"),
        (
            message({**SEGMENT, "call_started_at": "2025-12-31T23:59:59Z"}),
            Reason.BEYOND_RETENTION,
            "2025-12-31 23:59 is before 2026-01-01 00:00",
        ),
        (
            message({**DEAL, "currency": "EUR"}, CRM.name, b"opp-1"),
            Reason.WRONG_CURRENCY,
            "EUR is not the reporting currency DKK",
        ),
    ],
)
def test_a_message_is_refused_with_its_reason(bad: Message, reason: Reason, says: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(bad, RULES)
    assert caught.value.reason is reason
    assert says in caught.value.detail


def test_a_refused_message_with_consent_goes_on_unchanged() -> None:
    good = message({**SEGMENT, "mood": "bad"})
    assert shareable(good) == (good.value, {})


def test_a_message_that_is_not_about_a_call_goes_on_unchanged() -> None:
    deal = message({**DEAL, "currency": "EUR"}, CRM.name)
    assert shareable(deal) == (deal.value, {})
    assert shareable(message(None)) == (None, {})


def test_a_call_event_without_words_goes_on_unchanged() -> None:
    ended = message({"type": "call_ended", "call_id": "call-1"})
    assert shareable(ended) == (ended.value, {})


@pytest.mark.parametrize("consent", [False, "no", None, 0])
def test_without_consent_the_text_is_taken_out(consent: object) -> None:
    value, headers = shareable(message({**SEGMENT, "consent": consent, "mood": "bad"}))
    assert value is not None
    assert json.loads(value) == {**SEGMENT, "consent": consent, "mood": "bad", "text": ""}
    assert headers["withheld"] == b"text"
    assert len(headers["withheld-sha256"]) == 64


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole.replace(b"true", b"false")[:-1],
        lambda whole: whole.replace(b'"consent": true, ', b"")[:-1],
        lambda whole: b'{"consent": true} ' + whole.replace(b"true", b"false"),
        lambda whole: b"[" + whole.replace(b"true", b"false") + b"]",
    ],
)
def test_what_cannot_be_read_is_held_back_unless_it_says_that_there_is_consent(damage: Any) -> None:
    whole = json.dumps(SEGMENT).encode()
    value, headers = shareable(message(SEGMENT)._replace(value=damage(whole)))
    assert value is None
    assert headers["withheld"] == b"value"
