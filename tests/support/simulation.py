"""A broker, a store and workers that crash, pause, are refused and overtaken, all in virtual time and from one seed.

The worker's code is the product's: agent, batches, pipeline, folders, retries, what is in flight. Only what lies beyond
Kafka's and ClickHouse's clients is simulated: a log with committed offsets and a group that fences old members, and a
store that keeps the highest version of a row. At any await of a statement a worker may be killed, the statement may be
delayed, refused, or take effect and be reported as failed.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from prometheus_client import CollectorRegistry

from schemas.rejections import Rejection
from schemas.topics import SOURCES
from streams.config.settings import Settings, WorkerSettings
from streams.kafka.messages import Message
from streams.kafka.transport import InFlight
from streams.worker.active_trackers import ActiveTrackers
from streams.worker.agent import work
from streams.worker.assembly import assemble
from streams.worker.erased import Erased
from streams.worker.metrics import WorkerMetrics
from streams.worker.retrying_store import PersistentStore
from streams.worker.waits import Waits
from tests.support.memory_store import MemoryStore
from tests.support.mutations import Record

Partition = tuple[str, int]

EPOCH = datetime(2026, 11, 24, 9, tzinfo=UTC)
"""When virtual time begins."""
PARTITIONS: dict[str, int] = {topic.name: 3 if topic.name.endswith("calls") else 1 for topic in SOURCES}
_PATIENCE = 3600.0
"""Virtual seconds after the last fault by which everything must be committed."""


METRICS = WorkerMetrics(CollectorRegistry())
"""Of all workers of all histories: nobody looks at them, and to make them takes longer than most histories."""


class Broker:
    """Logs of records, and one consumer group: committed offsets, and the generation that may commit."""

    def __init__(self) -> None:
        self.logs: dict[Partition, list[Record]] = {
            (topic, number): [] for topic, count in PARTITIONS.items() for number in range(count)
        }
        self.committed: dict[Partition, int] = defaultdict(int)
        self.generation = 0
        self.members: dict[Partition, Worker] = {}
        self.dead_letters: list[tuple[str, int, int]] = []

    def append(self, topic: str, key: bytes | None, value: bytes | None, number: int, now: datetime) -> None:
        """The next record of a partition."""
        log = self.logs[topic, number]
        record = Record(topic, len(log), key, value, int(now.timestamp() * 1000))
        record.partition = number
        log.append(record)

    def commit(self, worker: Worker, offsets: dict[Partition, int]) -> None:
        """What a member of an old generation commits is refused: it was overtaken."""
        for partition, offset in offsets.items():
            if self.members.get(partition) is worker and worker.generation == self.generation:
                self.committed[partition] = offset

    @property
    def done(self) -> bool:
        return all(self.committed[partition] == len(log) for partition, log in self.logs.items())


@dataclass(slots=True)
class _Fetched:
    """What the transport tells of a chunk."""

    timestamp: float
    offset: int
    acked: bool = False


@dataclass(slots=True)
class _Chunk:
    """A chunk as an agent gets it."""

    value: list[Record]
    message: _Fetched

    def ack(self) -> None:
        self.message.acked = True


class _Letters:
    """The dead-letter topic."""

    def __init__(self, simulation: Simulation, worker: Worker) -> None:
        self._simulation = simulation
        self._worker = worker

    async def send(self, refused: Sequence[tuple[Message, Rejection]]) -> None:
        await self._simulation.pause(0.05)
        self._simulation.broker.dead_letters += [
            (message.topic, message.partition, message.offset) for message, _ in refused
        ]
        await self._simulation.pause(0.05)


class Worker:
    """One process: agents over the product's pipelines, a fetcher, and the timer of commits."""

    def __init__(self, simulation: Simulation, name: str) -> None:
        self.name = name
        self.generation = -1
        self.alive = True
        self._simulation = simulation
        self._assigned: list[Partition] = []
        self._positions: dict[Partition, int] = {}
        self._in_flight: defaultdict[Partition, InFlight] = defaultdict(InFlight)
        self._queues: dict[str, asyncio.Queue[_Chunk]] = {topic: asyncio.Queue() for topic in PARTITIONS}
        loop = asyncio.get_running_loop()
        metrics = METRICS
        self.store = PersistentStore(
            simulation.store_of(self),  # type: ignore[arg-type]  # answers as the real one does
            metrics,
            Waits(metrics, loop.time),
            simulation.rng,
        )
        self.trackers, self.erased = ActiveTrackers(self.store, metrics), Erased(self.store)
        self._settings = Settings(
            worker=WorkerSettings(
                hours_seconds=1, flush_seconds=0.5, max_open_calls=simulation.max_open_calls
            )
        )
        self.pipelines = assemble(
            self._settings,
            self.store,
            _Letters(simulation, self),
            metrics,
            self.erased,
            self.trackers,
            simulation.now,
            "simulated",
            loop.time,
        )
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to work; partitions come by `assigned`."""
        for topic, pipeline in self.pipelines.items():
            self._spawn(self._agent(topic, pipeline))
        self._spawn(self._fetch())
        self._spawn(self._commit_from_time_to_time())
        self._spawn(self._refresh())

    def _spawn(self, what: Any) -> None:
        task = asyncio.get_running_loop().create_task(what)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._simulation.failed(self, error)

    def crash(self) -> None:
        """End at whatever it waits for."""
        self.alive = False
        for task in self._tasks:
            task.cancel()

    async def _agent(self, topic: str, pipeline: Any) -> None:
        loop = asyncio.get_running_loop()
        await self.trackers.refresh()
        await work(self._chunks(topic), pipeline, self._simulation.flush_rows, 0.5, loop.time)

    async def _chunks(self, topic: str) -> AsyncIterator[_Chunk]:
        while True:
            yield await self._queues[topic].get()

    async def _refresh(self) -> None:
        while True:
            await asyncio.sleep(15)
            await self.trackers.refresh()
            await self.erased.refresh()
            for pipeline in self.pipelines.values():
                pipeline.tidy()

    async def _fetch(self) -> None:
        rng, broker = self._simulation.rng, self._simulation.broker
        while True:
            await asyncio.sleep(rng.uniform(0.01, 0.4))
            for partition in list(self._assigned):
                log, at = broker.logs[partition], self._positions[partition]
                records = log[at : at + rng.choice((1, 3, 20))]
                if records and self._queues[partition[0]].qsize() < 8:
                    fetched = _Fetched(self._simulation.now().timestamp(), records[-1].offset)
                    self._in_flight[partition].add(records[0].offset, fetched)  # type: ignore[arg-type]  # as Faust's
                    self._positions[partition] = records[-1].offset + 1
                    self._queues[partition[0]].put_nowait(_Chunk(records, fetched))

    async def _commit_from_time_to_time(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.commit()

    def commit(self) -> None:
        """As the transport does: the unbroken run of what is acknowledged."""
        offsets = {
            partition: offset
            for partition in self._assigned
            if (offset := self._in_flight[partition].acknowledged()) is not None
        }
        self._simulation.broker.commit(self, offsets)

    def revoked(self) -> None:
        """Give all partitions back: commit first, then forget; chunks that wait are still worked on."""
        self.commit()
        self._assigned = []
        for pipeline in self.pipelines.values():
            pipeline.invalidate("simulated rebalance")

    def assigned(self, partitions: list[Partition], generation: int) -> None:
        """Begin at the committed offsets of these."""
        self.generation = generation
        self._in_flight.clear()
        self._assigned = partitions
        self._positions = {
            partition: self._simulation.broker.committed[partition] for partition in partitions
        }


class _Line:
    """The store as one worker sees it: its statements pass the simulation's faults."""

    def __init__(self, simulation: Simulation, worker: Worker) -> None:
        self._simulation = simulation
        self._worker = worker

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._simulation.store, name)

        async def statement(*given: Any) -> Any:
            await self._simulation.pause(0.05)
            self._simulation.refuse_sometimes()
            result = await method(*given)
            await self._simulation.pause(0.3 if name == "insert" else 0.05)
            self._simulation.refuse_sometimes()  # it has taken effect, and nobody knows
            return result

        return statement


