"""The chunk transport: one Faust message for each chunk of records fetched from a partition.

Stock Faust spends some 80 microseconds on an event before any work is done, and may commit past an event that
is still being worked on. Here Faust keeps what it is good at: group membership, assignment, the consumer's
thread, agents and their supervision, the timer of commits. This module replaces how records get from the
fetcher to the streams, and how the offset to commit is found.

An agent receives events whose value is a list of aiokafka `ConsumerRecord`, all of one partition, in order,
never empty. `event.ack()` acknowledges the whole chunk; `event.message.timestamp` is when it was fetched.

Guarantees:
- What is committed is acknowledged. The offset committed for a partition is one past the last record of the
  unbroken run of acknowledged chunks from the oldest on; a chunk in work holds it, whatever came after.
- The order of a partition is kept and nothing is left out: what was fetched is delivered, or fetched again.
- Acknowledged chunks are committed before a partition is given away: a rebalance repeats only work begun.
- Memory is bounded. A topic is fetched only while its stream's queue has room, so at most
  `stream_buffer_maxsize` * `broker_max_poll_records` records of a topic wait for its agent (and aiokafka
  holds at most one fetch of `consumer_max_fetch_size` bytes for each partition).
- A chunk costs no asyncio Task.

Delivery is at least once: what was in work at a crash or rebalance comes again, in chunks cut differently.
Faust tables cannot be used, since their changelogs would come in chunks too, and `broker_commit_every` has no
effect: commits follow `broker_commit_interval`.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final, cast  # Any: Faust has no types

import faust
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.consumer import fetcher
from aiokafka.errors import ConsumerStoppedError
from faust.events import Event
from faust.exceptions import ConsumerNotStarted
from faust.topics import Topic
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.transports import ConsumerCallback, ConsumerT
from faust.types.tuples import ConsumerMessage, Message

from streams.errors import SalgspulsError
from streams.kafka.records import Records

SUPPORTED_FAUST: Final = "0.15.3"

APP_SETTINGS: Final[Mapping[str, Any]] = {
    "broker_max_poll_records": 2000,
    "stream_buffer_maxsize": 16,
    # An agent that waits for its database would hold up the rebalance until the group throws the worker out.
    "stream_wait_empty": False,
    "topic_disable_leader": True,
    "table_standby_replicas": 0,
}
"""Faust settings that go with this transport: `faust.App(..., **APP_SETTINGS)`."""

_FETCH_WAIT_MS = 200  # how long the broker may hold a fetch without news
_POLL = 1.0  # seconds until the consumer's thread answers without news
_ROOM_POLL = 0.02  # seconds between looks for room in a queue that was full


class UnsupportedFaust(SalgspulsError):  # noqa: N818 - a state of the installation, not of a call
    """The installed Faust is not the one whose inner parts this module replaces."""


def install(app: faust.App) -> None:
    """Make `app` consume in chunks. Call it before the first topic or agent is declared.

    Raises UnsupportedFaust for another version of Faust, RuntimeError when the app has its transport already.
    """
    installed = version("faust-streaming")
    if installed != SUPPORTED_FAUST:
        raise UnsupportedFaust(
            f"faust-streaming {installed} is installed, but the worker needs {SUPPORTED_FAUST}: it replaces "
            "inner parts of the consumer",
            remedy=f"pip install faust-streaming=={SUPPORTED_FAUST}",
        )
    if app._transport is not None:
        raise RuntimeError("install the chunk transport before declaring topics and agents of the app")
    app.transport = ChunkTransport(app.conf.broker_consumer, app)


def lag(app: faust.App) -> dict[tuple[str, int], int]:
    """Records not yet acknowledged on the broker, for each partition of this worker.

    Taken from the high watermark that came with the last fetch, so it costs no request; a partition that was
    not fetched yet is left out. While a stream is held back its partitions are not fetched: then the number
    stands still, as a lower bound.
    """
    consumer = app._consumer  # `app.consumer` would make one
    return consumer.lag() if isinstance(consumer, ChunkConsumer) else {}


def connected(app: faust.App) -> bool:
    """Whether the consumer has a connection to any broker at this moment."""
    consumer = app._consumer
    return isinstance(consumer, ChunkConsumer) and consumer.connected()


def assignment(app: faust.App) -> set[TP]:
    """The partitions of this worker; none before the consumer has started."""
    consumer = app._consumer
    try:
        return set(consumer.assignment()) if isinstance(consumer, ChunkConsumer) else set()
    except ConsumerNotStarted:
        return set()


class InFlight:
    """The chunks of one partition that went to the streams and hold its commit, oldest first."""

    __slots__ = ("_acknowledged", "_chunks")

    def __init__(self) -> None:
        self._chunks: deque[tuple[int, Message]] = deque()
        self._acknowledged: int | None = None

    def add(self, first: int, message: Message) -> None:
        """Append a chunk, newer than all before: the offset of its first record, and its message."""
        self._chunks.append((first, message))

    def acknowledged(self) -> int | None:
        """The offset that may be committed: one past the last acknowledged record; None when there is none.

        Asks the message itself, not the offsets seen acknowledged: after a rebalance the same last offset can
        come again in a longer chunk, and an acknowledgement of the old chunk says nothing about the new one.
        """
        chunks = self._chunks
        while chunks and chunks[0][1].acked:
            self._acknowledged = chunks.popleft()[1].offset + 1
        return self._acknowledged

    def first_offset(self) -> int | None:
        """The offset of the oldest record in work; None when all is acknowledged."""
        self.acknowledged()
        return self._chunks[0][0] if self._chunks else None


class ChunkConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread, whose fetches wait for news less long than Faust's 1.5 seconds, and whose records are read
    whatever stands in them.

    A fetch that is under way does not know of a seek that came after it, and Tansu answers one only when half its
    time is over, whatever has come.
    """

    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        fetcher.MemoryRecords = Records
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = _FETCH_WAIT_MS
        return consumer


