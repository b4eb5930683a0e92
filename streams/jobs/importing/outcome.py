"""What became of messages that were sent: the broker knows whether a worker took them, the store what was rejected."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any  # Any: aiokafka's keyword arguments

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.jobs.importing.stored import StoredFacts
from streams.kafka.producer import SentRanges

_PAUSE = 0.3


@dataclass(slots=True)
class Outcome:
    """What became of what was sent."""

    sent: int
    followed: bool = True
    """Whether anybody asked what became of it."""
    pending: int = 0
    """Messages that no worker has taken yet."""
    rejected: Counter[str] = field(default_factory=Counter)
    """By reason and detail."""
    known: int = 0
    """Facts that were stored before, under the same or a higher revision: nothing of them has changed."""

    @property
    def stored(self) -> int:
        return self.sent - self.pending - self.rejected.total() - self.known


async def follow(
    kafka: Mapping[str, Any],
    group: str,
    sent: SentRanges,
    facts: StoredFacts | None,
    *,
    patience: float,
    progress: Callable[[int], None] = lambda _taken: None,
) -> Outcome:
    """Wait until workers have taken what was sent, as long as they come further within `patience` seconds.

    A worker commits what it has stored or rejected, and nothing before: what is committed is one of the two.
    """
    outcome = Outcome(sent.count)
    partitions = [TopicPartition(topic, number) for topic, number in sent.ranges]
    async with AIOKafkaConsumer(**kafka, group_id=group, enable_auto_commit=False) as consumer:
        consumer.assign(partitions)
        deadline = time.monotonic() + patience
        taken = -1
        while True:
            committed = {tp: await consumer.committed(tp) or 0 for tp in partitions}
            now_taken = sum(sent.before((tp.topic, tp.partition), offset) for tp, offset in committed.items())
            if now_taken > taken:
                taken, deadline = now_taken, time.monotonic() + patience
                progress(taken)
            if taken >= sent.count or time.monotonic() > deadline:
                break
            await asyncio.sleep(_PAUSE)
    outcome.pending = max(0, sent.count - taken)
    if facts is not None:
        for (topic, partition), ranges in sent.ranges.items():
            for _, reason, detail in await asyncio.to_thread(facts.rejected, topic, partition, ranges):
                outcome.rejected[f"{reason}: {detail}"] += 1
    return outcome
