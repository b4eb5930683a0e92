"""A worker as its operator sees it: how fast, what it says of itself, how it stops, what it waits for and refuses."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import time
import urllib.error
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schemas.events import AnyEvent, CallSegment, TrackerChanged
from schemas.topics import CALLS, DEAD_LETTERS, SETTINGS, topic_of
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.producer import EventProducer
from streams.replay import RawMessage
from streams.simulator import World
from streams.trackers.events import await_listening
from tests.support.oracle import a_recent_working_day, assert_same, expected_rows, stored_rows
from tests.support.pipeline import Pipeline, Worker, log_lines, running_pipeline

STARTED_AT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with running_pipeline(TansuBroker(tmp_path, free_port()), tmp_path, idempotent=False) as pipeline:
        yield pipeline


def segment(call_id: str = "call-1", number: int = 1, **fields: Any) -> CallSegment:
    given: dict[str, Any] = {
        "call_id": call_id,
        "call_started_at": STARTED_AT,
        "seller_id": "seller-1",
        "consent": True,
        "segment_id": f"s{number}",
        "speaker": "customer",
        "start_ms": number * 3000,
        "end_ms": number * 3000 + 2000,
        "text": "We are happy with the printer.",
        "language": "en",
    }
    return CallSegment(**(given | fields))


@pytest.mark.alone
async def test_an_event_is_stored_within_a_second(pipeline: Pipeline) -> None:
    """500 events a second for 10 seconds: 95 % are in ClickHouse within a second of being produced. Measured up to
    three times: a neighbour's noise passes, a regression stays."""
    ends = a_recent_working_day(datetime.now(UTC))
    world = World.create(5, ends, days=3, density=6.0, length=0.1)
    calls = [timed.event for timed in world.history(end=ends) if topic_of(timed.event) is CALLS]
    pipeline.start_worker()
    for number in range(1, 4):
        p95 = await _seconds_to_be_stored(pipeline, calls[-5000 * number :][:5000], 5000 * number)
        if p95 <= 1.0:
            break
    assert p95 <= 1.0


async def _seconds_to_be_stored(pipeline: Pipeline, events: list[AnyEvent], sent_by_then: int) -> float:
    assert len(events) == 5000
    begun = time.monotonic()
    async with EventProducer(pipeline.settings.kafka) as producer:
        for number, event in enumerate(events):
            await asyncio.sleep(max(0.0, begun + number / 500 - time.monotonic()))
            await producer.send(event)
    await pipeline.until_committed(sent_by_then)
    these = {(event.call_id, event.segment_id) for event in events if isinstance(event, CallSegment)}
    sent = {}
    for record in await pipeline.cluster.consume(CALLS.name, sent_by_then):
        body = json.loads(record.value)
        sent[body["call_id"], body.get("segment_id")] = record.timestamp / 1000
    stored = pipeline.query("SELECT call_id, segment_id, toFloat64(stored_at) FROM salgspuls.segments")
    seconds = sorted(at - sent[key] for *ids, at in stored if (key := (ids[0], ids[1])) in these)
    p50, p95 = (float(seconds[int(len(seconds) * share)]) for share in (0.5, 0.95))
    print(f"\n{len(seconds)} segments, from produced to stored: p50 {p50:.2f} s, p95 {p95:.2f} s")
    assert len(seconds) > 3500
    return p95


@pytest.mark.alone
async def test_trackers_take_effect_within_five_seconds_without_a_restart(pipeline: Pipeline) -> None:
    """Also when another worker has the partition of the settings."""
    pipeline.start_worker()
    pipeline.start_worker()
    calls = [f"call-{number}" for number in range(12)]
    tracker = TrackerChanged(tracker_id="printer", name="printer", kind="keyword")
    await pipeline.send([tracker])
    settings = pipeline.settings
    assert await await_listening([tracker], settings.clickhouse.config("writer"), settings.worker, within=5)
    await pipeline.send([segment(call_id) for call_id in calls])
    await pipeline.until_committed(1 + len(calls))
    mentioned = pipeline.query("SELECT call_id FROM salgspuls.call_keywords WHERE tracker_id = 'printer'")
    assert {call_id for (call_id,) in mentioned} == set(calls)

    await pipeline.send(
        [TrackerChanged(tracker_id="printer", name="printer", kind="keyword", revision=2, removed=True)]
    )
    await asyncio.sleep(5)
    await pipeline.send([segment("call-later")])
    await pipeline.until_committed(2 + len(calls) + 1)
    assert pipeline.query("SELECT count() FROM salgspuls.call_keywords WHERE call_id = 'call-later'") == [
        (0,)
    ]
    assert pipeline.query("SELECT count() FROM salgspuls.call_keywords") == [(len(calls),)]


