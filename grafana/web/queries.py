"""Runs the panels' queries in threads, so that a slow one never holds the page up, and answers with columns."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import inf
from typing import Any, NamedTuple, TypeVar  # Any: values as the driver has them

from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from clickhouse_connect.driver.query import QueryResult
from urllib3.exceptions import HTTPError, ReadTimeoutError

from clickhouse import visibility
from clickhouse.client import ClickHouseConfig, classify, connect
from clickhouse.reads import tables_read
from clickhouse.sql import SqlSyntaxError
from grafana.web.frames import Column, Frame

T = TypeVar("T")

Filters = Mapping[str, str]
"""What a question is narrowed by, see `clickhouse.visibility`."""
NOTHING_FILTERED: Filters = {}

THREADS = 6
THREADS_AHEAD = 2
"""Of their own for what shows each event as it comes and how fresh the page is: neither waits while many pages open."""
LONGEST_MESSAGE = 400
LONGEST_SHARED = 60.0
"""Seconds that an answer is shared when nothing changed in what it was read from: some numbers follow the clock."""
VERSIONS = "SELECT table, version FROM salgspuls.table_versions"


class Pace(NamedTuple):
    """How soon a question whose answer may have changed is asked again: after no less than `shared_for` seconds, and so
    rarely that it keeps no more than `share` of a core busy, but after `longest` seconds at the latest. What goes
    `ahead` waits for no other question."""

    shared_for: float
    share: float = inf
    longest: float = 0.0
    ahead: bool = True

    def seconds(self, took: float) -> float:
        """From when a question was asked that took so many seconds."""
        return max(self.shared_for, min(took / self.share, self.longest))


SHARE = 0.005
"""Of a core, for one question about what happened so far."""
SHARE_LIVE = 0.25
"""The same for one that shows each event as it comes."""


class QueryError(Exception):
    """A query failed; the text is for the panel."""


class SlowError(QueryError):
    """No answer came in time; its text is the seconds that were waited."""


class UnreachableError(QueryError):
    """No ClickHouse answered."""


_Version = tuple[object, ...]
"""Of the tables that a query reads, in the order of their names."""


class _Question(NamedTuple):
    sql: str
    filters: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Answer:
    """One answer, or the question that is on its way: the versions of the tables before it was asked (None when not
    known), for how many it is, how many seconds it took."""

    asked_at: float
    version: _Version | None
    task: asyncio.Task[Frame] = field(init=False)
    waiting: int = 0
    took: float = 0.0


class QueryRunner:
    """Shares connections and answers between all who look at the page.

    `timeout` is how many seconds a panel waits. An answer is good for `shared_for` seconds, for longer where it was
    dear (see `Pace`), and for up to LONGEST_SHARED as long as none of the tables changed that it was read from: forty
    viewers cost what one costs, and nothing is asked while nothing is new. A question that nobody waits for any more is
    not asked if it has not begun.
    """

    def __init__(self, config: ClickHouseConfig, timeout: float, shared_for: float) -> None:
        # how long the engine works is the reader's own limit, which the reader may not change
        self._config = replace(config, read_timeout=timeout)
        self._timeout = timeout
        self._pace = Pace(shared_for, SHARE, longest=4 * shared_for, ahead=False)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="query")
        self._threads_ahead = ThreadPoolExecutor(THREADS_AHEAD, thread_name_prefix="ahead")
        self._local = threading.local()
        self._answers: dict[_Question, _Answer] = {}
        self.ahead: Sequence[asyncio.Task[Any]] = ()
        """What the page that asked last before it had a connection asks."""

    async def run(self, sql: str, filters: Filters = NOTHING_FILTERED) -> Frame:
        """The answer to an expanded query. Raises QueryError."""
        return await self._as_of_version(sql, filters, self._pace)

    async def run_now(self, sql: str, filters: Filters = NOTHING_FILTERED) -> Frame:
        """The answer to a query about the time that passes: shared for a moment alone. Raises QueryError."""
        return await self._shared(sql, filters, None, Pace(self._pace.shared_for))

    async def run_live(self, sql: str, filters: Filters, shared_for: float) -> Frame:
        """The answer to an expanded query as of the newest data; for `shared_for` seconds none counts as newer.

        Raises QueryError.
        """
        return await self._as_of_version(sql, filters, Pace(shared_for, SHARE_LIVE, longest=1.5 * shared_for))

    async def _as_of_version(self, sql: str, filters: Filters, pace: Pace) -> Frame:
        return await self._shared(sql, filters, await self._version(sql, filters, pace.shared_for), pace)

    async def _shared(self, sql: str, filters: Filters, version: _Version | None, pace: Pace) -> Frame:
        now = time.monotonic()
        self._drop_old(now)
        question = _Question(sql, tuple(sorted(filters.items())))
        answer = self._answers.get(question)
        if answer is None or not self._is_good(answer, version, now, pace):
            answer = _Answer(now, version)
            answer.task = asyncio.create_task(self._run(sql, filters, answer, pace.ahead))
            self._answers[question] = answer
        answer.waiting += 1
        try:
            return await asyncio.shield(answer.task)
        finally:
            answer.waiting -= 1
            if not answer.waiting and not answer.task.done():
                answer.task.cancel()
                if self._answers.get(question) is answer:
                    del self._answers[question]

    async def _version(self, sql: str, filters: Filters, shared_for: float) -> _Version | None:
        """What changes whenever one of the tables has that a query reads, or what narrows it; None when not known."""
        try:
            frame = await self._shared(VERSIONS, NOTHING_FILTERED, None, Pace(shared_for))
            read = tables_read(sql).union(*map(tables_read, filters.values()))
        except (QueryError, SqlSyntaxError):
            return None
        versions = dict(zip(*(column.values for column in frame.columns), strict=True))
        # what reads no table follows the clock alone
        return tuple(versions.get(table) for table in sorted(read)) if versions and read else None

    def _is_good(self, answer: _Answer, version: _Version | None, now: float, pace: Pace) -> bool:
        if not answer.task.done():
            return True
        if answer.task.cancelled() or answer.task.exception() is not None:
            return now < answer.asked_at + pace.shared_for
        unchanged = version is not None and version == answer.version
        return now < answer.asked_at + (LONGEST_SHARED if unchanged else pace.seconds(answer.took))

    def _drop_old(self, now: float) -> None:
        for question, answer in list(self._answers.items()):
            if answer.task.done() and now > answer.asked_at + max(LONGEST_SHARED, self._pace.longest):
                del self._answers[question]

    @property
    def is_free(self) -> bool:
        """Whether no page asks ahead now, and a further question would begin at once."""
        return all(task.done() for task in self.ahead) and self._running < THREADS

    @property
    def _running(self) -> int:
        return sum(not answer.task.done() for answer in self._answers.values())

    def forget(self) -> None:
        """Shares no answer any more that was asked for before now."""
        self._answers.clear()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Does work that asks by `rows` beside the page."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The answer as rows, asked in the calling thread. Raises QueryError."""
        frame = self._query(sql)
        return [frame.row(index) for index in range(frame.rows)]

    def close(self) -> None:
        """Stops taking queries; those that run end by their own time limit."""
        for threads in (self._threads, self._threads_ahead):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, sql: str, filters: Filters, answer: _Answer, ahead: bool) -> Frame:
        threads = self._threads_ahead if ahead else self._threads
        call = asyncio.get_running_loop().run_in_executor(threads, self._timed, sql, filters, answer)
        try:
            return await asyncio.wait_for(call, self._timeout + 1)
        except TimeoutError:
            raise SlowError(f"{self._timeout:.0f}") from None

    def _timed(self, sql: str, filters: Filters, answer: _Answer) -> Frame:
        began = time.monotonic()
        frame = self._query(sql, filters)
        answer.took = time.monotonic() - began
        return frame

    def _query(self, sql: str, filters: Filters = NOTHING_FILTERED) -> Frame:
        settings = {visibility.SETTING: dict(filters)} if filters else None
        try:
            result = self._client().query(sql, settings=settings)
        except (ClickHouseError, HTTPError, OSError) as error:
            self._local.client = None
            raise self._failure(error) from error
        return frame_of(result)

    def _failure(self, error: BaseException) -> QueryError:
        """What the driver raised, without its own words where they are about the network."""
        code = getattr(error, "code", None)
        if code == _TIMEOUT_EXCEEDED or any(isinstance(each, ReadTimeoutError) for each in _causes(error)):
            return SlowError(f"{self._timeout:.0f}")
        if code is None and classify(error) == "transient":
            return UnreachableError()
        return QueryError(str(error)[:LONGEST_MESSAGE])

    def _client(self) -> Client:
        client: Client | None = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = visibility.narrowable(connect(self._config))
        return client


_TIMEOUT_EXCEEDED = 159


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def frame_of(result: QueryResult) -> Frame:
    """The answer of the driver as columns."""
    values = result.result_columns or [[] for _ in result.column_names]
    columns = zip(result.column_names, result.column_types, values, strict=True)
    return Frame(tuple(_column(name, kind.name, some) for name, kind, some in columns))


_NUMBERS = ("Int", "UInt", "Float", "Decimal", "Bool", "BFloat")
_WRAPPERS = ("Nullable(", "LowCardinality(", "SimpleAggregateFunction(")


def _column(name: str, type_name: str, values: Sequence[Any]) -> Column:
    inner = type_name
    while inner.startswith(_WRAPPERS):
        inner = inner[inner.index("(") + 1 :]
    if inner.startswith(_NUMBERS):
        return Column(name, "number", [_number(value) for value in values])
    if inner.startswith("Date"):
        return Column(name, "time", values)
    return Column(name, "text", [_text(value) for value in values])


def _number(value: Any) -> int | float | None:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value != value:
        return None  # NaN: a ratio over nothing
    number: int | float | None = value
    return number


def _text(value: Any) -> str | list[str] | None:
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return str(value)
