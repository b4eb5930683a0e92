"""Whatever stands in or around a message, on Apache Kafka: it is counted, and what comes behind it is stored."""

from __future__ import annotations

import asyncio
import json
import urllib.error
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from schemas.events import ActivityLogged, CallSegment
from schemas.topics import CALLS, CRM, DEAD_LETTERS
from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from tests.support.pipeline import Pipeline, Worker, running_pipeline

CASES = Path(__file__).parents[1] / "data" / "robustness"
STARTED_AT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
SEGMENT: dict[str, Any] = {
    "type": "call_segment", "call_id": "BIG", "call_started_at": STARTED_AT.isoformat(), "seller_id": "s1",
    "consent": True, "segment_id": "s1", "speaker": "customer", "start_ms": 0, "end_ms": 1000, "text": "x",
}  # fmt: skip


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    broker = ApacheKafkaBroker(tmp_path / "kafka", free_port())
    with running_pipeline(broker, tmp_path, idempotent=True) as pipeline:
        yield pipeline


async def send(
    pipeline: Pipeline, topic: str, value: bytes | None, key: bytes | None = b"BIG", **given: Any
) -> None:
    """As a producer of somebody else's does."""
    options = {name: given.pop(name) for name in ("compression_type",) if name in given}
    async with AIOKafkaProducer(
        bootstrap_servers=pipeline.settings.kafka.bootstrap, acks="all", max_request_size=256 << 20, **options
    ) as producer:
        await producer.send_and_wait(topic, key=key, value=value, **given)


@pytest.mark.timeout(400)
@pytest.mark.kafka
async def test_nothing_that_stands_in_or_around_a_message_stops_what_comes_behind(pipeline: Pipeline) -> None:
    worker = pipeline.start_worker()
    hostile = 0

    async def attack(topic: str, value: bytes | None, key: bytes | None = b"BIG", **given: Any) -> None:
        nonlocal hostile
        await send(pipeline, topic, value, key, **given)
        hostile += 1

    await attack(CALLS.name, (CASES / "deep-json.json").read_bytes())
    await attack(CALLS.name, b"[" * 100_000)
    head = b'{"consent":true,"x":"'
    await attack(CRM.name, head + b"a" * (1_048_480 - len(head) - 2) + b'"}', b"JAM")
    await attack(
        CALLS.name, json.dumps(SEGMENT | {"text": "x" * (5 << 20)}).encode(), compression_type="gzip"
    )
    await attack(CALLS.name, json.dumps(SEGMENT | {"text": "å" * 120_000}, ensure_ascii=False).encode())
    await attack(CALLS.name, b"x" * (60 << 20), compression_type="gzip")
    for codec in ("gzip", "snappy", "lz4", "zstd"):
        await attack(CALLS.name, b"{}", compression_type=codec)
    await attack(CALLS.name, b"x" * (200 << 20), compression_type="zstd")
    await attack(CALLS.name, None, b"k" * 900_000)
    await attack(CALLS.name, json.dumps(SEGMENT).encode(), b"\xff\xfe" * 300_000)
    await attack(CALLS.name, b"{}", None)
    await attack(CALLS.name, b"{}", headers=[("h", b"v" * 500_000), ("", b""), ("\x00", b"\xff")])
    await attack(CALLS.name, b"{}", timestamp_ms=0)
    await attack(CALLS.name, (CASES / "future-call.json").read_bytes(), b"future")
    for line in (CASES / "no-consent-misshapen.jsonl").read_text().splitlines():
        message = json.loads(line)
        await attack(message["topic"], json.dumps(message["value"]).encode(), message["key"].encode())

    segment = CallSegment.model_validate_json(json.dumps(SEGMENT | {"call_id": "after"}))
    activity = ActivityLogged(
        activity_id="a",
        seller_id="JAM",
        kind="email",
        started_at=STARTED_AT,
        duration_minutes=1.0,
        with_customer=True,
    )
    await pipeline.send([segment, activity])
    await pipeline.until_committed(hostile + 2, within=120)
    assert pipeline.query("SELECT call_id FROM salgspuls.calls") == [("after",)]
    assert pipeline.query("SELECT activity_id FROM salgspuls.activities") == [("a",)]
    assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(hostile,)]
    assert json.loads(worker.get("/ready"))["waits_for"] is None
    letters = await pipeline.cluster.consume(DEAD_LETTERS.name, hostile)
    assert max(len(letter.value or b"") for letter in letters) < 2_000
    told = {dict(letter.headers)["reason"] for letter in letters}
    assert told == {b"not_json", b"unknown_type", b"too_large", b"empty", b"wrong_key", b"in_the_future",
                    b"unknown_field", b"invalid_field"}  # fmt: skip
    assert worker.metric("salgspuls_dead_letters_undelivered_total") == 0
    [(age,)] = pipeline.query("SELECT age_seconds FROM salgspuls.freshness")
    assert 0 <= age < 60
    said = worker.log.read_text()
    for word in ("WORDS", "hemmelig"):
        assert word not in said
        assert all(word.encode() not in (letter.value or b"") for letter in letters)
        assert word not in repr(pipeline.query("SELECT * FROM salgspuls.dead_letters"))


