"""Settings come from a file and the environment; what cannot be meant is refused by name, before anything starts."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from streams.config.section import env_name
from streams.config.settings import Settings, sections
from tests.support.configuration import CERTIFICATE, KEY, PASSWORD, load, refusal, written


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

    def test_a_child_process_gets_the_same_by_its_environment(self) -> None:
        settings = load(
            kafka_security="SASL_SSL",
            kafka_sasl_user="worker",
            kafka_sasl_password=PASSWORD,
            kafka_cert=str(CERTIFICATE),
            kafka_key=str(KEY),
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
