"""Takes words whose consent was withdrawn from disk, every minute."""

from __future__ import annotations

from typing import Protocol

from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics

log = logger(__name__)

EVERY_SECONDS = 60.0


class Purger(Protocol):
    """Where replaced rows are deleted."""

    async def purge_withdrawn(self) -> int:
        """Delete what is left of withdrawn words; returns of how many segments."""


class Withdrawals:
    """Asks the store to purge. A failure must not stop the worker, nor go unseen: it is logged and counted."""

    def __init__(self, store: Purger, metrics: WorkerMetrics) -> None:
        self._store = store
        self._metrics = metrics

    async def purge(self) -> None:
        """Purge until nothing is pending, or the store refuses."""
        try:
            while segments := await self._store.purge_withdrawn():
                self._metrics.purged.inc(segments)
                log.info("words without consent are deleted", segments=segments)
        except Exception as error:
            self._metrics.purge_failures.inc()
            log.error(
                "words whose consent was withdrawn cannot be deleted yet: may the writer ALTER DELETE?",
                error=type(error).__name__,
                code=getattr(error, "code", None),
            )
