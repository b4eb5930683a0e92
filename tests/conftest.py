"""What every test shares: which of them this machine can run, the real data, and the summary at the end.

A test that needs a program or data which is not here is left out; the last lines say what to do about it. In CI that is
an error: there everything runs. Each test over real data has a twin over small data of our own, so that a run without
the real data still means something.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared" / "data")


def _programs(*names: str) -> Callable[[], bool]:
    return lambda: all(map(shutil.which, names))


@dataclass(frozen=True)
class Need:
    """Something that tests need and not every machine has."""

    at_hand: Callable[[], bool]
    what: str
    remedy: str


NEEDS = {
    "real_data": Need(
        REAL_DATA.is_dir,
        "real calls, deals and sentences",
        "docs/development.md, Real data, says where they come from; then make test REAL_DATA=FOLDER",
    ),
    "kafka": Need(_programs("java", "mvn"), "Apache Kafka", "install Java 17 and Maven"),
    "browser": Need(_programs("chromium"), "a browser", "install Chromium"),
    "promtool": Need(_programs("promtool"), "promtool", "install Prometheus"),
    "grafana_schema": Need(
        (ROOT / "tests" / "support" / "grafana_schema" / "node_modules").is_dir,
        "Grafana's own types",
        "install Node.js and run make grafana-check",
    ),
    "grafana_ui": Need(
        (ROOT / "tests" / "support" / "grafana_ui" / "node_modules").is_dir,
        "Grafana's own components",
        "install Node.js and run make grafana-check",
    ),
    "amtool": Need(_programs("amtool"), "amtool", "install Prometheus' Alertmanager"),
}
"""By marker."""


MATRICES = ("faults", "fuzz", "scale", "simulation")
"""The folders of slow matrices, each with a target of its own; their short forms belong to `make matrix`."""
BROWSER = "browser"
"""The folder that is one process' own where there are more than two: with several browsers at once each waits for the
others, and one beside tests that wait for brokers and workers does not."""
QUICK_FIRST = ("unit", "property")
"""The folders that are run before all others, so that a fault is seen soon."""
LONGEST_FIRST = (
    "browser/test_page.py",
    "integration/test_alerts.py",
    "integration/test_dashboard_queries.py",
    "browser/test_accessibility.py",
    "faults/test_faults.py",
    "integration/test_worker.py",
    "integration/test_erase.py",
    "integration/test_pipeline.py",
    "integration/test_cli_servers.py",
    "simulation/test_histories.py",
    "integration/test_access.py",
    "integration/test_demo.py",
    "integration/test_import.py",
    "integration/test_tracker_service.py",
)
"""Then the files that take minutes: one of them that begins last keeps a process busy while the others have ended."""


@dataclass
class Account:
    """What became of the tests of a run."""

    began: float = field(default_factory=time.monotonic)
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    ran: Counter[str] = field(default_factory=Counter)


_ACCOUNT = pytest.StashKey[Account]()


def pytest_configure(config: pytest.Config) -> None:
    if gone := [path for path in LONGEST_FIRST if not (ROOT / "tests" / path).is_file()]:
        raise pytest.UsageError(f"LONGEST_FIRST names files that are not there: {', '.join(gone)}")
    lacking = [f"{need.what}: {need.remedy}" for need in NEEDS.values() if not need.at_hand()]
    if lacking and os.environ.get("CI"):
        pytest.exit(f"CI runs every test, and some need {'; '.join(lacking)}", returncode=1)
    config.stash[_ACCOUNT] = Account()
    # where commands look for a demo that runs on this machine: none of ours is to find somebody's
    os.environ["XDG_STATE_HOME"] = state = tempfile.mkdtemp(prefix="salgspuls-state-")
    config.add_cleanup(lambda: shutil.rmtree(state, ignore_errors=True))
    config.pluginmanager.register(_Clock(config.stash[_ACCOUNT]))


class _Clock:
    """Counts the tests of each folder and the time that they take, and what was left out by processes of this one."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        folder = _folder(report.nodeid)
        self._account.seconds[folder] += report.duration
        self._account.ran[folder] += report.when == "call"

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        told = getattr(node, "workeroutput", {}).get("left_out", {})
        # each process collects all tests and says the same
        self._account.left_out |= Counter(told)


