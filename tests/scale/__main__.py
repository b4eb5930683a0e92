"""`python -m tests.scale [--calls N] [--data DIR]`: a large company in an embedded ClickHouse; what its pages ask."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from clickhouse_connect.driver import Client

from clickhouse import backfill, months
from clickhouse.client import connect
from clickhouse.schema import migrate
from clickhouse.schema.tables import TABLES
from tests.scale.company import Company, statements
from tests.scale.measure import RANGES, at_once, measure
from tests.support.embedded_clickhouse import MIGRATION_VARIABLES, running_clickhouse


def fill(writer: Client, path: Path, calls: int, segment_days: int) -> datetime:
    """Make the company, or what is missing of one that was begun. Returns the moment up to which it goes."""
    begun_at, done = path / "now", path / "done"
    if not begun_at.exists():
        begun_at.write_text(datetime.now(UTC).replace(microsecond=0).isoformat())
    now = datetime.fromisoformat(begun_at.read_text())
    number_done = int(done.read_text()) if done.exists() else 0
    for number, (what, statement) in enumerate(
        statements(Company(now, calls, segment_days=segment_days)), start=1
    ):
        if number > number_done:
            begun = time.perf_counter()
            writer.command(statement)
            done.write_text(str(number))
            print(f"{time.perf_counter() - begun:6.1f} s  {what}", flush=True)
    return now


def merge(writer: Client) -> None:
    """As after a night: what was filled in again lies in one part a partition."""
    for table in TABLES.values():
        if table.erasure == "recomputed":
            writer.command(
                f"OPTIMIZE TABLE {table.full_name} FINAL SETTINGS optimize_skip_merged_partitions = 1"
            )


def main() -> None:
    """Prints a table; leaves the data in DIR for another run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=10_000_000)
    options.add_argument("--data", type=Path)
    options.add_argument("--pages", nargs="*", default=[])
    options.add_argument("--slowest", type=int, default=40)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--segment-days", type=int, default=2, help="for so many days there is text")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = given.data or Path(temporary)
        with running_clickhouse(path) as server:
            writer = connect(replace(server.writer, read_timeout=900), database="")
            begun = time.perf_counter()
            migrate.apply(writer, variables=MIGRATION_VARIABLES)
            print(f"migrated in {time.perf_counter() - begun:.1f} s")
            now = fill(writer, path, given.calls, given.segment_days)
            backfill.run(writer)
            months.roll_up(writer, now)
            merge(writer)
            sizes = writer.query(
                "SELECT table, sum(rows), sum(bytes_on_disk), count() FROM system.parts "
                "WHERE active AND database = 'salgspuls_store' GROUP BY table ORDER BY 3 DESC"
            )
            for table, rows, size, parts in sizes.result_rows:
                print(f"{table:24} {rows:>12,} rows {size / 1e6:>9.1f} MB {parts:>4} parts")
            as_reader = partial(connect, server.with_database("salgspuls").reader)
            measured = measure(as_reader(), now, server.process.pid, tuple(given.pages), given.runs)
            print(f"load average {os.getloadavg()[0]:.1f}")
            print(
                "| range | p50 ms | p95 ms | home, one by one | home, all at once | ms of CPU | dearest panel |\n"
                "|---|---|---|---|---|---|---|"
            )
            for seen in RANGES:
                home = measured.page("home", seen)
                half, most = measured.quantile(0.5, seen), measured.quantile(0.95, seen)
                cpu, dearest = measured.page_cpu("home", seen)
                together = at_once(as_reader, now, "home", seen, given.runs)
                print(
                    f"| {seen} | {half:.0f} | {most:.0f} | {home:.0f} | {together:.0f} | {cpu:.0f} | {dearest:.0f} |"
                )
            for each in sorted(measured.asked, key=lambda each: -each.cpu)[: given.slowest]:
                cost = f"{each.median:8.0f} ms {each.cpu:8.0f} of CPU {each.read_bytes / 1e6:8.0f} MB"
                print(f"{cost}  {each.seen:9} {each.name} {each.error}")


main()
