"""Rebuilding history: stored calls are reprocessed, after a change of the analysis or of the trackers.

A rebuild begins a new epoch, in which the live workers write from then on; rows of a higher epoch win. What is left to
do is whatever call still has a row of an earlier epoch, so a rebuild that was broken off is simply run again. Calls
whose text is not kept any more stay as they are.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from dataclasses import dataclass

from processors.analysis.analyser import Analyser
from processors.conversation.rows import restore
from processors.conversation.state import Conversation
from streams.logs.logs import logger
from streams.worker.call_writer import CallWriter
from streams.worker.retrying_store import PersistentStore

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `of` parts of all calls, by a hash of their ids."""

    number: int = 0
    of: int = 1

    def sql(self) -> str:
        """The condition that selects its calls."""
        return "1" if self.of == 1 else f"modulo(cityHash64(call_id), {self.of}) = {self.number}"


ALL_CALLS = Shard()


@dataclass(slots=True)
class Progress:
    """How far a rebuild is: `total` calls were of an earlier epoch when it began."""

    total: int
    rebuilt: int = 0
    without_text: int = 0
    """Calls that stay as they are, since not all of their segments are kept."""

    @property
    def done(self) -> int:
        return self.rebuilt + self.without_text


async def rebuild(
    store: PersistentStore,
    analyser: Analyser,
    epoch: int,
    report: Callable[[Progress], None],
    calls_at_once: int = 200,
    shard: Shard = ALL_CALLS,
) -> Progress:
    """Reprocess the calls of earlier epochs, the newest first. May be interrupted at any time, and run again."""
    progress = Progress(await store.count_calls_before(epoch, shard.sql()))
    report(progress)
    async for call_ids in _outdated(store, epoch, calls_at_once, shard):
        rebuilt = await rewrite(store, call_ids, analyser, epoch)
        progress.rebuilt += rebuilt
        progress.without_text += len(call_ids) - rebuilt
        report(progress)
    return progress


async def rewrite(store: PersistentStore, call_ids: list[str], analyser: Analyser, epoch: int) -> int:
    """Reprocess these calls where all of their text is kept, and write them. Returns how many those are."""
    writer = CallWriter(store, lambda stage: nullcontext())
    conversations = await _restored(store, call_ids, analyser, epoch)
    rows = await writer.rows(conversations, epoch)
    refused = await writer.write(rows)
    await store.refresh_hours(rows.hours)
    await store.refresh_words(rows.hours_of_ended)
    if refused:
        log.warning(
            "ClickHouse refuses rows of a rebuild; these calls stay as they are", calls=len(conversations)
        )
    return len(conversations)


async def _outdated(
    store: PersistentStore, epoch: int, calls_at_once: int, shard: Shard
) -> AsyncIterator[list[str]]:
    before = None
    while calls := await store.calls_before(epoch, before, calls_at_once, shard.sql()):
        yield [call_id for _, call_id in calls]
        before = calls[-1]


async def _restored(
    store: PersistentStore, call_ids: list[str], analyser: Analyser, epoch: int
) -> list[Conversation]:
    """The calls of which all segments are kept, analysed in this epoch."""
    conversations = []
    for stored in (await store.load_calls(call_ids)).values():
        complete = stored.call is not None and stored.call.segments <= len(stored.segments)
        conversation = restore(stored, analyser, epoch) if complete else None
        if conversation is not None:
            conversation.resolve_language(analyser)
            conversations.append(conversation)
    return conversations
