"""The way out for messages that cannot be taken: the dead-letter topic, with where each came from and why.

What is sent is small and harmless (see `withholding`), so a broker has no reason to refuse it. Where one does
nevertheless, the row in ClickHouse, which is written before, is enough: the worker counts it and goes on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential

from schemas.rejections import Rejection
from schemas.topics import DEAD_LETTERS
from streams.kafka.messages import Message
from streams.kafka.producer import EventProducer, NotDelivered
from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics
from streams.worker.waits import Waits
from streams.worker.withholding import shareable

log = logger(__name__)

Letter = tuple[Message, Rejection]

_AT_ONCE = 500
_GIVE_UP_SECONDS = 30.0
"""How long a broker that answers may go on refusing what it might take later: a topic that is being created again."""
_WAITS_FOR = "dead_letters"


class DeadLetterTopic:
    """Sends rejected messages. `reachable` says whether the broker answers at all: one that does not is waited for."""

    def __init__(
        self,
        producer: EventProducer,
        metrics: WorkerMetrics,
        waits: Waits,
        app_version: str,
        reachable: Callable[[], Awaitable[bool]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._producer = producer
        self._metrics = metrics
        self._waits = waits
        self._version = app_version.encode()
        self._reachable = reachable
        self._clock = clock

    async def send(self, rejected: Sequence[Letter]) -> None:
        """Returns when each was acknowledged, or refused for good by a broker that answers."""
        for start in range(0, len(rejected), _AT_ONCE):
            await self._send_some(list(rejected[start : start + _AT_ONCE]))

    async def _send_some(self, letters: list[Letter]) -> None:
        begun = self._clock()

        async def attempt() -> None:
            nonlocal letters
            letters, error = await self._try(letters)
            if error is None:
                return
            if self._clock() - begun >= _GIVE_UP_SECONDS and await self._reachable():
                self._give_up(len(letters), error)
                letters = []
                return
            raise error

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(NotDelivered),
            wait=wait_exponential(multiplier=0.2, max=5),
            before_sleep=self._wait,
        )
        await retrying(attempt)
        self._waits.end(_WAITS_FOR)

    def _wait(self, state: RetryCallState) -> None:
        assert state.outcome is not None, "tenacity waits after an attempt"
        reason = str(state.outcome.exception())
        self._metrics.retries.labels("dead_letters").inc()
        self._waits.begin(_WAITS_FOR, f"Kafka takes no dead letters: {reason}")
        log.warning("the broker does not take dead letters, trying again", reason=reason)

    async def _try(self, letters: Sequence[Letter]) -> tuple[list[Letter], NotDelivered | None]:
        """Send each once. Returns those that may be taken later, with the reason of one of them."""
        results = await asyncio.gather(
            *(self._send_one(*letter) for letter in letters), return_exceptions=True
        )
        again: list[Letter] = []
        last: NotDelivered | None = None
        for letter, result in zip(letters, results, strict=True):
            if isinstance(result, NotDelivered):
                if result.retriable:
                    again.append(letter)
                    last = result
                else:
                    self._give_up(1, result)
            elif result is not None:
                raise result
        return again, last

    def _give_up(self, count: int, error: NotDelivered) -> None:
        self._metrics.undelivered.inc(count)
        log.error(
            "the broker refuses dead letters; what is known of them stands in ClickHouse",
            letters=count,
            reason=str(error),
        )

    async def _send_one(self, message: Message, rejection: Rejection) -> None:
        value, withheld = shareable(message, rejection)
        headers = {
            "topic": message.topic.encode(),
            "partition": str(message.partition).encode(),
            "offset": str(message.offset).encode(),
            "sent-at": message.sent_at.isoformat().encode(),
            "received-at": message.received_at.isoformat().encode(),
            "reason": rejection.reason.encode(),
            "detail": rejection.detail.encode(errors="replace"),
            "app-version": self._version,
        } | withheld
        key = f"{message.topic}/{message.partition}/{message.offset}".encode()
        await self._producer.deliver(DEAD_LETTERS.name, key, value, list(headers.items()))
