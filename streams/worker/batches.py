"""Gathers what a stream brings into batches: large ones from a backlog, few and timely ones from a trickle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any  # Any: Faust has no types

MAX_BYTES = 32 * 1024 * 1024
"""A batch that holds so much is given at once."""


class Patience:
    """How long to gather, so that what is gathered is stored within `seconds` of its first message: what storing takes
    is taken off, as it took lately, up to two thirds of the whole."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._storing = 0.0

    def __call__(self) -> float:
        """Seconds, from the first message on."""
        return self._seconds - self._storing

    def took(self, seconds: float) -> None:
        """Storing took so long: a slow time counts at once, faster ones little by little."""
        lately = max(seconds, self._storing + (seconds - self._storing) / 8)
        self._storing = min(lately, self._seconds * 2 / 3)


async def batches(
    chunks: AsyncIterator[Any],
    rows: int,
    patience: Callable[[], float],
    clock: Callable[[], float],
    max_bytes: int = MAX_BYTES,
) -> AsyncIterator[list[Any]]:
    """Chunks, whose `value` is a list of records, as soon as the seconds of `patience` have passed since the first of
    them came, or they hold `rows` records or `max_bytes` of keys and values."""
    batch: list[Any] = []
    held = size = 0
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
                if not batch:
                    ends = clock() + patience()
                batch.append(chunk)
                held += len(chunk.value)
                size += sum(len(record.key or b"") + len(record.value or b"") for record in chunk.value)
                coming = asyncio.ensure_future(anext(chunks))
            if batch and (held >= rows or size >= max_bytes or clock() >= ends):
                yield batch
                batch, held, size = [], 0, 0
        if batch:
            yield batch
    finally:
        coming.cancel()
