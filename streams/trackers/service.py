"""Editing trackers, for page and command line alike: an edit is an event to the worker, reprocessing a rebuild."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from aiokafka.errors import KafkaError

from clickhouse.client import ClickHouseUnavailableError
from clickhouse.schema.rows import TrackerRow
from schemas.events import TrackerChanged
from streams.config.section import SettingsError
from streams.config.settings import Settings
from streams.demo.children import DIES_WITH_PARENT
from streams.kafka.producer import KafkaUnreachable, NotDelivered
from streams.logs.logs import logger
from streams.trackers.events import await_stored, identifier, send, statement, stored_trackers
from streams.trackers.model import (
    AlreadyTrackedError,
    NotChangedError,
    NotReprocessedError,
    NotStoredYetError,
    OvertakenError,
    ReprocessingError,
    TrackerError,
    TrackerForm,
    UnknownTrackerError,
)
from streams.worker.facts import tracker_row

log = logger(__name__)

_STORED_WITHIN = 5.0
_LONGEST_REASON = 500


class TrackerService:
    """The TrackerEditor of everybody who looks at one page, and of the command line.

    Edits are made one after another, each on top of the previous one, even before a worker has stored that.
    """

    def __init__(self, settings: Settings, *, stored_within: float = _STORED_WITHIN) -> None:
        self._settings = settings
        self._clickhouse = settings.clickhouse.config("writer")
        self._stored_within = stored_within
        self._edits = asyncio.Lock()
        self._rebuilds = asyncio.Lock()
        self._sent: dict[str, TrackerRow] = {}

    async def add(self, form: TrackerForm) -> None:
        """See TrackerEditor. A name that was removed comes back under its id, with its past mentions."""
        async with self._edits:
            known = await self._known()
            _reject_duplicate(form, known.values())
            taken = {row.tracker_id for row in known.values() if not (row.removed and _same_name(row, form))}
            tracker_id = identifier(form.name, taken)
            await self._send(tracker_id, known.get(tracker_id), form)

    async def change(self, tracker_id: str, seen: TrackerForm, form: TrackerForm) -> None:
        """See TrackerEditor."""
        async with self._edits:
            known = await self._known()
            stored = _unless_overtaken(known.pop(tracker_id, None), seen)
            _reject_duplicate(form, known.values())
            await self._send(tracker_id, stored, form)

    async def remove(self, tracker_id: str, seen: TrackerForm) -> None:
        """See TrackerEditor."""
        async with self._edits:
            stored = _unless_overtaken((await self._known()).get(tracker_id), seen)
            await self._send(tracker_id, stored, seen, removed=True)

    async def current(self, tracker_id: str) -> TrackerForm | None:
        """The tracker as it is now; None when there is none, or when it was removed. Raises TrackerError."""
        stored = (await self._known()).get(tracker_id)
        return None if stored is None or stored.removed else TrackerForm.of(stored._asdict())

    async def replace(self, tracker_id: str, form: TrackerForm) -> None:
        """Make `tracker_id` what the form says, whether or not it exists. Raises TrackerError."""
        async with self._edits:
            await self._send(tracker_id, (await self._known()).get(tracker_id), form)

    async def discard(self, tracker_id: str) -> TrackerForm:
        """Stop tracking it, whatever it is now, and return what it was. Raises TrackerError."""
        seen = await self.current(tracker_id)
        if seen is None:
            raise UnknownTrackerError(tracker_id=tracker_id)
        await self.remove(tracker_id, seen)
        return seen

    async def reprocess(self) -> None:
        """See TrackerEditor. In a process of its own, so that the page stays quick; it ends with the page."""
        if self._rebuilds.locked():
            raise ReprocessingError
        async with self._rebuilds:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "streams.cli", "rebuild", "--trackers"),
                env=self._settings.child_environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                preexec_fn=DIES_WITH_PARENT,
            )
            try:
                _, output = await process.communicate()
            finally:
                if process.returncode is None:
                    process.kill()
        if process.returncode:
            reason = output.decode(errors="replace").strip().removeprefix("Error: ")
            raise NotReprocessedError(reason=reason[-_LONGEST_REASON:])

    async def _known(self) -> dict[str, TrackerRow]:
        """What is stored, overlaid with what this service has sent and no worker has stored yet."""
        with translated(NotChangedError):
            known = await stored_trackers(self._clickhouse)
        for tracker_id, sent in self._sent.items():
            if tracker_id not in known or known[tracker_id].revision < sent.revision:
                known[tracker_id] = sent
        return known

    async def _send(
        self, tracker_id: str, stored: TrackerRow | None, form: TrackerForm, *, removed: bool = False
    ) -> None:
        event = statement(tracker_id, stored, form, removed=removed)
        with translated(NotChangedError):
            await send(event, self._settings.kafka)
        log.info("tracker sent", tracker_id=tracker_id, revision=event.revision, removed=removed)
        self._sent[tracker_id] = tracker_row(event, datetime.now(UTC))
        await self._await_stored(event)

    async def _await_stored(self, event: TrackerChanged) -> None:
        with translated(NotStoredYetError):
            now = await await_stored(event, self._clickhouse, self._stored_within)
        if now is None:
            raise NotStoredYetError(reason=f"No worker has stored it within {self._stored_within:g} s.")
        if now != tracker_row(event, now.received_at):
            # of two statements with one revision the first one stands, and it was not this one
            raise OvertakenError(name=event.name)


def _unless_overtaken(stored: TrackerRow | None, seen: TrackerForm) -> TrackerRow:
    if stored is None or stored.removed or TrackerForm.of(stored._asdict()) != seen:
        raise OvertakenError(name=seen.name)
    return stored


def _reject_duplicate(form: TrackerForm, others: Iterable[TrackerRow]) -> None:
    for row in others:
        where = (row.language or None, row.side or None)
        if not row.removed and _same_name(row, form) and where == (form.language, form.side):
            raise AlreadyTrackedError(name=row.name)


def _same_name(row: TrackerRow, form: TrackerForm) -> bool:
    return row.name.casefold() == form.name.casefold()


@contextmanager
def translated(kind: type[TrackerError]) -> Iterator[None]:
    """Turns what Kafka and ClickHouse raise into an error for people."""
    try:
        yield
    except (ClickHouseUnavailableError, KafkaUnreachable, NotDelivered, KafkaError, SettingsError) as error:
        raise kind(reason=error) from error
