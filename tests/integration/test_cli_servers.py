"""The commands that look after Kafka and ClickHouse, against real ones."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from clickhouse.client import connect
from clickhouse.schema import migrate
from schemas.events import TrackerChanged, parse
from streams import cli
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.support.brokers import Cluster, Message
from tests.support.embedded_clickhouse import (
    MIGRATION_VARIABLES,
    RunningClickHouse,
    clickhouse_server,
    migrated_clickhouse,
    running_clickhouse,
)

__all__ = ["clickhouse_server", "migrated_clickhouse"]

ROOT = Path(cli.__file__).parents[2]
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> dict[str, dict[str, str]]:
        return {finding["part"]: finding for finding in json.loads(self.out)}


Salgspuls = Callable[..., Ended]


@pytest.fixture
def salgspuls(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Salgspuls:
    """Runs the command line with settings given as keywords."""

    def run(*arguments: str, **settings: object) -> Ended:
        with monkeypatch.context() as patched:
            for name, value in settings.items():
                patched.setenv(f"SALGSPULS_{name.upper()}", str(value))
            with pytest.raises(SystemExit) as ended:
                cli.main(arguments)
        shown = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, shown.out, shown.err)

    return run


@pytest.fixture
def empty_broker(tmp_path: Path) -> Iterator[Cluster]:
    """A broker without topics."""
    broker = TansuBroker(tmp_path, free_port())
    broker.start()
    yield Cluster(broker)
    broker.stop()


def kafka(cluster: Cluster) -> dict[str, object]:
    return {
        "kafka_bootstrap": cluster.bootstrap,
        "kafka_idempotent": "false",
        "kafka_group": cluster.name("group"),
    }


def store(server: RunningClickHouse) -> dict[str, object]:
    return {
        "clickhouse_port": server.writer.port,
        "clickhouse_writer_user": server.writer.username,
        "clickhouse_writer_password": server.writer.password,
        "clickhouse_reader_user": server.reader.username,
        "clickhouse_reader_password": server.reader.password,
    } | {f"clickhouse_{name}": days for name, days in kept().items()}


def kept() -> dict[str, str]:
    """The retention that the migrated fixture has."""
    return {name: value for name, value in MIGRATION_VARIABLES.items() if name.endswith("_days")}


class TestTopics:
    def test_missing_ones_are_said_then_made_then_well(
        self, salgspuls: Salgspuls, empty_broker: Cluster
    ) -> None:
        where = {"kafka_bootstrap": empty_broker.bootstrap, "kafka_calls_partitions": 2}
        missing = salgspuls("topics", "list", **where)
        assert missing.code == 1
        assert "salgspuls.calls: 0 partitions, delete; the topic does not exist" in missing.out
        made = salgspuls("topics", "ensure", **where)
        assert made.code == 0
        assert "salgspuls.calls: 2 partitions, delete; created" in made.out
        assert "salgspuls.settings: 1 partitions, compact; created" in made.out
        well = salgspuls("topics", "list", **where)
        assert (well.code, well.out.count("; ok")) == (0, 4)

    def test_too_few_partitions_are_said_and_not_changed(
        self, salgspuls: Salgspuls, empty_broker: Cluster
    ) -> None:
        salgspuls("topics", "ensure", kafka_bootstrap=empty_broker.bootstrap, kafka_crm_partitions=1)
        ended = salgspuls("topics", "ensure", kafka_bootstrap=empty_broker.bootstrap)
        assert ended.code == 1
        assert "salgspuls.crm: 1 partitions, delete; it has 1 partitions, 3 are wanted" in ended.out

    def test_no_broker_is_one_sentence(self, salgspuls: Salgspuls) -> None:
        ended = salgspuls("topics", "list", kafka_bootstrap=f"127.0.0.1:{free_port()}")
        assert ended.code == 1
        assert ended.err.startswith("Error: Kafka does not answer at 127.0.0.1:")
        assert len(ended.err.splitlines()) == 1


class TestMigrate:
    def test_it_brings_an_empty_database_up_and_then_has_nothing_to_do(
        self, salgspuls: Salgspuls, tmp_path: Path
    ) -> None:
        with running_clickhouse(tmp_path) as server:
            first = salgspuls("migrate", **store(server))
            assert first.code == 0
            assert f"{len(migrate.read())} migrations applied, " in first.out
            assert salgspuls("migrate", **store(server)).out == "nothing to do: the database is current\n"
            shorter = salgspuls("migrate", **store(server) | {"clickhouse_dead_letters_days": 7})
            assert "salgspuls_store.dead_letters: now kept 7 days" in shorter.out

    def test_a_wrong_password_is_one_sentence(
        self, salgspuls: Salgspuls, migrated_clickhouse: RunningClickHouse
    ) -> None:
        ended = salgspuls("migrate", **store(migrated_clickhouse) | {"clickhouse_writer_password": "guess"})
        assert ended.code == 1
        assert "AUTHENTICATION_FAILED" in ended.err
        assert "guess" not in ended.err

    def test_no_clickhouse_is_waited_for_and_then_said(self, salgspuls: Salgspuls) -> None:
        ended = salgspuls("migrate", "--wait", "0.5", clickhouse_port=free_port())
        assert ended.code == 1
        assert "waiting" in ended.err
        assert "connection refused; gave up" in ended.err.splitlines()[-1]


class TestDoctor:
    def test_of_nothing_it_says_what_to_start(self, salgspuls: Salgspuls) -> None:
        nowhere = free_port()
        ended = salgspuls(
            "doctor", kafka_bootstrap=f"127.0.0.1:{nowhere}", clickhouse_port=nowhere, worker_port=nowhere
        )
        assert ended.code == 1
        assert "ok    settings: valid\n" in ended.out
        for part in ("Kafka", "ClickHouse", "worker"):
            assert f"fail  {part}: " in ended.out
        assert ended.out.count("\n      -> ") == 3
        assert "connection refused" in ended.out

    def test_wrong_settings_are_its_first_finding(self, salgspuls: Salgspuls) -> None:
        ended = salgspuls("doctor", "--json", web_port=0)
        assert ended.code == 1
        assert list(ended.findings) == ["settings"]
        assert "SALGSPULS_WEB_PORT" in ended.findings["settings"]["message"]

    def test_of_servers_that_are_not_set_up_it_says_how_to(
        self, salgspuls: Salgspuls, empty_broker: Cluster, tmp_path: Path
    ) -> None:
        with running_clickhouse(tmp_path / "clickhouse") as server:
            findings = salgspuls("doctor", "--json", **kafka(empty_broker), **store(server)).findings
        assert findings["topic salgspuls.calls"]["remedy"] == "run `salgspuls topics ensure`"
        assert findings["migrations"]["remedy"] == "run `salgspuls migrate`"
        assert findings["Kafka"]["status"] == findings["ClickHouse"]["status"] == "ok"

    def test_of_all_that_is_well_only_the_missing_worker_fails(
        self, salgspuls: Salgspuls, tansu: Cluster, migrated_clickhouse: RunningClickHouse
    ) -> None:
        everything = kafka(tansu) | store(migrated_clickhouse) | {"worker_port": free_port()}
        salgspuls("topics", "ensure", **everything)
        add_call(migrated_clickhouse, datetime.now(UTC) - timedelta(minutes=10, seconds=2))
        findings = salgspuls("doctor", "--json", **everything).findings
        failing = {part for part, finding in findings.items() if finding["status"] == "fail"}
        assert failing - {"disk"} == {"worker"}
        for part in ("topics", "ClickHouse", "reader", "migrations", "retention", "clock", "dead letters"):
            assert findings[part]["status"] == "ok", findings[part]
        assert findings["freshness"]["message"] == "the newest event of a call was stored 10 min ago"

    def test_refused_messages_and_another_retention_are_worth_a_warning(
        self, salgspuls: Salgspuls, tansu: Cluster, migrated_clickhouse: RunningClickHouse
    ) -> None:
        everything = kafka(tansu) | store(migrated_clickhouse) | {"clickhouse_crm_days": 3}
        salgspuls("topics", "ensure", **everything)
        with connect(migrated_clickhouse.writer) as client:
            client.command(
                "INSERT INTO salgspuls_store.dead_letters SELECT 'salgspuls.calls', 0, number, 1, 'not_json', '', "
                "now64(3), 'test', now64(3) FROM numbers(12)"
            )
        findings = salgspuls("doctor", "--json", **everything).findings
        assert findings["dead letters"]["status"] == "warn"
        assert findings["dead letters"]["message"] == "in the last hour 12 not_json"
        assert findings["retention"]["message"].endswith(f"opportunity_changes {kept()['crm_days']}, not 3")
        assert findings["freshness"]["message"] == "no call in three days"

    def test_messages_that_nobody_stores_are_counted_on_either_broker(
        self, salgspuls: Salgspuls, cluster: Cluster
    ) -> None:
        settings = kafka(cluster) | {"clickhouse_port": free_port(), "worker_port": free_port()}
        salgspuls("topics", "ensure", **settings)
        group = str(settings["kafka_group"])
        asyncio.run(commit_all(cluster, group))
        assert salgspuls("doctor", "--json", **settings).findings["lag"]["message"] == "messages that wait: 0"
        long_ago = int((datetime.now(UTC) - timedelta(minutes=5, seconds=2)).timestamp() * 1000)
        asyncio.run(
            cluster.produce(
                "salgspuls.crm", [Message(b"{}", b"k", timestamp_ms=long_ago) for _ in range(250)]
            )
        )
        lag = salgspuls("doctor", "--json", **settings).findings["lag"]
        assert lag["status"] == "warn"
        assert lag["message"] == "messages that wait: 250, the oldest for 5 min"


def add_call(server: RunningClickHouse, last_event_at: datetime) -> None:
    with connect(server.writer) as client:
        client.command(
            "INSERT INTO salgspuls_store.calls (seller_id, call_started_at, call_id, version, last_event_at) "
            "VALUES ('s', {at:DateTime64(3)}, 'c', 1, {at:DateTime64(3)})",
            parameters={"at": last_event_at},
        )


async def commit_all(cluster: Cluster, group: str) -> None:
    """Say for a group that it has stored everything that other tests sent to the shared broker."""
    admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap)
    await admin.start()
    topics = await admin.describe_topics(["salgspuls.calls", "salgspuls.crm", "salgspuls.settings"])
    await admin.close()
    partitions = [
        TopicPartition(topic["topic"], number)
        for topic in topics
        for number in range(len(topic["partitions"]))
    ]
    consumer = AIOKafkaConsumer(
        bootstrap_servers=cluster.bootstrap,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    consumer.assign(partitions)
    async with consumer, asyncio.timeout(20):
        for tp in partitions:
            while (end := consumer.highwater(tp)) is None or await consumer.position(tp) < end:
                await consumer.getmany(timeout_ms=100)
        await consumer.commit({tp: await consumer.position(tp) for tp in partitions})


class TestTrackers:
    @pytest.fixture(autouse=True)
    def _impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("streams.cli.trackers._EFFECT_SECONDS", 0.2)

    def test_one_that_is_stored_is_listed(
        self, salgspuls: Salgspuls, migrated_clickhouse: RunningClickHouse
    ) -> None:
        assert "no trackers; add one" in salgspuls("trackers", "list", **store(migrated_clickhouse)).out
        add_tracker(migrated_clickhouse, revision=4)
        listed = salgspuls("trackers", "list", **store(migrated_clickhouse)).out
        assert listed == (
            "contoso: competitor 'Contoso 360', 'contoso three sixty', in en, by the customer, "
            "with word forms, without compounds\n"
        )

    async def test_a_new_one_is_sent_with_its_first_revision(
        self, salgspuls: Salgspuls, tansu: Cluster, migrated_clickhouse: RunningClickHouse
    ) -> None:
        name = tansu.name("Tilbud Ø")
        ended = await asyncio.to_thread(
            salgspuls,
            *("trackers", "add", "--name", name, "--kind", "keyword", "--alias", "offer", "--no-compounds"),
            **kafka(tansu),
            **store(migrated_clickhouse),
        )
        assert ended.code == 0
        assert f"keyword {name!r}, 'offer', in every language, by either side" in ended.out
        assert "sent, and not stored yet" in ended.out
        sent = await sent_tracker(tansu, name.lower().replace(" ", "-"))
        assert sent == TrackerChanged(
            tracker_id=sent.tracker_id, name=name, kind="keyword", aliases=("offer",), compounds=False
        )

    async def test_a_removed_one_keeps_what_it_was_under_the_next_revision(
        self, salgspuls: Salgspuls, tansu: Cluster, migrated_clickhouse: RunningClickHouse
    ) -> None:
        add_tracker(migrated_clickhouse, revision=4)
        ended = await asyncio.to_thread(
            salgspuls, "trackers", "remove", "contoso", **kafka(tansu), **store(migrated_clickhouse)
        )
        assert "contoso removed" in ended.out
        assert await sent_tracker(tansu, "contoso") == TrackerChanged(
            tracker_id="contoso",
            revision=5,
            name="Contoso 360",
            kind="competitor",
            aliases=("contoso three sixty",),
            language="en",
            side="customer",
            compounds=False,
            removed=True,
        )

    def test_one_that_is_unknown_cannot_be_removed(
        self, salgspuls: Salgspuls, tansu: Cluster, migrated_clickhouse: RunningClickHouse
    ) -> None:
        ended = salgspuls("trackers", "remove", "x", **kafka(tansu), **store(migrated_clickhouse))
        assert (ended.code, ended.err) == (
            1,
            "Error: There is no tracker 'x'; `salgspuls trackers list` shows all.\n",
        )

    def test_one_that_is_wrong_is_refused_before_anything_is_sent(
        self, salgspuls: Salgspuls, migrated_clickhouse: RunningClickHouse
    ) -> None:
        ended = salgspuls(
            *("trackers", "add", "x", "--name", "X", "--kind", "keyword", "--language", "danish, english"),
            **store(migrated_clickhouse),
        )
        assert ended.code == 1
        assert ended.err.startswith("Error: That cannot be tracked. language: ")


def add_tracker(server: RunningClickHouse, revision: int) -> None:
    with connect(server.writer) as client:
        client.insert(
            "salgspuls_store.trackers",
            [
                (
                    *("contoso", revision, "Contoso 360", "competitor", ["contoso three sixty"]),
                    *("en", "customer", True, False, None, False, NOW),
                )
            ],
        )


async def sent_tracker(cluster: Cluster, tracker_id: str) -> TrackerChanged:
    """The last tracker of this identity in the topic."""
    found: TrackerChanged | None = None
    async with AIOKafkaConsumer(
        "salgspuls.settings", bootstrap_servers=cluster.bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        deadline = time.monotonic() + 10
        while found is None and time.monotonic() < deadline:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    if record.key == f"tracker:{tracker_id}".encode():
                        event = parse(record.value or b"")
                        assert isinstance(event, TrackerChanged)
                        found = event
    assert found is not None
    return found


class TestClickHouse:
    def test_it_serves_both_users_until_it_is_stopped(self, tmp_path: Path) -> None:
        port = free_port()
        with served(tmp_path, port) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == f"ClickHouse answers at http://127.0.0.1:{port}\n"
            assert ask(port, "writer", "CREATE TABLE t (x UInt8) ORDER BY x") == ""
            assert ask(port, "writer", "SELECT count() FROM t") == "0\n"
            assert ask(port, "reader", "SELECT 1") == "1\n"
            for refused in ("SELECT count() FROM t", "INSERT INTO t VALUES (1)"):
                with pytest.raises(urllib.error.HTTPError):
                    ask(port, "reader", refused)
            second = subprocess.run(
                [sys.executable, "-m", "streams.cli", "clickhouse", "--data", str(tmp_path / "other")],
                env=environment(port),
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert second.returncode == 1
            assert f"cannot listen on 127.0.0.1 port {port}" in second.stderr
            assert "Traceback" not in second.stderr
            process.send_signal(signal.SIGTERM)
            assert process.wait(5) == 0

    def test_other_machines_are_refused(self, salgspuls: Salgspuls, tmp_path: Path) -> None:
        ended = salgspuls("clickhouse", "--data", str(tmp_path), clickhouse_host="0.0.0.0")
        assert ended.code == 1
        assert "loopback" in ended.err


@contextmanager
def served(path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "clickhouse", "--data", str(path / "data")],
        env=environment(port),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def environment(port: int) -> dict[str, str]:
    return {**os.environ, "SALGSPULS_CLICKHOUSE_PORT": str(port)}


def ask(port: int, user: str, query: str) -> Any:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/?user={user}", data=query.encode())
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read().decode()