@dataclass(slots=True)
class Simulation:
    """One history, from a seed: `run` plays it, and `trace` says what went wrong when."""

    seed: int
    rng: random.Random = field(init=False)
    broker: Broker = field(default_factory=Broker)
    store: MemoryStore = field(default_factory=MemoryStore)
    workers: list[Worker] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    outage_until: float = 0.0
    failure_rate: float = 0.0
    max_open_calls: int = 1000
    flush_rows: int = 50
    slow: float = 1.0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.failure_rate = self.rng.choice((0.0, 0.0, 0.02, 0.1))
        self.slow = self.rng.choice((0.2, 1.0, 5.0))
        self.max_open_calls = self.rng.choice((1, 2, 1000))
        self.flush_rows = self.rng.choice((1, 5, 50))

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=asyncio.get_running_loop().time())

    def store_of(self, worker: Worker) -> _Line:
        return _Line(self, worker)

    async def pause(self, seconds: float) -> None:
        """Something takes its time; at any such moment a worker may be killed."""
        await asyncio.sleep(self.rng.expovariate(1) * seconds * self.slow)

    def refuse_sometimes(self) -> None:
        if asyncio.get_running_loop().time() < self.outage_until or self.rng.random() < self.failure_rate:
            raise ConnectionResetError(104, "Connection reset by peer")

    def failed(self, worker: Worker, error: BaseException) -> None:
        """An exception that left a worker: the product let it through, which ends a process."""
        self.errors.append(error)

    def say(self, what: str) -> None:
        self.trace.append(f"{asyncio.get_running_loop().time():8.2f} {what}")

    async def run(
        self, messages: Sequence[tuple[float, str, bytes | None, bytes | None, int]], faults: int
    ) -> None:
        """Send messages at their times, meanwhile let so many things go wrong, then wait until all is committed."""
        producing = asyncio.get_running_loop().create_task(self._produce(messages))
        self._start_worker()
        self._rebalance()
        span = messages[-1][0] if messages else 1.0
        for at in sorted(self.rng.uniform(0, span + 3) for _ in range(faults)):
            await asyncio.sleep(max(0.0, at - asyncio.get_running_loop().time()))
            self.rng.choice((self._crash, self._crash, self._join, self._leave, self._zombie, self._outage))()
        await producing
        await asyncio.sleep(5)
        self.outage_until, self.failure_rate = 0.0, 0.0
        if not any(worker.alive for worker in self.workers):
            self._start_worker()
        self._rebalance()
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while not self.broker.done and not self.errors:
            assert asyncio.get_running_loop().time() < deadline, "not everything is committed"
            await asyncio.sleep(1)
        for worker in self.workers:
            worker.crash()
        await asyncio.sleep(0)

    async def _produce(self, messages: Sequence[tuple[float, str, bytes | None, bytes | None, int]]) -> None:
        for at, topic, key, value, number in messages:
            await asyncio.sleep(max(0.0, at - asyncio.get_running_loop().time()))
            self.broker.append(topic, key, value, number, self.now())

    def _start_worker(self) -> Worker:
        worker = Worker(self, f"worker {len(self.workers)}")
        self.workers.append(worker)
        worker.start()
        self.say(f"{worker.name} starts")
        return worker

    def _alive(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.alive]

    def _rebalance(self, without: Worker | None = None) -> None:
        """Partitions are given out anew; `without` is a member that the group believes dead, and that does not know."""
        members = [worker for worker in self._alive() if worker is not without]
        for worker in members:
            worker.revoked()
        self.broker.generation += 1
        self.broker.members = {}
        shares: dict[int, list[Partition]] = defaultdict(list)
        for partition in self.broker.logs:
            if members:
                chosen = self.rng.randrange(len(members))
                shares[chosen].append(partition)
                self.broker.members[partition] = members[chosen]
        for number, worker in enumerate(members):
            worker.assigned(shares[number], self.broker.generation)

    def _crash(self) -> None:
        if alive := self._alive():
            worker = self.rng.choice(alive)
            self.say(f"{worker.name} is killed")
            worker.crash()
            if self.rng.random() < 0.7:
                self._start_worker()
            self._rebalance()

    def _join(self) -> None:
        if len(self._alive()) < 3:
            self._start_worker()
            self._rebalance()

    def _leave(self) -> None:
        if len(alive := self._alive()) > 1:
            worker = self.rng.choice(alive)
            self.say(f"{worker.name} leaves")
            worker.revoked()
            worker.crash()
            self._rebalance()

    def _zombie(self) -> None:
        alive = self._alive()
        if not alive:
            return
        worker = self.rng.choice(alive)
        self.say(f"{worker.name} is believed dead, and goes on")
        if len(alive) == 1:
            self._start_worker()
        self._rebalance(without=worker)
        asyncio.get_running_loop().call_later(self.rng.uniform(0.5, 20), self._comes_back, worker)

    def _comes_back(self, worker: Worker) -> None:
        if worker.alive and not self.broker.done:
            self.say(f"{worker.name} hears of it")
            self._rebalance()

    def _outage(self) -> None:
        seconds = self.rng.uniform(1, 30)
        self.say(f"the store is away for {seconds:.1f} s")
        self.outage_until = asyncio.get_running_loop().time() + seconds
