"""`python -m tests.bench.day [--segments 90000] [--rate 600]`: a day of a team's calls played fast through one worker.

Sixty calls at any moment, of fresh text; each ends after forty segments and another one begins. Printed is the worker's
memory after each tenth of them: what it holds of calls that ended is to leave.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.kafka.producer import EventProducer
from tests.bench.processes import memory_mb
from tests.bench.spoken import spoken
from tests.bench.talk import send, talk
from tests.support.compiled import COMPILED, environment
from tests.support.marked_text import filled, script_lines
from tests.support.pipeline import Pipeline, Worker, running_pipeline

TALKS_A_SECOND = 20
"""What sixty calls at once say."""
TENTHS = 10


async def play(pipeline: Pipeline, worker: Worker, segments: int, rate: float) -> None:
    """Prints a row after each tenth."""
    sentences = {language: list(map(filled, script_lines(language))) for language in ("da", "en")}
    said = spoken(sentences, segments, Random(1))
    began = datetime.now(UTC) - timedelta(seconds=segments / TALKS_A_SECOND)
    events = talk(TALKS_A_SECOND, said, "day", began)
    sent = 0
    async with EventProducer(pipeline.settings.kafka) as producer:
        for tenth in range(1, TENTHS + 1):
            more, _ = await send(producer, events, rate, segments / TENTHS / rate)
            sent += more
            held, known = worker.metric("salgspuls_held_calls"), worker.metric("salgspuls_memo_entries")
            memory = memory_mb(worker.process.pid)
            print(f"| {tenth * 10} % | {memory:.0f} | {held:,.0f} | {known:,.0f} |", flush=True)
    await pipeline.until_committed(sent)
    print(f"{sent:,} events, {memory_mb(worker.process.pid):.0f} MB, load average {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Prints a table for docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--segments", type=int, default=90_000)
    options.add_argument("--rate", type=float, default=600)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
            worker = pipeline.start_worker(**(environment() if COMPILED.exists() else {}))
            print("| of the day | worker, MB | calls held | memo entries |\n" + "|---" * 4 + "|")
            asyncio.run(play(pipeline, worker, given.segments, given.rate))


if __name__ == "__main__":
    main()
