"""`salgspuls web` that cannot be served says why in one line, before a server has said anything."""

from __future__ import annotations

import socket

import pytest

from streams.demo.brokers import free_port
from tests.unit.streams.cli.test_main import run


def test_a_taken_port_is_one_line_that_names_setting_and_value() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("web", web_port=str(port))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"Error: cannot listen on 127.0.0.1 port {port} (SALGSPULS_WEB_HOST, SALGSPULS_WEB_PORT): "
        "address already in use; end the other program, or set another port\n"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"web_host": "no.such.host.invalid"}, "cannot listen on no.such.host.invalid port"),
        ({"web_port": "80801"}, "SALGSPULS_WEB_PORT: must be less than or equal to 65535 (got '80801')"),
        ({"web_language": "de"}, "SALGSPULS_WEB_LANGUAGE: must be 'en' or 'da' (got 'de')"),
        ({"web_edit_trackers": "perhaps"}, "SALGSPULS_WEB_EDIT_TRACKERS: "),
    ],
)
def test_what_cannot_be_served_is_one_line(settings: dict[str, str], said: str) -> None:
    ended = run("web", **{"web_port": str(free_port())} | settings)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
