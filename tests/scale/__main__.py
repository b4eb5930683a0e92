"""`python -m tests.scale [--calls N] [--data DIR]`: a large company in an embedded ClickHouse; what its pages ask."""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from clickhouse import backfill, months
from clickhouse.client import connect
from clickhouse.schema import migrate
from tests.scale.company import Company, statements
from tests.scale.measure import RANGES, measure
from tests.support.embedded_clickhouse import MIGRATION_VARIABLES, running_clickhouse


def main() -> None:
    """Prints a table; leaves the data in DIR for another run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=10_000_000)
    options.add_argument("--data", type=Path)
    options.add_argument("--pages", nargs="*", default=[])
    options.add_argument("--slowest", type=int, default=40)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = given.data or Path(temporary)
        filled = path / "filled"
        with running_clickhouse(path) as server:
            writer = connect(server.writer, database="")
            begun = time.perf_counter()
            migrate.apply(writer, variables=MIGRATION_VARIABLES)
            print(f"migrated in {time.perf_counter() - begun:.1f} s")
            if not filled.exists():
                now = datetime.now(UTC).replace(microsecond=0)
                company = Company(now, given.calls)
                for what, statement in statements(company):
                    begun = time.perf_counter()
                    writer.command(statement)
                    print(f"{time.perf_counter() - begun:6.1f} s  {what}", flush=True)
                filled.write_text(now.isoformat())
            now = datetime.fromisoformat(filled.read_text())
            backfill.run(writer)
            months.roll_up(writer, now)
            sizes = writer.query(
                "SELECT table, sum(rows), sum(bytes_on_disk), count() FROM system.parts "
                "WHERE active AND database = 'salgspuls_store' GROUP BY table ORDER BY 3 DESC"
            )
            for table, rows, size, parts in sizes.result_rows:
                print(f"{table:24} {rows:>12,} rows {size / 1e6:>9.1f} MB {parts:>4} parts")
            reader = connect(server.with_database("salgspuls").reader)
            measured = measure(reader, now, tuple(given.pages), given.runs)
            print("| range | p50 ms | p95 ms | home ms |\n|---|---|---|---|")
            for seen in RANGES:
                home = measured.page("home", seen)
                half, most = measured.quantile(0.5, seen), measured.quantile(0.95, seen)
                print(f"| {seen} | {half:.0f} | {most:.0f} | {home:.0f} |")
            for each in sorted(measured.asked, key=lambda each: -each.median)[: given.slowest]:
                print(
                    f"{each.median:8.0f} ms {each.read_bytes / 1e6:8.0f} MB  {each.seen:9} {each.name} {each.error}"
                )


main()
