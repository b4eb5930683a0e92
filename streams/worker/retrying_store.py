"""Writing for good: an insert is repeated until ClickHouse acknowledges it, or the rows are known that it refuses."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any, TypeVar  # Any: key columns differ from table to table

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from clickhouse.aggregates import NARROWER, Hour
from clickhouse.client import classify
from clickhouse.schema.rows import Row, StoredCall, TrackerRow
from clickhouse.schema.tables import TABLE_OF
from clickhouse.store import FactRow, IncompleteInsertError, Marks, Place, Store
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT
from streams.errors import SalgspulsError
from streams.logs.logs import logger
from streams.worker.metrics import WorkerMetrics
from streams.worker.waits import Waits

log = logger(__name__)

_ERROR_NAME = re.compile(r"\(([A-Z][A-Z_]+)\)")
_WORTH_ANOTHER_TRY = (aiohttp.ClientError, TimeoutError, IncompleteInsertError)
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0

T = TypeVar("T")
R = TypeVar("R", bound=Row)


class StoreUnusableError(SalgspulsError):
    """ClickHouse will not take rows however often they are sent: its tables or its users are not as they must be."""


class _DataRefusedError(Exception):
    """ClickHouse refuses something in the rows of an insert."""


class PersistentStore:
    """The store, for a worker that does not give up: it waits through outages, says so, and stops only for what no
    waiting mends (StoreUnusableError)."""

    def __init__(self, store: Store, metrics: WorkerMetrics, waits: Waits, rng: random.Random) -> None:
        self._store = store
        self._metrics = metrics
        self._waits = waits
        self._rng = rng

    async def insert(self, rows: Sequence[R]) -> list[tuple[R, str]]:
        """Insert rows of one kind. Returns the rows that ClickHouse refuses, with its reason; all others are stored."""
        if not rows:
            return []
        table = TABLE_OF[type(rows[0])].name
        begun = perf_counter()
        try:
            await self._until_it_works(lambda: self._store.insert(rows), table)
        except _DataRefusedError as refused:
            if len(rows) == 1:
                return [(rows[0], str(refused))]
            middle = len(rows) // 2
            return await self.insert(rows[:middle]) + await self.insert(rows[middle:])
        self._metrics.insert_seconds.labels(table).observe(perf_counter() - begun)
        self._metrics.inserted_rows.labels(table).inc(len(rows))
        return []

    async def refresh_hours(
        self, hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]] = NARROWER
    ) -> None:
        """See Store."""
        begun = perf_counter()
        await self._until_it_works(lambda: self._store.refresh_hours(hours, narrower), "hours")
        self._metrics.insert_seconds.labels("hours").observe(perf_counter() - begun)

    async def refresh_words(self, hours: Collection[Hour]) -> None:
        """See Store."""
        await self._until_it_works(
            lambda: self._store.refresh_words(hours, MAX_TERMS, MIN_PAIR_COUNT), "word_hours"
        )

    async def marks(self) -> Marks:
        """See Store."""
        return await self._until_it_works(self._store.marks, "epochs")

    async def epoch(self) -> int:
        """See Store."""
        return await self._until_it_works(self._store.epoch, "epochs")

    async def begin_epoch_for(self, rules: str) -> bool:
        """See Store."""
        return await self._until_it_works(lambda: self._store.begin_epoch_for(rules), "epochs")

    async def count_calls_before(self, epoch: int, where: str = "1") -> int:
        """See Store."""
        return await self._until_it_works(lambda: self._store.count_calls_before(epoch, where), "calls")

    async def calls_before(
        self, epoch: int, before: Place | None, limit: int, where: str = "1"
    ) -> list[Place]:
        """See Store."""
        return await self._until_it_works(
            lambda: self._store.calls_before(epoch, before, limit, where), "calls"
        )

    async def load_calls(self, call_ids: Iterable[str]) -> dict[str, StoredCall]:
        """See Store."""
        wanted = set(call_ids)
        calls = await self._until_it_works(lambda: self._store.load_calls(wanted), "calls")
        self._metrics.calls_reloaded.inc(len(calls))
        return calls

    async def revisions(
        self, kind: type[FactRow], keys: Iterable[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], int]:
        """See Store."""
        wanted = list(keys)
        return await self._until_it_works(lambda: self._store.revisions(kind, wanted), TABLE_OF[kind].name)

    async def erasures(self) -> int:
        """See Store."""
        return await self._until_it_works(self._store.erasures, "erasures")

    async def erased(self) -> dict[str, int]:
        """See Store."""
        return await self._until_it_works(self._store.erased, "erasures")

    async def trackers(self) -> list[TrackerRow]:
        """See Store."""
        return await self._until_it_works(self._store.trackers, "trackers")

    async def purge_withdrawn(self) -> int:
        """See Store. Fails where the others wait: it is asked again a minute later."""
        return await self._store.purge_withdrawn()

    async def _until_it_works(self, attempt: Callable[[], Awaitable[T]], part: str) -> T:
        try:
            result = await attempt()
        except Exception as error:
            result = await self._try_again(attempt, part, error)
        if self._waits.end("clickhouse"):
            log.info("ClickHouse answers again", part=part)
        return result

    async def _try_again(self, attempt: Callable[[], Awaitable[T]], part: str, failed: Exception) -> T:
        """After a first attempt that failed; one that works must not pay for what retrying takes."""
        retrying = AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            wait=self._pause,
            before_sleep=partial(self._wait, part),
            reraise=True,
        )
        first = iter((failed,))

        async def once() -> T:
            for error in first:
                raise error
            return await attempt()

        try:
            result: T = await retrying(once)
        except Exception as error:
            raise _final(error, part) from error
        return result

    def _pause(self, state: RetryCallState) -> float:
        longest: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(state.attempt_number - 1, 20))
        return longest * self._rng.uniform(0.5, 1)

    def _wait(self, part: str, state: RetryCallState) -> None:
        assert state.outcome is not None, "tenacity waits after an attempt"
        error = state.outcome.exception()
        assert error is not None, "and only after one that failed"
        self._metrics.retries.labels(part).inc()
        self._waits.begin("clickhouse", f"ClickHouse ({part}): {_without_values(error)}")
        log.warning(
            "ClickHouse does not answer, trying again",
            part=part,
            failures=state.attempt_number,
            pause=state.upcoming_sleep,
        )


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, _WORTH_ANOTHER_TRY) or (
        isinstance(error, Exception) and classify(error) == "transient"
    )


def _final(error: Exception, part: str) -> Exception:
    """What a failure that no waiting mends means to the worker."""
    reason = _without_values(error)
    match classify(error):
        case "data":
            return _DataRefusedError(reason)
        case "schema":
            return StoreUnusableError(
                f"ClickHouse's tables are not those of this program ({part}: {reason})",
                remedy="run `salgspuls migrate`",
            )
    return StoreUnusableError(
        f"ClickHouse refuses the worker ({part}: {reason})",
        remedy="check the writer's user, password and rights",
    )


def _without_values(error: BaseException) -> str:
    """What went wrong, without the text of ClickHouse: it may quote values of the rows."""
    code = getattr(error, "code", None)
    if code is None:
        strerror = getattr(error, "strerror", None)
        return f"{type(error).__name__}: {strerror}" if strerror else type(error).__name__
    name = _ERROR_NAME.findall(str(error))
    return f"error {code}{' ' + name[-1] if name else ''}"
