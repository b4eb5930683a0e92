"""The contract from a producer's side: what is taken, what is rejected."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.events import CallSegment, OpportunityChanged, parse, serialize
from schemas.rejections import Reason, explain
from schemas.topics import CALLS, CRM, topic_of

SEGMENT: dict[str, Any] = {
    "type": "call_segment",
    "call_id": "call-1",
    "call_started_at": "2026-11-24T10:30:00.1239+01:00",
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


def test_a_segment_is_read_in_utc_to_the_millisecond() -> None:
    event = parse(json.dumps(SEGMENT))
    assert isinstance(event, CallSegment)
    assert event.call_started_at == datetime(2026, 11, 24, 9, 30, 0, 123_000, tzinfo=UTC)
    assert (event.revision, event.schema_version) == (1, 1)
    assert event.key == "call-1"
    assert topic_of(event) is CALLS


@pytest.mark.parametrize("raw", [SEGMENT, DEAL])
def test_what_is_sent_is_what_is_read(raw: dict[str, Any]) -> None:
    event = parse(json.dumps(raw))
    assert parse(serialize(event)) == event


def test_each_change_of_a_deal_is_a_fact_of_its_own() -> None:
    first = parse(json.dumps(DEAL))
    later = parse(json.dumps(DEAL | {"changed_at": "2026-11-25T09:45:00Z"}))
    assert topic_of(first) is CRM
    assert first.key == later.key
    assert first.fact_id != later.fact_id


@pytest.mark.parametrize(
    ("change", "reason", "says"),
    [
        ({"type": "call_paused"}, Reason.UNKNOWN_TYPE, "type: must be one of"),
        ({"schema_version": 2}, Reason.UNKNOWN_VERSION, "schema_version: Input should be 1 (got 2)"),
        ({"mood": "bad"}, Reason.UNKNOWN_FIELD, "a field that this event does not have: leave it out"),
        ({"end_ms": 99}, Reason.INVALID_FIELD, "end_ms (99) must not be before start_ms (100)"),
        ({"consent": "yes"}, Reason.INVALID_FIELD, "consent: Input should be a valid boolean"),
        ({"consent": None}, Reason.INVALID_FIELD, "consent"),
        ({"consent": 1}, Reason.INVALID_FIELD, "consent"),
        (
            {"revision": 0},
            Reason.INVALID_FIELD,
            "revision: Input should be greater than or equal to 1 (got 0)",
        ),
        ({"revision": True}, Reason.INVALID_FIELD, "revision: Input should be a valid integer"),
        ({"start_ms": 1.5}, Reason.INVALID_FIELD, "start_ms"),
        ({"call_started_at": "2026-11-24T10:30:00"}, Reason.INVALID_FIELD, "timezone"),
        ({"call_started_at": "1926-11-24T10:30:00Z"}, Reason.INVALID_FIELD, "must lie between 2000 and 2080"),
        ({"call_id": "a" * 129}, Reason.INVALID_FIELD, "at most 128 characters"),
        ({"confidence": 1.1}, Reason.INVALID_FIELD, "confidence"),
        ({"language": "dansk!"}, Reason.INVALID_FIELD, "language"),
    ],
)
def test_a_segment_is_refused_with_the_field_the_value_and_what_is_expected(
    change: dict[str, Any], reason: Reason, says: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        parse(json.dumps(SEGMENT | change))
    rejection = explain(caught.value)
    assert rejection.reason is reason
    assert says in rejection.detail


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"state": "won"}, "closed_on is required when state is 'won'"),
        ({"closed_on": "2026-12-01"}, "closed_on must be absent while state is 'open'"),
        ({"estimated_value": "-1"}, "estimated_value"),
        ({"estimated_value": "1.001"}, "estimated_value"),
        ({"currency": "kr"}, "currency"),
        ({"win_probability": 40}, "win_probability"),
    ],
)
def test_a_deal_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        parse(json.dumps(DEAL | change))
    assert says in explain(caught.value).detail


def test_a_won_deal_keeps_its_money_exact() -> None:
    deal = parse(json.dumps(DEAL | {"state": "won", "closed_on": "2026-12-01", "actual_value": 4700.1}))
    assert isinstance(deal, OpportunityChanged)
    assert str(deal.actual_value) == "4700.1"


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"\xff\xfe", b"[1]", b"null", b'"text"', b'{"type": "call_segment"']
)
def test_what_is_no_json_object_is_told_as_such(payload: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        parse(payload)
    assert explain(caught.value).reason is Reason.NOT_JSON


def test_a_rejection_never_repeats_what_a_customer_said() -> None:
    secret = "my card is 4111"
    for change in ({"text": 7}, {"text": [secret]}, {"text": secret * 2000}, {"text": {"said": secret}}):
        with pytest.raises(ValidationError) as caught:
            parse(json.dumps(SEGMENT | change))
        rejection = explain(caught.value)
        assert "text" in rejection.detail
        assert "card" not in rejection.detail


def test_a_consent_that_is_said_twice_is_not_taken_by_its_last_word() -> None:
    without = json.dumps(SEGMENT | {"consent": False})[:-1]
    said = (
        '"consent": true',
        '"consent":true',
        '"cons\\u0065nt" \t: true',
        '"\\u0063onsen\\u0074"\n:true',
        '"c\\u006Fnsent": true',
    )
    messages = [f"{without}, {again}}}" for again in said]
    payloads: list[str | bytes] = [*messages, *(message.encode() for message in messages)]
    for payload in payloads:
        with pytest.raises(ValidationError) as caught:
            parse(payload)
        rejection = explain(caught.value)
        assert (rejection.reason, rejection.detail) == (
            Reason.INVALID_FIELD, "consent: stands more than once: say it once",
        )  # fmt: skip
    for text in (
        'he said "consent" and "consent"',
        "consent",
        '"consent": true, "consent": false',
        "\\u0063onsent",
    ):
        assert parse(json.dumps(SEGMENT | {"text": text}))
        assert parse(json.dumps(SEGMENT | {"text": text}, ensure_ascii=False).encode())
