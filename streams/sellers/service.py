"""Starring sellers, for page and command line alike: a star is an event to the worker, and nothing else of the seller
changes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from clickhouse.schema.rows import SellerRow
from clickhouse.store import Store, opened
from schemas.events import SellerChanged
from streams.config.settings import Settings
from streams.logs.logs import logger
from streams.sellers.model import UnknownSellerError
from streams.trackers.events import await_revision, send
from streams.trackers.model import NotChangedError, NotStoredYetError, OvertakenError
from streams.trackers.service import translated

log = logger(__name__)

_STORED_WITHIN = 5.0


class SellerService:
    """The SellerEditor of everybody who looks at one page, and of the command line. One star is given after another."""

    def __init__(self, settings: Settings, *, stored_within: float = _STORED_WITHIN) -> None:
        self._settings = settings
        self._clickhouse = settings.clickhouse.config("writer")
        self._stored_within = stored_within
        self._edits = asyncio.Lock()

    async def star(self, seller_id: str, starred: bool) -> str:
        """See SellerEditor. A star that is as it shall be is left alone."""
        async with self._edits:
            with translated(NotChangedError):
                stored = (await self._known()).get(seller_id)
            if stored is None:
                raise UnknownSellerError(seller_id=seller_id)
            if stored.starred != starred:
                await self._send(stored, starred)
            return stored.name

    async def automatic(self) -> list[str]:
        """Takes all stars away, so that revenue decides; the names of those who had one. Raises TrackerError."""
        with translated(NotChangedError):
            known = await self._known()
        return [await self.star(row.seller_id, False) for row in known.values() if row.starred]

    async def _known(self) -> Mapping[str, SellerRow]:
        """All sellers by id. Views have no revisions, so this reads as the writer."""
        async with opened(self._clickhouse) as store:
            return {row.seller_id: row for row in await store.sellers()}

    async def _send(self, stored: SellerRow, starred: bool) -> None:
        event = SellerChanged(
            seller_id=stored.seller_id,
            revision=stored.revision + 1,
            name=stored.name,
            team=stored.team,
            manager_id=stored.manager_id or None,
            starred=starred,
            active=stored.active,
        )
        with translated(NotChangedError):
            await send(event, self._settings.kafka)
        log.info("star sent", seller_id=event.seller_id, revision=event.revision, starred=starred)
        with translated(NotStoredYetError):
            await self._await_stored(event)

    async def _await_stored(self, event: SellerChanged) -> None:
        async def look(store: Store) -> SellerRow | None:
            return next((row for row in await store.sellers() if row.seller_id == event.seller_id), None)

        now = await await_revision(look, event.revision, self._clickhouse, self._stored_within)
        if now is None:
            raise NotStoredYetError(reason=f"No worker has stored it within {self._stored_within:g} s.")
        if now.starred != event.starred:
            # of two statements with one revision the first one stands, and it was not this one
            raise OvertakenError(name=event.name)
