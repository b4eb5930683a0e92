"""What the worker goes by is read again when it changed, and only then."""

from __future__ import annotations

import pytest

from clickhouse.store import Marks
from streams.worker.news import News


class Store:
    """Says what it is told to say."""

    def __init__(self) -> None:
        self.now = Marks(epoch=1, erasures=0, trackers=7)
        self.read: list[str] = []
        self.fails = False

    async def marks(self) -> Marks:
        return self.now

    async def trackers(self) -> None:
        self.read.append("trackers")

    async def erased(self) -> None:
        if self.fails:
            raise ConnectionError
        self.read.append("erased")


@pytest.mark.parametrize(
    ("changed", "read"),
    [
        ({"epoch": 2}, ["trackers"]),
        ({"trackers": 8}, ["trackers"]),
        ({"erasures": 1}, ["erased"]),
        ({"erasures": 1, "epoch": 2}, ["trackers", "erased"]),
        ({}, []),
    ],
)
async def test_what_changed_is_read(changed: dict[str, int], read: list[str]) -> None:
    store = Store()
    news = News(store, store.trackers, store.erased)
    await news.look()
    assert store.read == ["trackers", "erased"]
    store.read.clear()
    store.now = store.now._replace(**changed)
    await news.look()
    await news.look()
    assert store.read == read


async def test_a_read_that_failed_is_repeated() -> None:
    store = Store()
    news = News(store, store.trackers, store.erased)
    await news.look()
    store.now, store.fails = store.now._replace(erasures=1), True
    with pytest.raises(ConnectionError):
        await news.look()
    store.fails = False
    store.read.clear()
    await news.look()
    assert store.read == ["trackers", "erased"]
