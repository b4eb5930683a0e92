"""What the demo decides before it starts anything."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from streams.config.kafka import KafkaSettings
from streams.config.reporting import ReportingSettings
from streams.config.settings import LogSettings, Settings, WebSettings
from streams.demo.brokers import free_port
from streams.demo.demo import DemoError, DemoOptions, analyses, demo_settings
from streams.simulator.catalogue import OWN_NAMES


@pytest.fixture
def options(tmp_path: Path) -> DemoOptions:
    return DemoOptions(data=tmp_path, port=free_port(), kafka=False, days=1, speed=1, browser=False)


def test_settings_for_production_do_not_direct_a_demo_there(options: DemoOptions) -> None:
    production = Settings(
        kafka=KafkaSettings(bootstrap="production:9092", group="production"),
        reporting=ReportingSettings(currency="EUR", timezone="Europe/Berlin", own_names="Kobberby"),
        web=WebSettings(host="0.0.0.0", language="da"),
        log=LogSettings(level="WARNING"),
    )
    settings = demo_settings(options, production)
    assert "production" not in str(settings.redacted())
    assert {settings.clickhouse.host, settings.worker.host, settings.web.host} == {"127.0.0.1"}
    assert settings.reporting.model_copy(update={"own_names": "Kobberby"}) == production.reporting
    assert settings.reporting.own_name_list == ("Kobberby", *OWN_NAMES)
    assert (settings.web.port, settings.web.language, settings.log.level) == (options.port, "da", "WARNING")


def test_only_apache_kafka_gets_an_idempotent_producer(options: DemoOptions) -> None:
    assert demo_settings(options, Settings()).kafka.idempotent is False
    assert demo_settings(replace(options, kafka=True), Settings()).kafka.idempotent is True


def test_a_taken_port_of_the_page_is_said_with_a_way_out(options: DemoOptions) -> None:
    said = rf"port {options.port} is taken .* --port \d+$"
    with socket.create_server(("127.0.0.1", options.port)), pytest.raises(DemoError, match=said) as refused:
        demo_settings(options, Settings())
    way_out = int(str(refused.value).rpartition(" ")[2])
    assert demo_settings(replace(options, port=way_out), Settings()).web.port == way_out


def test_a_taken_port_of_another_part_is_avoided(
    options: DemoOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr("streams.demo.demo.PORTS", (port, port, port))
        settings = demo_settings(options, Settings())
    assert port not in {
        int(settings.kafka.servers[0].rpartition(":")[2]),
        settings.clickhouse.port,
        settings.worker.port,
    }


def test_the_demo_says_how_the_analyses_run_and_what_compiles_them() -> None:
    assert analyses("/somewhere/analyser.cpython-311-x86_64-linux-gnu.so") == "analyses: compiled"
    assert analyses("/somewhere/analyser.py").endswith("make demo-compiled")
