"""A running demo is found by other commands; one that was killed is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from streams.cli.session import Session
from streams.config.kafka import KafkaSettings
from streams.config.settings import Settings
from streams.demo import registry

DEMO = Settings(kafka=KafkaSettings(bootstrap="127.0.0.1:19092", idempotent=False))


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "user_state_path", lambda _name: tmp_path)
    for name in ("SALGSPULS_CONFIG", "SALGSPULS_KAFKA_BOOTSTRAP"):
        monkeypatch.delenv(name, raising=False)


def test_it_is_found_while_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert registry.running() is None
    with registry.registered(DEMO):
        assert registry.running() == DEMO
        assert Session().settings.kafka == DEMO.kafka
        assert "using the demo that runs on this machine" in capsys.readouterr().err
        assert Session().own_settings.kafka == KafkaSettings()
    assert registry.running() is None


def test_who_has_servers_of_his_own_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALGSPULS_KAFKA_BOOTSTRAP", "kafka.example:9092")
    with registry.registered(DEMO):
        assert Session().settings.kafka.bootstrap == "kafka.example:9092"


@pytest.mark.parametrize("damage", [{"started": 1.0}, {"pid": 2**22 + 1}, None])
def test_one_that_was_killed_or_is_unreadable_is_none(damage: dict[str, float] | None) -> None:
    with registry.registered(DEMO):
        (path,) = registry.folder().glob("*.json")
        path.write_text("no JSON" if damage is None else json.dumps(json.loads(path.read_text()) | damage))
        assert registry.running() is None