class _Bytes(str):
    """A header's name that is no UTF-8 on the wire."""

    def encode(self, *_given: Any) -> bytes:
        return b"\xff\xfe"


@pytest.mark.timeout(300)
@pytest.mark.kafka
async def test_a_header_that_is_no_text_stops_nothing(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("message_accumulator", "producer"):  # the one in C wants text
        monkeypatch.setattr(
            f"aiokafka.producer.{module}.DefaultRecordBatchBuilder", _DefaultRecordBatchBuilderPy
        )
    worker = pipeline.start_worker()
    await send(pipeline, CALLS.name, b"{}", headers=[(_Bytes("h"), b"v")])
    segment = CallSegment.model_validate_json(json.dumps(SEGMENT | {"call_id": "after"}))
    await pipeline.send([segment])
    await pipeline.until_committed(2)
    assert worker.process.poll() is None
    assert pipeline.query("SELECT call_id FROM salgspuls.calls") == [("after",)]


@pytest.mark.timeout(300)
@pytest.mark.kafka
async def test_dead_letters_that_nobody_takes_are_counted_and_the_worker_goes_on(pipeline: Pipeline) -> None:
    """The topic takes messages of a few bytes only: refused for good. The row in ClickHouse is enough."""
    admin = AIOKafkaAdminClient(bootstrap_servers=pipeline.settings.kafka.bootstrap)
    await admin.start()
    await admin.alter_configs(
        [ConfigResource(ConfigResourceType.TOPIC, DEAD_LETTERS.name, {"max.message.bytes": "20"})]
    )
    await admin.close()
    worker = pipeline.start_worker()
    await send(pipeline, CALLS.name, b"{}")
    await pipeline.send([CallSegment.model_validate_json(json.dumps(SEGMENT))])
    await pipeline.until_committed(2)
    assert worker.metric("salgspuls_dead_letters_undelivered_total") == 1
    assert pipeline.query("SELECT reason FROM salgspuls.dead_letters") == [("unknown_type",)]
    assert json.loads(worker.get("/ready"))["ready"] is True


@pytest.mark.timeout(300)
@pytest.mark.kafka
async def test_a_broker_that_is_gone_is_told(pipeline: Pipeline) -> None:
    worker = pipeline.start_worker()
    pipeline.cluster.broker.stop()
    await until_ready_says(worker, "Kafka does not answer", 60)
    assert worker.metric("salgspuls_waiting", part="kafka") == 1
    pipeline.cluster.broker.start()
    await until_ready_says(worker, '"ready": true', 90)


async def until_ready_says(worker: Worker, words: str, within: float) -> None:
    """Wait until the answer of /ready, which is an error while it is not, holds these words."""
    said = ""
    async with asyncio.timeout(within):
        while words not in said:
            await asyncio.sleep(0.2)
            try:
                said = worker.get("/ready")
            except urllib.error.HTTPError as error:
                said = error.read().decode()


@pytest.mark.timeout(300)
@pytest.mark.kafka
async def test_a_topic_that_others_delete_stops_neither_this_worker_nor_the_next(pipeline: Pipeline) -> None:
    worker = pipeline.start_worker()
    activity = ActivityLogged(
        activity_id="a",
        seller_id="JAM",
        kind="email",
        started_at=STARTED_AT,
        duration_minutes=1.0,
        with_customer=True,
    )
    await pipeline.send([activity])
    await pipeline.until_committed(1)
    admin = AIOKafkaAdminClient(bootstrap_servers=pipeline.settings.kafka.bootstrap)
    await admin.start()
    await admin.delete_topics([CRM.name])
    await asyncio.sleep(3)
    await pipeline.send([CallSegment.model_validate_json(json.dumps(SEGMENT))])
    async with asyncio.timeout(60):
        while pipeline.query("SELECT count() FROM salgspuls.segments") != [(1,)]:  # noqa: ASYNC110 - another process stores
            await asyncio.sleep(0.3)
    assert worker.process.poll() is None
    await until_ready_says(worker, f"topic {CRM.name} is gone", 60)
    assert worker.metric("salgspuls_missing_partitions", topic=CRM.name) == 3
    assert worker.metric("salgspuls_waiting", part="topics") == 1
    await admin.close()
    worker.stop()
    pipeline.start_worker()
    await pipeline.send([activity.model_copy(update={"activity_id": "b"})])
    async with asyncio.timeout(60):
        while pipeline.query("SELECT count() FROM salgspuls.activities") != [(2,)]:  # noqa: ASYNC110 - another process stores
            await asyncio.sleep(0.3)
