"""Pushing dashboards: what is sent, and what people read when it goes wrong.

Against a real HTTP server on loopback that answers as a running Grafana was seen to answer.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from grafana import dashboards
from grafana.publish import GrafanaError, committed, connect, push
from grafana.render.clickhouse_query import DATA_SOURCE
from streams.cli.grafana import command
from streams.cli.session import Session

TOKEN = "glsa_right"
DASHBOARDS = [{"uid": "salgspuls-home", "title": "Home", "panels": []}]


class SmallGrafana(ThreadingHTTPServer):
    """Keeps dashboards and folders in memory; `provisioned` uids may not be replaced."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.data_sources: list[dict[str, Any]] = [{"type": DATA_SOURCE, "uid": "ch", "name": "ClickHouse"}]
        self.folders: dict[str, str] = {}
        self.saved: dict[str, list[dict[str, Any]]] = {}
        self.annotations: list[dict[str, Any]] = []
        self.provisioned: set[str] = set()
        self.role = "Admin"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: SmallGrafana
    wbufsize = -1  # an answer in one piece

    def do_GET(self) -> None:
        folder = self.path.removeprefix("/grafana").removeprefix("/api/folders/")
        if not self._knows_caller():
            self._answer(401, {"message": "Invalid API key"})
        elif self.path.endswith("/api/datasources"):
            self._answer(200, self.server.data_sources)
        elif folder in self.server.folders:
            self._answer(200, {"uid": folder})
        else:
            self._answer(404, {"message": "folder not found"})

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.removeprefix("/grafana")
        if not self._knows_caller():
            self._answer(401, {"message": "Invalid API key"})
        elif self.server.role != "Admin":
            self._answer(403, {"message": "You'll need additional permissions to perform this action."})
        elif path == "/api/folders":
            self.server.folders[sent["uid"]] = sent["title"]
            self._answer(200, sent)
        elif path == "/api/annotations":
            self.server.annotations.append(sent)
            self._answer(200, {"id": 1})
        elif sent["dashboard"]["uid"] in self.server.provisioned:
            self._answer(400, {"message": "Cannot save provisioned dashboard"})
        else:
            versions = self.server.saved.setdefault(sent["dashboard"]["uid"], [])
            versions.append(sent)
            self._answer(200, {"status": "success", "version": len(versions)})

    def _knows_caller(self) -> bool:
        basic = base64.b64encode(b"admin:secret").decode()
        return self.headers.get("Authorization") in (f"Bearer {TOKEN}", f"Basic {basic}")

    def _answer(self, status: int, body: Any) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *_arguments: Any) -> None:
        pass


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def grafana() -> Iterator[SmallGrafana]:
    server = SmallGrafana()
    with serving(server):
        yield server


def test_dashboards_are_created_in_their_folder_and_the_moment_is_marked(grafana: SmallGrafana) -> None:
    lines = list(push(connect(grafana.address, TOKEN), DASHBOARDS, "1.2.3"))
    assert lines == [
        "data source: ClickHouse",
        "folder Salgspuls: created",
        "dashboard salgspuls-home: version 1",
        "annotation: published",
    ]
    [sent] = grafana.saved["salgspuls-home"]
    assert sent["folderUid"] == "salgspuls"
    assert sent["dashboard"] == {**DASHBOARDS[0], "id": None}
    assert grafana.annotations[0]["tags"] == ["salgspuls", "published"]
    assert "1.2.3" in grafana.annotations[0]["text"]


def test_pushing_again_replaces_what_is_there(grafana: SmallGrafana) -> None:
    for expected in (1, 2):
        lines = list(push(connect(grafana.address, ("admin", "secret")), DASHBOARDS, "1.2.3"))
        assert f"dashboard salgspuls-home: version {expected}" in lines
    assert all(sent["overwrite"] for sent in grafana.saved["salgspuls-home"])


def test_a_grafana_below_a_path_is_found(grafana: SmallGrafana) -> None:
    assert list(push(connect(f"{grafana.address}/grafana/", TOKEN), DASHBOARDS, "1"))


def failure(address: str, auth: str | tuple[str, str]) -> str:
    with pytest.raises(GrafanaError) as raised:
        list(push(connect(address, auth), DASHBOARDS, "1"))
    return str(raised.value)


def test_a_wrong_token_is_told_as_such(grafana: SmallGrafana) -> None:
    said = failure(grafana.address, "glsa_wrong")
    assert "does not accept the token" in said
    assert "GRAFANA_TOKEN" in said
    assert "glsa_wrong" not in said


def test_a_token_without_rights_is_told_as_such(grafana: SmallGrafana) -> None:
    grafana.role = "Viewer"
    assert "needs the role Admin" in failure(grafana.address, TOKEN)


def test_a_missing_data_source_is_told_before_anything_is_sent(grafana: SmallGrafana) -> None:
    grafana.data_sources = [{"type": "prometheus", "uid": "p", "name": "P"}]
    assert f"no data source of type {DATA_SOURCE}" in failure(grafana.address, TOKEN)
    assert not grafana.folders


def test_a_provisioned_dashboard_is_named(grafana: SmallGrafana) -> None:
    grafana.provisioned = {"salgspuls-home"}
    said = failure(grafana.address, TOKEN)
    assert said.startswith("dashboard salgspuls-home: this Grafana has it from a file")


def test_nobody_there_and_a_wrong_address_are_told(grafana: SmallGrafana) -> None:
    assert "no Grafana can be reached" in failure("http://127.0.0.1:9", TOKEN)
    for address in ("127.0.0.1:3000", "ftp://grafana", ""):
        with pytest.raises(GrafanaError, match="no address of a Grafana"):
            connect(address, TOKEN)


def test_the_command_pushes_every_committed_dashboard(
    grafana: SmallGrafana, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAFANA_TOKEN", TOKEN)
    done = CliRunner().invoke(command, ["push", "--url", grafana.address], obj=Session())
    assert done.exit_code == 0, done.output
    assert grafana.saved.keys() == {board["uid"] for board in committed(dashboards.FOLDER)}


def test_the_command_says_what_is_missing_in_one_line(
    grafana: SmallGrafana, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GRAFANA_TOKEN", "GRAFANA_USER"):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(command, ["push", "--url", grafana.address], obj=Session())
    assert done.exit_code == 1
    assert done.output.strip().splitlines() == [
        "Error: no login for Grafana: set GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD"
    ]
