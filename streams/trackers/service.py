"""The built-in page's changes of trackers, carried out: by events to the worker, and history by `salgspuls rebuild`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from aiokafka.errors import KafkaError

from clickhouse.client import ClickHouseUnavailableError
from grafana.i18n import Text
from grafana.web.editor import EditError, OvertakenError, TrackerForm
from grafana.web.words import (
    ALREADY_TRACKED,
    INVALID_TRACKER,
    NOT_CHANGED,
    NOT_RECOMPUTED,
    NOT_STORED_YET,
    OVERTAKEN,
    RECOMPUTES_ALREADY,
)
from schemas.rows import TrackerRow
from streams.config.settings import Settings, SettingsError
from streams.demo.children import DIES_WITH_PARENT
from streams.kafka.producer import KafkaUnreachable, NotDelivered
from streams.logs.logs import logger
from streams.trackers.events import (
    InvalidTrackerError,
    await_stored,
    identifier,
    send,
    statement,
    stored_trackers,
)
from streams.worker.facts import tracker_row

log = logger(__name__)

_STORED_WITHIN = 5.0
_LONGEST_REASON = 500


class EventTrackerEditor:
    """The TrackerEditor of everybody who looks at one page.

    Edits are made one after another, each on what the one before has left, also when no worker has stored that yet.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clickhouse = settings.clickhouse.config("writer")
        self._edits = asyncio.Lock()
        self._rebuilds = asyncio.Lock()
        self._sent: dict[str, TrackerRow] = {}

    async def add(self, form: TrackerForm) -> None:
        """See TrackerEditor. What was removed under this name comes back, with what was found of it."""
        async with self._edits:
            known = await self._known()
            _refuse_twice(form, known.values())
            taken = {row.tracker_id for row in known.values() if not (row.removed and _same_name(row, form))}
            tracker_id = identifier(form.name, taken)
            await self._make(tracker_id, known.get(tracker_id), form)

    async def change(self, tracker_id: str, seen: TrackerForm, form: TrackerForm) -> None:
        """See TrackerEditor."""
        async with self._edits:
            known = await self._known()
            stored = _unless_overtaken(known.pop(tracker_id, None), seen)
            _refuse_twice(form, known.values())
            await self._make(tracker_id, stored, form)

    async def remove(self, tracker_id: str, seen: TrackerForm) -> None:
        """See TrackerEditor."""
        async with self._edits:
            stored = _unless_overtaken((await self._known()).get(tracker_id), seen)
            await self._make(tracker_id, stored, seen, removed=True)

    async def recompute(self) -> None:
        """See TrackerEditor. In a process of its own, so that the page stays quick; it ends with the page."""
        if self._rebuilds.locked():
            raise EditError(RECOMPUTES_ALREADY)
        async with self._rebuilds:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "streams.cli", "rebuild"),
                env=self._settings.child_environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                preexec_fn=DIES_WITH_PARENT,
            )
            try:
                _, said = await process.communicate()
            finally:
                if process.returncode is None:
                    process.kill()
        if process.returncode:
            reason = said.decode(errors="replace").strip().removeprefix("Error: ")
            raise EditError(NOT_RECOMPUTED, reason=reason[-_LONGEST_REASON:])

    async def _known(self) -> dict[str, TrackerRow]:
        with _told(NOT_CHANGED):
            known = await stored_trackers(self._clickhouse)
        for tracker_id, sent in self._sent.items():
            if tracker_id not in known or known[tracker_id].revision < sent.revision:
                known[tracker_id] = sent
        return known

    async def _make(
        self, tracker_id: str, stored: TrackerRow | None, form: TrackerForm, *, removed: bool = False
    ) -> None:
        try:
            event = statement(tracker_id, stored, form, removed=removed)
        except InvalidTrackerError as error:
            raise EditError(INVALID_TRACKER, reason=error) from None
        with _told(NOT_CHANGED):
            await send(event, self._settings.kafka)
        log.info("tracker sent", tracker_id=tracker_id, revision=event.revision, removed=removed)
        self._sent[tracker_id] = tracker_row(event, datetime.now(UTC))
        with _told(NOT_STORED_YET):
            now = await await_stored(event, self._clickhouse, _STORED_WITHIN)
        if now is None:
            raise EditError(NOT_STORED_YET, reason=f"no worker has stored it within {_STORED_WITHIN:g} s")
        if now != tracker_row(event, now.received_at):
            # of two statements with one revision the first one stands, and it was not this one
            raise OvertakenError(OVERTAKEN, name=form.name)


def _unless_overtaken(stored: TrackerRow | None, seen: TrackerForm) -> TrackerRow:
    if stored is None or stored.removed or TrackerForm.of(stored._asdict()) != seen:
        raise OvertakenError(OVERTAKEN, name=seen.name)
    return stored


def _refuse_twice(form: TrackerForm, others: Iterable[TrackerRow]) -> None:
    """The same name in one language and of one side would be counted twice."""
    for row in others:
        where = (row.language or None, row.side or None)
        if not row.removed and _same_name(row, form) and where == (form.language, form.side):
            raise EditError(ALREADY_TRACKED, name=row.name)


def _same_name(row: TrackerRow, form: TrackerForm) -> bool:
    return row.name.casefold() == form.name.casefold()


@contextmanager
def _told(said: Text) -> Iterator[None]:
    """Tells people why Kafka or ClickHouse did not do it."""
    try:
        yield
    except (ClickHouseUnavailableError, KafkaUnreachable, NotDelivered, KafkaError, SettingsError) as error:
        raise EditError(said, reason=error) from error
