"""`python -m tests.bench.rebuild [--segments 300000]`: how fast stored calls are reprocessed, over all cores.

Simulated calls, stored several times under other ids, in an embedded ClickHouse. Trackers alone, when nothing changed
and when a tracker is new that some calls mention; then everything. Segments a second of wall time, the start of the
processes apart, since that is the same for any size; and of CPU of all processes, ClickHouse's among it.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema.rows import TrackerRow
from clickhouse.schema.tables import STORE
from processors.text import cache
from schemas.events import CallEnded, CallSegment
from streams.jobs.shards import Job, run
from streams.replay import TimedEvent
from streams.simulator import World
from streams.simulator.trackers import TRACKERS
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of
from tests.bench.processes import cpu_seconds
from tests.support import simulated_store
from tests.support.embedded_clickhouse import RunningClickHouse, migrated_folder, running_clickhouse

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
COPIES = 10
_CALLS_OF = ("segments", "calls", "call_keywords", "call_names")


def whole_calls(segments: int) -> list[TimedEvent]:
    """Events of simulated calls that ended, with at least so many segments."""
    ended: list[TimedEvent] = []
    by_call: dict[str, list[TimedEvent]] = {}
    found = 0
    for timed in World.create(5, NOW, days=120, density=2.0).history(end=NOW):
        call_id = getattr(timed.event, "call_id", None)
        if call_id is None:
            continue
        by_call.setdefault(call_id, []).append(timed)
        if isinstance(timed.event, CallEnded):
            events = by_call.pop(call_id)
            ended += events
            found += sum(isinstance(each.event, CallSegment) for each in events)
            if found >= segments:
                break
    return ended


def fill(client: Client, segments: int, trackers: Sequence[TrackerRow]) -> int:
    """Store so many segments; returns how many there are."""
    simulated_store.store(client, whole_calls(segments // COPIES), analyser_for(trackers))
    for table in _CALLS_OF:
        for copy in range(1, COPIES):
            client.command(
                f"INSERT INTO {STORE}.{table} SELECT * REPLACE (concat(call_id, '+{copy}') AS call_id) "
                f"FROM (SELECT * FROM {STORE}.{table} FINAL WHERE position(call_id, '+') = 0)"
            )
    return int(client.query(f"SELECT count() FROM {STORE}.segments FINAL").result_rows[0][0])


def measure(server: RunningClickHouse, what: str, job: Job, segments: int, processes: int) -> str:
    """A row of the table."""
    engine, children = cpu_seconds(server.process.pid), _of_children()
    began = time.monotonic()
    first: list[tuple[float, int]] = []

    def report(done: int, total: int) -> None:
        first[:] = first or [(time.monotonic(), done)]

    done = run(job, processes, report)
    ended = time.monotonic()
    cpu = cpu_seconds(server.process.pid) - engine + _of_children() - children
    started, seen = first[0]
    share = 1 - seen / done.total
    cells = (
        what,
        f"{done.rewritten:,}",
        f"{ended - began:.1f}",
        f"{share * segments / (ended - started):,.0f}",
        f"{segments / cpu:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--segments", type=int, default=300_000)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    every = [cast(TrackerRow, row_of(tracker.event, NOW)) for tracker in TRACKERS]
    before = every[1:]
    with (
        tempfile.TemporaryDirectory() as temporary,
        running_clickhouse(migrated_folder(Path(temporary) / "clickhouse")) as server,
    ):
        client = connect(server.writer, database="")
        segments = fill(client, given.segments, before)
        client.close()
        build = "compiled" if cache.__file__.endswith(".so") else "as Python runs them"
        print(f"{segments:,} segments, {given.processes} processes, the analyses {build}")
        print(
            "| | calls rewritten | seconds | segments/s once started | segments/s of CPU |\n|---|---|---|---|---|"
        )
        steps: tuple[tuple[str, Literal["all", "trackers"], list[TrackerRow]], ...] = (
            ("trackers, none changed", "trackers", before),
            ("trackers, one is new", "trackers", every),
            ("everything", "all", every),
        )
        for epoch, (what, kind, trackers) in enumerate(steps, start=2):
            job = Job(kind, server.writer, epoch, trackers, (), sales_lexicon=True)
            print(measure(server, what, job, segments, given.processes), flush=True)
    print(f"load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
