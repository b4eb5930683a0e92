"""Settings come from a file and the environment; what cannot be meant is refused by name, before anything starts."""

from __future__ import annotations

import ssl
from datetime import time, timedelta
from pathlib import Path
from typing import Any, cast

import faust
import pytest
from faust.transport.drivers.aiokafka import Producer, credentials_to_aiokafka_auth
from pydantic import SecretStr, ValidationError

from schemas import topics
from streams.config.settings import KafkaSettings, Settings, SettingsError, env_name, sections

TLS = Path(__file__).parents[3] / "data" / "tls"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def certificate() -> tuple[Path, Path]:
    """A certificate and its key."""
    return TLS / "client.crt", TLS / "client.key"


def load(config_file: Path | None = None, /, **env: str) -> Settings:
    return Settings.load(config_file, {f"SALGSPULS_{name.upper()}": value for name, value in env.items()})


def refusal(config_file: Path | None = None, /, **env: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(config_file, **env)
    return str(caught.value)


def written(tmp_path: Path, toml: str) -> Path:
    path = tmp_path / "salgspuls.toml"
    path.write_text(toml)
    return path


class TestSources:
    def test_without_any_all_is_local(self) -> None:
        settings = load()
        assert settings == Settings()
        assert settings.kafka.bootstrap == "127.0.0.1:9092"
        assert {settings.clickhouse.host, settings.worker.host, settings.web.host} == {"127.0.0.1"}

    def test_the_environment_names_section_and_setting(self) -> None:
        settings = load(
            kafka_bootstrap="k1:9092, k2:9092", worker_flush_seconds="0.5", reporting_office_opens="07:30"
        )
        assert settings.kafka.servers == ["k1:9092", "k2:9092"]
        assert settings.worker.flush_seconds == 0.5
        assert settings.reporting.office_opens == time(7, 30)

    def test_a_file_gives_settings_and_the_environment_goes_before_it(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, '[clickhouse]\nhost = "ch"\nport = 8443\nsecure = true\n[web]\nlanguage = "da"\n'
        )
        settings = load(path, clickhouse_host="other")
        assert settings.clickhouse.host == "other"
        assert (settings.clickhouse.port, settings.clickhouse.secure) == (8443, True)
        assert settings.web.language == "da"

    def test_the_environment_may_name_the_file(self, tmp_path: Path) -> None:
        path = written(tmp_path, "[web]\nport = 9000\n")
        assert load(config=str(path)).web.port == 9000
        assert load(written(tmp_path, "[web]\nport = 9001\n"), config="/not/read").web.port == 9001

    def test_an_empty_variable_counts_as_absent(self) -> None:
        assert load(kafka_ca="", kafka_bootstrap="") == Settings()

    def test_settings_made_by_hand_depend_on_no_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SALGSPULS_WEB_PORT", "1234")
        assert Settings().web.port == 8080

    def test_they_do_not_change(self) -> None:
        with pytest.raises(ValidationError):
            load().web.port = 1

    def test_a_child_process_gets_the_same_by_its_environment(self, certificate: tuple[Path, Path]) -> None:
        cert, key = certificate
        settings = load(
            kafka_security="SASL_SSL",
            kafka_sasl_user="worker",
            kafka_sasl_password=PASSWORD,
            kafka_cert=str(cert),
            kafka_key=str(key),
            kafka_idempotent="no",
            worker_flush_seconds="0.125",
            reporting_office_opens="07:30",
        )
        environment = settings.as_environment()
        assert Settings.load(env=environment) == settings
        assert len(environment) == 8
        assert Settings().as_environment() == {}


class TestRefusals:
    @pytest.mark.parametrize(
        ("env", "sentences"),
        [
            (
                {"kafka_security": "SASL"},
                ["SALGSPULS_KAFKA_SECURITY", "'SASL'", "'PLAINTEXT', 'SASL_SSL' or 'SSL'"],
            ),
            ({"kafka_bootstrap": "broker"}, ["SALGSPULS_KAFKA_BOOTSTRAP", "'broker'", "host:port"]),
            ({"kafka_bootstrap": "a:1,b:99999"}, ["SALGSPULS_KAFKA_BOOTSTRAP", "'b:99999'"]),
            ({"web_port": "0"}, ["SALGSPULS_WEB_PORT", "'0'", "greater than or equal to 1"]),
            ({"web_language": "sv"}, ["SALGSPULS_WEB_LANGUAGE", "'sv'", "'en' or 'da'"]),
            ({"reporting_currency": "kr."}, ["SALGSPULS_REPORTING_CURRENCY", "'kr.'"]),
            (
                {"reporting_timezone": "Europe/Kopenhagen"},
                ["SALGSPULS_REPORTING_TIMEZONE", "'Europe/Kopenhagen'", "'Europe/Copenhagen'"],
            ),
            ({"reporting_fiscal_year_start_month": "13"}, ["FISCAL_YEAR_START_MONTH", "'13'", "12"]),
            (
                {"reporting_office_opens": "18:00"},
                ["OFFICE_OPENS (18:00)", "before", "OFFICE_CLOSES (17:00)"],
            ),
            (
                {"reporting_recording_url": "javascript:alert('{recording}')"},
                ["SALGSPULS_REPORTING_RECORDING_URL", "https://calls.example.com/{recording}#t={seconds}"],
            ),
            ({"reporting_recording_url": "https://calls.example.com/"}, ["RECORDING_URL", "{recording}"]),
            ({"reporting_recording_url": "https://{recording}.example.com/"}, ["RECORDING_URL", "server"]),
            (
                {"reporting_recording_url": "https://a.example/{recording}?{call}"},
                ["RECORDING_URL", "braces"],
            ),
            (
                {"reporting_goals": "questions=28-22"},
                ["SALGSPULS_REPORTING_GOALS", "'questions=28-22'", "first"],
            ),
            ({"reporting_goals": "asks=1-2"}, ["SALGSPULS_REPORTING_GOALS", "'asks=1-2'", "talk-ratio"]),
            ({"worker_flush_seconds": "inf"}, ["SALGSPULS_WORKER_FLUSH_SECONDS", "60"]),
            ({"clickhouse_engine": "MergeTree"}, ["SALGSPULS_CLICKHOUSE_ENGINE", "'ReplacingMergeTree'"]),
            ({"clickhouse_calls_days": "30"}, ["SEGMENTS_DAYS (400)", "CALLS_DAYS (30)", "at least"]),
            ({"clickhouse_reader_user": "writer"}, ["WRITER_USER", "READER_USER", "'writer'"]),
            ({"kafka_ca": "/no/such.pem"}, ["SALGSPULS_KAFKA_CA", "/no/such.pem", "file"]),
        ],
    )
    def test_name_the_setting_the_value_and_what_is_allowed(
        self, env: dict[str, str], sentences: list[str]
    ) -> None:
        message = refusal(**env)
        assert all(sentence in message for sentence in sentences), message

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        message = refusal(web_port="x", log_level="LOUD", kafka_bootstrap="b")
        assert len(message.splitlines()) == 3

    @pytest.mark.parametrize("name", ["kafka_bootstrp", "kafak_bootstrap", "bootstrap", "kafka"])
    def test_a_name_that_is_none_is_refused(self, name: str) -> None:
        message = refusal(**{name: "x:1"})
        assert env_name(name) in message
        assert "no such setting" in message

    def test_a_misspelt_name_gets_a_hint(self, tmp_path: Path) -> None:
        assert "did you mean SALGSPULS_KAFKA_BOOTSTRAP?" in refusal(kafka_bootstrp="x:1")
        assert "did you mean SALGSPULS_WEB_PORT?" in refusal(written(tmp_path, "[web]\nprt = 1\n"))

    def test_a_file_that_is_none_is_refused(self, tmp_path: Path) -> None:
        assert "/no/such.toml: cannot read" in refusal(Path("/no/such.toml"))
        assert "not TOML" in refusal(written(tmp_path, "web.port: 80"))
        assert "[web]: must be a table" in refusal(written(tmp_path, "web = 80"))
        assert "[web]: must be a table" in refusal(written(tmp_path, "web = 80"), web_port="81")

    def test_a_secret_is_never_repeated(self, tmp_path: Path) -> None:
        path = written(tmp_path, f'[kafka]\nsasl_password = ["{PASSWORD}"]\nsecurity = "SASL_SSL"\n')
        assert PASSWORD not in refusal(path)
        assert PASSWORD not in refusal(kafka_sasl_password=PASSWORD)


class TestSecurity:
    def test_sasl_needs_user_and_password(self) -> None:
        assert "SALGSPULS_KAFKA_SASL_USER is required" in refusal(kafka_security="SASL_SSL")
        assert "SALGSPULS_KAFKA_SASL_PASSWORD is required" in refusal(
            kafka_security="SASL_SSL", kafka_sasl_user="u"
        )

    def test_options_that_would_have_no_effect_are_refused(self, certificate: tuple[Path, Path]) -> None:
        cert = str(certificate[0])
        assert "SALGSPULS_KAFKA_SASL_PASSWORD is only for SASL_SSL" in refusal(kafka_sasl_password=PASSWORD)
        assert "SALGSPULS_KAFKA_CA is only for" in refusal(kafka_ca=cert)
        assert "SALGSPULS_CLICKHOUSE_CA is only for SALGSPULS_CLICKHOUSE_SECURE=true" in refusal(
            clickhouse_ca=cert
        )

    @pytest.mark.parametrize(
        ("section", "on"), [("kafka", "kafka_security"), ("clickhouse", "clickhouse_secure")]
    )
    def test_a_certificate_and_its_key_come_together(
        self, section: str, on: str, certificate: tuple[Path, Path]
    ) -> None:
        turned_on = {on: "SSL" if section == "kafka" else "true"}
        for given, missing in (("cert", "KEY"), ("key", "CERT")):
            message = refusal(**turned_on, **{f"{section}_{given}": str(certificate[0])})
            assert f"{env_name(section)}_{missing} is required" in message

    def test_a_file_that_is_no_certificate_is_refused_when_it_is_used(
        self, tmp_path: Path, certificate: tuple[Path, Path]
    ) -> None:
        wrong = tmp_path / "wrong.pem"
        wrong.write_text("not a certificate")
        with pytest.raises(SettingsError, match=r"SALGSPULS_KAFKA_CA: no PEM certificates in .*wrong\.pem"):
            load(kafka_security="SSL", kafka_ca=str(wrong)).kafka.client_kwargs()
        pair = {"kafka_cert": str(certificate[0]), "kafka_key": str(wrong)}
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
    def test_sasl_over_tls_checks_the_brokers_certificate(
        self, mechanism: str, certificate: tuple[Path, Path]
    ) -> None:
        kwargs = sasl(mechanism, certificate).client_kwargs()
        assert kwargs["security_protocol"] == "SASL_SSL"
        assert kwargs["sasl_mechanism"] == mechanism
        assert (kwargs["sasl_plain_username"], kwargs["sasl_plain_password"]) == ("worker", PASSWORD)
        context = cast(ssl.SSLContext, kwargs["ssl_context"])
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname

    @pytest.mark.parametrize("mechanism", mechanisms())
    async def test_fausts_consumer_and_producer_get_what_aiokafka_gets(
        self, mechanism: str, certificate: tuple[Path, Path]
    ) -> None:
        assert_faust_passes_on(sasl(mechanism, certificate))

    async def test_faust_passes_mutual_tls_on(self, certificate: tuple[Path, Path]) -> None:
        cert, key = certificate
        assert_faust_passes_on(
            load(kafka_security="SSL", kafka_ca=str(cert), kafka_cert=str(cert), kafka_key=str(key)).kafka
        )

    def test_topics_are_the_contracts_with_our_partitions_and_copies(self) -> None:
        wanted = load(kafka_calls_partitions="24", kafka_replication="3").kafka.topics()
        assert [spec.name for spec in wanted] == [spec.name for spec in topics.ALL]
        assert [spec.partitions for spec in wanted] == [24, 3, 1, 1]
        assert {spec.replication for spec in wanted} == {3}
        assert wanted[0].retention == timedelta(days=7)

    def test_clickhouse_by_either_user(self, certificate: tuple[Path, Path]) -> None:
        settings = load(
            clickhouse_secure="true",
            clickhouse_port="8443",
            clickhouse_ca=str(certificate[0]),
            clickhouse_writer_password=PASSWORD,
        ).clickhouse
        writer, reader = settings.config("writer"), settings.config("reader")
        assert (writer.username, writer.password) == ("writer", PASSWORD)
        assert (reader.username, reader.password) == ("reader", "")
        assert (writer.address, writer.ca_cert) == ("https://127.0.0.1:8443", certificate[0])

    def test_migrations_get_engine_and_retention(self) -> None:
        assert load(clickhouse_segments_days="30").clickhouse.migration_variables() == {
            "engine": "ReplacingMergeTree",
            "segments_days": "30",
            "calls_days": "760",
            "crm_days": "7300",
            "aggregates_days": "1825",
            "dead_letters_days": "90",
        }


def sasl(mechanism: str, certificate: tuple[Path, Path]) -> KafkaSettings:
    return load(
        kafka_security="SASL_SSL",
        kafka_sasl_mechanism=mechanism,
        kafka_sasl_user="worker",
        kafka_sasl_password=PASSWORD,
        kafka_ca=str(certificate[0]),
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


class TestShowing:
    def test_secrets_are_redacted(self) -> None:
        settings = load(
            kafka_security="SASL_SSL",
            kafka_sasl_user="worker",
            kafka_sasl_password=PASSWORD,
            clickhouse_writer_password=PASSWORD,
        )
        shown = settings.redacted()
        assert shown["kafka"]["sasl_user"] == "worker"
        assert shown["kafka"]["sasl_password"] == "**********"
        assert shown["clickhouse"]["reader_password"] == ""
        assert PASSWORD not in f"{shown} {settings!r} {settings}"

    def test_every_setting_is_documented(self) -> None:
        missing = [
            env_name(section, name)
            for section, kind in sections().items()
            for name, field in kind.model_fields.items()
            if not field.description
        ]
        assert missing == []

    def test_whatever_is_called_password_is_secret(self) -> None:
        for kind in sections().values():
            for name, field in kind.model_fields.items():
                assert (field.annotation is SecretStr) == name.endswith("password"), name
