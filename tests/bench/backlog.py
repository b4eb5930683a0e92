"""A backlog of calls that are spoken as people speak: what the benchmarks of whole workers read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from clickhouse.client import connect_async
from clickhouse.store import Store
from schemas.events import AnyEvent, CallSegment, serialize
from streams.simulator import World
from streams.simulator.trackers import TRACKERS
from streams.worker.facts import tracker_row
from tests.bench.spoken import real_sentences, repeated, spoken, words
from tests.bench.talk import SEGMENTS_OF_A_CALL, Saying, talk
from tests.conftest import REAL_DATA
from tests.support.embedded_clickhouse import RunningClickHouse


@dataclass(frozen=True, slots=True)
class Backlog:
    """What everybody is given: the events, and the file with their messages, one a line."""

    events: Sequence[AnyEvent]
    file: Path

    @property
    def segments(self) -> list[CallSegment]:
        return [event for event in self.events if isinstance(event, CallSegment)]


def make_backlog(segments: int, folder: Path) -> Backlog:
    """Calls of the last hours with about so many segments, of real text where that is to be had."""
    began = datetime.now(UTC) - timedelta(hours=3)
    per_call = (SEGMENTS_OF_A_CALL + 2) / SEGMENTS_OF_A_CALL  # each call has a start and an end, too
    events = list(islice(talk(100, _sayings(segments), "bench", began), int(segments * per_call)))
    file = folder / "messages"
    file.write_bytes(b"\n".join(serialize(event) for event in events))
    return Backlog(events, file)


def _sayings(segments: int) -> list[Saying]:
    sentences = (
        real_sentences(REAL_DATA) if REAL_DATA.is_dir() else {"da": _simulated("da"), "en": _simulated("en")}
    )
    said = spoken(sentences, segments, Random(1))
    whole, single = repeated(one.text for one in said), repeated(words(said))
    kind = "real" if REAL_DATA.is_dir() else "simulated"
    print(f"\n{len(said):,} {kind} segments: {whole:.0%} of them and {single:.1%} of their words came before")
    return said


def _simulated(language: str) -> list[str]:
    """Sentences of the simulator's scripts."""
    now = datetime.now(UTC)
    events = (timed.event for timed in World.create(3, now, days=5).history(end=now))
    return [event.text for event in events if isinstance(event, CallSegment) and event.language == language]


async def add_trackers(clickhouse: RunningClickHouse) -> None:
    client = await connect_async(clickhouse.writer, database="")
    await Store(client).insert([tracker_row(one.event, datetime.now(UTC)) for one in TRACKERS])
    await client.close()
