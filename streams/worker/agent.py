"""What an agent does with the chunks of its topic: gather, begin a batch, finish it beside the next, acknowledge."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import Any  # Any: Faust has no types

from streams.kafka.messages import Message, from_record
from streams.worker.batches import Patience, batches
from streams.worker.outcome import Batch
from streams.worker.pipeline import BatchPipeline


async def work(
    chunks: AsyncIterator[Any],
    pipeline: BatchPipeline[Any],
    rows: int,
    seconds: float,
    clock: Callable[[], float],
    afterwards: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Go on until the chunks end; what comes is to be stored within `seconds` where the store allows it.

    A chunk has a list of records as its `value`, a `message.timestamp` of its arrival in seconds since 1970, and
    `ack()`, which is called when nothing of it can be lost any more. Raises whatever the pipeline raises: it must end
    the process.
    """
    patience = Patience(seconds)

    async def finish(batch: Batch[Any], of: Collection[Any]) -> None:
        await pipeline.finish(batch)
        if afterwards is not None:
            await afterwards()
        for chunk in of:
            chunk.ack()

    async def measure(batch: Batch[Any], since: float) -> None:
        await batch.finished.wait()
        patience.took(clock() - since)

    try:
        async with asyncio.TaskGroup() as finishing:
            async for gathered in batches(chunks, rows, patience, clock):
                since = clock()
                batch = await pipeline.begin([message for chunk in gathered for message in _messages(chunk)])
                finishing.create_task(finish(batch, gathered))
                finishing.create_task(measure(batch, since))
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None  # the exit code follows from the error itself


def _messages(chunk: Any) -> list[Message]:
    arrived_at = datetime.fromtimestamp(chunk.message.timestamp, UTC)
    return [from_record(record, arrived_at) for record in chunk.value]
