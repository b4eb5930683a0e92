"""Batches are large when there is a backlog, few and timely when little happens, and leave nothing out."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest

from streams.worker.batches import Patience, batches


@dataclass(frozen=True)
class Record:
    number: int
    value: bytes = b"value"
    key: bytes | None = None


@dataclass(frozen=True)
class Chunk:
    value: Sequence[Record]


def chunk(*numbers: int) -> Chunk:
    return Chunk([Record(number) for number in numbers])


async def stream(*chunks: Chunk | float) -> AsyncIterator[Chunk]:
    """Chunks, and seconds of silence between them."""
    for each in chunks:
        if isinstance(each, Chunk):
            yield each
        else:
            await asyncio.sleep(each)


def records(batch: list[Chunk]) -> list[int]:
    return [record.number for chunk in batch for record in chunk.value]


async def test_a_backlog_is_cut_by_records_and_waits_for_nothing() -> None:
    backlog = [chunk(*range(start, start + 7)) for start in range(0, 700, 7)]
    begun = time.monotonic()
    found = [
        batch
        async for batch in batches(stream(*backlog), rows=100, patience=Patience(60), clock=time.monotonic)
    ]
    assert time.monotonic() - begun < 10
    assert [record for batch in found for record in records(batch)] == list(range(700))
    assert {len(records(batch)) for batch in found[:-1]} == {105}


async def test_a_backlog_of_large_messages_is_cut_by_bytes() -> None:
    backlog = [Chunk([Record(number, b"x" * 1000, b"k" * 24)]) for number in range(10)]
    found = [
        records(batch)
        async for batch in batches(stream(*backlog), 100, Patience(60), time.monotonic, max_bytes=3 * 1024)
    ]
    assert found == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]


async def test_a_trickle_is_gathered_from_its_first_chunk_on() -> None:
    coming = stream(chunk(1), chunk(2), 0.05, chunk(3), 0.6, chunk(4), chunk(5))
    begun = time.monotonic()
    found = [
        (records(batch), time.monotonic() - begun)
        async for batch in batches(coming, rows=100, patience=Patience(0.2), clock=time.monotonic)
    ]
    assert [batch for batch, _ in found] == [[1, 2, 3], [4, 5]]
    assert 0.2 <= found[0][1] < 0.5


async def test_a_batch_does_not_wait_for_a_chunk_that_does_not_come() -> None:
    coming = batches(
        stream(chunk(1), chunk(2), 60.0), rows=100, patience=Patience(0.05), clock=time.monotonic
    )
    assert records(await asyncio.wait_for(anext(coming), 5)) == [1, 2]
    await coming.aclose()  # type: ignore[attr-defined]  # a generator


async def test_who_stops_listening_ends_the_stream_as_well() -> None:
    ended = asyncio.Event()

    async def endless() -> AsyncIterator[Chunk]:
        try:
            yield chunk(1)
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def listen() -> None:
        async for _ in batches(endless(), rows=1, patience=Patience(0.01), clock=time.monotonic):
            pass

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.05)
    listening.cancel()
    await asyncio.wait_for(ended.wait(), 5)


def test_what_storing_takes_is_taken_off_the_time_to_gather() -> None:
    patience = Patience(0.9)
    assert patience() == 0.9
    patience.took(0.1)
    assert patience() == pytest.approx(0.8)
    patience.took(0.5)
    assert patience() == pytest.approx(0.4), "a slow time counts at once"
    patience.took(0.1)
    assert 0.4 < patience() < 0.5, "a faster one little by little"
    for _ in range(100):
        patience.took(0.1)
    assert patience() == pytest.approx(0.8, abs=0.001)
    patience.took(7.0)
    assert patience() == pytest.approx(0.3), "and some time is left to gather"