async def test_words_without_consent_are_nowhere_in_the_clear(pipeline: Pipeline) -> None:
    """Not in a table, not in the log, not in the dead letters, whatever is wrong with the message."""
    secret = "zebrafinch"
    worker = pipeline.start_worker()
    without = segment(consent=False, text=f"I am {secret} and very unhappy about Acme Corp.", language=None)
    plain = json.loads(without.model_dump_json(exclude_none=True))
    key = without.call_id.encode()
    poison = [
        {**plain, "mood": "bad"},
        {**plain, "start_ms": -1, "segment_id": "s2"},
        {**plain, "text": {"said": secret}, "segment_id": "s3"},
        {**plain, "consent": "no", "segment_id": "s4"},
        {name: value for name, value in plain.items() if name != "consent"},
    ]
    raw = [RawMessage(CALLS.name, key, json.dumps(body).encode(), None) for body in poison]
    raw.append(RawMessage(CALLS.name, key, json.dumps(plain).encode()[:-1], None))
    raw.append(RawMessage(CALLS.name, b"another key", json.dumps(plain).encode(), None))
    await pipeline.send([without])
    await pipeline.send_raw(raw)
    await pipeline.until_committed(1 + len(raw))

    [row] = pipeline.query("SELECT * FROM salgspuls.segments")
    assert secret not in repr(row)
    assert pipeline.query(
        "SELECT talk_customer_ms, words_customer, sentiment_label, consent FROM salgspuls.calls"
    ) == [(2000, 0, "", False)]
    assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(len(raw),)]
    assert secret not in repr(pipeline.query("SELECT * FROM salgspuls.dead_letters"))
    letters = await pipeline.cluster.consume(DEAD_LETTERS.name, len(raw))
    assert all(secret.encode() not in (letter.value or b"") for letter in letters)
    assert {dict(letter.headers)["reason"] for letter in letters} == {
        b"unknown_field", b"invalid_field", b"not_json", b"wrong_key",
    }  # fmt: skip
    worker.stop()
    assert secret not in worker.log.read_text()


async def test_a_dead_letter_holds_what_is_harmless_and_says_what_was_withheld(pipeline: Pipeline) -> None:
    pipeline.start_worker()
    body = json.loads(segment().model_dump_json(exclude_none=True)) | {"mood": "bad"}
    value = json.dumps(body).encode()
    await pipeline.send_raw([RawMessage(CALLS.name, b"call-1", value, None)])
    await pipeline.until_committed(1)
    [letter] = await pipeline.cluster.consume(DEAD_LETTERS.name, 1)
    assert letter.key == f"{CALLS.name}/{(headers := _headers(letter))['partition']}/0".encode()
    assert json.loads(letter.value) == {
        name: content for name, content in body.items() if name not in ("text", "mood", "language")
    }
    assert headers["topic"] == CALLS.name
    assert headers["reason"] == "unknown_field"
    assert headers["detail"].startswith("a field that this event does not have")
    assert (headers["withheld"], headers["withheld-length"]) == ("fields", str(len(value)))
    assert headers["withheld-sha256"] == hashlib.sha256(value).hexdigest()


def _headers(letter: Any) -> dict[str, str]:
    return {name: content.decode() for name, content in letter.headers}


async def test_stopping_takes_seconds_and_loses_nothing(pipeline: Pipeline) -> None:
    ends = a_recent_working_day(datetime.now(UTC))
    world = World.create(6, ends, days=1, density=0.5, length=0.1)
    events: list[AnyEvent] = [timed.event for timed in world.history(end=ends)]
    settings = [event for event in events if topic_of(event) is SETTINGS]
    others = [event for event in events if topic_of(event) is not SETTINGS]
    worker = pipeline.start_worker()
    await pipeline.send(settings)
    await pipeline.until_committed(len(settings))
    third = len(others) // 3
    for part in range(3):
        await pipeline.send(others[part * third : (part + 1) * third if part < 2 else None])
        await asyncio.sleep(0.1)
        if part < 2:
            seconds = worker.stop()
            assert worker.process.returncode == 0
            assert seconds <= 10
            worker = pipeline.start_worker()
    await pipeline.until_committed(len(events))
    assert_same(stored_rows(pipeline), expected_rows(events))


async def test_it_says_how_it_is(pipeline: Pipeline) -> None:
    worker = pipeline.start_worker()
    assert json.loads(worker.get("/live")) == {"alive": True}
    ready = json.loads(worker.get("/ready"))
    assert ready["ready"] is True
    assert len(ready["partitions"]) == sum(spec.partitions for spec in pipeline.settings.kafka.topics()[:3])
    await pipeline.send([segment(), segment()])
    await pipeline.send_raw([RawMessage(CALLS.name, b"call-1", b"{", None)])
    await pipeline.until_committed(3)
    assert worker.metric("salgspuls_events_consumed_total", topic=CALLS.name) == 3
    assert worker.metric("salgspuls_events_stored_total", topic=CALLS.name) == 1
    assert worker.metric("salgspuls_events_duplicate_total", topic=CALLS.name) == 1
    assert worker.metric("salgspuls_dead_letters_total", reason="not_json") == 1
    assert worker.metric("salgspuls_dead_letters_total", reason="wrong_key") == 0
    assert worker.metric("salgspuls_open_calls") == 1
    await asyncio.sleep(2.5)
    assert worker.metric("salgspuls_lag_messages") == 0
    assert "trackers changed" in {line["event"] for line in log_lines(worker)}


