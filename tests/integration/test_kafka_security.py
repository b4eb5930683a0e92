"""Each way of security against a real Kafka: our producer sends through it, Faust consumes through it."""

from __future__ import annotations

import asyncio
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from streams.config.kafka import KafkaSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.apache_kafka import Installation
from streams.demo.brokers.process import BrokerProcess
from streams.kafka.producer import EventProducer, KafkaUnreachable
from streams.kafka.topics import ensure_topics, unreachable
from tests.support.chunk_app import chunk_app, running, until

pytestmark = pytest.mark.kafka

TLS = Path(__file__).parents[1] / "data" / "tls"
USER, PASSWORD = "worker", "correct-horse"

PROPERTIES = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{plain},SASL_SSL://127.0.0.1:{sasl},SSL://127.0.0.1:{mtls},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
log.dirs={folder}/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
ssl.keystore.type=PEM
ssl.keystore.location={tls}/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location={tls}/ca.crt
listener.name.ssl.ssl.client.auth=required
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.sasl_ssl.plain.sasl.jaas.config={plain_module} required user_{user}="{password}";
listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config={scram_module} required;
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={scram_module} required;
"""


@dataclass(frozen=True)
class SecureKafka:
    """A broker that asks who one is."""

    sasl: int
    mtls: int

    def by_password(self, mechanism: str, password: str = PASSWORD) -> KafkaSettings:
        return KafkaSettings.model_validate(
            {
                "bootstrap": f"127.0.0.1:{self.sasl}",
                "security": "SASL_SSL",
                "sasl_mechanism": mechanism,
                "sasl_user": USER,
                "sasl_password": SecretStr(password),
                "ca": TLS / "ca.crt",
            }
        )

    def by_certificate(self, name: str = "client") -> KafkaSettings:
        return KafkaSettings(
            bootstrap=f"127.0.0.1:{self.mtls}",
            security="SSL",
            ca=TLS / "ca.crt",
            cert=TLS / f"{name}.crt",
            key=TLS / f"{name}.key",
        )

    def by(self, way: str) -> KafkaSettings:
        return self.by_certificate() if way == "mTLS" else self.by_password(way)


@pytest.fixture(scope="module")
def secure_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureKafka]:
    folder = tmp_path_factory.mktemp("secure-kafka")
    plain, sasl, mtls, controller = (free_port() for _ in range(4))
    properties = folder / "server.properties"
    properties.write_text(
        PROPERTIES.format(
            plain=plain,
            sasl=sasl,
            mtls=mtls,
            controller=controller,
            folder=folder,
            tls=TLS,
            user=USER,
            password=PASSWORD,
            plain_module="org.apache.kafka.common.security.plain.PlainLoginModule",
            scram_module="org.apache.kafka.common.security.scram.ScramLoginModule",
        )
    )
    kafka = Installation.prepare()
    users = [
        f"--add-scram={mechanism}=[name={USER},password={PASSWORD}]"
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")
    ]
    cluster_id = "c2VjdXJlLWthZmthLXRlcw"
    subprocess.run(
        kafka.java("kafka.tools.StorageTool", "format", "-t", cluster_id, "-c", str(properties), *users),
        check=True,
        capture_output=True,
    )
    process = BrokerProcess("Apache Kafka", plain, folder / "kafka.log")
    process.start(kafka.java("kafka.Kafka", str(properties)), timeout=60)
    yield SecureKafka(sasl, mtls)
    process.stop()


@pytest.mark.parametrize("way", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "mTLS"])
async def test_what_is_sent_is_consumed(way: str, secure_kafka: SecureKafka, tmp_path: Path) -> None:
    kafka = secure_kafka.by(way)
    reports = await ensure_topics(kafka.client_kwargs(), kafka.topics())
    assert not [problem for report in reports for problem in report.problems]
    group = f"group-{uuid.uuid4().hex}"
    received: list[bytes] = []
    app = chunk_app(group, kafka.bootstrap, tmp_path, broker_credentials=kafka.faust_credentials())

    @app.agent(app.topic("salgspuls.crm"))
    async def collect(stream: Any) -> None:
        async for event in stream.noack().events():
            received.extend(record.key for record in event.value)
            event.ack()

    keys = {f"{way}-{number}".encode() for number in range(20)}
    async with EventProducer(kafka) as producer:
        for key in keys:
            await producer.send_message("salgspuls.crm", key, b"{}")
    assert producer.confirmed == 20
    async with running(app):
        await until(lambda: keys <= set(received), f"messages consumed by {way}")


async def test_a_wrong_password_is_refused(secure_kafka: SecureKafka) -> None:
    for mechanism in ("PLAIN", "SCRAM-SHA-512"):
        kafka = secure_kafka.by_password(mechanism, "guess")
        reason = await unreachable(kafka.client_kwargs())
        assert reason is not None
        assert "uthentication" in reason
        assert "guess" not in reason
        with pytest.raises(KafkaUnreachable):
            async with asyncio.timeout(20), EventProducer(kafka):
                pass


async def test_a_client_that_nobody_vouches_for_is_refused(secure_kafka: SecureKafka) -> None:
    assert await unreachable(secure_kafka.by_certificate("stranger").client_kwargs()) is not None


async def test_a_broker_that_nobody_vouches_for_is_not_spoken_to(secure_kafka: SecureKafka) -> None:
    kafka = secure_kafka.by_password("PLAIN").model_copy(update={"ca": TLS / "stranger.crt"})
    reason = await unreachable(kafka.client_kwargs())
    assert reason is not None
    assert "certificate" in reason.lower()
