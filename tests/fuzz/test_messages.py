"""Whatever stands in a message, it is stored, known or rejected, and nothing raises: `make fuzz` for 100,000 of them.

FUZZ_MESSAGES says how many, FUZZ_SEED from which seed; a failure prints the seed that gives it again.
"""

from __future__ import annotations

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickhouse.client import connect_async
from clickhouse.schema.rows import SegmentRow
from clickhouse.store import Store
from schemas.topics import CALLS, SOURCES
from streams.kafka.messages import from_record
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated_clickhouse
from tests.support.fuzzing import MOMENT, assert_no_word_without_consent, fuzz
from tests.support.memory_store import MemoryStore
from tests.support.mutations import SECRET, Record, messages

__all__ = ["clickhouse_server", "migrated_clickhouse"]

COUNT = int(os.environ.get("FUZZ_MESSAGES", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "20261126"))


@pytest.mark.timeout(3600)
async def test_every_damaged_message_is_counted_as_exactly_one_of_three() -> None:
    store = MemoryStore()
    found = await fuzz(messages(SEED, COUNT, MOMENT), store, MOMENT)
    print(f"\nseed {SEED}: {found}")
    assert found.consumed == COUNT
    assert found.stored > COUNT / 10
    assert {"not_json", "unknown_field", "invalid_field", "wrong_key", "too_large", "empty"} <= set(
        found.rejected
    )
    assert_no_word_without_consent(store.tables[SegmentRow].values())


async def test_what_is_taken_fits_the_real_store(migrated_clickhouse: RunningClickHouse) -> None:
    now = datetime.now(UTC)
    client = await connect_async(migrated_clickhouse.writer, database="")
    try:
        found = await fuzz(messages(SEED + 1, 600, now), Store(client), now, at_once=300)
        rows = (await client.query("SELECT count() FROM salgspuls.dead_letters")).result_rows
    finally:
        await client.close()
    assert found.consumed == 600
    assert "refused_by_store" not in found.rejected
    assert rows == [(found.rejected.total(),)]


MOMENT_TEXT = (MOMENT - timedelta(minutes=5)).isoformat()
SEGMENT: dict[str, Any] = {
    "type": "call_segment", "call_id": "k", "call_started_at": MOMENT_TEXT, "seller_id": "s1", "consent": True,
    "segment_id": "a", "speaker": "customer", "start_ms": 0, "end_ms": 1000, "text": "x",
}  # fmt: skip
REFUSED = SEGMENT | {"consent": False, "text": SECRET}
DEAL: dict[str, Any] = {
    "type": "opportunity_changed", "opportunity_id": "k", "seller_id": "s1", "name": "n", "stage": "st",
    "state": "open", "estimated_value": "1.00", "currency": "DKK", "changed_at": MOMENT_TEXT,
}  # fmt: skip
NO_CONSENT = {name: value for name, value in REFUSED.items() if name != "consent"}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


BY_HAND: list[tuple[str, str, bytes, bytes | None]] = [
    ("consent that is withdrawn in the same breath", "invalid_field", b"k",
     _json(REFUSED)[:-1] + b',"consent":true}'),
    ("consent of another alphabet", "unknown_field", b"k", _json(NO_CONSENT | {"\u0441onsent": True})),
    ("consent as a capital", "unknown_field", b"k", _json(NO_CONSENT | {"Consent": True})),
    ("consent in a list", "invalid_field", b"k", _json(REFUSED | {"consent": [True]})),
    ("consent that is null", "invalid_field", b"k", _json(REFUSED | {"consent": None})),
    ("an envelope", "unknown_type", b"k", _json({"data": REFUSED})),
    ("a cloud event", "unknown_field", b"k", _json({"specversion": "1.0", "type": "call_segment", "data": REFUSED})),
    ("JSON in a string", "not_json", b"k", _json(json.dumps(REFUSED))),
    ("two events in one message", "not_json", b"k", _json(SEGMENT) + b"\n" + _json(REFUSED)),
    ("a schema registry's header", "not_json", b"k", b"\0\0\0\0\1" + _json(REFUSED)),
    ("UTF-16", "not_json", b"k", json.dumps(REFUSED).encode("utf-16")),
    ("a byte order mark", "not_json", b"k", b"\xef\xbb\xbf" + _json(REFUSED)),
    ("half a letter", "not_json", b"k", _json(REFUSED | {"text": f"\ud800 {SECRET}"})),
    ("Python's own writing", "not_json", b"k", str(REFUSED).encode()),
    ("a comment before it", "not_json", b"k", b"/* */" + _json(REFUSED)),
    ("a list within a field", "not_json", b"k", _json(REFUSED)[:-1] + b',"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}"),
    ("a number of 400 digits", "invalid_field", b"k", _json(REFUSED | {"start_ms": 10**400})),
    ("no number", "invalid_field", b"k", _json(REFUSED | {"start_ms": float("nan")})),
    ("eight thousand fields", "unknown_field", b"k", _json(REFUSED | {f"k{n}": SECRET for n in range(8_000)})),
    ("a language of words", "invalid_field", b"k", _json(REFUSED | {"language": f"da-{SECRET}"})),
    ("a key with a zero", "wrong_key", b"k\0", _json(REFUSED)),
    ("a key that is quoted", "wrong_key", b'"k"', _json(REFUSED)),
    ("a key of other composed letters", "wrong_key", "e\u0301".encode(), _json(REFUSED | {"call_id": "\u00e9"})),
    ("a key of 70 kB", "invalid_field", b"k" * 70_000, _json(REFUSED | {"call_id": "k" * 70_000})),
    ("a deal among calls", "wrong_topic", b"k", _json(DEAL | {"name": SECRET})),
    ("a leap second", "invalid_field", b"k", _json(REFUSED | {"call_started_at": "2026-06-30T23:59:60Z"})),
    ("a zone of 25 hours", "invalid_field", b"k", _json(REFUSED | {"call_started_at": "2026-11-24T10:00:00+25:00"})),
    ("a time without a zone", "invalid_field", b"k", _json(REFUSED | {"call_started_at": "2026-11-24T10:00:00"})),
    ("a key of words and nothing else", "empty", SECRET.encode(), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "key", "value"), [case[1:] for case in BY_HAND], ids=[case[0] for case in BY_HAND]
)
async def test_what_is_odd_about_one_message_is_told_and_none_of_its_words(
    reason: str, key: bytes, value: bytes | None
) -> None:
    store = MemoryStore()
    record = Record(CALLS.name, 1, key, value, int(MOMENT.timestamp() * 1000))
    found = await fuzz([from_record(record, MOMENT)], store, MOMENT)
    assert dict(found.rejected) == {reason: 1}
    assert SECRET not in repr([list(rows.values()) for rows in store.tables.values()])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(SECRET),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.just("text"), inner, max_size=4)
    ),
    max_leaves=20,
)
VALUES = st.one_of(
    st.none(), st.binary(max_size=300), JSON.map(lambda body: json.dumps(body).encode(errors="surrogatepass"))
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    topic=st.sampled_from([topic.name for topic in SOURCES]),
    key=st.none() | st.binary(max_size=200),
    value=VALUES,
    timestamp=st.integers(-(2**63), 2**63 - 1),
)
def test_any_bytes_are_rejected_without_a_word_of_them(
    topic: str, key: bytes | None, value: bytes | None, timestamp: int
) -> None:
    message = from_record(Record(topic, 1, key, value, timestamp), MOMENT)
    found = asyncio.run(fuzz([message], MemoryStore(), MOMENT))
    assert found.rejected.total() == 1