class ChunkConsumer(driver.Consumer):
    """Consumer that delivers chunks and commits from a queue of what is in flight."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_flight: defaultdict[TP, InFlight] = defaultdict(InFlight)
        self._epoch = 0  # counts assignments and seeks: what was fetched in one is not delivered in another

    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return ChunkConsumerThread(self, loop=self.loop, beacon=self.beacon)

    # Rebalancing

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit, then let Faust go on: the first thing it does is to forget what is acknowledged."""
        self._epoch += 1
        # a commit that runs already may not know the newest acknowledgements
        await self.maybe_wait_for_commit_to_finish()
        await self.commit()
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        self._epoch += 1
        self._in_flight.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Go back to the committed offsets: what is in flight comes again."""
        self._epoch += 1
        self._in_flight.clear()
        await super().perform_seek()

    # Committing

    def _filter_tps_with_pending_acks(self, topics: Collection[TP | str] | None = None) -> Iterator[TP]:
        return (tp for tp in list(self._in_flight) if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        # Faust's own record of acknowledged offsets only grows when nobody reads it
        self._acked[tp].clear()
        self._acked_index[tp].clear()
        return self._in_flight[tp].acknowledged()

    # Fetching and delivering

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                await self._drain_once()
        except (ConsumerStoppedError, asyncio.CancelledError):
            if not self.app.should_stop:
                raise

    async def _drain_once(self) -> None:
        await self._flow()
        active = self._get_active_partitions()
        roomy = {tp for tp in active if self._has_room(tp)}
        if not roomy:
            await self.sleep(_ROOM_POLL)
            return
        epoch = self._epoch
        chunks: Mapping[TP, list[ConsumerRecord]] = await self._getmany(
            roomy,
            # a partition that waits for room must not wait for news on the others
            timeout=_POLL if len(roomy) == len(active) else _ROOM_POLL,
        )
        await self._flow()
        if self.should_stop:
            return
        if epoch == self._epoch:
            for tp, records in chunks.items():
                self._deliver(TP(*tp), records)
        else:
            await self._put_back(chunks)

    async def _flow(self) -> None:
        """Wait while Faust holds the flow, as it does through a rebalance."""
        if not self.flow_active:
            await self.wait_first(self.can_resume_flow.wait())

    def _has_room(self, tp: TP) -> bool:
        return not any(channel.queue.full() for channel in self._channels(tp))

    def _channels(self, tp: TP) -> Collection[Topic]:
        """The subscriptions of streams to a partition: Faust's conductor keeps them."""
        channels: Collection[Topic] = self.app.topics._tp_index[tp]  # type: ignore[attr-defined]  # inside of Faust 0.15.3
        return channels

    def _deliver(self, tp: TP, records: list[ConsumerRecord]) -> None:
        channels = self._channels(tp)
        last = records[-1]
        message = ConsumerMessage(
            topic=tp.topic,
            partition=tp.partition,
            offset=last.offset,
            timestamp=time.time(),  # of the fetch: each record has its own
            timestamp_type=last.timestamp_type,
            headers=[],
            key=None,
            value=cast(Any, records),
            checksum=None,
            tp=tp,
            generation_id=self.app.consumer_generation_id,
        )
        message.incref(len(channels))
        self._in_flight[tp].add(records[0].offset, message)
        event = Event(self.app, None, records, None, message)
        for channel in channels:
            channel.queue.force_put_nowait(event)

    async def _put_back(self, chunks: Mapping[TP, Sequence[ConsumerRecord]]) -> None:
        """Return what was fetched while partitions were reassigned.

        A fetch that spans a rebalance may bring records of before, for which the new position stands already,
        or of after: then it has moved the new position, which must go back.
        """
        firsts = {tp: records[0].offset for tp, records in chunks.items()}
        if firsts:
            await self._thread.call_thread(_rewind, self._thread._ensure_consumer(), firsts)

    # Lag

    def lag(self) -> dict[tuple[str, int], int]:
        """See `lag`."""
        behind: dict[tuple[str, int], int] = {}
        client = self._thread._consumer
        if client is None:  # not started yet
            return behind
        for tp, highwater, position in _positions(client):
            in_flight = self._in_flight.get(tp)
            oldest = in_flight.first_offset() if in_flight else None
            behind[tp.topic, tp.partition] = max(0, highwater - (position if oldest is None else oldest))
        return behind

    def connected(self) -> bool:
        """See `connected`."""
        client = self._thread._consumer
        connections = () if client is None else tuple(client._client._conns.values())
        return any(connection.connected() for connection in connections)


