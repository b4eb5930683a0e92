"""Runs the panels' queries in threads, so that a slow one never holds the page up, and answers with columns."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from clickhouse_connect.driver.query import QueryResult
from urllib3.exceptions import HTTPError

from clickhouse.client import ClickHouseConfig, connect
from grafana.web.frames import Column, Frame

T = TypeVar("T")

THREADS = 6
LONGEST_MESSAGE = 400


class QueryError(Exception):
    """A query failed; the text is for the panel."""


class QueryRunner:
    """Shares connections and, for a moment, answers between all who look at the page.

    `timeout` is how many seconds a panel waits; an answer is shared for `shared_for` seconds.
    """

    def __init__(self, config: ClickHouseConfig, timeout: float, shared_for: float) -> None:
        # how long the engine works is the reader's own limit, which he may not change
        self._config = replace(config, read_timeout=timeout)
        self._timeout = timeout
        self._shared_for = shared_for
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="query")
        self._local = threading.local()
        self._answers: dict[str, tuple[float, asyncio.Task[Frame]]] = {}

    async def run(self, sql: str) -> Frame:
        """The answer to an expanded query. Raises QueryError."""
        now = time.monotonic()
        for known in [known for known, (until, task) in self._answers.items() if task.done() and until < now]:
            del self._answers[known]
        if sql not in self._answers:
            self._answers[sql] = (now + self._shared_for, asyncio.create_task(self._run(sql)))
        return await asyncio.shield(self._answers[sql][1])

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
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, sql: str) -> Frame:
        call = asyncio.get_running_loop().run_in_executor(self._threads, self._query, sql)
        try:
            return await asyncio.wait_for(call, self._timeout + 1)
        except TimeoutError:
            raise QueryError(f"no answer within {self._timeout:.0f} s") from None

    def _query(self, sql: str) -> Frame:
        try:
            result = self._client().query(sql)
        except (ClickHouseError, HTTPError, OSError) as error:
            self._local.client = None
            raise QueryError(str(error)[:LONGEST_MESSAGE]) from error
        return frame_of(result)

    def _client(self) -> Client:
        client: Client | None = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = connect(self._config)
        return client


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
