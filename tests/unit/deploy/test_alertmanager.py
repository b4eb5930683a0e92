"""Alertmanager starts with a channel that is complete and tells by it, or says what is missing and does not start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.demo.brokers import free_port

ROOT = Path(__file__).resolve().parents[3]
START = ROOT / "deploy" / "alertmanager" / "start.sh"
MAIL = {
    "SALGSPULS_ALERT_CHANNEL": "email",
    "SALGSPULS_ALERT_EMAILS": "a@sales.example;o'neil@sales.example",
    "GF_SMTP_ENABLED": "true",
    "GF_SMTP_HOST": "mail.example:587",
    "GF_SMTP_USER": "salgspuls",
    "GF_SMTP_PASSWORD": 'it\'s: "secret" #1',
    "GF_SMTP_FROM_ADDRESS": "salgspuls@sales.example",
}
WEBHOOK = {"SALGSPULS_ALERT_CHANNEL": "webhook", "SALGSPULS_ALERT_WEBHOOK_URL": "http://localhost:1/a?b='c'"}
TEAMS = {"SALGSPULS_ALERT_CHANNEL": "teams", "SALGSPULS_ALERT_TEAMS_URL": "https://teams.example/hook"}
NONE = {"SALGSPULS_ALERT_CHANNEL": "none"}


def start(given: dict[str, str], config: Path, program: str = "true") -> subprocess.CompletedProcess[str]:
    """What the script says, and, in `config`, what it wrote; with `true` in the place of Alertmanager."""
    return subprocess.run(
        ["sh", str(START)],
        env={
            "PATH": os.environ["PATH"],
            "ALERTMANAGER": program,
            "ALERTMANAGER_CONFIG": str(config),
            **given,
        },
        capture_output=True,
        text=True,
    )


def written(given: dict[str, str], tmp_path: Path) -> dict[str, Any]:
    done = start(given, tmp_path / "alertmanager.yml")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = yaml.safe_load((tmp_path / "alertmanager.yml").read_text())
    assert found["route"]["receiver"] == found["receivers"][0]["name"] == given["SALGSPULS_ALERT_CHANNEL"]
    assert len(found["receivers"]) == 1
    receiver: dict[str, Any] = found["receivers"][0]
    return receiver


def test_each_channel_is_what_was_given_whatever_stands_in_it(tmp_path: Path) -> None:
    [mail] = written(MAIL, tmp_path)["email_configs"]
    assert mail["to"] == "a@sales.example,o'neil@sales.example"
    assert (mail["auth_password"], mail["smarthost"]) == (MAIL["GF_SMTP_PASSWORD"], "mail.example:587")
    [webhook] = written(WEBHOOK, tmp_path)["webhook_configs"]
    assert webhook == {"url": "http://localhost:1/a?b='c'", "send_resolved": True}
    [teams] = written(TEAMS, tmp_path)["msteamsv2_configs"]
    assert teams == {"webhook_url": "https://teams.example/hook", "send_resolved": True}
    assert written(NONE, tmp_path) == {"name": "none"}


def test_the_configuration_with_its_passwords_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    written(MAIL, tmp_path)
    assert (tmp_path / "alertmanager.yml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "SALGSPULS_ALERT_CHANNEL is '', not email, webhook, teams or none"),
        ({"SALGSPULS_ALERT_CHANNEL": "pigeon"}, "is 'pigeon'"),
        (MAIL | {"GF_SMTP_ENABLED": "false"}, "GF_SMTP_ENABLED is not true"),
        (MAIL | {"GF_SMTP_HOST": ""}, "GF_SMTP_HOST names no mail server"),
        (MAIL | {"SALGSPULS_ALERT_EMAILS": "sales"}, "SALGSPULS_ALERT_EMAILS holds no address"),
        (WEBHOOK | {"SALGSPULS_ALERT_WEBHOOK_URL": ""}, "SALGSPULS_ALERT_WEBHOOK_URL is no address"),
        (
            TEAMS | {"SALGSPULS_ALERT_TEAMS_URL": "http://teams.example"},
            "SALGSPULS_ALERT_TEAMS_URL is no https",
        ),
    ],
)
def test_a_channel_that_is_not_complete_is_said_and_nothing_starts(
    given: dict[str, str], missing: str, tmp_path: Path
) -> None:
    done = start(given, tmp_path / "alertmanager.yml")
    assert done.returncode == 1
    assert done.stderr.startswith("alerts reach nobody: ")
    assert missing in done.stderr
    assert not (tmp_path / "alertmanager.yml").exists()


def test_that_nobody_is_told_is_said(tmp_path: Path) -> None:
    assert "reach nobody" in start(NONE, tmp_path / "alertmanager.yml").stderr


@pytest.mark.amtool
@pytest.mark.parametrize("given", [MAIL, WEBHOOK, NONE], ids=lambda given: given["SALGSPULS_ALERT_CHANNEL"])
def test_alertmanager_takes_the_configuration(given: dict[str, str], tmp_path: Path) -> None:
    """Debian's Alertmanager is too old to know Teams as it is today."""
    written(given, tmp_path)
    done = subprocess.run(
        ["amtool", "check-config", str(tmp_path / "alertmanager.yml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def sink() -> Iterator[tuple[str, list[dict[str, Any]], threading.Event]]:
    """An address that takes messages, those that came, and a signal that one has."""
    came: list[dict[str, Any]] = []
    signal = threading.Event()

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            signal.set()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/alerts", came, signal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.amtool
def test_an_alert_of_prometheus_is_told_by_webhook(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with sink() as (url, came, signal):
        process = subprocess.Popen(
            [
                *("sh", str(START)),
                f"--storage.path={tmp_path / 'data'}",
                "--cluster.listen-address=",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            env={
                "PATH": os.environ["PATH"],
                "ALERTMANAGER": "prometheus-alertmanager",
                "ALERTMANAGER_CONFIG": str(tmp_path / "alertmanager.yml"),
                **WEBHOOK,
                "SALGSPULS_ALERT_WEBHOOK_URL": url,
            },
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                signal.wait(0.05)
            add = ["amtool", f"--alertmanager.url={address}", "alert", "add", "SalgspulsNoWorker"]
            subprocess.run([*add, "severity=critical"], check=True, capture_output=True)
            assert signal.wait(30)
        finally:
            process.terminate()
            process.wait(10)
    assert came[0]["receiver"] == "webhook"
    assert came[0]["alerts"][0]["labels"] == {"alertname": "SalgspulsNoWorker", "severity": "critical"}
