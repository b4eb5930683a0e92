"""Whatever stands in a message, it is stored, known or rejected, and nothing raises: `make fuzz` for 100,000 of them.

FUZZ_MESSAGES says how many, FUZZ_SEED from which seed; a failure prints the seed that gives it again.
"""

from __future__ import annotations

import asyncio
import json
import os
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickhouse.client import connect_async
from clickhouse.schema.rows import SegmentRow
from clickhouse.store import Store
from schemas.topics import SOURCES
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
