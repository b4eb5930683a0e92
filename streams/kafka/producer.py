"""Events to Kafka: each keyed, sent to its topic, and confirmed by the broker, in batches and bounded memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError, KafkaError
from aiokafka.structs import RecordMetadata

from schemas.events import Event, serialize
from schemas.topics import topic_of
from streams.config.kafka import KafkaSettings
from streams.config.section import env_name
from streams.errors import SalgspulsError
from streams.kafka.errors import NO_IDEMPOTENCE, describe
from streams.language import Text

Headers = Sequence[tuple[str, bytes]]

_LOG = logging.getLogger(__name__)
_LINGER_MS = 5
_MAX_BATCH_BYTES = 256 * 1024
_MAX_REQUEST_BYTES = 4 * 1024 * 1024
_REQUEST_TIMEOUT_MS = 30_000


class NotDelivered(SalgspulsError):  # noqa: N818 - says what happened
    """The broker did not take a message; what was sent after the last `flush` is to be sent again.

    `retriable` says whether the same message may be taken later.
    """

    def __init__(self, message: str, *, retriable: bool = True, danish: str = "") -> None:
        super().__init__(message, danish=danish)
        self.retriable = retriable


class KafkaUnreachable(SalgspulsError):  # noqa: N818 - says what happened
    """No broker answers; the text says where none does and what to do."""

    def __init__(self, bootstrap: str, reason: str = "") -> None:
        why = f" ({reason})" if reason else ""
        super().__init__(
            f"Kafka does not answer at {bootstrap}{why}",
            remedy=f"start it, or set {env_name('kafka', 'bootstrap')} (`salgspuls demo` starts one, "
            "`salgspuls doctor` says more)",
            danish=f"Kafka svarer ikke på {bootstrap}{why}: start den, eller sæt {env_name('kafka', 'bootstrap')} "
            "(`salgspuls demo` starter en, `salgspuls doctor` siger mere)",
        )


FALLS_BACK = Text(
    "the broker knows no idempotent producers (as Tansu, the demo's, does not), so this one sends without: a message "
    "that a retry doubles is recognised by the worker as one",
    "brokeren kender ikke idempotente producere (det gør Tansu, demoens, ikke), så denne sender uden: en besked, som "
    "et nyt forsøg fordobler, genkender workeren som én",
)


def _log(notice: Text) -> None:
    _LOG.warning("%s", notice.en)


class SentRanges:
    """Where messages lie that the broker confirmed: by topic and partition, ranges of offsets, both ends included."""

    def __init__(self) -> None:
        self.ranges: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self.count = 0

    def add(self, topic: str, partition: int, offset: int) -> None:
        """Note a message."""
        self.count += 1
        ranges = self.ranges.setdefault((topic, partition), [])
        if ranges and ranges[-1][1] + 1 == offset:
            ranges[-1] = (ranges[-1][0], offset)
        else:
            ranges.append((offset, offset))

    def before(self, place: tuple[str, int], offset: int) -> int:
        """How many of a partition's messages lie before an offset."""
        return sum(max(0, min(last, offset - 1) - first + 1) for first, last in self.ranges.get(place, ()))


