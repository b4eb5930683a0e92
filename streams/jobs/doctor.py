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
from streams.config.reporting import ReportingSettings
from streams.config.section import env_name
from streams.config.settings import Settings, WorkerSettings
from streams.errors import SalgspulsError
from streams.jobs import doctor_texts as texts
from streams.kafka.errors import in_words
from streams.kafka.producer import EventProducer
from streams.kafka.topics import ensure_topics, unreachable
from streams.language import Language, Text, same

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
    message: Text
    remedy: Text = texts.NOTHING

    def as_json(self, language: Language) -> dict[str, str]:
        """The finding in words."""
        message, remedy = self.message.of(language), self.remedy.of(language)
        return {"part": self.part, "status": self.status, "message": message, "remedy": remedy}


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
        remedy = texts.START_KAFKA.filled(
            bootstrap=env_name("kafka", "bootstrap"), security=env_name("kafka", "security")
        )
        yield Finding("Kafka", "fail", texts.NO_KAFKA.filled(where=kafka.bootstrap, why=reason), remedy)
        return
    yield Finding("Kafka", "ok", texts.ANSWERS.filled(where=kafka.bootstrap))
    yield await _producer(settings)
    reports = await ensure_topics(kafka.client_kwargs(), kafka.topics(), create=False)
    for report in reports:
        for problem in report.problems:
            remedy = texts.NOTHING if report.partitions else texts.ENSURE_TOPICS
            yield Finding(f"topic {report.name}", "fail", same(problem), remedy)
    if all(report.partitions for report in reports):
        if not any(report.problems for report in reports):
            yield Finding("topics", "ok", texts.TOPICS_WELL.filled(count=len(reports)))
        partitions = [
            TopicPartition(report.name, number)
            for report in reports
            if report.name != DEAD_LETTERS.name
            for number in range(report.partitions)
        ]
        yield await _lag(settings, partitions)


async def _producer(settings: Settings) -> Finding:
    """Whether events can be sent, as `import`, `trackers` and the worker do: all but a message itself."""
    said: list[Text] = []
    try:
        async with asyncio.timeout(_PRODUCER_SECONDS), EventProducer(settings.kafka, notice=said.append):
            pass
    except TimeoutError:
        return Finding("producer", "fail", texts.SLOW_PRODUCER, texts.LOOK_AT_LOAD)
    except (KafkaError, SalgspulsError) as error:
        return Finding("producer", "fail", in_words(error), texts.NOTHING_SENDS)
    if said:
        remedy = texts.NOT_TRIED_ANY_MORE.filled(idempotent=env_name("kafka", "idempotent"))
        return Finding("producer", "warn", said[0], remedy)
    return Finding("producer", "ok", texts.CAN_SEND)


async def _lag(settings: Settings, partitions: Sequence[TopicPartition]) -> Finding:
    """How far the group is behind. Fetching shows where a partition ends; asking for its end would not on Tansu."""
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
        return Finding("lag", "warn", texts.NO_END.filled(which=", ".join(unknown)), texts.LOOK_AT_BROKERS)
    age = max((time.time() - record.timestamp / 1000 for record in first.values()), default=0.0)
    if age > LAG_SECONDS:
        waiting_long = _with(texts.WAITING_LONG, _duration(age), "age", count=behind)
        return Finding("lag", "warn", waiting_long, texts.BUSY_WORKER)
    return Finding("lag", "ok", texts.WAITING.filled(count=behind))


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
            yield Finding(
                "ClickHouse", "fail", same(reason), texts.START_CLICKHOUSE.filled(names=", ".join(names))
            )
            return
    with connections["writer"] as writer, connections["reader"] as reader:
        for finding in await asyncio.to_thread(lambda: list(_examine_database(settings, writer, reader))):
            yield finding


def _examine_database(settings: Settings, writer: Client, reader: Client) -> Iterator[Finding]:
    version = writer.command("SELECT version()")
    where = settings.clickhouse.config("writer").address
    yield Finding("ClickHouse", "ok", texts.CLICKHOUSE_ANSWERS.filled(version=version, where=where))
    yield _reader_is_readonly(reader)
    try:
        migrate.ensure_current(writer)
    except migrate.MigrationError as error:
        yield Finding("migrations", "fail", same(str(error)), texts.MIGRATE)
        return
    yield Finding("migrations", "ok", texts.CURRENT)
    yield _retention(settings, writer)
    yield _clock(writer)
    yield from _disks(writer)
    yield _freshness(settings.reporting, reader, datetime.now(UTC))
    yield _dead_letters(reader)


