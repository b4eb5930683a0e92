"""Security of the connection to Kafka, and what its clients, Faust's among them, are given."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import faust
import pytest
from faust.transport.drivers.aiokafka import (
    Consumer,
    Producer,
    Transport,
    credentials_to_aiokafka_auth,
)

from schemas import topics
from streams.config.kafka import KafkaSettings
from streams.config.section import SettingsError, env_name
from tests.support.configuration import CERTIFICATE, KEY, PASSWORD, TLS, load, refusal


class TestSecurity:
    def test_sasl_needs_user_and_password(self) -> None:
        assert "SALGSPULS_KAFKA_SASL_USER is required" in refusal(kafka_security="SASL_SSL")
        assert "SALGSPULS_KAFKA_SASL_PASSWORD is required" in refusal(
            kafka_security="SASL_SSL", kafka_sasl_user="u"
        )

    def test_options_that_would_have_no_effect_are_refused(self) -> None:
        assert "SALGSPULS_KAFKA_SASL_PASSWORD is only for SASL_SSL" in refusal(kafka_sasl_password=PASSWORD)
        assert "SALGSPULS_KAFKA_CA is only for" in refusal(kafka_ca=str(CERTIFICATE))
        assert "SALGSPULS_CLICKHOUSE_CA is only for SALGSPULS_CLICKHOUSE_SECURE=true" in refusal(
            clickhouse_ca=str(CERTIFICATE)
        )

    @pytest.mark.parametrize(
        ("section", "on"), [("kafka", "kafka_security"), ("clickhouse", "clickhouse_secure")]
    )
    def test_a_certificate_and_its_key_come_together(self, section: str, on: str) -> None:
        turned_on = {on: "SSL" if section == "kafka" else "true"}
        for given, missing in (("cert", "KEY"), ("key", "CERT")):
            message = refusal(**turned_on, **{f"{section}_{given}": str(CERTIFICATE)})
            assert f"{env_name(section)}_{missing} is required" in message

    def test_a_file_that_is_no_certificate_is_refused_when_it_is_used(self, tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.pem"
        wrong.write_text("not a certificate")
        with pytest.raises(SettingsError, match=r"SALGSPULS_KAFKA_CA: no PEM certificates in .*wrong\.pem"):
            load(kafka_security="SSL", kafka_ca=str(wrong)).kafka.client_kwargs()
        pair = {"kafka_cert": str(CERTIFICATE), "kafka_key": str(wrong)}
        with pytest.raises(SettingsError, match=r"SALGSPULS_KAFKA_KEY: .*wrong\.pem are not"):
            load(kafka_security="SSL", **pair).kafka.client_kwargs()

    def test_an_encrypted_key_is_refused_rather_than_asked_for(self) -> None:
        settings = load(
            kafka_security="SSL",
            kafka_cert=str(TLS / "client.crt"),
            kafka_key=str(TLS / "client-locked.key"),
        )
        with pytest.raises(SettingsError, match="unencrypted key"):
            settings.kafka.ssl_context()


def mechanisms() -> list[str]:
    return ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class TestClients:
    def test_plaintext(self) -> None:
        assert load().kafka.client_kwargs() == {
            "bootstrap_servers": ["127.0.0.1:9092"],
            "client_id": "salgspuls",
            "security_protocol": "PLAINTEXT",
            "ssl_context": None,
        }
        assert load().kafka.faust_credentials() is None

    @pytest.mark.parametrize("mechanism", mechanisms())
    def test_sasl_over_tls_checks_the_brokers_certificate(self, mechanism: str) -> None:
        kwargs = sasl(mechanism).client_kwargs()
        assert kwargs["security_protocol"] == "SASL_SSL"
        assert kwargs["sasl_mechanism"] == mechanism
        assert (kwargs["sasl_plain_username"], kwargs["sasl_plain_password"]) == ("worker", PASSWORD)
        context = cast(ssl.SSLContext, kwargs["ssl_context"])
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname

    @pytest.mark.parametrize("mechanism", mechanisms())
    async def test_fausts_consumer_and_producer_get_what_aiokafka_gets(self, mechanism: str) -> None:
        assert_faust_passes_on(sasl(mechanism))

    async def test_faust_passes_mutual_tls_on(self) -> None:
        assert_faust_passes_on(
            load(
                kafka_security="SSL",
                kafka_ca=str(CERTIFICATE),
                kafka_cert=str(CERTIFICATE),
                kafka_key=str(KEY),
            ).kafka
        )

    @pytest.mark.parametrize("seconds", ["3", "30", "90.5", "300"])
    async def test_faust_makes_a_consumer_whatever_session_timeout_is_allowed(self, seconds: str) -> None:
        kafka = load(kafka_session_timeout_seconds=seconds).kafka
        app = faust.App("test", broker=kafka.faust_broker(), **kafka.faust_timeouts())
        transport = cast(Transport, app.transport)
        thread = cast(Consumer, app.consumer)._thread
        made = thread._create_worker_consumer(transport)
        assert made._session_timeout_ms == float(seconds) * 1000
        await made.stop()
        thread.thread_loop.close()

    def test_topics_are_the_contracts_with_our_partitions_and_copies(self) -> None:
        wanted = load(kafka_calls_partitions="24", kafka_replication="3").kafka.topics()
        assert [spec.name for spec in wanted] == [spec.name for spec in topics.ALL]
        assert [spec.partitions for spec in wanted] == [24, 3, 1, 1]
        assert {spec.replication for spec in wanted} == {3}
        assert wanted[0].retention == timedelta(days=7)


def sasl(mechanism: str) -> KafkaSettings:
    return load(
        kafka_security="SASL_SSL",
        kafka_sasl_mechanism=mechanism,
        kafka_sasl_user="worker",
        kafka_sasl_password=PASSWORD,
        kafka_ca=str(CERTIFICATE),
    ).kafka


def assert_faust_passes_on(kafka: KafkaSettings) -> None:
    """Faust's own translation, and what its producer makes of it, equal what aiokafka would get from us."""
    app = faust.App("test", broker=kafka.faust_broker(), broker_credentials=kafka.faust_credentials())
    passed: dict[str, Any] = dict(
        credentials_to_aiokafka_auth(app.conf.broker_credentials, app.conf.ssl_context)
    )
    producer = app.transport.create_producer()
    assert isinstance(producer, Producer)
    wanted = {
        name: value
        for name, value in kafka.client_kwargs().items()
        if name.startswith(("security_", "sasl_"))
    }
    for given in (passed, producer._settings_auth()):
        assert isinstance(given["ssl_context"], ssl.SSLContext)
        assert {name: value for name, value in given.items() if name != "ssl_context"} == wanted
