"""All of Salgspuls on one machine by one command: broker, ClickHouse, worker, simulated calls, page.

Each part is a child process that logs to a file; it is started when those that it needs are ready, and when one ends,
all end. Nothing is kept: the folder is emptied at the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import shutil
import signal
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlencode

from clickhouse import client
from clickhouse.schema import migrate
from streams.config.clickhouse import ClickHouseSettings
from streams.config.kafka import KafkaSettings
from streams.config.settings import LogSettings, Settings, WebSettings, WorkerSettings
from streams.demo.brokers import Broker, BrokerError, free_port, port_taken
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from streams.demo.brokers.tansu import TansuBroker
from streams.demo.children import Child, Folder, FolderTakenError, held_folder
from streams.demo.registry import registered
from streams.errors import SalgspulsError
from streams.kafka.topics import ensure_topics
from streams.simulator.catalogue import OWN_NAMES

HOST = "127.0.0.1"
PORTS = (9092, 8123, 6066)
"""Where broker, ClickHouse and worker answer, as long as nobody else does."""

SPIKE_AFTER = "3m"
"""Late enough for the history to be read by then."""

_READY_SECONDS = 120.0
_PROBE_SECONDS = 5.0
_PAUSE = 0.1
_LAST_LINES = 20
# What feeds ends first, then what works on it, then what keeps it, each within so many seconds: below five together.
_STOPS = ((("simulate", "web"), 1.0), (("worker",), 2.0), (("clickhouse",), 1.5))


class DemoError(SalgspulsError):
    """The demo cannot start, or a part of it ended; the text says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What can be chosen: `days` of history are simulated, then calls go on at `speed` times real time."""

    data: Path
    port: int
    kafka: bool
    days: int
    speed: float
    browser: bool
    spike: str | None = None
    """A team whose customers get angry SPIKE_AFTER the start."""


class Demo:
    """One run of the demo. `say` gets each line for the terminal."""

    def __init__(self, options: DemoOptions, base: Settings, say: Callable[[str], None]) -> None:
        self._options = options
        self._settings = demo_settings(options, base)
        self._say = say
        self._broker: Broker | None = None
        self._children: dict[str, Child] = {}

    def run(self) -> None:
        """Start all, go on until Ctrl-C, SIGTERM or SIGHUP, and end all. Raises DemoError when a part ends before."""
        with _interrupted_by(signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            try:
                with held_folder(self._options.data) as folder:
                    self._run_in(folder)
            except FolderTakenError as error:
                raise DemoError(f"{error} (--data, and --port for the page of a second demo)") from None
            except KeyboardInterrupt:
                self._say("Ended.")

    def _run_in(self, folder: Folder) -> None:
        try:
            self._start(folder)
            with registered(self._settings):
                self._announce()
                while True:
                    self._check()
                    time.sleep(_PAUSE)
        finally:
            with _uninterrupted():
                self._stop()

    def _start(self, folder: Folder) -> None:
        settings, days = self._settings, self._options.days
        self._say(f"Starting Salgspuls; its logs are in {folder.path}")
        self._say(f"  {analyses()}")
        self._step(f"broker at {settings.kafka.bootstrap}", lambda: self._start_broker(folder))
        self._spawn(folder, "clickhouse", "--data", str(folder.path / "clickhouse"))
        self._await_page(
            f"ClickHouse at {HOST}:{settings.clickhouse.port}", settings.clickhouse.port, "/ping"
        )
        self._step("tables and topics", self._prepare)
        self._spawn(folder, "worker")
        self._spawn(folder, "web")
        self._spawn(folder, "simulate", *self._simulation())
        self._await_page(f"worker at {HOST}:{settings.worker.port}", settings.worker.port, "/ready")
        self._step(f"first of {days} days of calls", lambda: self._wait(self._calls_arrived))
        self._await_page("page", settings.web.port, "/")

    def _simulation(self) -> Iterator[str]:
        yield f"--history-days={self._options.days}"
        yield f"--speed={self._options.speed:g}"
        if self._options.spike:
            yield from (f"--spike={self._options.spike}", f"--spike-after={SPIKE_AFTER}")

    def _start_broker(self, folder: Folder) -> None:
        kind = ApacheKafkaBroker if self._options.kafka else TansuBroker
        directory = folder.path / "broker"
        directory.mkdir()
        self._broker = kind(directory, int(self._settings.kafka.bootstrap.rpartition(":")[2]))
        try:
            self._broker.start()
        except BrokerError as error:
            raise DemoError(str(error)) from None
        assert self._broker.pid is not None
        folder.note("broker", self._broker.pid)

    def _spawn(self, folder: Folder, command: str, *arguments: str) -> None:
        child = Child(
            command,
            [sys.executable, "-m", "streams.cli", command, *arguments],
            folder.path / f"{command}.log",
            self._settings.child_environment(),
        )
        self._children[command] = child
        folder.note(command, child.pid)

    def _prepare(self) -> None:
        clickhouse = self._settings.clickhouse
        with client.connect(clickhouse.config("writer"), database="") as connection:
            migrate.apply(connection, variables=clickhouse.migration_variables())
        kafka = self._settings.kafka
        asyncio.run(ensure_topics(kafka.client_kwargs(), kafka.topics()))

    def _step(self, what: str, work: Callable[[], None]) -> None:
        started = time.monotonic()
        work()
        self._say(f"  {what}: ready after {time.monotonic() - started:.1f} s")

    def _await_page(self, what: str, port: int, path: str) -> None:
        self._step(what, lambda: self._wait(lambda: _get(port, path) is not None))

    def _wait(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not done():
            self._check()
            if time.monotonic() > deadline:
                raise DemoError(
                    f"not ready after {_READY_SECONDS:.0f} s: is this machine very busy? "
                    f"The logs in {self._options.data} say more"
                )
            time.sleep(_PAUSE)

    def _calls_arrived(self) -> bool:
        reader = self._settings.clickhouse.reader_user
        query = urlencode({"user": reader, "query": "SELECT count() FROM salgspuls.calls"})
        answer = _get(self._settings.clickhouse.port, f"/?{query}")
        return answer is not None and int(answer) > 0

    def _check(self) -> None:
        """Raise DemoError when a part has ended."""
        if self._broker is not None and self._broker.pid is None:
            self._report_end("broker", "", next((self._options.data / "broker").glob("*.log")))
        for child in self._children.values():
            if child.exit_code is not None:
                self._report_end(child.name, f" (exit code {child.exit_code})", child.log)

    def _report_end(self, name: str, how: str, log: Path) -> NoReturn:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
        last = "\n".join(f"  {line}" for line in lines) or "  (nothing)"
        raise DemoError(f"{name} ended{how}, so all is ended. The last of {log}:\n{last}")

    def _announce(self) -> None:
        address = f"http://{HOST}:{self._settings.web.port}"
        line = f"   Salgspuls is at   {address}   "
        self._say(f"\n┌{'─' * len(line)}┐\n│{line}│\n└{'─' * len(line)}┘\n")
        self._say(f"{self._options.days} days of history fill in while you look. Ctrl-C ends all of it.")
        self._say(
            f"Your own deals, activities or calls join them, from another terminal: {_command()} import deals.csv"
        )
        has_screen = sys.platform != "linux" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
        if self._options.browser and has_screen:
            webbrowser.open(address)

    def _stop(self) -> None:
        for names, seconds in _STOPS:
            children = [self._children[name] for name in names if name in self._children]
            for child in children:
                child.terminate()
            end = time.monotonic() + seconds
            for child in children:
                child.finish(end - time.monotonic())
        if self._broker is not None:
            self._broker.kill()  # it keeps nothing that is wanted later


def analyses(module: str = "") -> str:
    """Whether the analyses run compiled, by the file of their module, and if not, what would compile them."""
    spec = find_spec("processors.analysis.analyser")
    file = Path(module or (spec and spec.origin) or "")
    if file.suffix != ".py":
        return "analyses: compiled"
    how = (
        "make demo-compiled"
        if (Path(__file__).parents[2] / "Makefile").exists()
        else "SALGSPULS_COMPILE=1 pip install --no-deps --force-reinstall --no-binary salgspuls salgspuls"
    )
    return f"analyses: as Python runs them; compiled they take half the time (needs a C compiler): {how}"


def _command() -> str:
    """How this program is called here: by its name where a shell finds that, else by its place."""
    if shutil.which("salgspuls"):
        return "salgspuls"
    beside = Path(sys.executable).with_name("salgspuls")
    if not beside.exists():
        return f"{sys.executable} -m streams.cli"
    return os.path.relpath(beside) if beside.is_relative_to(Path.cwd()) else str(beside)


def demo_settings(options: DemoOptions, base: Settings) -> Settings:
    """The settings of all parts: reporting, language and level of `base`, all else of the demo's own.

    The names of the simulated company and its products join the own ones.

    Nothing that a person has set for production may direct a demo there. Ports are the usual ones where those are
    free. Raises DemoError when the page's is not.
    """
    if port_taken(options.port):
        other = next(port for port in range(options.port + 1, 65_536) if not port_taken(port))
        raise DemoError(
            f"port {options.port} is taken by another program; end that one, or choose another port for the page: "
            f"salgspuls demo --port {other}"
        )
    kafka, clickhouse, worker = (free_port() if port_taken(port) else port for port in PORTS)
    return Settings(
        kafka=KafkaSettings(bootstrap=f"{HOST}:{kafka}", idempotent=options.kafka, session_timeout_seconds=6),
        clickhouse=ClickHouseSettings(port=clickhouse),
        worker=WorkerSettings(port=worker, stop_seconds=1),
        reporting=base.reporting.model_copy(
            update={"own_names": ", ".join((*base.reporting.own_name_list, *OWN_NAMES))}
        ),
        web=WebSettings(port=options.port, language=base.web.language),
        log=LogSettings(level=base.log.level, format="console"),
    )


def _get(port: int, path: str) -> bytes | None:
    """What a server on this machine answers, None when it does not or refuses."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_PROBE_SECONDS)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        return body if response.status < 400 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@contextlib.contextmanager
def _interrupted_by(*signals: signal.Signals) -> Iterator[None]:
    """Within it these signals do what Ctrl-C does: a job that a shell puts in the background begins with it ignored."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Within it an impatient second Ctrl-C does not leave half of the work undone."""
    before = {
        number: signal.signal(number, signal.SIG_IGN)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
