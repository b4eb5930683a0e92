"""Somebody who looks: pages in headless Chromium, and when each sentence of a call in progress stands on one."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random
from typing import Any  # Any: fields that pydantic checks
from urllib.parse import urlencode, urlsplit

import psutil
from playwright.async_api import Page, async_playwright

from grafana.web.config import PageConfig
from schemas.events import CallSegment, CallStarted
from streams.kafka.producer import EventProducer
from tests.browser.conftest import process_on, serving
from tests.browser.timings import WATCH
from tests.support.embedded_clickhouse import RunningClickHouse

SENTENCES_A_SECOND = 1.5
_REFRESH = next(field.default for field in fields(PageConfig) if field.name == "refresh")
_NOTED = """
window.heard = {};
new MutationObserver(() => {
    for (const [, number] of document.body?.textContent.matchAll(/This is number (\\d+) of the list/g) ?? [])
        window.heard[number] ??= Date.now();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
Moments = dict[int, datetime]
"""When a sentence was produced, or stood on the page, by its number."""


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


@contextmanager
def served(clickhouse: RunningClickHouse) -> Iterator[tuple[str, psutil.Process]]:
    """The built-in page over a ClickHouse, as fresh as it is by itself: its address and its process."""
    with serving(clickhouse.with_database("salgspuls"), refresh=_REFRESH) as address:
        yield address, process_on(urlsplit(address).port)


@asynccontextmanager
async def looking(address: str, pages: Sequence[str]) -> AsyncIterator[list[Page]]:
    """Somebody looks at each of these pages, in a browser context of their own."""
    query = urlencode({"from": "now-24h", "to": "now", "var-call_id": WatchedCall.call_id})
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
            await tab.goto(f"{address}/d/salgspuls-{page}?{query}{'&kiosk' if page == 'wall' else ''}")
            tabs.append(tab)
        yield tabs
        await browser.close()


async def shown(tab: Page) -> Moments:
    """When the numbered sentences stood on the page, those that did so far."""
    noted: dict[str, float] = await tab.evaluate("window.heard")
    return {int(number): datetime.fromtimestamp(at / 1000, UTC) for number, at in noted.items()}


async def complete_after(tabs: Sequence[Page]) -> list[float]:
    """Seconds until each page had all of its numbers after it was asked for; infinite where it has not yet."""
    times = [await tab.evaluate("window.noted.all ?? null") for tab in tabs]
    return [inf if time is None else time / 1000 for time in times]
