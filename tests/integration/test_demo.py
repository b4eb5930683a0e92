"""`salgspuls demo`, as a person has it: it comes up by itself, is killed, comes up again, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from streams import cli
from streams.demo.brokers import free_port
from streams.demo.children import started

ROOT = Path(cli.__file__).parents[2]
READY_SECONDS = 120
KEYWORD = r"'(?i)\\b(kontrakten?|contracts?)\\b'"


class RunningDemo:
    """A demo that was started, and what it has said so far."""

    def __init__(self, data: Path, port: int, *options: str) -> None:
        self.data, self.port = data, port
        self.said = ""
        self.process = subprocess.Popen(
            [*salgspuls("demo"), "--no-browser", "--days=2", f"--port={port}", f"--data={data}", *options],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def await_line(self, part: str) -> None:
        """Read what it says up to a line with `part`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if part in line:
                return
        raise AssertionError(f"it ended before it said {part!r}:\n{self.said}")

    def end(self, seconds: float) -> int:
        """Wait for its end and read the rest."""
        assert self.process.stdout is not None
        code = self.process.wait(seconds)
        self.said += self.process.stdout.read()
        return code

    def port_of(self, part: str) -> int:
        found = re.search(rf"{part} at 127\.0\.0\.1:(\d+)", self.said)
        assert found is not None
        return int(found[1])

    @property
    def environment(self) -> dict[str, str]:
        """What a newcomer has: no setting at all. The state folder is the test's, lest it finds somebody's demo."""
        # by one of these variables NiceGUI takes its own tests to be running
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SALGSPULS_", "PYTEST_"))
        }
        return kept | {"XDG_STATE_HOME": str(self.data.parent / "state")}

    @property
    def children(self) -> dict[str, int]:
        lines = (self.data / "children.jsonl").read_text().splitlines()
        return {child["name"]: child["pid"] for child in map(json.loads, lines)}

    def query(self, sql: str) -> Any:
        address = f"http://127.0.0.1:{self.port_of('ClickHouse')}/?user=reader"
        with urllib.request.urlopen(address, data=sql.encode(), timeout=30) as response:
            return json.loads(response.read())

    def left_over(self) -> list[int]:
        """Processes of this demo: their environment says which port its page has."""
        mark = f"SALGSPULS_WEB_PORT={self.port}\0".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes() and started(int(folder.name)):
                    found.append(int(folder.name))
            except OSError:
                continue  # it ended just now
        return found


def salgspuls(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "streams.cli", *arguments]


@contextmanager
def demo(data: Path, port: int, *options: str) -> Iterator[RunningDemo]:
    running = RunningDemo(data, port, *options)
    with running.process:
        try:
            yield running
        finally:
            running.process.kill()


