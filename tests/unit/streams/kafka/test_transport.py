"""The chunk transport without a broker: which Faust it takes, and what it lets be committed."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path
from types import FunctionType
from typing import Any

import faust
import pytest
from aiokafka import AIOKafkaConsumer
from faust.transport import consumer as faust_consumer
from faust.transport.base import Transport
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from streams.kafka import transport
from streams.kafka.transport import (
    ChunkConsumer,
    ChunkConsumerThread,
    ChunkTransport,
    InFlight,
    UnsupportedFaust,
)

REPLACED: dict[type, dict[Any, str]] = {
    ChunkConsumer: {
        faust_consumer.Consumer.on_partitions_revoked: "d04b7ae72c6f",
        faust_consumer.Consumer.on_partitions_assigned: "29ce96596f05",
        faust_consumer.Consumer.perform_seek: "0e8c130ff4b0",
        faust_consumer.Consumer._filter_tps_with_pending_acks: "f6f923977423",
        faust_consumer.Consumer._new_offset: "1d2c7ea89a7a",
        faust_consumer.Consumer._drain_messages: "44a2500309e8",
        driver.Consumer._new_consumer_thread: "0870ec53dea7",
    },
    ChunkConsumerThread: {driver.AIOKafkaConsumerThread._create_worker_consumer: "c2701bfc3e6f"},
    ChunkTransport: {Transport.create_consumer: "46cc2bf5ab14"},
}
"""What the transport overrides, each with the hash of the source that it was written for."""

RELIED_ON = {
    faust_consumer.Consumer.ack: "5fcf41cf4515",
    faust_consumer.Consumer.commit: "a354437baaa0",
    faust_consumer.Consumer.force_commit: "cc094614d22c",
    faust_consumer.Consumer.maybe_wait_for_commit_to_finish: "d687f63a0b5e",
    faust_consumer.Consumer._commit_tps: "a20e230b05ae",
    faust_consumer.Consumer._filter_committable_offsets: "dc5e9baf5d99",
    faust_consumer.Consumer._should_commit: "5ce941793947",
    faust_consumer.Consumer._commit_offsets: "1a6979904118",
    faust_consumer.Consumer.on_stop: "45b1d2210ce2",
    faust_consumer.ThreadDelegateConsumer._getmany: "f9d47aa9010b",
    driver.AIOKafkaConsumerThread.getmany: "26fc5fc9f3b6",
    driver.AIOKafkaConsumerThread._fetch_records: "39a2c6c79fc1",
    driver.AIOKafkaConsumerThread._commit: "932852ce7a23",
    faust.App._on_partitions_revoked: "d5c895bbe57d",
    faust.App._on_partitions_assigned: "de932b7927db",
    faust.Stream._c_aiter: "fa44582a5882",
}
"""What its guarantees rest on, of Faust's inner parts."""


def source_hash(function: Any) -> str:
    return hashlib.sha256(inspect.getsource(inspect.unwrap(function)).encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("function", "expected"),
    [item for replaced in REPLACED.values() for item in replaced.items()] + list(RELIED_ON.items()),
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_parts_of_faust_underneath_are_those_the_transport_was_written_for(
    function: Any, expected: str
) -> None:
    assert source_hash(function) == expected, (
        f"Faust's {function.__qualname__} has changed: read it again, adapt streams/kafka/transport.py, "
        "note the new hash"
    )


@pytest.mark.parametrize("ours", REPLACED, ids=lambda cls: cls.__name__)
def test_every_method_that_replaces_one_of_fausts_is_watched(ours: type) -> None:
    overridden = {
        name
        for name, value in vars(ours).items()
        if isinstance(value, FunctionType) and any(hasattr(base, name) for base in ours.__mro__[1:])
    } - {"__init__"}
    assert overridden == {function.__name__ for function in REPLACED[ours]}
    for name in overridden:
        [theirs] = [function for function in REPLACED[ours] if function.__name__ == name]
        assert (
            list(inspect.signature(getattr(ours, name)).parameters)[1:2]
            == (list(inspect.signature(theirs).parameters)[1:2])
        )


def test_aiokafka_still_keeps_the_fetch_wait_where_the_transport_sets_it() -> None:
    assert "self._fetch_max_wait_ms = fetch_max_wait_ms" in inspect.getsource(AIOKafkaConsumer.__init__)


@pytest.fixture
def app(tmp_path: Path) -> faust.App:
    return faust.App("test", broker="kafka://127.0.0.1:1", datadir=tmp_path)


def test_another_version_of_faust_is_refused_with_what_to_do(
    app: faust.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "version", {"faust-streaming": "0.16.0"}.__getitem__)
    with pytest.raises(
        UnsupportedFaust, match=r"0\.16\.0 is installed.*pip install faust-streaming==0\.15\.3"
    ):
        transport.install(app)


def test_it_comes_before_the_first_agent(app: faust.App) -> None:
    @app.agent(app.topic("calls"))
    async def agent(stream: Any) -> None: ...

    with pytest.raises(RuntimeError, match="before declaring"):
        transport.install(app)


def test_an_app_without_it_has_no_lag_to_tell(app: faust.App) -> None:
    assert transport.lag(app) == {}


def chunk(first: int, last: int) -> tuple[int, ConsumerMessage]:
    message = ConsumerMessage("calls", 0, last, 0.0, 0, [], None, None, None, tp=TP("calls", 0))
    return first, message


def test_the_offset_to_commit_follows_the_unbroken_run_of_acknowledged_chunks() -> None:
    in_flight = InFlight()
    assert in_flight.acknowledged() is None
    assert in_flight.first_offset() is None
    chunks = [chunk(0, 9), chunk(10, 14), chunk(15, 19)]
    for first, message in chunks:
        in_flight.add(first, message)
    assert in_flight.acknowledged() is None
    assert in_flight.first_offset() == 0

    chunks[2][1].acked = True
    assert in_flight.acknowledged() is None

    chunks[0][1].acked = True
    assert in_flight.acknowledged() == 10
    assert in_flight.first_offset() == 10

    chunks[1][1].acked = True
    assert in_flight.acknowledged() == 20
    assert in_flight.first_offset() is None
    assert in_flight.acknowledged() == 20, "a commit that failed asks again"


def test_offsets_that_do_not_exist_hold_up_nothing() -> None:
    in_flight = InFlight()
    for first, last in [(3, 8), (40, 41), (100, 100)]:
        _, message = chunk(first, last)
        in_flight.add(first, message)
        message.acked = True
    assert in_flight.acknowledged() == 101


def test_an_old_chunks_acknowledgement_is_not_a_new_ones() -> None:
    """A rebalance cuts chunks anew: 5 to 9 was in work and is acknowledged late, 3 to 9 has come since."""
    _, late = chunk(5, 9)
    in_flight = InFlight()
    first, message = chunk(3, 9)
    in_flight.add(first, message)
    late.acked = True
    assert in_flight.acknowledged() is None
