"""How fresh the page is: asked of the database here, judged in the browser (`freshness.js`), which outlives us."""

from __future__ import annotations

import asyncio
import html
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from nicegui import Client, ui

from grafana.i18n import Language
from grafana.macros import MacroError
from grafana.web import words
from grafana.web.frames import Frame
from grafana.web.queries import QueryError

SCRIPT = Path(__file__).with_name("freshness.js")
QUERY = "SELECT age_seconds FROM salgspuls.freshness WHERE newest_event_at > toDateTime(0)"

BEAT_SECONDS = 2.0
SILENCE_SECONDS = 8.0
"""A browser that hears nothing for so long says that it has lost its server."""
ANSWER_SECONDS = 5.0
"""A database that takes longer to say how old its newest data is counts as one that cannot be read."""


class Freshness:
    """Banner and corner of one page. Data is stale after `stale_after` seconds."""

    def __init__(self, client: Client, language: Language, stale_after: float) -> None:
        self._client = client
        self._age: float | None = None
        self._asked_at = 0.0
        self._problem = "loading"
        texts = {
            "lost": words.LOST,
            "unreadable": words.NO_ANSWER,
            "nothing": words.NO_EVENTS,
            "stale": words.STALE,
            "fresh": words.FRESH,
            "seconds": words.SECONDS,
            "minutes": words.MINUTES,
            "hours": words.HOURS,
            "days": words.DAYS,
        }
        settings = {
            "texts": {name: text.of(language) for name, text in texts.items()},
            "silence": SILENCE_SECONDS,
            "stale": stale_after,
        }
        ui.element("div").classes("banner").props('id="banner" role="alert" hidden')
        data = html.escape(json.dumps(settings, ensure_ascii=False), quote=False)
        ui.add_body_html(
            f'<script type="application/json" id="freshness-settings">{data}</script>'
            f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
        )
        ui.timer(BEAT_SECONDS, self.beat)

    def corner(self) -> None:
        """Draws the age of the newest data into the current element."""
        ui.element("div").classes("bar-fresh").props('id="fresh"')

    async def refresh(self, ask: Callable[[str], Awaitable[Frame]]) -> None:
        """Asks how old the newest data is."""
        try:
            frame = await asyncio.wait_for(ask(QUERY), ANSWER_SECONDS)
        except (QueryError, MacroError, TimeoutError):
            self._problem = "unreadable"
        else:
            self._problem = "" if frame.rows else "nothing"
            self._age = max(0.0, float(frame.columns[0].values[0])) if frame.rows else None
            self._asked_at = time.monotonic()
        self.beat()

    def beat(self) -> None:
        """Tells the browser that the server is there, and how old the newest data is by now."""
        if self._client.is_deleted:
            return
        age = None if self._age is None else round(self._age + time.monotonic() - self._asked_at, 1)
        call = f"window.salgspulsBeat?.({json.dumps(age)}, {json.dumps(self._problem)})"
        with self._client:
            self._client.run_javascript(call)