def run(running: RunningDemo, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        salgspuls(*arguments),
        cwd=ROOT,
        env=running.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def own_file(folder: Path) -> Path:
    """A newcomer's first file, as a spreadsheet saves it."""
    path = folder / "deals.csv"
    text = (
        "Nr.;Sælger;Emne;Fase;Beløb;Oprettet;Lukket\nown-1;Mia;Printere;Vundet;900,50;13-10-2026;14-10-2026\n"
    )
    path.write_text(text, encoding="cp1252")
    return path


def import_as_the_demo_says(running: RunningDemo, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type what the demo's last lines name, in a folder with a file of one's own."""
    running.await_line("Your own deals, activities or calls join them")
    command = running.said.splitlines()[-1].partition("from another terminal: ")[2]
    own_file(folder)
    program, *arguments = command.split()
    program = str(ROOT / program) if "/" in program else program
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=running.environment | {"PYTHONPATH": str(ROOT)},
        input="y\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def await_mentions(running: RunningDemo) -> None:
    """Wait until what has been read of the history is stored, and each call that says a keyword counts it."""
    said = (
        "SELECT count(), countIf(call_id NOT IN (SELECT call_id FROM salgspuls.call_keywords "
        "WHERE tracker_id IN ({})) ) FROM (SELECT DISTINCT call_id FROM salgspuls.segments "
        "WHERE match(text, {})) FORMAT JSONCompactColumns"
    )
    deadline = time.monotonic() + 60
    while True:
        (calls,), (uncounted,) = running.query(said.format("'kontrakt', 'contract'", KEYWORD))
        if calls >= 3 and not uncounted:
            return
        assert time.monotonic() < deadline, f"{uncounted} of {calls} calls say it, and nobody noticed"
        time.sleep(0.5)


def await_none(running: RunningDemo, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while left := running.left_over():
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.05)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "demo"


def test_it_runs_is_killed_runs_again_and_ends(data: Path) -> None:
    port = free_port()
    with demo(data, port, "--spike=Syd") as first:
        first.await_line(f"Salgspuls is at   http://127.0.0.1:{port} ")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            assert "Salgspuls" in page.read().decode()
        assert first.query("SELECT count() FROM salgspuls.calls") > 0
        await_mentions(first)
        assert set(first.children) == {"broker", "clickhouse", "worker", "web", "simulate"}
        assert len(first.left_over()) >= 4
        simulation = Path(f"/proc/{first.children['simulate']}/cmdline").read_text().split("\0")
        assert {"--history-days=2", "--spike=Syd"} <= set(simulation)

        findings = {each["part"]: each for each in json.loads(run(first, "doctor", "--json").stdout)}
        failing = {part for part, finding in findings.items() if finding["status"] == "fail"}
        assert failing <= {"disk"}, findings
        assert findings["worker"]["status"] == findings["freshness"]["status"] == "ok"

        added = run(first, "trackers", "add", "--name", "Contoso 360", "--kind", "competitor")
        assert "stored; workers go by it within 4 s" in added.stdout, added
        assert "contoso-360: competitor 'Contoso 360'" in run(first, "trackers", "list").stdout

        assert findings["producer"]["status"] == "ok"

        imported = import_as_the_demo_says(first, data.parent)
        assert imported.returncode == 0, imported
        assert f"using the demo that runs on this machine, http://127.0.0.1:{port}" in imported.stderr
        assert imported.stdout.endswith("sent: 2 opportunity_changed\nstored: all 2\n")
        newcomers = (
            "SELECT toString(state), actual_value FROM salgspuls.opportunities WHERE opportunity_id = 'own-1'"
        )
        assert first.query(f"{newcomers} FORMAT JSONCompactColumns") == [["won"], [900.5]]

        first.process.kill()
        first.end(30)
        await_none(first, 30)
        gone = run(first, "import", str(own_file(data.parent)), "--yes")
        assert gone.returncode == 1
        assert "using the demo" not in gone.stderr

    with demo(data, port) as second:
        second.await_line("Salgspuls is at")
        second.process.send_signal(signal.SIGINT)
        assert second.end(60) == 0  # it takes three seconds where nothing else runs
        assert second.said.endswith("Ended.\n")
        assert second.left_over() == []


def test_a_second_one_is_told_what_stands_in_its_way_and_the_first_ends_as_a_whole(
    data: Path, tmp_path: Path
) -> None:
    port = free_port()
    with demo(data, port) as first:
        first.await_line("broker at")
        with demo(data, free_port()) as same_folder:
            assert same_folder.end(60) == 1
            assert f"Error: {data} is in use by another run" in same_folder.said
            assert "--data" in same_folder.said
        first.await_line("Salgspuls is at")
        with demo(tmp_path / "other", port) as same_port:
            assert same_port.end(60) == 1
            assert f"Error: port {port} is taken by another program" in same_port.said
            assert "--port" in same_port.said

        os.kill(first.children["broker"], signal.SIGKILL)
        assert first.end(60) == 1
        assert "Error: broker ended, so all is ended. The last of " in first.said
        assert "Traceback" not in first.said
        assert first.left_over() == []


def test_it_can_be_ended_while_it_starts(data: Path) -> None:
    with demo(data, free_port()) as running:
        running.await_line("ClickHouse at")
        running.process.terminate()
        assert running.end(60) == 0
        assert running.said.endswith("Ended.\n")
        assert running.left_over() == []
