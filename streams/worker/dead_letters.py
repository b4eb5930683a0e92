"""The way out for messages that cannot be taken: the dead-letter topic, with where each came from and why."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from schemas.rejections import Reason, Refusal
from schemas.topics import DEAD_LETTERS
from streams.kafka.messages import Message, shareable
from streams.kafka.producer import EventProducer, NotDelivered
from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics

log = logger(__name__)

_PAUSE = 1.0


class DeadLetterTopic:
    """Sends refused messages until the broker has acknowledged them."""

    def __init__(self, producer: EventProducer, metrics: WorkerMetrics, app_version: str) -> None:
        self._producer = producer
        self._metrics = metrics
        self._version = app_version.encode()

    async def send(self, refused: Sequence[tuple[Message, Refusal]]) -> None:
        """Returns when all are acknowledged. A broker that does not answer is waited for."""
        while True:
            try:
                for message, refusal in refused:
                    await self._send_one(message, refusal)
                await self._producer.flush()
            except NotDelivered as error:
                self._metrics.retries.labels("dead_letters").inc()
                log.warning("The broker does not take dead letters, trying again", error=str(error))
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def _send_one(self, message: Message, refusal: Refusal) -> None:
        key = message.key
        value, held_back = shareable(message)
        if refusal.reason is Reason.ERASED:
            key, value, held_back = None, None, {"withheld": b"value"}
        headers = {
            "topic": message.topic.encode(),
            "partition": str(message.partition).encode(),
            "offset": str(message.offset).encode(),
            "received-at": message.received_at.isoformat().encode(),
            "reason": refusal.reason.encode(),
            "detail": refusal.detail.encode(),
            "app-version": self._version,
        } | held_back
        await self._producer.send_message(DEAD_LETTERS.name, key, value, headers=list(headers.items()))
