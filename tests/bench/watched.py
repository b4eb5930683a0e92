"""Somebody who looks: pages in headless Chromium or without any browser, and when each sentence of a call in progress
stands on one."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any, Protocol  # Any: fields that pydantic checks
from urllib.parse import urlencode, urlsplit

import psutil
from playwright.async_api import Page, async_playwright

from grafana.pages.common.panels import RANGES
from grafana.web.config import PageConfig
from schemas.events import CallSegment, CallStarted
from streams.kafka.producer import EventProducer
from tests.bench.clients import Seen
from tests.browser.conftest import process_on, serving
from tests.browser.timings import WATCH
from tests.support.embedded_clickhouse import ROOT, RunningClickHouse

SENTENCES_A_SECOND = 1.5
_REFRESH, _TIMEOUT = (
    next(field.default for field in fields(PageConfig) if field.name == name)
    for name in ("refresh", "query_timeout")
)
_LONGEST_ANSWER = 2**26
_NOTED = """
window.heard = {};
new MutationObserver(() => {
    for (const [, number] of document.body?.textContent.matchAll(/This is number (\\d+) of the list/g) ?? [])
        window.heard[number] ??= Date.now();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
Moments = dict[int, datetime]
"""When a sentence was produced, by its number."""


class WatchedCall:
    """A call whose sentences are numbered."""

    call_id = "watched"

    def __init__(self) -> None:
        began = datetime.now(UTC) - timedelta(minutes=1)
        self._identity: dict[str, Any] = {
            "call_id": self.call_id,
            "call_started_at": began,
            "seller_id": "seller-watched",
        }
        self._said = 0
        self._rng = Random(1)

    async def begin(self, producer: EventProducer) -> None:
        """Its first event."""
        await producer.send(CallStarted(**self._identity, customer_name="Watched"))
        await producer.flush()

    async def go_on(self, producer: EventProducer, seconds: float) -> Moments:
        """Numbered sentences, at any moment as people speak, for so many seconds; when each was produced."""
        clock = asyncio.get_running_loop().time
        ends, produced = clock() + seconds, Moments()
        while clock() < ends:
            self._said = number = self._said + 1
            segment = CallSegment(
                **self._identity,
                segment_id=f"s-{number}",
                consent=True,
                speaker="customer" if number % 2 else "seller",
                start_ms=number * 700,
                end_ms=number * 700 + 600,
                text=f"This is number {number} of the list.",
                language="en",
            )
            produced[number] = datetime.now(UTC)
            await producer.send(segment)
            await producer.flush()
            await asyncio.sleep(self._rng.expovariate(SENTENCES_A_SECOND))
        return produced


class Viewers(Protocol):
    """People who look at pages, each at another one."""

    async def seen(self) -> list[Seen]:
        """What each has seen so far."""


class Tabs:
    """Viewers with a browser."""

    def __init__(self, tabs: Sequence[Page]) -> None:
        self._tabs = tabs

    async def seen(self) -> list[Seen]:
        """What each has seen so far; how much came is not known."""
        found = []
        for tab in self._tabs:
            heard, complete = await tab.evaluate("[window.heard, window.noted.all ?? null]")
            at = {int(number): milliseconds / 1000 for number, milliseconds in heard.items()}
            found.append(Seen(at, None if complete is None else complete / 1000))
        return found


class Clients:
    """Viewers without one, in a process of their own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def seen(self) -> list[Seen]:
        """What each has seen so far."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        answer = await self._process.stdout.readline()
        assert answer, "who looked has ended"
        return [
            Seen(**each | {"heard": {int(number): at for number, at in each["heard"].items()}})
            for each in json.loads(answer)
        ]


@contextmanager
def served(clickhouse: RunningClickHouse, timed: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The built-in page over a ClickHouse, as fresh as it is by itself: its address and its process. How long each
    question took is written to a file."""
    with serving(
        clickhouse.with_database("salgspuls"), refresh=_REFRESH, query_timeout=_TIMEOUT, timed=str(timed)
    ) as address:
        yield address, process_on(urlsplit(address).port)


def addresses(server: str, pages: Sequence[str]) -> list[str]:
    """Where each page is, of another range than the one before."""
    query = {"var-call_id": WatchedCall.call_id}
    kiosk = {"wall": "&kiosk"}
    return [
        f"{server}/d/salgspuls-{page}?{urlencode({'from': start, 'to': 'now'} | query)}{kiosk.get(page, '')}"
        for page, (_, start) in zip(pages, cycle(RANGES), strict=False)
    ]


@asynccontextmanager
async def in_chromium(pages: Sequence[str]) -> AsyncIterator[Viewers]:
    """Somebody looks at each of these addresses, in a browser context of their own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        tabs = []
        for page in pages:
            context = await browser.new_context(viewport={"width": 1920, "height": 1080})
            tab = await context.new_page()
            await tab.add_init_script(_NOTED + WATCH)
            await tab.goto(page)
            tabs.append(tab)
        yield Tabs(tabs)
        await browser.close()


@asynccontextmanager
async def without_browser(pages: Sequence[str]) -> AsyncIterator[Viewers]:
    """The same by what a page's script asks of the server, see `clients`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.clients",
        *pages,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        limit=_LONGEST_ANSWER,
    )
    assert process.stdin
    yield Clients(process)
    process.stdin.close()
    await process.wait()
