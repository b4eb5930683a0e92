"""The HTTP server in front of the engine: ClickHouse's interface on loopback, until SIGTERM, SIGINT or cancellation.

Reader and writer have threads of their own, so that slow dashboards never keep an insert waiting, and /ping is answered
by the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from clickhouse.embedded import codecs, folder, handshake, requests
from clickhouse.embedded.config import EmbeddedConfig, EmbeddedError, Login, ReaderLimits
from clickhouse.embedded.engine import Engine, Query, Result
from clickhouse.embedded.errors import QueryError

__all__ = ["EmbeddedConfig", "EmbeddedError", "Login", "ReaderLimits", "serve"]

_NAME = "salgspuls"
_TIMEZONE = "UTC"
_READER_THREADS = 16
_WRITER_THREADS = 8
_LARGEST_BODY = 1 << 30
_LONGEST_LINE = 1 << 20
_SMALLEST_COMPRESSED = 1024
# Stopping: running statements may finish, then they are killed; both together stay well below three seconds.
_GRACE_SECONDS = 1.0
_KILL_SECONDS = 1.0

_CONTENT_TYPES = {
    "TabSeparated": "text/tab-separated-values; charset=UTF-8",
    "TSV": "text/tab-separated-values; charset=UTF-8",
    "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present",
    "JSON": "application/json; charset=UTF-8",
    "JSONCompact": "application/json; charset=UTF-8",
    "JSONEachRow": "application/x-ndjson; charset=UTF-8",
    "Native": "application/octet-stream",
    "RowBinary": "application/octet-stream",
}


async def serve(config: EmbeddedConfig, *, ready: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then stop within three seconds; `ready` is called when queries are answered.

    For a process of its own, in its main thread: a statement that cannot be interrupted (a merge, a read from an
    address that does not answer) ends with the process, here and now; what was acknowledged is on disk. Raises
    EmbeddedError when the data folder or the port cannot be had.
    """
    stopped = asyncio.Event()
    with folder.held(config.path) as (path, incoming), _on_signals(stopped.set):
        engine = await asyncio.to_thread(Engine, path, incoming, config)
        front = _Front(config, engine)
        try:
            await front.start()
            if ready is not None:
                ready()
            await stopped.wait()
        finally:
            if not await front.stop():
                os._exit(0)
            await asyncio.to_thread(engine.close)


@contextlib.contextmanager
def _on_signals(stop: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


class _Front:
    """The HTTP side of one open engine."""

    def __init__(self, config: EmbeddedConfig, engine: Engine) -> None:
        self._config = config
        self._engine = engine
        self._readers = ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="reader")
        self._writers = ThreadPoolExecutor(_WRITER_THREADS, thread_name_prefix="writer")
        self._control = ThreadPoolExecutor(2, thread_name_prefix="control")
        self._pending: set[asyncio.Future[Result]] = set()
        self._stopping = False
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_get("/ping", _alive)
        app.router.add_get("/replicas_status", _alive)
        app.router.add_route("*", "/", self._handle)
        self._runner = web.AppRunner(
            app,
            handler_cancellation=True,
            auto_decompress=False,
            access_log=None,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
            shutdown_timeout=0.1,
        )

    async def start(self) -> None:
        """Listen. Raises EmbeddedError when the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._config.host, self._config.port)
        try:
            await site.start()
        except OSError as error:
            raise EmbeddedError(
                f"cannot listen on {self._config.host} port {self._config.port}: {error.strerror or error}; "
                "stop what uses the port or choose another"
            ) from None

    async def stop(self) -> bool:
        """Take no more requests, let what runs finish for a moment, then kill it. False when something still runs."""
        self._stopping = True
        for site in list(self._runner.sites):
            await site.stop()
        if self._pending:
            await asyncio.wait(self._pending, timeout=_GRACE_SECONDS)
        if self._pending:
            await asyncio.get_running_loop().run_in_executor(self._control, self._engine.kill_all)
            await asyncio.wait(self._pending, timeout=_KILL_SECONDS)
        await self._runner.cleanup()
        for pool in (self._readers, self._writers, self._control):
            pool.shutdown(wait=False, cancel_futures=True)
        return not self._pending

    async def _handle(self, request: web.Request) -> web.Response:
        headers = {"X-ClickHouse-Server-Display-Name": _NAME}
        if request.method == "GET" and not request.query_string and not request.can_read_body:
            return await _alive(request)
        try:
            reader = requests.authenticate(request, self._config)
            call = await requests.read(request, reader=reader)
            headers["X-ClickHouse-Query-Id"] = call.query_id
            return await self._answer(call, dict(headers))
        except QueryError as error:
            headers["X-ClickHouse-Exception-Code"] = str(error.code)
            text = f"{error.text} (version {self._engine.version})\n"
            body = text.encode(errors="replace")
            return web.Response(status=error.status, body=body, headers=headers, content_type="text/plain")

    async def _answer(self, call: requests.Call, headers: dict[str, str]) -> web.Response:
        query = call.query
        headers["X-ClickHouse-Timezone"] = _TIMEZONE
        headers["X-ClickHouse-Format"] = query.output_format
        headers["Content-Type"] = _CONTENT_TYPES.get(query.output_format, "text/plain; charset=UTF-8")
        if query.output_format == "Native" and handshake.is_handshake(query.sql.decode("latin-1")):
            body = handshake.answer(
                call.protocol_revision, name=_NAME, version=self._engine.version, timezone=_TIMEZONE
            )
            return web.Response(body=body, headers=headers)
        if self._stopping:
            raise QueryError.of(236, "ABORTED", "The server is shutting down.")
        result = await self._run(query)
        headers["X-ClickHouse-Summary"] = _summary(result)
        body = result.body
        if call.encoding and len(body) >= _SMALLEST_COMPRESSED:
            headers["Content-Encoding"] = call.encoding
            body = await asyncio.to_thread(codecs.compress, body, call.encoding)
        return web.Response(body=body, headers=headers)

    async def _run(self, query: Query) -> Result:
        """Run in the user's threads. A client that goes away stops its read; what it writes is written to the end."""
        job = (self._readers if query.reader else self._writers).submit(self._engine.run, query)
        running = asyncio.wrap_future(job)
        self._pending.add(running)
        running.add_done_callback(self._forget)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            if not job.cancel():
                self._control.submit(self._engine.stop_reading, query.tag)
            raise

    def _forget(self, future: asyncio.Future[Result]) -> None:
        self._pending.discard(future)
        if not future.cancelled():
            future.exception()  # nobody may be waiting for it any more


async def _alive(request: web.Request) -> web.Response:
    return web.Response(text="Ok.\n")


def _summary(result: Result) -> str:
    """The engine's counts, as strings, as a server sends them."""
    return json.dumps(
        {
            "read_rows": str(result.read_rows),
            "read_bytes": str(result.read_bytes),
            "written_rows": str(result.written_rows),
            "written_bytes": str(result.written_bytes),
            "result_rows": str(result.result_rows),
            "result_bytes": str(result.result_bytes),
            "elapsed_ns": str(result.elapsed_ns),
        }
    )
