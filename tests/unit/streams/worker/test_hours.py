"""Buckets that several batches touched are recomputed together, and every batch waits until its own are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import pytest

from clickhouse.aggregates import Hour
from streams.worker.hours import HourRefresher

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def hour(number: int) -> Hour:
    return Hour(f"seller-{number}", MIDNIGHT)


class Store:
    """Remembers what was recomputed, and fails when it is told to."""

    def __init__(self) -> None:
        self.refreshed: list[set[Hour]] = []
        self.words: list[set[Hour]] = []
        self.narrower: list[Mapping[str, Collection[Hour]]] = []
        self.fails = False

    async def refresh_hours(self, hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]]) -> None:
        await asyncio.sleep(0.01)
        if self.fails:
            raise ConnectionError
        self.refreshed.append(set(hours))
        self.narrower.append(narrower)

    async def refresh_words(self, hours: Collection[Hour]) -> None:
        self.words.append(set(hours))


@pytest.mark.alone
async def test_the_first_is_not_held_up_and_those_that_follow_share_a_run() -> None:
    store = Store()
    hours = HourRefresher(store, 0.2)
    begun = time.monotonic()
    await hours.refresh({hour(1)}, {hour(1)})
    assert time.monotonic() - begun < 0.15
    await asyncio.gather(*(hours.refresh({hour(number)}, ()) for number in range(5)))
    assert store.refreshed == [{hour(1)}, {hour(number) for number in range(5)}]
    assert store.words == [{hour(1)}, set()]
    assert time.monotonic() - begun >= 0.2
    await hours.refresh((), ())
    assert len(store.refreshed) == 2


async def test_aggregates_that_changed_in_a_part_of_the_buckets_are_gathered_by_themselves() -> None:
    store = Store()
    hours = HourRefresher(store, 0.05)
    await hours.refresh({hour(9)}, (), {"deal_hours": ()})
    await asyncio.gather(
        hours.refresh({hour(0)}, ()),
        hours.refresh({hour(1)}, (), {"deal_hours": {hour(1)}, "name_hours": ()}),
        hours.refresh({hour(2)}, (), {"deal_hours": (), "name_hours": {hour(2)}}),
        hours.refresh({hour(3)}, ()),
    )
    assert store.narrower == [
        {"deal_hours": set()},
        {
            "deal_hours": {hour(0), hour(1), hour(3)},
            "name_hours": {hour(0), hour(2), hour(3)},
        },
    ]


async def test_what_is_touched_during_a_run_is_in_the_next() -> None:
    store = Store()
    hours = HourRefresher(store, 0.02)
    first = asyncio.create_task(hours.refresh({hour(1)}, ()))
    await asyncio.sleep(0.005)
    await hours.refresh({hour(1)}, ())
    assert first.done()
    assert store.refreshed == [{hour(1)}, {hour(1)}]


async def test_a_failure_is_told_to_all_that_wait() -> None:
    store = Store()
    store.fails = True
    hours = HourRefresher(store, 0.05)
    failed = await asyncio.gather(
        *(hours.refresh({hour(number)}, ()) for number in range(3)), return_exceptions=True
    )
    assert [type(error) for error in failed] == [ConnectionError] * 3
    store.fails = False
    await hours.refresh({hour(9)}, ())
    assert store.refreshed == [{hour(9)}]


async def test_a_run_that_is_broken_off_leaves_the_next_one_possible() -> None:
    store = Store()
    hours = HourRefresher(store, 60)
    await hours.refresh({hour(1)}, ())
    waiting = asyncio.create_task(hours.refresh({hour(2)}, ()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    hours._due = 0.0
    await asyncio.wait_for(hours.refresh({hour(3)}, ()), 5)
    assert store.refreshed[-1] == {hour(2), hour(3)}