def _folder(nodeid: str) -> str:
    return "/".join(nodeid.split("/")[:2])


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real calls, a real CRM year, labelled Danish sentences and names, with known truths."""
    return REAL_DATA


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a broker of its own, a browser or real data, and leave out what cannot run here."""
    for item in items:
        _mark(item)
    slow_is_left_out = "not slow" in (config.getoption("-m") or "")
    matrix_is_left_out = "not matrix" in (config.getoption("-m") or "")
    missing = [marker for marker, need in NEEDS.items() if not need.at_hand()]
    left_out = config.stash[_ACCOUNT].left_out
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        lacking = next((marker for marker in missing if item.get_closest_marker(marker)), None)
        (kept if lacking is None else dropped).append(item)
        if lacking is not None:
            left_out[lacking] += 1
        elif slow_is_left_out and item.get_closest_marker("slow"):
            left_out["slow"] += 1
        elif matrix_is_left_out and item.get_closest_marker("matrix"):
            left_out["matrix"] += 1
    items[:] = sorted(kept, key=_rank)
    config.hook.pytest_deselected(items=dropped)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Files are shared out whole; with more than two processes those of the browser all go to the first one."""
    return _OneBrowser(config, log) if _has_browser_process(config) else None


class _OneBrowser(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    def _split_scope(self, nodeid: str) -> str:
        folder = f"tests/{BROWSER}/"
        return folder if nodeid.startswith(folder) else str(super()._split_scope(nodeid))


def _has_browser_process(config: pytest.Config) -> bool:
    given = getattr(config, "workerinput", {})
    return int(given.get("workercount") or config.getoption("numprocesses", None) or 0) > 2


def _rank(item: pytest.Item) -> tuple[int, int]:
    folder, _, file = item.nodeid.partition("::")[0].removeprefix("tests/").partition("/")
    path = f"{folder}/{file}"
    by_length = LONGEST_FIRST.index(path) if path in LONGEST_FIRST else len(LONGEST_FIRST)
    if folder == BROWSER and _has_browser_process(item.config):
        return 0, by_length  # as long as all others together
    if folder in QUICK_FIRST:
        return 1, QUICK_FIRST.index(folder)
    return 2, by_length


def _mark(item: pytest.Item) -> None:
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    fixtures = getattr(item, "fixturenames", ())
    if "apache_kafka" in fixtures or {"apache_kafka", "ApacheKafkaBroker"} & set(
        map(_name, parameters.values())
    ):
        item.add_marker(pytest.mark.kafka)
    if "browser" in item.path.parts:
        item.add_marker(pytest.mark.browser)
    if item.path.parent.name in MATRICES:
        item.add_marker(pytest.mark.matrix)
    if "shared_data" in fixtures and item.get_closest_marker("real_data") is None:
        if item.path.name.startswith("test_"):
            raise pytest.UsageError(
                f"{item.nodeid} reads real data: name its twin over data of our own, real_data(twin=...)"
            )
        item.add_marker(pytest.mark.real_data)


def _name(parameter: object) -> str:
    return str(getattr(parameter, "__name__", parameter))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of several tells the one that started it what it left out."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left_out"] = dict(session.config.stash[_ACCOUNT].left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what ran, what did not and what to do about it, and how long it took."""
    account = config.stash[_ACCOUNT]
    for line in _lines(account):
        not_run = line.startswith("NOT RUN")
        terminalreporter.write_line(line, yellow=not_run, bold=not_run)


def _lines(account: Account) -> Iterator[str]:
    took = time.monotonic() - account.began
    parts = ", ".join(
        f"{count:,} of {folder} in {_minutes(account.seconds[folder])}"
        for folder, count in account.ran.items()
    )
    yield f"RAN: {account.ran.total():,} tests in {_minutes(took)} ({parts})"
    for marker, count in account.left_out.items():
        if marker == "slow":
            yield f"NOT RUN: {count} long forms of tests: make test-slow"
        elif marker == "matrix":
            yield f"NOT RUN: {count} tests of further pages, faults, damage and histories: make matrix"
        else:
            yield f"NOT RUN: {count} tests that need {NEEDS[marker].what}: {NEEDS[marker].remedy}"


def _minutes(seconds: float) -> str:
    return f"{seconds // 60:.0f}:{seconds % 60:02.0f}"
