"""Looks at every part of a running Salgspuls, and says of each whether it is well, and if not, what to do.

It only looks. What depends on a part that does not answer is left out, for it would only repeat that.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import aiohttp
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from clickhouse import client as clickhouse
from clickhouse.schema import migrate
from clickhouse.schema.tables import TABLES
from schemas.topics import DEAD_LETTERS
from streams.config.settings import ReportingSettings, Settings, WorkerSettings, env_name
from streams.errors import SalgspulsError
from streams.kafka.errors import told
from streams.kafka.producer import EventProducer
from streams.kafka.topics import ensure_topics, unreachable

if TYPE_CHECKING:
    from clickhouse_connect.driver import Client

Status = Literal["ok", "warn", "fail"]

LAG_SECONDS = 10.0
STALE_SECONDS = 15 * 60.0
SKEW_SECONDS = 1.0
DISK_WARN, DISK_FAIL = 0.15, 0.05

_HTTP_SECONDS = 3.0
_LAG_TIMEOUT = 4.0
_PRODUCER_SECONDS = 10.0
_DAYS = re.compile(r"toIntervalDay\((\d+)\)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one part; `remedy` says what to do when it is not well."""

    part: str
    status: Status
    message: str
    remedy: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at Kafka, ClickHouse and the worker, in that order, and give each finding as soon as it is made."""
    async for finding in _examine_kafka(settings):
        yield finding
    async for finding in _examine_clickhouse(settings):
        yield finding
    yield await _worker(settings.worker)


async def _examine_kafka(settings: Settings) -> AsyncIterator[Finding]:
    kafka = settings.kafka
    if reason := await unreachable(kafka.client_kwargs()):
        remedy = (
            f"start the broker, or set {env_name('kafka', 'bootstrap')} and {env_name('kafka', 'security')}"
        )
        yield Finding("Kafka", "fail", f"does not answer at {kafka.bootstrap}: {reason}", remedy)
        return
    yield Finding("Kafka", "ok", f"answers at {kafka.bootstrap}")
    yield await _producer(settings)
    reports = await ensure_topics(kafka.client_kwargs(), kafka.topics(), create=False)
    for report in reports:
        for problem in report.problems:
            remedy = "" if report.partitions else "run `salgspuls topics ensure`"
            yield Finding(f"topic {report.name}", "fail", problem, remedy)
    if all(report.partitions for report in reports):
        if not any(report.problems for report in reports):
            yield Finding("topics", "ok", f"all {len(reports)} are as they should be")
        partitions = [
            TopicPartition(report.name, number)
            for report in reports
            if report.name != DEAD_LETTERS.name
            for number in range(report.partitions)
        ]
        yield await _lag(settings, partitions)


async def _producer(settings: Settings) -> Finding:
    """Whether events can be sent, as `import`, `trackers` and the worker do: all but a message itself."""
    said: list[str] = []
    try:
        async with asyncio.timeout(_PRODUCER_SECONDS), EventProducer(settings.kafka, notice=said.append):
            pass
    except TimeoutError:
        return Finding("producer", "fail", "the broker lets none begin in time", "look at the brokers' load")
    except (KafkaError, SalgspulsError) as error:
        return Finding("producer", "fail", told(error), "without it no command can send anything")
    if said:
        remedy = f"set {env_name('kafka', 'idempotent')}=false, and it is not tried any more"
        return Finding("producer", "warn", said[0], remedy)
    return Finding("producer", "ok", "events can be sent")


async def _lag(settings: Settings, partitions: Sequence[TopicPartition]) -> Finding:
    """How far the group is behind. Fetching tells where a partition ends; asking for its end would not on Tansu."""
    consumer = AIOKafkaConsumer(
        **settings.kafka.client_kwargs(),
        group_id=settings.kafka.group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=1,
        fetch_max_wait_ms=100,
    )
    consumer.assign(partitions)
    first: dict[TopicPartition, ConsumerRecord] = {}
    async with consumer:
        deadline = time.monotonic() + _LAG_TIMEOUT
        waiting = set(partitions)
        while waiting and time.monotonic() < deadline:
            for tp, records in (await consumer.getmany(*waiting, timeout_ms=100, max_records=1)).items():
                first.setdefault(tp, records[0])
            for tp in tuple(waiting):
                end = consumer.highwater(tp)
                if tp in first or (end is not None and await consumer.position(tp) >= end):
                    waiting.discard(tp)
        unknown = [f"{tp.topic}/{tp.partition}" for tp in partitions if consumer.highwater(tp) is None]
        behind = sum((consumer.highwater(tp) or 0) - record.offset for tp, record in first.items())
    if unknown:
        return Finding("lag", "warn", f"no answer from {', '.join(unknown)}", "look at the brokers")
    age = max((time.time() - record.timestamp / 1000 for record in first.values()), default=0.0)
    if age > LAG_SECONDS:
        remedy = "look at the worker's log; if it is busy all the time, start another one"
        return Finding(
            "lag", "warn", f"messages that wait: {behind}, the oldest for {_duration(age)}", remedy
        )
    return Finding("lag", "ok", f"messages that wait: {behind}")


async def _examine_clickhouse(settings: Settings) -> AsyncIterator[Finding]:
    connections: dict[str, Client] = {}
    for user in ("writer", "reader"):
        config = settings.clickhouse.config(user)
        try:
            connections[user] = await asyncio.to_thread(
                clickhouse.wait_until_ready,
                config,
                timeout=0,
                waiting=lambda _line: None,
                database="",
            )
        except clickhouse.ClickHouseUnavailableError as error:
            names = (
                env_name("clickhouse", name) for name in ("host", "port", f"{user}_user", f"{user}_password")
            )
            reason = str(error).removeprefix("ClickHouse at ").partition("; gave up")[0]
            yield Finding("ClickHouse", "fail", reason, f"start it, or look at {', '.join(names)}")
            return
    with connections["writer"] as writer, connections["reader"] as reader:
        for finding in await asyncio.to_thread(lambda: list(_examine_database(settings, writer, reader))):
            yield finding


def _examine_database(settings: Settings, writer: Client, reader: Client) -> Iterator[Finding]:
    version = writer.command("SELECT version()")
    yield Finding("ClickHouse", "ok", f"{version} answers at {settings.clickhouse.config('writer').address}")
    yield _reader_is_readonly(reader)
    try:
        migrate.ensure_current(writer)
    except migrate.MigrationError as error:
        yield Finding("migrations", "fail", str(error), "run `salgspuls migrate`")
        return
    yield Finding("migrations", "ok", "the database is current")
    yield _retention(settings, writer)
    yield _clock(writer)
    yield from _disks(writer)
    yield _freshness(settings.reporting, reader, datetime.now(UTC))
    yield _dead_letters(reader)


def _reader_is_readonly(reader: Client) -> Finding:
    if str(reader.command("SELECT value FROM system.settings WHERE name = 'readonly'")) == "0":
        remedy = "give the reader's profile readonly = 1 (deploy/ has one), lest a page's query writes"
        return Finding("reader", "warn", "its queries may write", remedy)
    return Finding("reader", "ok", "its queries can only read")


def _retention(settings: Settings, writer: Client) -> Finding:
    kept = migrate.retention_days(writer)
    differing = []
    for table in TABLES.values():
        wanted = None if table.retention is None else getattr(settings.clickhouse, table.retention)
        if kept[table.name] != wanted:
            differing.append(f"{table.name} {kept[table.name] or 'for ever'}, not {wanted or 'for ever'}")
    if differing:
        remedy = "run `salgspuls migrate`"
        return Finding("retention", "warn", f"kept other days than set: {'; '.join(differing)}", remedy)
    return Finding("retention", "ok", "as set")


def _clock(writer: Client) -> Finding:
    before = time.time()
    there = writer.query("SELECT toUnixTimestamp64Milli(now64(3))").result_rows[0][0] / 1000
    skew = there - (before + time.time()) / 2
    if abs(skew) > SKEW_SECONDS:
        remedy = "let both machines follow a time server (NTP)"
        return Finding("clock", "warn", f"ClickHouse's clock is {skew:+.1f} s off this machine's", remedy)
    return Finding("clock", "ok", f"ClickHouse's is {skew:+.2f} s off this machine's")


def _disks(writer: Client) -> Iterator[Finding]:
    rows = writer.query(
        "SELECT name, free_space, total_space FROM system.disks WHERE total_space > 0"
    ).result_rows
    for name, free, total in rows:
        share = free / total
        status: Status = "fail" if share < DISK_FAIL else "warn" if share < DISK_WARN else "ok"
        message = f"{share:.0%} of ClickHouse's disk {name!r} are free ({free / 1e9:.1f} GB)"
        yield Finding(
            "disk", status, message, "" if status == "ok" else "make room, or shorten the retention"
        )


def _freshness(reporting: ReportingSettings, reader: Client, now: datetime) -> Finding:
    newest = reader.query(
        "SELECT toUnixTimestamp64Milli(max(last_event_at)) FROM salgspuls.calls "
        "WHERE call_started_at > now() - INTERVAL 3 DAY"
    ).result_rows[0][0]
    if not newest or newest <= 0:
        remedy = "send some: `salgspuls simulate`, `salgspuls import`, or your own producer"
        return Finding("freshness", "warn", "no call in three days", remedy)
    age = now.timestamp() - newest / 1000
    message = f"the newest event of a call was stored {_duration(age)} ago"
    if age > STALE_SECONDS and _office_is_open(reporting, now):
        return Finding("freshness", "warn", message, "look at what sends the calls")
    return Finding("freshness", "ok", message)


def _office_is_open(reporting: ReportingSettings, now: datetime) -> bool:
    local = now.astimezone(reporting.zone)
    return local.weekday() < 5 and reporting.office_opens <= local.time() < reporting.office_closes


def _dead_letters(reader: Client) -> Finding:
    rows = reader.query(
        "SELECT reason, count() FROM salgspuls.dead_letters WHERE received_at > now() - INTERVAL 1 HOUR "
        "GROUP BY reason ORDER BY count() DESC, reason"
    ).result_rows
    if rows:
        said = ", ".join(f"{count} {reason}" for reason, count in rows)
        remedy = "salgspuls.dead_letters says of each why and where it came from; mend the producer"
        return Finding("dead letters", "warn", f"in the last hour {said}", remedy)
    return Finding("dead letters", "ok", "none in the last hour")


async def _worker(worker: WorkerSettings) -> Finding:
    host = "127.0.0.1" if worker.host == "0.0.0.0" else worker.host  # noqa: S104 - compared, not bound
    address = f"http://{host}:{worker.port}/ready"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_HTTP_SECONDS)) as session,
            session.get(address) as response,
        ):
            answer = await response.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        reason = str(error) or type(error).__name__
        remedy = f"start it: `salgspuls worker`; or set {env_name('worker', 'host')} and {env_name('worker', 'port')}"
        return Finding("worker", "fail", f"does not answer at {address}: {reason}", remedy)
    if not answer.get("ready"):
        return Finding("worker", "fail", f"runs and waits for {answer.get('waits_for')}", "its log says more")
    return Finding("worker", "ok", f"ready at {address}, with {len(answer['partitions'])} partitions")


def _duration(seconds: float) -> str:
    for length, unit in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 0):.1f} s"
