"""The page answers its own names and its own socket alone, cannot be framed, and stays cheap when it is abused."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Live, process_on, serving

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport="
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def page(live: Live) -> Iterator[str]:
    with serving(live.running, hosts=("sales.example",), max_pages=40) as address:
        yield address


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    """What the page answers; of a socket that it opens, no body."""
    parts = urlsplit(address)
    assert parts.hostname
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)) as connection:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as answer:
            body = b"" if answer.status == 101 else answer.read()
            return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, body)


@pytest.mark.parametrize("path", ["/", "/d/salgspuls-trackers", "/favicon.ico", SOCKET + "polling"])
@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "127.0.0.1.evil.example",
            "sales.example.evil",
            "",
            "[::1",
            "a b",
            "169.254.169.254",
        ),
        *("evil.example@127.0.0.1", "127.0.0.1/evil.example", "localhost#x", "localhost?x", "localhost:x"),
    ],
)
def test_a_foreign_name_is_not_answered(page: str, path: str, host: str) -> None:
    assert ask(page, path, {"Host": host}).status in (400, 421)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8080", "[::1]:80", "SALES.example", "sales.example:443"]
)
def test_own_names_are_answered(page: str, host: str) -> None:
    answer = ask(page, "/d/salgspuls-home", {"Host": host})
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1", "https://sales.example", "http://127.0.0.1:1", None],
)
def test_the_socket_is_for_the_page_alone(page: str, transport: str, origin: str | None) -> None:
    headers = UPGRADE if transport == "websocket" else {}
    answer = ask(page, SOCKET + transport, headers | ({"Origin": origin} if origin else {}))
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_page_opens_its_own_socket(page: str) -> None:
    assert ask(page, SOCKET + "websocket", UPGRADE | {"Origin": page}).status == 101
    polling = ask(page, SOCKET + "polling", {"Origin": page})
    assert polling.status == 200
    assert "access-control-allow-origin" not in polling.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_no_other_page_can_change_anything(page: str, method: str) -> None:
    assert ask(page, "/d/salgspuls-trackers", {"Origin": "http://evil.example"}, method).status == 403


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=0001-01-01&to=9999-12-31", "1970"),
        ("from=0001-01-01T00:00:00%2B14:00&to=now", "1970"),
        ("from=now&to=9999-12-31T23:59:59-12:00", "1970"),
        ("from=now&to=now-1d", "cannot be read"),
        ("from=%00&to=%F0%9F%92%A9", "cannot be read"),
        ("from=99999999999999&to=99999999999999", "1970"),
    ],
)
def test_an_odd_range_is_a_sentence(page: str, query: str, says: str) -> None:
    for board in ("salgspuls-home", "salgspuls-home-da"):
        answer = ask(page, f"/d/{board}?{query}")
        body = answer.body.decode()
        assert answer.status == 200
        assert ("kan ikke læses" if board.endswith("-da") else says) in body


def test_a_hostile_address_is_a_page_like_any_other(page: str) -> None:
    hostile = quote("$__timeFilter(([/*\\' \"><script>alert(1)</script>")
    for variable in ("var-team", "var-seller", "var-call_id", "var-search", "var-nobody"):
        answer = ask(page, f"/d/salgspuls-call?{variable}={hostile}")
        assert answer.status == 200
        assert b"<script>alert(1)" not in answer.body
    assert ask(page, "/d/" + "x" * 5_000).status in (200, 404)


def test_visits_without_a_socket_cost_little_and_are_limited(live: Live) -> None:
    with serving(live.running, max_pages=40) as address:
        for _ in range(3):
            ask(address, "/d/salgspuls-home")
        server = process_on(urlsplit(address).port)
        cpu, memory = server.cpu_times().user, server.memory_info().rss
        statuses = []
        for _ in range(60):
            answer = ask(address, "/d/salgspuls-home")
            statuses.append(answer.status)
        assert statuses.count(503) >= 15
        assert statuses[0] == 200
        assert server.cpu_times().user - cpu < 60 * 0.25
        assert server.memory_info().rss - memory < 150e6
        assert ask(address, "/favicon.ico").status == 200


def test_addresses_that_do_not_exist_take_no_page_s_place_and_no_line(live: Live, tmp_path: Path) -> None:
    with serving(live.running, max_pages=10, log=str(tmp_path / "page.log")) as address:
        for number in range(60):
            assert ask(address, f"/nowhere-{number}").status == 404
        assert ask(address, "/d/salgspuls-home").status == 200
    assert "nowhere" not in (tmp_path / "page.log").read_text()


def test_nonsense_on_the_socket_fills_no_log(live: Live, tmp_path: Path) -> None:
    with serving(live.running, log=str(tmp_path / "page.log")) as address:
        for _ in range(5):
            _nonsense(address, 100)
        time.sleep(1)
        assert ask(address, "/d/salgspuls-home").status == 200
    assert (tmp_path / "page.log").stat().st_size < 50_000


def test_a_browser_finds_nothing_that_the_policy_forbids(page: str, chromium: Browser) -> None:
    tab = chromium.new_page()
    problems: list[str] = []
    tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    tab.goto(f"{page}/d/salgspuls-home")
    tab.wait_for_selector("[data-panel]")
    tab.wait_for_timeout(3_000)
    assert not problems
    framed = chromium.new_page()
    framed.set_content(f'<iframe src="{page}/d/salgspuls-home"></iframe>')
    framed.wait_for_timeout(1_500)
    assert not framed.frames[-1].query_selector("[data-panel]")
    tab.close()
    framed.close()


def _nonsense(address: str, count: int) -> None:
    """Sends messages of the right protocol and wrong content on a socket that was opened rightly."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        head = "".join(f"{name}: {value}\r\n" for name, value in (UPGRADE | {"Origin": address}).items())
        connection.sendall(f"GET {SOCKET}websocket HTTP/1.1\r\nHost: {parts.netloc}\r\n{head}\r\n".encode())
        assert b" 101 " in connection.recv(4096)
        connection.sendall(_frame("40"))
        time.sleep(0.2)
        for number in range(count):
            wrong = (
                ["event"],
                ["event", 1],
                ["event", {}],
                ["handshake", {}],
                ["ack", {"client_id": number}],
                number,
            )
            connection.sendall(_frame("42" + json.dumps(wrong[number % len(wrong)])))
        time.sleep(0.5)


def _frame(text: str) -> bytes:
    """A masked text frame of RFC 6455."""
    data = text.encode()
    size = (
        bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + len(data).to_bytes(2, "big")
    )
    return b"\x81" + size + b"\0\0\0\0" + data
