"""The whole pipeline for tests: a broker, ClickHouse with its schema, and workers in processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from clickhouse_connect.driver import Client
from pydantic import SecretStr

from clickhouse import backfill
from clickhouse.client import connect
from clickhouse.schema import migrate
from schemas.events import AnyEvent
from schemas.topics import SOURCES
from streams.config.clickhouse import ClickHouseSettings
from streams.config.kafka import KafkaSettings
from streams.config.settings import Settings, WorkerSettings
from streams.demo.brokers import Broker, free_port
from streams.kafka.producer import EventProducer
from streams.kafka.topics import ensure_topics
from streams.replay import RawMessage
from tests.support.brokers import Cluster
from tests.support.embedded_clickhouse import ROOT, RunningClickHouse, migrated_folder, running_clickhouse

_STARTED_WITHIN = 60.0


@dataclass(slots=True)
class Worker:
    """A worker process, its log file, and where it reports."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self, within: float = 30.0) -> float:
        """Ask it to stop; returns the seconds that it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=within)
        return time.monotonic() - begun

    def status(self, path: str, host: str) -> int:
        """The status with which it answers when it is asked for under a name."""
        with contextlib.closing(HTTPConnection(urlsplit(self.address).netloc, timeout=30)) as connection:
            connection.putrequest("GET", path, skip_host=True)
            connection.putheader("Host", host)
            connection.endheaders()
            return connection.getresponse().status

    def get(self, path: str) -> str:
        """What it answers at `/metrics`, `/live` or `/ready`."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as answer:
            body: bytes = answer.read()
            return body.decode()

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a metric over all its series with these labels."""
        wanted = [f'{key}="{value}"' for key, value in labels.items()]
        return sum(
            float(line.rpartition(" ")[2])
            for line in self.get("/metrics").splitlines()
            if line.startswith((f"{name}{{", f"{name} ")) and all(label in line for label in wanted)
        )


class Pipeline:
    """A broker and a ClickHouse that belong to one test, and the workers between them."""

    def __init__(
        self, cluster: Cluster, clickhouse: RunningClickHouse, folder: Path, settings: Settings
    ) -> None:
        self.cluster = cluster
        self.clickhouse = clickhouse
        self.settings = settings
        self._folder = folder
        self._workers: list[Worker] = []
        self.client: Client = connect(clickhouse.writer, database="")

    def start_worker(self, **environment: str) -> Worker:
        """Start a worker and wait until it says that it is ready."""
        worker = self.launch_worker(**environment)
        deadline = time.monotonic() + _STARTED_WITHIN
        while time.monotonic() < deadline:
            if worker.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                worker.get("/ready")
                return worker
            time.sleep(0.05)
        pytest.fail(f"the worker did not become ready:\n{worker.log.read_text()[-4000:]}")

    def launch_worker(self, **environment: str) -> Worker:
        """Start a worker without waiting."""
        port = free_port()
        number = len(self._workers)
        log = self._folder / f"worker-{number}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "worker"],
                cwd=ROOT,
                stdout=output,
                stderr=output,
                env={
                    **os.environ,
                    **self.settings.as_environment(),
                    "SALGSPULS_WORKER_PORT": str(port),
                    **environment,
                },
            )
        worker = Worker(process, log, f"http://127.0.0.1:{port}")
        self._workers.append(worker)
        return worker

    async def send(self, events: Iterable[AnyEvent]) -> None:
        """Send events and wait until the broker has them."""
        async with EventProducer(self.settings.kafka) as producer:
            for event in events:
                await producer.send(event)

    async def send_raw(self, messages: Iterable[RawMessage]) -> None:
        """Send messages as they are and wait until the broker has them."""
        async with EventProducer(self.settings.kafka) as producer:
            for message in messages:
                await producer.send_message(message.topic, message.key, message.value)

    def query(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        rows = self.client.query(sql, parameters, tz_mode="aware").result_rows
        return [tuple(row) for row in rows]

    async def committed(self) -> int:
        """How many messages the group has committed, of all source topics."""
        specs = {spec.name: spec for spec in self.settings.kafka.topics()}
        partitions = {source.name: specs[source.name].partitions for source in SOURCES}
        return sum((await self.cluster.offsets(self.settings.kafka.group, partitions)).values())

    async def until_committed(self, messages: int, within: float = 120.0) -> None:
        """Wait until so many messages are committed, from the first one on."""
        deadline = time.monotonic() + within
        committed = 0
        while time.monotonic() < deadline:
            committed = await self.committed()
            if committed >= messages:
                return
            await asyncio.sleep(0.1)
        logs = "\n".join(worker.log.read_text()[-3000:] for worker in self._workers)
        pytest.fail(f"{committed} of {messages} messages were committed within {within} s\n{logs}")

    def close(self) -> None:
        for worker in self._workers:
            if worker.process.poll() is None:
                worker.process.terminate()
        for worker in self._workers:
            try:
                worker.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                worker.kill()
        self.client.close()


@contextlib.contextmanager
def running_pipeline(
    broker: Broker, folder: Path, *, idempotent: bool, data: Path | None = None
) -> Iterator[Pipeline]:
    """A pipeline on a broker that is stopped with it, over an empty database or the one in `data`, which is migrated.

    Its workers rebalance fast.
    """
    broker.start()
    try:
        variables = ClickHouseSettings().migration_variables()
        with running_clickhouse(data or migrated_folder(folder / "clickhouse", variables)) as clickhouse:
            settings = Settings(
                kafka=KafkaSettings(
                    bootstrap=broker.bootstrap, session_timeout_seconds=6, idempotent=idempotent
                ),
                clickhouse=ClickHouseSettings(
                    port=clickhouse.writer.port,
                    writer_user=clickhouse.writer.username,
                    writer_password=SecretStr(clickhouse.writer.password),
                    reader_user=clickhouse.reader.username,
                    reader_password=SecretStr(clickhouse.reader.password),
                ),
                worker=WorkerSettings(hours_seconds=2),
            )
            if data is not None:
                with contextlib.closing(connect(clickhouse.writer, database="")) as writer:
                    migrate.apply(writer, variables=variables)
                    backfill.run(writer)
            asyncio.run(ensure_topics(settings.kafka.client_kwargs(), settings.kafka.topics()))
            pipeline = Pipeline(Cluster(broker), clickhouse, folder, settings)
            try:
                yield pipeline
            finally:
                pipeline.close()
    finally:
        broker.stop()


def log_lines(worker: Worker) -> Iterator[dict[str, Any]]:
    """The worker's log, line by line; what is no JSON fails."""
    for line in worker.log.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):  # the last one may still be being written
            yield orjson.loads(line)
