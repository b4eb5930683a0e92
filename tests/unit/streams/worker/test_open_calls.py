"""Open calls: a bounded cache that can always be filled again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from clickhouse.schema.rows import StoredCall
from processors.conversation.rows import call_row, segment_rows
from processors.conversation.state import Conversation
from schemas.events import CallEnded
from streams.worker.active_trackers import analyser_for
from streams.worker.open_calls import Bounds, OpenCalls

STARTED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Stored:
    """A store that holds some calls and remembers what it was asked for."""

    def __init__(self, *call_ids: str) -> None:
        self.asked: list[set[str]] = []
        self._calls = {}
        for call_id in call_ids:
            conversation = Conversation.of(ended(call_id))
            conversation.apply(ended(call_id), STARTED_AT, analyser_for(()))
            self._calls[call_id] = StoredCall(
                call_row(conversation, 1), tuple(segment_rows(conversation, 1)), frozenset(), frozenset()
            )

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        self.asked.append(set(call_ids))
        return {call_id: self._calls[call_id] for call_id in self.asked[-1] if call_id in self._calls}


def ended(call_id: str) -> CallEnded:
    return CallEnded(call_id=call_id, call_started_at=STARTED_AT, seller_id="seller-1", duration_ms=60_000)


async def load(calls: OpenCalls, *call_ids: str) -> set[str]:
    return await calls.load(call_ids, analyser_for(()), epoch=1)


async def test_a_call_that_is_not_held_is_read_back_once() -> None:
    store = Stored("call-1")
    calls = OpenCalls(store, Bounds(calls=10))
    assert await load(calls, "call-1", "call-2") == {"call-1"}
    assert calls.of(ended("call-1")).ended == ended("call-1")
    assert calls.of(ended("call-2")).ended is None
    assert await load(calls, "call-1", "call-2") == set()
    assert store.asked == [{"call-1", "call-2"}]


async def test_a_call_without_segments_stays_the_one_that_it_is() -> None:
    calls = OpenCalls(Stored("call-1"), Bounds(calls=10))
    await load(calls, "call-1")
    assert calls.of(ended("call-1")) is calls.of(ended("call-1"))


async def test_the_call_that_was_silent_longest_is_evicted_first() -> None:
    store = Stored("call-1", "call-2", "call-3")
    calls = OpenCalls(store, Bounds(calls=2))
    for call_id in ("call-1", "call-2", "call-3", "call-1"):
        await load(calls, call_id)
        calls.of(ended(call_id))
    calls.evict(keep=())
    assert len(calls) == 2
    assert calls["call-1"].call_id == "call-1"
    with pytest.raises(KeyError):
        calls["call-2"]
    assert await load(calls, "call-2") == {"call-2"}


async def test_a_call_that_is_being_written_is_not_evicted() -> None:
    store = Stored("call-1", "call-2", "call-3")
    calls = OpenCalls(store, Bounds(calls=1))
    for call_id in ("call-1", "call-2", "call-3"):
        await load(calls, call_id)
        calls.of(ended(call_id))
    calls.evict(keep={"call-1", "call-2"})
    assert {calls[call_id].call_id for call_id in ("call-1", "call-2")} == {"call-1", "call-2"}
    assert await load(calls, "call-3") == {"call-3"}
