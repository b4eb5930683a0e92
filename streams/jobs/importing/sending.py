"""Sending what was looked at: compared with the store, sent, and followed until it is stored."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

from clickhouse.client import ClickHouseUnavailableError, wait_until_ready
from streams.config.settings import Settings
from streams.importers.mapping import DealMapping
from streams.jobs.importing.comparison import Comparison
from streams.jobs.importing.outcome import Outcome, follow
from streams.jobs.importing.run import Import, Preview
from streams.jobs.importing.stored import StoredFacts
from streams.kafka.producer import EventProducer, KafkaUnreachable
from streams.kafka.topics import ensure_topics, unreachable
from streams.language import Text
from streams.replay import TimedEvent, WorldClock, send_history, send_live


class Stopped(Exception):  # noqa: N818 - says what happened
    """The import was interrupted; what was sent before stays sent."""


class Sending:
    """One import's way to Kafka and ClickHouse."""

    def __init__(
        self, settings: Settings, *, speed: float | None, whole: bool, wait: float, blind: bool
    ) -> None:
        self._settings = settings
        self._speed = speed
        self._whole = whole
        self._wait = wait
        self._blind = blind
        self.facts: StoredFacts | None = None
        self.store_is_away = ""
        """Why ClickHouse cannot be asked; "" when it can."""
        self.comparison = Comparison(None, datetime.now(UTC))
        self.gone = 0
        """Deals that are stored and in none of the files."""
        self.notice: Callable[[Text], None] = lambda _text: None
        self.says_stored: Callable[[int], None] = lambda _count: None

    @contextlib.contextmanager
    def store(self) -> Iterator[None]:
        """Within it ClickHouse can be asked, if it answers. Raises KafkaUnreachable: without Kafka nothing is sent."""
        kafka = self._settings.kafka
        if reason := asyncio.run(unreachable(kafka.client_kwargs())):
            raise KafkaUnreachable(kafka.bootstrap, reason)
        try:
            client = wait_until_ready(
                self._settings.clickhouse.config("writer"), timeout=0, waiting=lambda _line: None, database=""
            )
        except ClickHouseUnavailableError as error:
            self.store_is_away = str(error).partition("; gave up")[0]
            yield
            return
        with client:
            self.facts = StoredFacts(client)
            yield

    def know(self, importing: Import) -> None:
        """Let what is read ask the store: for deals that change events begin in the middle of, and for names."""
        if self.facts is not None and not self._blind:
            importing.options.memory.stored_deal = self.facts.deal
            importing.options.memory.stored_names = self.facts.names

    def compare(self, importing: Import, previews: Sequence[Preview]) -> None:
        """Count what is new, changed, equal and gone, before anything is sent."""
        self.comparison = self._comparison(importing, previews)
        for preview in previews:
            for sheet in preview.sheets:
                for _ in self.comparison.compare(importing.noting(sheet.rows())):
                    pass
        has_deals = any(
            isinstance(sheet.mapping, DealMapping) for preview in previews for sheet in preview.sheets
        )
        if self.facts is not None and has_deals and not self._blind:
            self.gone = sum(row.opportunity_id not in importing.deal_ids for row in self.facts.latest_deals())

    def _comparison(self, importing: Import, previews: Sequence[Preview]) -> Comparison:
        sheets = [sheet for preview in previews for sheet in preview.sheets if sheet.is_deals]
        remembers = len(sheets) > 1 or any(sheet.has_history for sheet in sheets)
        return Comparison(None if self._blind else self.facts, importing.now, remembers=remembers)

    @property
    def removes(self) -> bool:
        return self._whole and self.gone > 0

    async def send(self, importing: Import, previews: Sequence[Preview]) -> Outcome:
        """Send all files, and wait for what becomes of it. Raises Stopped when it is interrupted."""
        kafka, began_at = self._settings.kafka, datetime.now(UTC)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        self.comparison = self._comparison(importing, previews)
        async with EventProducer(kafka, notice=self.notice) as producer:
            await ensure_topics(kafka.client_kwargs(), kafka.topics())
            importing.begin_sending(previews)
            for preview in previews:
                await self._send(importing.events(preview, self.comparison), producer, stop)
                if stop.is_set():
                    raise Stopped
            if self.removes and self.facts is not None:
                await self._send(importing.removals(self.facts), producer, stop)
            await producer.flush()
            sent = producer.sent
        if not sent.count or not self._wait:
            return Outcome(sent.count, followed=False)
        outcome = await follow(
            kafka.client_kwargs(),
            kafka.group,
            sent,
            self.facts,
            patience=self._wait,
            progress=self.says_stored,
        )
        if self.facts is not None and not outcome.pending:
            outcome.known = await asyncio.to_thread(self.facts.known_before, importing.sent, began_at)
        return outcome

    async def _send(self, events: Iterator[TimedEvent], producer: EventProducer, stop: asyncio.Event) -> None:
        if self._speed is None:
            await send_history(events, producer, rate=math.inf, stop=stop)
        elif first := next(events, None):
            clock = WorldClock(first.at, self._speed)
            await send_live(chain([first], events), producer, clock=clock, stop=stop)
