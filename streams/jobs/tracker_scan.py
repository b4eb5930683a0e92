"""After a change of the trackers: look for them again in what is stored, and write again only the calls that differ.

Nothing else is analysed, and of a call in which the trackers of now find what is stored nothing is written. What a
shard has done is marked day by day, newest first, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from clickhouse.store import Store
from processors.analysis.analyser import Analyser
from processors.text.marks import without_marks
from streams.jobs.rebuild import ALL_CALLS, Shard, rewrite
from streams.worker.retrying_store import PersistentStore

_CALLS_AT_ONCE = 200


@dataclass(slots=True)
class Scanned:
    """How far a scan is: of `total` segments `seen` are looked at; `changed` calls were written again."""

    total: int
    seen: int = 0
    changed: int = 0


async def scan(
    tables: Store,
    store: PersistentStore,
    analyser: Analyser,
    epoch: int,
    report: Callable[[Scanned], None],
    shard: Shard = ALL_CALLS,
) -> Scanned:
    """Look at all stored segments of a shard's calls. May be interrupted at any time, and run again."""
    name = f"trackers {epoch} {shard.number}/{shard.of}"
    days = await tables.segment_days(name, shard.sql())
    scanned = Scanned(sum(count for _, count in days))
    report(scanned)
    waiting: list[str] = []
    unmarked: list[date] = []
    for day, count in days:
        waiting += await _different(tables, analyser, day, shard)
        unmarked.append(day)
        scanned.seen += count
        # what little changed in each of several days is written together, and only then are the days marked
        if len(waiting) >= _CALLS_AT_ONCE or day == days[-1][0]:
            for start in range(0, len(waiting), _CALLS_AT_ONCE):
                await rewrite(store, waiting[start : start + _CALLS_AT_ONCE], analyser, epoch)
            for each in unmarked:
                await tables.mark(name, each)
            scanned.changed += len(waiting)
            waiting, unmarked = [], []
        report(scanned)
    return scanned


async def _different(tables: Store, analyser: Analyser, day: date, shard: Shard) -> list[str]:
    """The calls of a day in which the trackers of now find something else than is stored."""
    different: set[str] = set()
    find = analyser.trackers.find
    async for columns in tables.spoken(day, shard.sql()):
        for call_id, speaker, language, text, trackers, starts in zip(*columns, strict=True):
            found = find(without_marks(text), language or None, speaker)
            if [mention.tracker_id for mention in found] != trackers or [m.start for m in found] != starts:
                different.add(call_id)
    return sorted(different)
