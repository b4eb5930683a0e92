"""What of a rejected message may go on: harmless fields, of a known look, and nothing else."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.rejections import Reason, Rejection
from schemas.topics import CALLS
from streams.kafka.messages import MAX_MESSAGE_BYTES, Message, Rules, read
from streams.worker.withholding import Shareable, shareable

CASES = Path(__file__).parents[3] / "data" / "robustness"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RULES = Rules("DKK", datetime(2026, 1, 1, tzinfo=UTC))
HARMLESS: dict[str, Any] = {
    "type": "call_segment",
    "call_id": "call-1",
    "segment_id": "s-1",
    "seller_id": "seller-1",
    "call_started_at": "2026-11-24T09:30:00+01:00",
    "consent": False,
    "speaker": "customer",
    "start_ms": 100,
    "end_ms": 900,
}


def sent_on(value: bytes | None, key: bytes = b"nc") -> tuple[Rejection, Shareable]:
    message = Message(CALLS.name, 0, 7, key, value, NOW)
    with pytest.raises(Rejection) as caught:
        read(message, RULES)
    return caught.value, shareable(message, caught.value)


@pytest.mark.parametrize("line", (CASES / "no-consent-misshapen.jsonl").read_text().splitlines())
def test_no_word_without_consent_goes_on_whatever_the_field_is_called(line: str) -> None:
    rejection, sent = sent_on(json.dumps(json.loads(line)["value"]).encode())
    assert rejection.reason is Reason.UNKNOWN_FIELD
    for said in (rejection.detail.encode(), sent.value or b"", *sent.headers.values()):
        assert b"WORDS" not in said
        assert b"hemmelig" not in said


def test_deep_nesting_is_no_json_and_withheld() -> None:
    value = (CASES / "deep-json.json").read_bytes()
    for nested in (value, b"[" * 100_000, b'{"a":' * 5_000, b'{"text":' + b"[" * 50_000):
        rejection, sent = sent_on(nested)
        assert rejection.reason is Reason.NOT_JSON
        assert sent.value is None
        assert sent.headers == {
            "withheld": b"value",
            "withheld-length": str(len(nested)).encode(),
            "withheld-sha256": hashlib.sha256(nested).hexdigest().encode(),
        }


@pytest.mark.parametrize("case", ["name-in-refusal.json", "pii-in-dead-letter.json"])
def test_neither_names_nor_numbers_go_on_or_are_told(case: str) -> None:
    rejection, sent = sent_on((CASES / case).read_bytes())
    for said in (rejection.detail.encode(), sent.value or b""):
        for private in (b"Karen", b"karen", b"20304050", b"20 30", b"1234", b"1111"):
            assert private not in said
    assert sent.headers["withheld"] == b"fields"


def test_harmless_fields_go_on_as_they_came() -> None:
    _, sent = sent_on(json.dumps(HARMLESS | {"mood": "bad", "text": "secret"}).encode())
    assert sent.value is not None
    assert json.loads(sent.value) == HARMLESS


@pytest.mark.parametrize(
    "name",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "00Q5e00000ABCDEFG",
        "call-2026-11-24-0007",
        "CA1234567890abcdef",
    ],
)
def test_ids_as_systems_make_them_go_on(name: str) -> None:
    _, sent = sent_on(json.dumps({"mood": 1, "call_id": name}).encode())
    assert json.loads(sent.value or b"{}") == {"call_id": name}


@pytest.mark.parametrize(
    "odd",
    [
        {"speaker": "Karen Holm"},
        {"consent": "secret"},
        {"call_started_at": "secret"},
        {"call_started_at": 2030405060},
        {"call_started_at": "2030405060"},
        {"start_ms": 20304050},
        {"start_ms": "secret"},
        {"segment_id": "secret"},
        {"segment_id": "secret words 1"},
        {"segment_id": "20304050"},
        {"segment_id": "tel_20304051"},
        {"segment_id": "x20-30-40-51y"},
        {"period_id": "p010190-1251"},
        {"call_id": "c4111111111111111"},
        {"segment_id": "karen1@firma.dk"},
        {"seller_id": {"said": "secret"}},
        {"type": ["secret"]},
        {"revision": 10**80},
        {"language": "Karen-20304050"},
        {"customer_id": "Karen1"},
        {"kind": "secret"},
        {"currency": "secret"},
        {"state": "secret"},
    ],
)
def test_a_field_goes_on_only_with_a_value_that_is_nothing_else(odd: dict[str, Any]) -> None:
    _, sent = sent_on(json.dumps({"mood": 1} | odd).encode())
    assert sent.value is None


def test_what_is_large_is_withheld_and_what_goes_on_is_small() -> None:
    _, sent = sent_on(json.dumps(HARMLESS | {"text": "å" * MAX_MESSAGE_BYTES}).encode())
    assert sent.value is None
    many = HARMLESS | {f"field{number}": 1 for number in range(10_000)}
    _, sent = sent_on(json.dumps(many).encode())
    assert len(sent.value or b"") < 2_000


def test_of_what_was_erased_not_even_a_hash_goes_on() -> None:
    message = Message(CALLS.name, 0, 7, b"call-1", json.dumps(HARMLESS).encode(), NOW)
    assert shareable(message, Rejection(Reason.ERASED, "erased")) == (None, {"withheld": b"value"})
    assert shareable(message._replace(value=None), Rejection(Reason.EMPTY, "empty")) == (None, {})