def _reader_is_readonly(reader: Client) -> Finding:
    if str(reader.command("SELECT value FROM system.settings WHERE name = 'readonly'")) == "0":
        return Finding("reader", "warn", texts.READER_WRITES, texts.MAKE_READONLY)
    return Finding("reader", "ok", texts.READER_READS)


def _retention(settings: Settings, writer: Client) -> Finding:
    kept = migrate.retention_days(writer)
    differing = []
    for table in TABLES.values():
        wanted = None if table.retention is None else getattr(settings.clickhouse, table.retention)
        if kept[table.name] != wanted:
            differing.append((table.name, kept[table.name], wanted))
    if differing:
        return Finding("retention", "warn", _other_retention(differing), texts.MIGRATE)
    return Finding("retention", "ok", texts.AS_SET)


def _other_retention(differing: Sequence[tuple[str, int | None, int | None]]) -> Text:
    """Which tables keep their rows for other days than is set."""
    each = [
        Text(
            *(
                phrase.format(table=table, kept=kept or ever, wanted=wanted or ever)
                for phrase, ever in zip(texts.RETENTION_OF, texts.FOR_EVER, strict=True)
            )
        )
        for table, kept, wanted in differing
    ]
    english, danish = "; ".join(one.en for one in each), "; ".join(one.da for one in each)
    return Text(
        texts.OTHER_RETENTION.en.format(tables=english), texts.OTHER_RETENTION.da.format(tables=danish)
    )


def _clock(writer: Client) -> Finding:
    before = time.time()
    there = writer.query("SELECT toUnixTimestamp64Milli(now64(3))").result_rows[0][0] / 1000
    skew = there - (before + time.time()) / 2
    if abs(skew) > SKEW_SECONDS:
        return Finding("clock", "warn", texts.SKEWED.filled(skew=skew), texts.USE_NTP)
    return Finding("clock", "ok", texts.IN_STEP.filled(skew=skew))


def _disks(writer: Client) -> Iterator[Finding]:
    rows = writer.query(
        "SELECT name, free_space, total_space FROM system.disks WHERE total_space > 0"
    ).result_rows
    for name, free, total in rows:
        share = free / total
        status: Status = "fail" if share < DISK_FAIL else "warn" if share < DISK_WARN else "ok"
        message = texts.DISK.filled(share=share, name=repr(name), free=free / 1e9)
        yield Finding("disk", status, message, texts.NOTHING if status == "ok" else texts.MAKE_ROOM)


def _freshness(reporting: ReportingSettings, reader: Client, now: datetime) -> Finding:
    newest = reader.query(
        "SELECT toUnixTimestamp64Milli(max(last_event_at)) FROM salgspuls.calls "
        "WHERE call_started_at > now() - INTERVAL 3 DAY"
    ).result_rows[0][0]
    if not newest or newest <= 0:
        return Finding("freshness", "warn", texts.NO_CALL, texts.SEND_SOME)
    age = now.timestamp() - newest / 1000
    message = _with(texts.NEWEST, _duration(age), "age")
    if age > STALE_SECONDS and _office_is_open(reporting, now):
        return Finding("freshness", "warn", message, texts.LOOK_AT_SENDER)
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
        return Finding("dead letters", "warn", texts.REFUSED.filled(reasons=said), texts.MEND_PRODUCER)
    return Finding("dead letters", "ok", texts.NONE_REFUSED)


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
        remedy = texts.START_WORKER.filled(host=env_name("worker", "host"), port=env_name("worker", "port"))
        return Finding("worker", "fail", texts.NO_WORKER.filled(where=address, why=reason), remedy)
    if not answer.get("ready"):
        waits = texts.WORKER_WAITS.filled(what=answer.get("waits_for"))
        return Finding("worker", "fail", waits, texts.LOG_SAYS_MORE)
    ready = texts.READY.filled(where=address, count=len(answer["partitions"]))
    return Finding("worker", "ok", ready)


def _duration(seconds: float) -> Text:
    for length, unit in ((86_400, texts.DAYS), (3600, texts.HOURS), (60, texts.MINUTES)):
        if seconds >= 2 * length:
            return unit.filled(count=seconds / length)
    return texts.SECONDS.filled(count=max(seconds, 0))


def _with(text: Text, part: Text, name: str, **values: object) -> Text:
    """A sentence with a part that is said in each language by itself."""
    return Text(text.en.format(**{name: part.en}, **values), text.da.format(**{name: part.da}, **values))
