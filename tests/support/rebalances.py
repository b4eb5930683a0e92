"""Workers that come and go while records keep coming: the story behind the rebalance tests, short and long."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from tests.support.brokers import Cluster
from tests.support.chunk_app import until, until_committed

PARTITIONS = 4


@dataclass(frozen=True, slots=True)
class Processed:
    """One record that a worker has processed."""

    partition: int
    offset: int


class WorkerProcess:
    """A worker of its own process, and what it says it has done."""

    def __init__(self, cluster: Cluster, group: str, topic: str, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "processed").touch()
        self._output = (folder / "processed").open()
        self._rest = ""
        self._processed: list[Processed] = []
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.support.chunk_worker",
                    cluster.bootstrap,
                    group,
                    topic,
                    str(folder),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def processed(self) -> list[Processed]:
        """What it has done so far; a line that a kill cut short is not counted."""
        *lines, self._rest = (self._rest + self._output.read()).split("\n")
        for line in lines:
            partition, offset = line.split()
            self._processed.append(Processed(int(partition), int(offset)))
        return self._processed

    async def has_begun(self) -> None:
        await until(lambda: bool(self.processed()), f"{self._folder.name} begins", within=60)

    async def takes_over(self, partitions: int = PARTITIONS) -> None:
        """Wait until it works on so many partitions, counting from now."""
        before = len(self.processed())

        def works_on() -> set[int]:
            return {record.partition for record in self.processed()[before:]}

        await until(lambda: len(works_on()) >= partitions, f"{self._folder.name} takes over", within=60)

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    async def stop(self) -> float:
        """SIGTERM, and the seconds until it has ended."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self._process.wait, 30)
        return time.monotonic() - began

    async def kill(self) -> None:
        """SIGKILL, as a crash."""
        self._process.kill()
        await asyncio.to_thread(self._process.wait, 30)

    def close(self) -> None:
        self._output.close()

    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")


class Source:
    """Produces records to all partitions in turn, until stopped."""

    def __init__(self, cluster: Cluster, topic: str, per_second: float) -> None:
        self._cluster = cluster
        self._topic = topic
        self._pause = PARTITIONS / per_second
        self.ends = dict.fromkeys(range(PARTITIONS), 0)
        """Partition -> offset after the last record that the broker has."""

    async def __aenter__(self) -> Source:
        self._task = asyncio.create_task(self._produce())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _produce(self) -> None:
        async with AIOKafkaProducer(bootstrap_servers=self._cluster.bootstrap) as producer:
            while True:
                await asyncio.shield(self._round(producer))
                await asyncio.sleep(self._pause)

    async def _round(self, producer: AIOKafkaProducer) -> None:
        sent = [await producer.send(self._topic, b"x" * 100, partition=p) for p in range(PARTITIONS)]
        for metadata in await asyncio.gather(*sent):
            self.ends[metadata.partition] = metadata.offset + 1


class Group:
    """Workers of one group on one topic."""

    def __init__(self, cluster: Cluster, topic: str, folder: Path) -> None:
        self.cluster = cluster
        self.topic = topic
        self.name = cluster.name("group")
        self._folder = folder
        self.workers: list[WorkerProcess] = []

    def worker(self) -> WorkerProcess:
        """Start one more."""
        folder = self._folder / f"worker-{len(self.workers)}"
        worker = WorkerProcess(self.cluster, self.name, self.topic, folder)
        self.workers.append(worker)
        return worker

    async def kill_all(self) -> None:
        for worker in self.workers:
            await worker.kill()
            worker.close()

    async def has_done(self, ends: dict[int, int]) -> None:
        """Wait until all records up to `ends` are processed and committed."""
        everything = sum(ends.values())
        await until(lambda: len(self.counts()) >= everything, "everything is processed", within=60)
        await until_committed(self.cluster, self.name, self.topic, ends)

    def counts(self) -> Counter[Processed]:
        """How many times each record was processed."""
        return Counter(record for worker in self.workers for record in worker.processed())

    def check(self, ends: dict[int, int], repeats: int) -> None:
        """Fail when a record was lost, too many were repeated, or a worker went back without a rebalance."""
        counts = self.counts()
        missing = [
            Processed(partition, offset)
            for partition, end in ends.items()
            for offset in range(end)
            if Processed(partition, offset) not in counts
        ]
        assert not missing, f"{len(missing)} records lost, as {missing[:10]}"
        assert counts.total() - len(counts) <= repeats, (
            f"{counts.total() - len(counts)} of {len(counts)} records came again, {repeats} at most may"
        )
        for worker in self.workers:
            self._check_order(worker)

    def _check_order(self, worker: WorkerProcess) -> None:
        """A partition's offsets follow each other; only an assignment may start elsewhere."""
        position: dict[int, int] = {}
        jumps: Counter[int] = Counter()
        for record in worker.processed():
            if record.offset != position.get(record.partition, record.offset):
                jumps[record.partition] += 1
            position[record.partition] = record.offset + 1
        assignments = worker.log().count("Setting newly assigned partitions")
        for partition, count in jumps.items():
            if count >= assignments:
                pytest.fail(f"partition {partition} jumped {count} times in {assignments} assignments")
