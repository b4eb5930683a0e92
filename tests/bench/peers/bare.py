"""aiokafka and orjson, and no work: what reading costs at least."""

from __future__ import annotations

import asyncio

import orjson
from aiokafka import AIOKafkaConsumer

from tests.bench.peers.work import Given, Stopwatch


async def main() -> None:
    given = Given.of_arguments()
    watch = Stopwatch(given)
    async with AIOKafkaConsumer(
        given.topic,
        bootstrap_servers=given.bootstrap,
        group_id="bare",
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
    ) as consumer:
        while not watch.all_taken:
            for records in (await consumer.getmany(timeout_ms=1000, max_records=20_000)).values():
                for record in records:
                    orjson.loads(record.value)
                watch.take(len(records))
    watch.stop()


asyncio.run(main())
