"""Gathers what a stream brings into batches: large ones from a backlog, timely ones from a trickle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any


async def batches(
    chunks: AsyncIterator[Any], rows: int, seconds: float, clock: Callable[[], float]
) -> AsyncIterator[list[Any]]:
    """Chunks, whose `value` is a list of records, as soon as they hold `rows` records, or `seconds` have passed since
    the last batch. What comes after a pause is given at once."""
    batch: list[Any] = []
    held = 0
    ends = clock()
    coming: asyncio.Future[Any] = asyncio.ensure_future(anext(chunks))
    try:
        while True:
            # the next chunk goes on being waited for when time is up: breaking that off would end the stream
            await asyncio.wait((coming,), timeout=max(0.0, ends - clock()) if batch else None)
            if coming.done():
                try:
                    chunk = coming.result()
                except StopAsyncIteration:
                    break
                batch.append(chunk)
                held += len(chunk.value)
                coming = asyncio.ensure_future(anext(chunks))
            if held >= rows or clock() >= ends:
                yield batch
                batch, held = [], 0
                ends = clock() + seconds
        if batch:
            yield batch
    finally:
        coming.cancel()
