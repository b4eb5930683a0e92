"""What a Faust tutorial would build: one event at a time, VADER's own package, a table with an entry a call.

Run by bench_worker.py with the broker, the number of segments, a folder, and ClickHouse's address where each segment is
to be stored as well. In the folder the file `seconds` then says how long it took from the first to the last.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import clickhouse_connect
import faust
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

broker, expected, datadir = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
clickhouse = sys.argv[4] if len(sys.argv) > 4 else None
app = faust.App(
    "tutorial",
    broker=f"kafka://{broker}",
    value_serializer="json",
    datadir=datadir,
    web_enabled=False,
    topic_disable_leader=True,
    table_standby_replicas=0,
    broker_session_timeout=6,
    broker_heartbeat_interval=1.5,
    broker_rebalance_timeout=6,
)
segments = app.topic("tutorial.segments")
calls = app.Table("calls", default=dict, partitions=1)
datadir.mkdir()
vader = SentimentIntensityAnalyzer()
seen, begun, used = 0, 0.0, 0.0
COLUMNS = (
    "call_id String", "speaker String", "start_ms UInt32", "end_ms UInt32", "text String", "compound Float64",
)  # fmt: skip


@app.agent(segments)
async def analyse(stream: Any) -> None:
    global seen, begun, used
    client = await clickhouse_connect.get_async_client(dsn=clickhouse) if clickhouse else None
    if client:
        await client.command(f"CREATE TABLE IF NOT EXISTS tutorial ({', '.join(COLUMNS)}) ORDER BY call_id")
    async for segment in stream:
        begun, used = begun or time.perf_counter(), used or time.process_time()
        call = calls[segment["call_id"]]
        side = segment["speaker"]
        call[f"{side}_ms"] = call.get(f"{side}_ms", 0) + segment["end_ms"] - segment["start_ms"]
        compound = vader.polarity_scores(segment["text"])["compound"]
        call["compound"] = call.get("compound", 0.0) + compound
        call["segments"] = call.get("segments", 0) + 1
        calls[segment["call_id"]] = call
        if client:
            row = [
                segment["call_id"],
                side,
                segment["start_ms"],
                segment["end_ms"],
                segment["text"],
                compound,
            ]
            await client.insert("tutorial", [row])
        seen += 1
        if seen == expected:
            (datadir / "cpu").write_text(str(time.process_time() - used))
            (datadir / "seconds").write_text(str(time.perf_counter() - begun))


if __name__ == "__main__":
    sys.argv = ["tutorial", "worker", "-l", "error", "--without-web"]
    app.main()
