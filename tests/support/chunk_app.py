"""A Faust app on the chunk transport for tests, run in the test's own loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import faust
import pytest

from streams.kafka import transport
from tests.support.brokers import Cluster


def chunk_app(group: str, bootstrap: str, datadir: Path, **settings: Any) -> faust.App:
    """An app whose group settles fast and that commits often."""
    defaults: dict[str, Any] = {
        **transport.APP_SETTINGS,
        "datadir": datadir,
        "web_enabled": False,
        "broker_session_timeout": 6,
        "broker_heartbeat_interval": 1.5,
        "broker_rebalance_timeout": 6,
        "broker_commit_interval": 0.2,
    }
    app = faust.App(group, broker=f"kafka://{bootstrap}", **(defaults | settings))
    transport.install(app)
    return app


@asynccontextmanager
async def running(app: faust.App) -> AsyncIterator[None]:
    """Start the app, and stop it in order whatever happens."""
    await app.start()
    try:
        yield
    finally:
        await app.stop()


async def until(true: Callable[[], bool], what: str, within: float = 60.0) -> None:
    """Wait until something is true; fails saying `what` was waited for."""
    try:
        async with asyncio.timeout(within):
            while not true():  # noqa: ASYNC110 - what is waited for happens in other code
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"{what}: not within {within} s")


async def until_committed(cluster: Cluster, group: str, topic: str, expected: dict[int, int]) -> None:
    """Wait until the group's committed offsets are as expected; fails with those that stand instead."""
    committed: dict[int, int] = {}
    for _ in range(300):
        committed = await cluster.committed(group, topic, partitions=len(expected))
        if committed == expected:
            return
        await asyncio.sleep(0.1)
    pytest.fail(f"committed are {committed}, not {expected}")
