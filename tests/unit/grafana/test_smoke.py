"""The smoke test from outside: what it asks, and what it says of answers. The server answers as a real Grafana did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from grafana.alerts.rules import Office, rules
from grafana.dashboards import FOLDER
from grafana.publish import connect
from grafana.smoke import Check, smoke
from streams.cli.grafana import command
from streams.cli.session import Session
from tests.unit.grafana.test_publish import serving

HOME = json.loads((FOLDER / "salgspuls-home.json").read_text(encoding="utf-8"))
BARE = {"panels": [], "templating": {"list": []}, "annotations": {"list": []}}
UIDS = sorted(path.stem for path in FOLDER.glob("*.json"))


class Running(ThreadingHTTPServer):
    """A Grafana with one whole dashboard and bare other ones; everything works until a test breaks something."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.queries: list[dict[str, Any]] = []
        self.broken_panel = ""
        self.broken_rule = ""
        self.late_rule = ""
        self.home: Any = HOME
        self.uids = UIDS
        self.points: list[dict[str, Any]] = [
            {"name": name, "settings": {}} for name in ("email", "webhook", "teams", "none")
        ]
        self.health = {"database": "ok", "version": "13.2.2"}
        self.source = {"status": "OK", "message": "Data source is working"}
        self.titles = [rule.title.en for rule in rules(Office())]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Running
    wbufsize = -1  # an answer in one piece

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].removeprefix("/api")
        if path == "/health":
            self._answer(self.server.health)
        elif path.startswith("/datasources/uid/"):
            self._answer(self.server.source)
        elif path == "/search":
            self._answer([{"uid": uid, "title": uid} for uid in self.server.uids])
        elif path == "/dashboards/uid/salgspuls-home":
            self._answer({"dashboard": self.server.home})
        elif path.startswith("/dashboards/uid/"):
            self._answer({"dashboard": {**HOME, **BARE}})
        elif path == "/v1/provisioning/contact-points":
            self._answer(self.server.points)
        else:
            self._answer(
                {"data": {"groups": [{"rules": [self._rule(title) for title in self.server.titles]}]}}
            )

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.queries.append(sent)
        [query] = sent["queries"]
        if self.server.broken_panel and self.server.broken_panel in query["rawSql"]:
            self._answer({"results": {"A": {"error": "code: 60, Unknown table", "frames": []}}})
        else:
            self._answer({"results": {"A": {"frames": [{"data": {"values": [[1, 2]]}}]}}})

    def _rule(self, title: str) -> dict[str, Any]:
        failed = title == self.server.broken_rule
        return {
            "name": title,
            "state": "inactive",
            "health": "error" if failed else "ok",
            "lastError": "unknown column" if failed else "",
            "lastEvaluation": "0001-01-01T00:00:00Z"
            if title == self.server.late_rule
            else "2026-11-24T10:00:00Z",
            "alerts": [{"state": "Normal"}, {"state": "Normal"}],
        }

    def _answer(self, body: Any) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *_arguments: Any) -> None:
        pass


@pytest.fixture
def grafana() -> Iterator[Running]:
    server = Running()
    with serving(server):
        yield server


def failed(grafana: Running) -> list[Check]:
    return [check for check in smoke(connect(grafana.address, "token")) if not check.ok]


def test_everything_is_asked_in_every_range_with_its_variables_filled_in(grafana: Running) -> None:
    checks = list(smoke(connect(grafana.address, "token")))
    assert [check for check in checks if not check.ok] == []
    panels = [panel for panel in HOME["panels"] if panel.get("targets")]
    ranges = HOME["timepicker"]["quick_ranges"]
    variables = [one for one in HOME["templating"]["list"] if one["type"] == "query"]
    annotations = [one for one in HOME["annotations"]["list"] if one.get("target")]
    assert len(variables) == len(annotations) == 3
    assert len(grafana.queries) == (len(panels) + len(variables) + len(annotations)) * len(ranges)
    for sent in grafana.queries:
        [query] = sent["queries"]
        assert "${" not in query["rawSql"]
        assert query["datasource"]["uid"] == "clickhouse"
        assert int(sent["from"]) < int(sent["to"])
    assert len({sent["from"] for sent in grafana.queries}) == len(ranges)