class EventProducer:
    """Sends events; an async context manager, which on leaving waits until all are confirmed.

        async with EventProducer(settings.kafka) as producer:
            await producer.send(event)

    At most `max_in_flight` messages wait for their confirmation; a further `send` waits. Messages of one key keep
    their order. An undelivered message raises NotDelivered at the next `send`, `flush`, or on leaving.
    """

    def __init__(
        self,
        settings: KafkaSettings,
        *,
        max_in_flight: int = 10_000,
        notice: Callable[[Text], None] | None = None,
    ) -> None:
        self._settings = settings
        self._notice = notice or _log
        self.idempotent = settings.idempotent
        """Whether the broker removes what a retry doubled."""
        self._max_in_flight = max_in_flight
        self._in_flight = 0
        self._room = asyncio.Event()
        self._failure: BaseException | None = None
        self._producer: AIOKafkaProducer | None = None
        self.confirmed = 0
        """Messages that the broker has confirmed."""
        self.sent = SentRanges()
        """Where they lie."""

    async def __aenter__(self) -> Self:
        self.idempotent = self._settings.idempotent
        try:
            self._producer = await self._start()
        except NO_IDEMPOTENCE:
            if not self.idempotent:
                raise
            self.idempotent = False
            self._producer = await self._start()
            self._notice(FALLS_BACK)
        return self

    async def _start(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            **self._settings.client_kwargs(),
            acks="all",
            enable_idempotence=self.idempotent,
            linger_ms=_LINGER_MS,
            max_batch_size=_MAX_BATCH_BYTES,
            max_request_size=_MAX_REQUEST_BYTES,
            request_timeout_ms=_REQUEST_TIMEOUT_MS,
        )
        try:
            await producer.start()
        except BaseException as error:
            await producer.stop()
            if isinstance(error, KafkaConnectionError):
                raise KafkaUnreachable(self._settings.bootstrap) from error
            raise
        return producer

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        producer, self._producer = self._started(), None
        try:
            await producer.stop()
        finally:
            await asyncio.sleep(0)  # the last confirmations are counted by callbacks
        if kind is None:
            self._raise_failure()

    @property
    def in_flight(self) -> int:
        """Messages that were sent and not yet confirmed."""
        return self._in_flight

    async def send(self, event: Event, *, at: datetime | None = None) -> None:
        """Send an event to its topic under its key. `at` is the message's time, now when absent."""
        await self.send_message(topic_of(event).name, event.key.encode(), serialize(event), at=at)

    async def send_message(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        *,
        headers: Headers = (),
        at: datetime | None = None,
    ) -> None:
        """Send bytes as they are: what is not an event, or no longer one.

        A message without key and value, which Kafka knows and aiokafka refuses, is sent with an empty value.
        """
        self._raise_failure()
        while self._in_flight >= self._max_in_flight:
            self._room.clear()
            await self._room.wait()
            self._raise_failure()
        producer = self._started()
        self._in_flight += 1
        try:
            future = await producer.send(
                topic,
                b"" if key is None and value is None else value,
                key,
                timestamp_ms=None if at is None else int(at.timestamp() * 1000),
                headers=list(headers),
            )
        except BaseException as error:
            self._in_flight -= 1
            if isinstance(error, KafkaError):
                raise NotDelivered(
                    f"{topic}: {describe(error)}", danish=f"{topic}: {describe(error, 'da')}"
                ) from error
            raise
        future.add_done_callback(self._settle)

    async def deliver(self, topic: str, key: bytes, value: bytes | None, headers: Headers = ()) -> None:
        """Send one message and wait until the broker has confirmed it; several may be under way at a time.

        Raises NotDelivered, at once and for this message alone.
        """
        try:
            await self._started().send_and_wait(topic, value, key, headers=list(headers))
        except KafkaError as error:
            raise NotDelivered(f"{topic}: {type(error).__name__}", retriable=error.retriable) from error
        self.confirmed += 1

    async def flush(self) -> None:
        """Wait until all that was sent is confirmed. Raises NotDelivered when something was not."""
        await self._started().flush()
        await asyncio.sleep(0)
        self._raise_failure()

    def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            raise RuntimeError("an EventProducer sends only within its `async with`")
        return self._producer

    def _settle(self, future: asyncio.Future[RecordMetadata]) -> None:
        self._in_flight -= 1
        self._room.set()
        if future.cancelled():
            self._failure = self._failure or asyncio.CancelledError("the producer was stopped")
        elif error := future.exception():
            self._failure = self._failure or error
        else:
            self.confirmed += 1
            record = future.result()
            self.sent.add(record.topic, record.partition, record.offset)

    def _raise_failure(self) -> None:
        if self._failure:
            failure, self._failure = self._failure, None
            raise NotDelivered(describe(failure), danish=describe(failure, "da")) from failure
