"""`python -m tests.bench.beside [--kind all] [--rate 100]`: live talk while stored calls are reprocessed on all cores.

The row is that of `tests.bench.live`, once with nothing beside it and once while the job runs, which is begun again
until the row is complete.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import threading
from pathlib import Path
from typing import cast

from clickhouse.schema.rows import TrackerRow
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.jobs.shards import Job, run
from streams.simulator.trackers import TRACKERS
from streams.worker.facts import row_of
from tests.bench.live import HEAD, Measurement
from tests.bench.rebuild import NOW, fill
from tests.support.compiled import COMPILED, environment
from tests.support.pipeline import running_pipeline


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kind", choices=["all", "trackers"], default="all")
    options.add_argument("--segments", type=int, default=60_000)
    options.add_argument("--rate", type=float, default=100)
    options.add_argument("--seconds", type=float, default=20)
    given = options.parse_args()
    trackers = [cast(TrackerRow, row_of(tracker.event, NOW)) for tracker in TRACKERS]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
            fill(pipeline.client, given.segments, trackers[1:])
            worker = pipeline.start_worker(**(environment() if COMPILED.exists() else {}))
            print(HEAD)
            measurement = Measurement(pipeline, worker, [], browser=False)
            asyncio.run(measurement.rows([given.rate], given.seconds))
            ended, runs = threading.Event(), list[int]()

            def again_and_again() -> None:
                epoch = 1
                while not ended.is_set():
                    epoch += 1
                    job = Job(given.kind, pipeline.clickhouse.writer, epoch, trackers, (), sales_lexicon=True)
                    runs.append(run(job, os.cpu_count() or 1, lambda done, total: None).total)

            beside = threading.Thread(target=again_and_again)
            beside.start()
            asyncio.run(measurement.rows([given.rate], given.seconds))
            ended.set()
            beside.join()
            print(f"beside the second row: {given.kind}, {runs} done; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
