"""Whatever crashes, waits, is rejected or overtaken, what is stored is what the facts say.

HISTORIES says how many, SEED from which one on. A failure names its seed: `SEED=n HISTORIES=1 make simulation` plays it
again, await by await.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
import structlog

from clickhouse.aggregates import Hour, hour_of
from clickhouse.schema.rows import (
    CallKeywordRow,
    CallRow,
    DeadLetterRow,
    SegmentRow,
    TrackerRow,
)
from clickhouse.schema.tables import TABLE_OF
from processors.analysis.analyser import Analyser
from schemas.events import AnyEvent, CallEvent, CallSegment
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of
from tests.support import plain_oracle
from tests.support.histories import TRACKERS, history
from tests.support.simulation import EPOCH, PARTITIONS, Simulation
from tests.support.virtual_time import run

HISTORIES = int(os.environ.get("HISTORIES", "1000"))
SEED = int(os.environ.get("SEED", "1"))
AT_ONCE = 100
"""Histories that a process plays before it is given others."""
_FACT_BITS = 40
_KIND = re.compile(r"^ *[\d.]+ (worker \d+ )?| for [\d.]+ s$")


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> Iterator[None]:
    """Outages are all that there is to hear of."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


def _tracker_rows() -> list[TrackerRow]:
    rows = [row_of(tracker, EPOCH) for tracker in TRACKERS]
    return [row for row in rows if isinstance(row, TrackerRow)]


ANALYSER = analyser_for(_tracker_rows())


def play(seed: int) -> tuple[Simulation, list[AnyEvent]]:
    """Play the history of a seed. Returns the world as it is afterwards, and the events that count."""
    simulation = Simulation(seed)
    for row in _tracker_rows():
        simulation.store.tables[TrackerRow][row.tracker_id,] = row
    events, messages = history(simulation.rng)
    segments = [event for event in events if isinstance(event, CallSegment)]
    if segments and simulation.rng.random() < 0.2:
        odd = simulation.rng.choice(segments)
        simulation.store.refuses.add((odd.call_id, odd.segment_id))
        events = [event for event in events if event.fact_id != (odd.call_id, odd.segment_id)]
    run(simulation.run(messages, faults=simulation.rng.randint(0, 8)))
    return simulation, events


def check(simulation: Simulation, events: list[AnyEvent], analyser: Analyser = ANALYSER) -> None:
    """The store holds what the facts say, and every message is accounted for."""
    if simulation.errors:
        raise simulation.errors[0]
    tables = simulation.store.tables
    calls = {row.call_id: row for row in tables[CallRow].values()}
    expected = plain_oracle.calls(events, analyser)
    assert calls.keys() == expected.keys()
    for call_id, columns in expected.items():
        row = calls[call_id]
        texts, mentions = columns.pop("texts"), columns.pop("mentions")
        assert row.version & ((1 << _FACT_BITS) - 1) == columns.pop("facts_version"), call_id
        assert {name: getattr(row, name) for name in columns} == columns, call_id
        stored = {one.segment_id: one.text for one in tables[SegmentRow].values() if one.call_id == call_id}
        assert stored == texts, call_id
        counted = {
            one.tracker_id: (one.mentions_seller, one.mentions_customer)
            for one in tables[CallKeywordRow].values()
            if one.call_id == call_id and one.mentions_seller + one.mentions_customer
        }
        assert counted == mentions, call_id
    _check_facts(simulation, events)
    _check_hours(simulation)
    _check_dead_letters(simulation)


def _check_facts(simulation: Simulation, events: list[AnyEvent]) -> None:
    wanted = [
        row_of(event, EPOCH) for event in plain_oracle.latest(events) if not isinstance(event, CallEvent)
    ]
    for kind in {type(row) for row in wanted}:
        stored = {key: row.revision for key, row in simulation.store.tables[kind].items()}
        key = TABLE_OF[kind].key
        assert stored == {
            tuple(getattr(row, column) for column in key): row.revision for row in wanted if type(row) is kind
        }


def _check_hours(simulation: Simulation) -> None:
    rows = simulation.store.tables[CallRow].values()
    touched = {Hour(row.seller_id, hour_of(row.call_started_at)) for row in rows}
    assert simulation.store.hours == simulation.store.counted(touched)


def _check_dead_letters(simulation: Simulation) -> None:
    """What is no event of the contract, and rows that the store refuses, each told; and nothing else is."""
    letters = simulation.store.tables[DeadLetterRow].values()
    told = {(row.topic, row.partition, row.offset): row.reason for row in letters}
    assert set(simulation.broker.dead_letters) == told.keys()
    bad = {
        (topic, number, record.offset)
        for (topic, number), log in simulation.broker.logs.items()
        for record in log
        if record.value is None or not record.value.startswith(b'{"type":') or len(record.value) < 60
    }
    assert bad <= told.keys()
    assert {told[each] for each in told.keys() - bad} <= {"refused_by_store"}


def play_all(seeds: Sequence[int]) -> Counter[str]:
    """Play and check the histories of these seeds; how often what happened in them."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    happened: Counter[str] = Counter()
    try:
        for seed in seeds:
            try:
                simulation, events = play(seed)
                check(simulation, events)
            except BaseException as error:
                error.add_note(f"\nseed {seed}; again: SEED={seed} HISTORIES=1 make simulation")
                raise
            happened.update(
                line.split(" ", 2)[-1].split(" for ")[0].lstrip(" 0123456789.") for line in simulation.trace
            )
    finally:
        logging.disable(logging.NOTSET)
    return happened


@pytest.mark.timeout(86400)
def test_every_history_ends_with_what_its_facts_say() -> None:
    begun = time.perf_counter()
    seeds = range(SEED, SEED + HISTORIES)
    happened: Counter[str] = Counter()
    if len(seeds) < AT_ONCE:
        happened = play_all(seeds)
    else:
        parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
            for done, found in enumerate(processes.map(play_all, parts), 1):
                happened += found
                if done % 100 == 0:
                    print(f"{done * AT_ONCE} histories", flush=True)
    seconds = time.perf_counter() - begun
    print(f"\n{HISTORIES} histories from seed {SEED} on in {seconds:.0f} s: {dict(happened)}")


def test_a_seed_gives_the_same_history_again() -> None:
    for seed in (3, 17, 99):
        (one, _), (other, _) = play(seed), play(seed)
        assert one.trace == other.trace
        assert one.store.parts == other.store.parts
        assert dict(one.broker.committed) == dict(other.broker.committed)
        assert {kind: dict(rows) for kind, rows in one.store.tables.items()} == other.store.tables


def test_the_partitions_are_those_of_the_contract_s_topics() -> None:
    assert set(PARTITIONS) == {"salgspuls.calls", "salgspuls.crm", "salgspuls.settings"}
