"""The calls that a worker has open: conversations in memory, a bounded cache of what ClickHouse holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from clickhouse.schema.rows import StoredCall
from processors.analysis.analyser import Analyser
from processors.conversation.rows import restore
from processors.conversation.state import Conversation
from schemas.events import CallEvent

_SEGMENTS_PER_CALL = 100
"""Segments of a usual call: what `max_calls` calls may have together is so many times more."""


class CallReader(Protocol):
    """Where stored calls are read from."""

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        """What is stored of these calls."""


class OpenCalls:
    """Conversations by call. The one that was silent longest is let go first."""

    def __init__(self, store: CallReader, max_calls: int) -> None:
        self._store = store
        self._max_calls = max_calls
        self._max_segments = max_calls * _SEGMENTS_PER_CALL
        self._conversations: dict[str, Conversation] = {}

    def __len__(self) -> int:
        return len(self._conversations)

    @property
    def segments(self) -> int:
        """Segments held, of all calls."""
        return sum(conversation.segment_count for conversation in self._conversations.values())

    async def load(self, call_ids: Iterable[str], analyser: Analyser, epoch: int) -> set[str]:
        """Hold these calls, from the store where they are not held yet. Returns those that the store knew.

        A call that comes from the store is to be written again whatever happens: the worker that held it before may
        have died between writing a segment and writing what follows from it.
        """
        missing = {call_id for call_id in call_ids if call_id not in self._conversations}
        if not missing:
            return set()
        reloaded = set()
        for call_id, stored in (await self._store.load_calls(missing)).items():
            conversation = restore(stored, analyser, epoch)
            if conversation is not None:
                self._conversations[call_id] = conversation
                reloaded.add(call_id)
        return reloaded

    def of(self, event: CallEvent) -> Conversation:
        """The conversation that an event belongs to, now the one that spoke last; a new one when it is not held."""
        conversation = self._conversations.pop(event.call_id, None)
        if conversation is None:
            conversation = Conversation.of(event)
        self._conversations[event.call_id] = conversation
        return conversation

    def __getitem__(self, call_id: str) -> Conversation:
        return self._conversations[call_id]

    def shrink(self, keep: Collection[str]) -> None:
        """Let go of the calls that were silent longest until the bounds are met, but of none that is to be kept: of
        all others everything must be stored."""
        segments = self.segments
        for call_id in list(self._conversations):
            if len(self._conversations) <= self._max_calls and segments <= self._max_segments:
                return
            if call_id not in keep:
                segments -= self._conversations.pop(call_id).segment_count
