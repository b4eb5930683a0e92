"""The calls that a worker holds: conversations in memory, a bounded cache of what ClickHouse holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from clickhouse.schema.rows import StoredCall
from processors.analysis.analyser import Analyser
from processors.conversation.rows import restore
from processors.conversation.state import Conversation
from schemas.events import CallEvent
from streams.logs.logs import logger
from streams.worker.turns import Turns

log = logger(__name__)

_CALL_BYTES = 12_000
"""What an empty conversation takes, and its start event with its names."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is held: calls, and bytes as estimated. Calls that ended are held for so many seconds after their last
    event, for corrections that come at once; others until they were silent for `silent_seconds`."""

    calls: int
    bytes: int = 128 * 1024 * 1024
    segments_of_a_call: int = 20_000
    ended_seconds: float = 30.0
    silent_seconds: float = 600.0


class CallReader(Protocol):
    """Where stored calls are read from."""

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        """What is stored of these calls."""


class OpenCalls:
    """Conversations by call, the one that spoke last at the end. `clock` gives seconds."""

    def __init__(
        self, store: CallReader, bounds: Bounds, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._bounds = bounds
        self._clock = clock
        self._conversations: dict[str, Conversation] = {}
        self._heard_at: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._conversations)

    @property
    def in_progress(self) -> int:
        """Calls held that have not ended."""
        return sum(conversation.ended is None for conversation in self._conversations.values())

    @property
    def segments(self) -> int:
        """Segments held, of all calls."""
        return sum(conversation.segment_count for conversation in self._conversations.values())

    @property
    def bytes(self) -> int:
        """Memory held, estimated."""
        return sum(_CALL_BYTES + conversation.held_bytes for conversation in self._conversations.values())

    async def load(self, call_ids: Iterable[str], analyser: Analyser, epoch: int) -> set[str]:
        """Hold these calls, from the store where they are not held yet. Returns those that the store knew.

        A call that comes from the store is to be written again whatever happens: the worker that held it before may
        have died between writing a segment and writing what follows from it.
        """
        missing = {call_id for call_id in call_ids if call_id not in self._conversations}
        if not missing:
            return set()
        reloaded = set()
        turns = Turns()
        for call_id, stored in (await self._store.load_calls(missing)).items():
            if turns.due():
                await turns.yield_()
            conversation = restore(stored, analyser, epoch)
            if conversation is not None:
                self._hold(conversation)
                reloaded.add(call_id)
        if reloaded:
            log.debug("calls read back", calls=len(reloaded))
        return reloaded

    def of(self, event: CallEvent) -> Conversation:
        """The conversation that an event belongs to, now the one that spoke last; a new one when it is not held."""
        conversation = self._conversations.pop(event.call_id, None)
        if conversation is None:
            conversation = Conversation.of(event)
        self._hold(conversation)
        return conversation

    def __getitem__(self, call_id: str) -> Conversation:
        return self._conversations[call_id]

    def discard(self, call_ids: Iterable[str]) -> None:
        """Hold these no longer, whatever was folded into them."""
        for call_id in call_ids:
            self._conversations.pop(call_id, None)
            self._heard_at.pop(call_id, None)

    def evict(self, keep: Collection[str]) -> None:
        """Evict the calls that are over, and those that were silent longest until the bounds are met, but none that is
        to be kept: of all others everything must be stored."""
        now = self._clock()
        calls, held = len(self._conversations), self.bytes
        for call_id in [call_id for call_id in self._conversations if call_id not in keep]:
            conversation = self._conversations[call_id]
            within = calls <= self._bounds.calls and held <= self._bounds.bytes
            if within and not self._is_over(conversation, now):
                continue
            calls -= 1
            held -= _CALL_BYTES + conversation.held_bytes
            self.discard((call_id,))

    def _is_over(self, conversation: Conversation, now: float) -> bool:
        silent = now - self._heard_at[conversation.call_id]
        ended = conversation.ended is not None
        return silent >= (self._bounds.ended_seconds if ended else self._bounds.silent_seconds)

    def _hold(self, conversation: Conversation) -> None:
        self._conversations[conversation.call_id] = conversation
        self._heard_at[conversation.call_id] = self._clock()