def test_every_rule_is_looked_at(grafana: Running) -> None:
    names = {check.name: check for check in smoke(connect(grafana.address, "token"))}
    for rule in rules(Office()):
        assert names[f"alert rule {rule.uid}"].detail == "inactive (2 Normal)"


def test_a_panel_whose_query_fails_is_named_with_the_database_s_words(grafana: Running) -> None:
    grafana.broken_panel = "salgspuls.recording_kpis"
    broken = failed(grafana)
    assert broken
    assert {check.detail for check in broken} == {"code: 60, Unknown table"}
    assert any("Recorded calls" in check.name and "Last 24 hours" in check.name for check in broken)


def test_a_rule_whose_turn_has_not_come_is_no_failure(grafana: Running) -> None:
    grafana.late_rule = grafana.titles[-1]
    checks = {check.name: check for check in smoke(connect(grafana.address, "token"))}
    assert checks["alert rule salgspuls-deal-at-risk"].ok
    assert "not evaluated yet" in checks["alert rule salgspuls-deal-at-risk"].detail


def test_a_link_to_a_page_that_is_not_there_is_named(grafana: Running) -> None:
    grafana.uids = [uid for uid in UIDS if uid != "salgspuls-deals"]
    [check] = failed(grafana)
    assert str(check) == "FAIL  salgspuls-home, links: links lead to salgspuls-deals, which is not there"


def test_a_contact_point_that_is_missing_or_mails_to_a_stranger_is_named(grafana: Running) -> None:
    grafana.points.pop()
    assert [check.detail for check in failed(grafana)] == ["there is no contact point none"]
    grafana.points += [
        {"name": "none", "settings": {}},
        {"name": "grafana-default-email", "settings": {"addresses": "<example@email.com>"}},
    ]
    [check] = failed(grafana)
    assert check.detail.startswith("grafana-default-email still mails to example@email.com")


def test_a_panel_of_which_the_browser_would_draw_nothing_is_named(grafana: Running) -> None:
    board = json.loads(json.dumps(HOME))
    for panel in board["panels"]:
        if panel["type"] == "xychart":
            del panel["options"]["series"][0]["frame"]
        if panel["type"] == "trend":
            panel["fieldConfig"]["defaults"]["min"] = 0
        if panel["type"] == "barchart":
            panel["options"]["xTickLabelMaxLength"] = 0
    grafana.home = board
    named = {check.detail for check in failed(grafana)}
    assert named == {
        "a series without a frame is not drawn",
        "a minimum by default also begins the axis of days, at 1970",
        "labels of length 0 are written as ...",
    }


def test_a_rule_that_fails_or_is_missing_is_named(grafana: Running) -> None:
    grafana.broken_rule = grafana.titles[0]
    grafana.titles.pop()
    assert [str(check) for check in failed(grafana)] == [
        "FAIL  alert rule salgspuls-negative-spike: unknown column",
        "FAIL  alert rule salgspuls-deal-at-risk: Grafana has no such rule",
    ]


def test_a_data_source_that_does_not_work_is_named(grafana: Running) -> None:
    grafana.source = {"status": "ERROR", "message": "failed to create ClickHouse client"}
    assert [check.name for check in failed(grafana)] == ["data source clickhouse", "data source prometheus"]


def test_a_grafana_that_is_ill_or_away_is_asked_nothing_more(grafana: Running) -> None:
    grafana.health = {"database": "failing", "version": "13.2.2"}
    [check] = smoke(connect(grafana.address, "token"))
    assert str(check) == "FAIL  health: Grafana's own database is 'failing'"
    [check] = smoke(connect("http://127.0.0.1:9", "token"))
    assert not check.ok


def test_the_command_prints_a_line_each_and_its_exit_code_tells(
    grafana: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAFANA_TOKEN", "token")
    ask = ["smoke", "--url", grafana.address]
    done = CliRunner().invoke(command, ask, obj=Session())
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[-1] == f"{len(lines) - 1} checks, 0 failed"
    assert all(line.startswith("ok    ") for line in lines[:-1])
    grafana.broken_rule = grafana.titles[0]
    done = CliRunner().invoke(command, [*ask, "--failed"], obj=Session())
    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 2
