"""A real browser before the real page: Chromium, the page in a process of its own, and the embedded ClickHouse."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from clickhouse_connect.driver import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from clickhouse.client import connect
from clickhouse.schema.rows import CallRow
from streams.demo.brokers import free_port
from tests.support.embedded_clickhouse import (
    ROOT,
    RunningClickHouse,
    clickhouse_server,
    migrated,
)
from tests.support.sample_rows import World, insert, sample_world

__all__ = ["clickhouse_server"]

SERVER = Path(__file__).with_name("page_server.py")
PATIENCE = 45
"""Seconds that a panel waits: tests share their machine, and those of slow answers have a limit of their own."""
REFRESH = 10.0
"""Seconds: a page that asks everything anew each second or two keeps a core busy."""
SOON = 2.0
"""The same where a test looks at what a page does next."""
GOES_ON = 5.0
"""Seconds after which calls in progress go on."""


@dataclass(frozen=True)
class Live:
    """The database that the page shows, kept alive by a thread that lets the calls in progress go on."""

    running: RunningClickHouse
    world: World
    reader: Client


@pytest.fixture(scope="module")
def live(clickhouse_server: RunningClickHouse) -> Iterator[Live]:
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer)
    world = sample_world(datetime.now(UTC))
    insert(writer, world.rows)
    running = clickhouse_server.with_database("salgspuls")
    reader = connect(running.reader)
    stopped = threading.Event()
    thread = threading.Thread(target=_go_on, args=(writer, world, stopped))
    thread.start()
    yield Live(running, world, reader)
    stopped.set()
    thread.join()
    reader.close()
    writer.close()


def _go_on(writer: Client, world: World, stopped: threading.Event) -> None:
    calls = [call for call in world.of(CallRow) if not call.ended]
    while not stopped.wait(GOES_ON):
        now = datetime.now(UTC)
        calls = [
            call._replace(
                version=call.version + 1,
                last_event_at=now,
                duration_ms=int((now - call.call_started_at) / timedelta(milliseconds=1)),
            )
            for call in calls
        ]
        insert(writer, {CallRow: calls})


Serve = Callable[..., contextlib.AbstractContextManager[str]]


@contextlib.contextmanager
def serving(running: RunningClickHouse, **page: Any) -> Iterator[str]:
    """The address of the page alone while it is served."""
    port = free_port()
    given = {
        "reader": asdict(running.reader),
        "page": {"port": port, "refresh": SOON, "query_timeout": PATIENCE} | page,
    }
    with answering([sys.executable, str(SERVER)], port, {}, json.dumps(given, default=str)) as address:
        yield address


def process_on(port: int | None) -> psutil.Process:
    """The server that listens on a port of this machine."""
    for connection in psutil.net_connections("tcp4"):
        listens = connection.status == "LISTEN" and connection.laddr and connection.laddr.port == port
        if listens and connection.pid:
            return psutil.Process(connection.pid)
    raise AssertionError(f"nobody listens on {port}")


@contextlib.contextmanager
def answering(command: list[str], port: int, env: dict[str, str], given: str = "") -> Iterator[str]:
    """The address of a server while it runs; `given` is its standard input."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=inherited | {"PYTHONPATH": str(ROOT)} | env,
    )
    assert process.stdin is not None
    process.stdin.write(given)
    process.stdin.close()
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stdout is not None
            raise AssertionError(f"the page did not start: {process.stdout.read()}")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError("the page did not answer within 60 s")


@pytest.fixture(scope="module")
def address(live: Live) -> Iterator[str]:
    """Where the page of the live database is."""
    with serving(live.running, refresh=REFRESH) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser. Playwright runs an event loop in this thread until it is left; other modules need their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


Tab = Callable[..., Page]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Tab]:
    """Opens tabs. A console error, a page error, or a request that leaves the machine fails the test."""
    wrong: list[str] = []
    contexts = []

    def watch(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "ws://127.0.0.1:")):
            wrong.append(f"asks {request.url}")

    def note(message: ConsoleMessage) -> None:
        # the browser's own remark where a page that is left was about to send something
        if message.type == "error" and "already in CLOSING or CLOSED" not in message.text:
            wrong.append(message.text)

    def open_tab(url: str, width: int = 1600, height: int = 1000) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, timezone_id="Asia/Tokyo")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", watch)
        page.goto(url)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert wrong == []
