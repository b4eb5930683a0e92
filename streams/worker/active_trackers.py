"""The active trackers: those in ClickHouse at this moment, looked at every few seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from clickhouse.schema.rows import FIRST_EPOCH, TrackerRow
from processors.analysis.analyser import Analyser
from processors.analysis.names.extraction import NameFinder
from processors.analysis.terms import excluded_words, prepare
from processors.analysis.trackers import Tracker, TrackerIndex
from streams.config.settings import WorkerSettings
from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics
from streams.worker.retrying_store import PersistentStore

log = logger(__name__)


class ActiveTrackers:
    """Holds the analyser and the epoch; `refresh` brings both up to date.

    `on_new_epoch` are called when another epoch has begun: what was analysed before must not be used any more.
    """

    def __init__(
        self,
        store: PersistentStore,
        metrics: WorkerMetrics,
        own_names: Sequence[str] = (),
        *,
        sales_lexicon: bool = True,
    ) -> None:
        self._own_names = own_names
        prepare()
        self._sales_lexicon = sales_lexicon
        self._store = store
        self._metrics = metrics
        self._rows: Sequence[TrackerRow] = ()
        self._analyser = analyser_for((), own_names, sales_lexicon=sales_lexicon)
        self._epoch = FIRST_EPOCH
        self.on_new_epoch: list[Callable[[str], None]] = []

    def analyser(self) -> Analyser:
        """The analyses with the trackers of this moment."""
        return self._analyser

    def epoch(self) -> int:
        """The epoch of the analysis."""
        return self._epoch

    async def refresh(self) -> None:
        """Look whether trackers were added, changed or removed, or a rebuild of history was begun."""
        rows, epoch = await self._store.trackers(), await self._store.epoch()
        if epoch != self._epoch:
            self._epoch = epoch
            log.info("history is being rebuilt", epoch=epoch)
            for call in self.on_new_epoch:
                call("another epoch of the analysis has begun")
        if rows != self._rows:
            self._analyser = analyser_for(rows, self._own_names, sales_lexicon=self._sales_lexicon)
            self._rows = rows
            active = sum(not row.removed for row in rows)
            self._metrics.trackers.set(active)
            log.info("trackers changed", trackers=active)


def looked_up_within(worker: WorkerSettings) -> float:
    """Seconds until all workers go by what stands in ClickHouse now: a look may have begun just before."""
    return 2 * worker.tracker_poll_seconds


def noticed_within(worker: WorkerSettings) -> float:
    """Seconds until all workers go by what stands in ClickHouse now, and have stored what they began before."""
    return looked_up_within(worker) + worker.flush_seconds + 2 * worker.hours_seconds


def analyser_for(
    rows: Iterable[TrackerRow], own_names: Sequence[str] = (), *, sales_lexicon: bool = True
) -> Analyser:
    """The analyses that listen for the trackers which are not removed; `own_names` are those of the own company."""
    trackers = [
        Tracker(
            tracker_id=row.tracker_id,
            name=row.name,
            kind=row.kind,
            aliases=tuple(row.aliases),
            language=row.language or None,
            side=row.side or None,  # type: ignore[arg-type]  # the contract allows nothing else into the column
            word_forms=row.word_forms,
            compounds=row.compounds,
            only_as_name=row.only_as_name,
        )
        for row in rows
        if not row.removed
    ]
    known = [name for tracker in trackers for name in (tracker.name, *tracker.aliases)]
    return Analyser(
        TrackerIndex(trackers),
        NameFinder(known, own_names),
        excluded_words((*known, *own_names)),
        sales_lexicon,
    )