async def test_it_answers_under_no_foreign_name(pipeline: Pipeline) -> None:
    worker = pipeline.start_worker()
    odd = ("127.0.0.1:99999999", "localhost:x", "\xff", "evil.example@127.0.0.1", "[::1", "a b")
    for path in ("/metrics", "/ready", "/live", "/"):
        for host in ("evil.example", "127.0.0.1.evil.example", "", *odd):
            assert worker.status(path, host) in (400, 421), (path, host)
        for host in ("localhost", "127.0.0.1:6066", "[::1]", "172.18.0.4:6066"):
            assert worker.status(path, host) == 200
    for _ in range(100):
        with socket.create_connection(("127.0.0.1", urlsplit(worker.address).port or 0)) as client:
            client.sendall(b"no HTTP at all\r\n\r\n")
            client.recv(1)
    worker.stop()
    assert len([line for line in log_lines(worker) if line.get("logger") == "aiohttp.server"]) <= 2


async def test_it_waits_for_broker_and_clickhouse_and_tells_for_what(pipeline: Pipeline) -> None:
    nobody = free_port()
    worker = pipeline.launch_worker(SALGSPULS_KAFKA_BOOTSTRAP=f"127.0.0.1:{nobody}")
    other = pipeline.launch_worker(SALGSPULS_CLICKHOUSE_PORT=str(nobody))
    await until_it_says(worker, "waiting for Kafka: ")
    await until_it_says(other, f"ClickHouse at http://127.0.0.1:{nobody}")
    await asyncio.sleep(1)
    assert worker.process.poll() is None
    assert other.process.poll() is None
    for one in (worker, other):
        assert one.stop() <= 10
        assert one.process.returncode == 0


async def until_it_says(worker: Worker, beginning: str) -> None:
    """Wait until a line of the log begins so."""
    async with asyncio.timeout(30):
        while not any(  # noqa: ASYNC110 - another process writes the log
            line["event"].startswith(beginning) for line in log_lines(worker)
        ):
            await asyncio.sleep(0.1)


async def test_it_refuses_an_unmigrated_database(pipeline: Pipeline) -> None:
    pipeline.client.command("DROP DATABASE salgspuls_store SYNC")
    pipeline.client.command("DROP DATABASE salgspuls SYNC")
    worker = pipeline.launch_worker()
    assert await asyncio.to_thread(worker.process.wait, 60) == 1
    last = list(log_lines(worker))[-1]
    assert last["event"] == "cannot start"
    assert "run `salgspuls migrate`" in last["reason"]


async def test_a_table_that_is_gone_stops_it_at_once_and_nothing_is_lost(pipeline: Pipeline) -> None:
    """Also when no further event comes that would show it."""
    worker = pipeline.start_worker()
    pipeline.client.command("RENAME TABLE salgspuls_store.call_names TO salgspuls_store.elsewhere")
    await pipeline.send([segment(text="We moved from HubSpot to Pipedrive.")])
    assert await asyncio.to_thread(worker.process.wait, 60) == 1
    last = list(log_lines(worker))[-1]
    assert last["event"] == "stopped by an error"
    assert "run `salgspuls migrate`" in last["reason"]
    assert await pipeline.committed() == 0
    pipeline.client.command("RENAME TABLE salgspuls_store.elsewhere TO salgspuls_store.call_names")
    pipeline.start_worker()
    await pipeline.until_committed(1)
    assert pipeline.query("SELECT count() > 0 FROM salgspuls.call_names") == [(1,)]


async def test_a_clickhouse_that_hangs_is_waited_for(pipeline: Pipeline) -> None:
    """While it hangs nothing is committed; afterwards all is stored."""
    worker = pipeline.start_worker()
    await pipeline.send([segment()])
    await pipeline.until_committed(1)
    pipeline.clickhouse.process.send_signal(19)  # SIGSTOP: connections hang, as behind a dead network
    try:
        await pipeline.send([segment(number=2)])
        await asyncio.sleep(3)
        assert await pipeline.committed() == 1
    finally:
        pipeline.clickhouse.process.send_signal(18)
    await pipeline.until_committed(2)
    assert pipeline.query("SELECT segments FROM salgspuls.calls") == [(2,)]
    assert worker.process.poll() is None


def test_two_on_one_port_is_told_plainly(pipeline: Pipeline) -> None:
    first = pipeline.start_worker()
    port = first.address.rpartition(":")[2]
    second = pipeline.launch_worker(SALGSPULS_WORKER_PORT=port)
    assert second.process.wait(60) == 1
    assert f"port {port}" in list(log_lines(second))[-1]["reason"]
    with pytest.raises(urllib.error.HTTPError):
        first.get("/nothing")
