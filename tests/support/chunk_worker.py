"""A worker process on the chunk transport for tests: writes down each record it has processed, then acknowledges.

    python -m tests.support.chunk_worker BOOTSTRAP GROUP TOPIC FOLDER

FOLDER/processed has a line "partition offset" for each record, in the order of processing.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import faust

from tests.support.chunk_app import chunk_app

WORK_SECONDS = 0.02  # per chunk, so that chunks are in work when something happens


def main(bootstrap: str, group: str, topic: str, folder: Path) -> None:
    app = chunk_app(group, bootstrap, folder, broker_commit_interval=1.0)

    @app.agent(app.topic(topic))
    async def process(stream: Any) -> None:
        with (folder / "processed").open("a") as processed:
            async for event in stream.noack().events():
                await asyncio.sleep(WORK_SECONDS)
                processed.writelines(f"{record.partition} {record.offset}\n" for record in event.value)
                processed.flush()
                event.ack()

    faust.Worker(app, loglevel="INFO", redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
