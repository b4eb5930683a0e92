"""What was erased is known by message key, by activity, and in what is no event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clickhouse.erasure import digest
from schemas.events import ActivityLogged, SellerChanged
from schemas.topics import CALLS, CRM, SETTINGS
from streams.worker.erased import Erased

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Stored:
    """A list in the store, and how often it was read."""

    def __init__(self, **revisions: int) -> None:
        self.announced = 1
        self.read = 0
        self.revisions = {digest(*named.split("_", 1)): revision for named, revision in revisions.items()}

    async def erasures(self) -> int:
        return self.announced

    async def erased(self) -> dict[str, int]:
        self.read += 1
        return dict(self.revisions)


async def test_the_list_is_read_when_an_erasure_is_announced_and_counts_as_changed_when_it_is() -> None:
    stored = Stored(call_c1=9)
    erased = Erased(stored)
    changes: list[str] = []
    erased.on_change.append(changes.append)
    assert not erased
    for _ in range(3):
        await erased.refresh()
    assert (bool(erased), stored.read, len(changes)) == (True, 1, 1)
    stored.announced = 2  # it is finished: nothing new
    await erased.refresh()
    assert (stored.read, len(changes)) == (2, 1)
    stored.announced = 3
    stored.revisions[digest("call", "c2")] = 9
    await erased.refresh()
    assert len(changes) == 2


async def test_keys_name_calls_deals_and_sellers() -> None:
    erased = Erased(Stored(call_one=9, opportunity_one=8, seller_17=2))
    await erased.refresh()
    assert erased.keys(CALLS.name, {b"one", b"two", None}) == {b"one": 9}
    assert erased.keys(CRM.name, {b"one", b"seller:17", b"17"}) == {b"one": 8}
    assert erased.keys(SETTINGS.name, {b"seller:17", b"tracker:17", b"one"}) == {b"seller:17": 2}


async def test_an_activity_is_known_by_its_own_id() -> None:
    erased = Erased(Stored(activity_a1=9))
    await erased.refresh()
    activity = ActivityLogged(
        activity_id="a1",
        seller_id="s",
        kind="email",
        started_at=NOW,
        duration_minutes=1.0,
        with_customer=True,
    )
    assert erased.is_activity(activity)
    assert not erased.is_activity(activity.model_copy(update={"activity_id": "a2"}))
    assert not erased.is_activity(SellerChanged(seller_id="a1", name="A", team="T"))


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (b'{"type": "call_ended", "call_id": "\\u00f81"}', True),
        ('{"call_id":"ø1", broken'.encode(), True),
        (b'{"text": "the call_id is o1", "call_id": "o1"}', False),
        (b'{"opportunity_id": "\\u00f81"}', False),
        (b'{"call_id": "\\x"}', False),
        (b"\xff\xfe", False),
        (None, False),
    ],
)
async def test_ids_are_found_in_what_is_no_event(value: bytes | None, named: bool) -> None:
    erased = Erased(Stored(call_ø1=9))
    await erased.refresh()
    assert erased.is_named_in(value) is named
