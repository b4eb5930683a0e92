"""What was erased and must not come back: a list of digests in ClickHouse, looked at every few seconds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from clickhouse.erasure import digest
from schemas.events import ActivityLogged, Event
from schemas.topics import CALLS, CRM, SETTINGS
from streams.logs.logs import logger

log = logger(__name__)

# the key of a message names the fact: the call, the deal, the seller ("seller:17")
_KINDS = {CALLS.name: b"call:", CRM.name: b"opportunity:", SETTINGS.name: b""}

_ID = re.compile(rb'"(call|opportunity|activity|seller)_id"\s*:\s*("(?:[^"\\]|\\.)*")')


class ErasureReader(Protocol):
    """Where the list is read from."""

    async def erasures(self) -> int:
        """A number that grows with every announcement of an erasure."""

    async def erased(self) -> dict[str, int]:
        """Digest of each erased fact -> the revision up to which statements of it are rejected."""


class Erased:
    """The list as it is at this moment; `refresh` brings it up to date. False while nothing was ever erased."""

    def __init__(self, store: ErasureReader) -> None:
        self._store = store
        self._announced = 0
        self._revisions: dict[str, int] = {}
        self.on_change: list[Callable[[str], None]] = []
        """Called when the list has changed: a part of what is held may be gone from the store."""

    def __bool__(self) -> bool:
        return bool(self._revisions)

    async def refresh(self) -> None:
        """Look whether something was erased."""
        announced = await self._store.erasures()
        if announced == self._announced:
            return
        revisions = await self._store.erased()
        self._announced = announced
        if revisions != self._revisions:
            self._revisions = revisions
            log.info("data was erased", facts=len(revisions))
            for call in self.on_change:
                call("data was erased")

    def keys(self, topic: str, keys: Iterable[bytes | None]) -> Mapping[bytes | None, int]:
        """Those of the message keys that name something erased, with its revision."""
        kind = _KINDS[topic]
        found = {
            key: self._revisions.get(hashlib.sha256(kind + key).hexdigest())
            for key in keys
            if key is not None
        }
        return {key: revision for key, revision in found.items() if revision is not None}

    def is_named_in(self, value: bytes | None) -> bool:
        """Whether a message that is no event names something erased."""
        return any(self._is_erased(kind.decode(), quoted) for kind, quoted in _ID.findall(value or b""))

    def _is_erased(self, kind: str, quoted: bytes) -> bool:
        try:
            return digest(kind, json.loads(quoted)) in self._revisions
        except ValueError:
            return False  # no JSON, so no id that was ever stored

    def is_activity(self, event: Event) -> bool:
        """Whether the event is an activity that was erased; its key names only what it served."""
        return isinstance(event, ActivityLogged) and digest("activity", event.activity_id) in self._revisions
