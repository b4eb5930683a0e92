"""Batches are large when there is a backlog, timely when little happens, and leave nothing out."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from streams.worker.batches import batches


@dataclass(frozen=True)
class Chunk:
    value: Sequence[int]


async def stream(*chunks: Chunk | float) -> AsyncIterator[Chunk]:
    """Chunks, and seconds of silence between them."""
    for each in chunks:
        if isinstance(each, Chunk):
            yield each
        else:
            await asyncio.sleep(each)


def records(batch: list[Chunk]) -> list[int]:
    return [record for chunk in batch for record in chunk.value]


async def test_a_backlog_is_cut_by_records_and_waits_for_nothing() -> None:
    backlog = [Chunk(range(start, start + 7)) for start in range(0, 700, 7)]
    begun = time.monotonic()
    found = [batch async for batch in batches(stream(*backlog), rows=100, seconds=60, clock=time.monotonic)]
    assert time.monotonic() - begun < 10
    assert [record for batch in found for record in records(batch)] == list(range(700))
    assert [len(records(batch)) for batch in found[:2]] == [7, 105], "the first one need not wait for others"
    assert all(len(records(batch)) < 107 for batch in found)


async def test_what_comes_after_a_pause_is_given_at_once_and_what_follows_is_gathered() -> None:
    coming = stream(Chunk([1]), Chunk([2]), 0.05, Chunk([3]), 0.5, Chunk([4]), Chunk([5]))
    begun = time.monotonic()
    found = [
        (records(batch), time.monotonic() - begun)
        async for batch in batches(coming, rows=100, seconds=0.2, clock=time.monotonic)
    ]
    assert [batch for batch, _ in found] == [[1], [2, 3], [4], [5]]
    assert found[0][1] < 0.1
    assert 0.2 <= found[1][1] < 0.45


async def test_a_batch_does_not_wait_for_a_chunk_that_does_not_come() -> None:
    coming = batches(stream(Chunk([1]), Chunk([2]), 60.0), rows=100, seconds=0.05, clock=time.monotonic)
    assert records(await anext(coming)) == [1]
    assert records(await asyncio.wait_for(anext(coming), 5)) == [2]
    await coming.aclose()  # type: ignore[attr-defined]


async def test_who_stops_listening_ends_the_stream_as_well() -> None:
    ended = asyncio.Event()

    async def endless() -> AsyncIterator[Chunk]:
        try:
            yield Chunk([1])
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def listen() -> None:
        async for _ in batches(endless(), rows=1, seconds=0.01, clock=time.monotonic):
            pass

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.05)
    listening.cancel()
    await asyncio.wait_for(ended.wait(), 5)