class ChunkTransport(driver.Transport):
    """Faust's aiokafka transport with the consumer above."""

    Consumer = ChunkConsumer

    def create_consumer(self, callback: ConsumerCallback, **kwargs: Any) -> ConsumerT:
        if self.app.tables:
            raise RuntimeError(
                f"the app declares tables ({', '.join(self.app.tables)}): they cannot be used with the chunk "
                f"transport, which would deliver their changelogs in chunks"
            )
        return super().create_consumer(callback, **kwargs)


async def _rewind(consumer: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]) -> None:
    """Move positions back to `offsets`, never forward; partitions of others are left alone."""
    for tp, _, position in _positions(consumer):
        offset = offsets.get(tp)
        if offset is not None and offset < position:
            consumer.seek(TopicPartition(*tp), offset)


def _positions(consumer: AIOKafkaConsumer) -> Iterator[tuple[TP, int, int]]:
    """Partition, high watermark and offset of the next record to fetch, of all partitions fetched from."""
    subscription = consumer._subscription.subscription
    if subscription is None or subscription.assignment is None:
        return
    for tp in subscription.assignment.tps:
        state = subscription.assignment.state_value(tp)
        if state is not None and state.has_valid_position and state.highwater is not None:
            yield TP(tp.topic, tp.partition), state.highwater, state.position
