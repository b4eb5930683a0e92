"""The brokers that Salgspuls runs by itself: they start, stop, end with their parent, and say what is missing."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streams.demo.brokers import HOST, Broker, BrokerError, free_port, port_taken
from streams.demo.brokers.apache_kafka import ApacheKafkaBroker
from streams.demo.brokers.tansu import TansuBroker
from tests.support.brokers import Cluster
from tests.support.chunk_app import until

KINDS: list[Callable[[Path, int], Broker]] = [TansuBroker, ApacheKafkaBroker]


@pytest.fixture(params=KINDS, ids=["tansu", "apache_kafka"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    broker: Broker = request.param(tmp_path, free_port())
    yield broker
    broker.stop()


async def test_it_answers_when_start_returns_and_is_gone_when_stop_returns(broker: Broker) -> None:
    assert broker.pid is None
    broker.start()
    pid = broker.pid
    assert pid is not None
    broker.start()
    assert broker.pid == pid, "starting twice is starting once"
    cluster = Cluster(broker)
    topic = await cluster.create_topic()
    await cluster.produce(topic, [b"hello"])
    assert [record.value for record in await cluster.consume(topic, 1)] == [b"hello"]

    broker.stop()
    assert broker.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    broker.stop()


def test_it_starts_again_at_the_same_address_after_a_crash(broker: Broker) -> None:
    broker.start()
    bootstrap = broker.bootstrap
    broker.kill()
    assert broker.pid is None
    broker.start()
    assert broker.bootstrap == bootstrap
    assert broker.pid is not None


def test_a_taken_port_is_named_and_left_alone(broker: Broker) -> None:
    host, port = broker.bootstrap.split(":")
    with socket.create_server((host, int(port))):
        with pytest.raises(BrokerError, match=f"port {port} on 127.0.0.1 is taken by another program"):
            broker.start()
        assert broker.pid is None


@pytest.mark.kafka
async def test_apache_kafka_keeps_its_data_through_a_crash(tmp_path: Path) -> None:
    broker = ApacheKafkaBroker(tmp_path, free_port())
    try:
        broker.start()
        cluster = Cluster(broker)
        topic = await cluster.create_topic()
        await cluster.produce(topic, [b"kept"])
        broker.kill()
        broker.start()
        assert [record.value for record in await cluster.consume(topic, 1)] == [b"kept"]
    finally:
        broker.stop()


PARENT = """
import sys, time, pathlib
from streams.demo.brokers.{module} import {kind}
broker = {kind}(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
broker.start()
print(broker.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("module", "kind"), [("tansu", "TansuBroker"), ("apache_kafka", "ApacheKafkaBroker")]
)
def test_it_ends_when_its_parent_is_killed(module: str, kind: str, tmp_path: Path) -> None:
    port = free_port()
    code = PARENT.format(module=module, kind=kind)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), str(port)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        assert port_taken(port)
        parent.send_signal(signal.SIGKILL)
    asyncio.run(until(lambda: not port_taken(port), "the broker ends", within=30))


def test_ports_are_below_those_of_outgoing_connections() -> None:
    """Else a client that reconnects can be given the port of the broker that it looks for."""
    for _ in range(50):
        port = free_port()
        assert 20_000 <= port < 32_000
        with socket.create_server((HOST, port)):
            assert port_taken(port)


@pytest.mark.parametrize("missing", ["java", pytest.param("mvn", marks=pytest.mark.kafka)])
def test_apache_kafka_says_what_is_missing(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    if missing == "mvn":
        java = subprocess.run(["which", "java"], capture_output=True, text=True, check=True).stdout.strip()
        (tools / "java").symlink_to(java)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    broker = ApacheKafkaBroker(tmp_path, free_port())
    with pytest.raises(
        BrokerError, match=f"no `{missing}`.*install a JRE 17.* and Maven, or leave out --kafka"
    ):
        broker.start()


def test_apache_kafka_refuses_a_java_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(BrokerError, match=r"needs Java 17 or newer.*11\.0\.2"):
        ApacheKafkaBroker(tmp_path, free_port()).start()


@pytest.mark.kafka
def test_a_broker_that_dies_while_starting_says_why(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "meta.properties").write_text("version=1\nnode.id=7\n")
    with pytest.raises(
        BrokerError, match=r"(?s)Apache Kafka ended while starting.*cluster\.id was not found"
    ):
        ApacheKafkaBroker(tmp_path, free_port()).start()
