"""A port or an address that a server cannot have is said in one line, with the settings' names and values."""

from __future__ import annotations

import socket

import pytest

from streams.config.listening import check_listening
from streams.config.section import SettingsError
from streams.demo.brokers import free_port


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = (
            rf"^cannot listen on 127.0.0.1 port {port} \(SALGSPULS_WEB_HOST, SALGSPULS_WEB_PORT\): "
            r"address already in use; .* set another port$"
        )
        with pytest.raises(SettingsError, match=said):
            check_listening("web", "127.0.0.1", port)
    check_listening("web", "127.0.0.1", port)


def test_looking_takes_nothing_away() -> None:
    port = free_port()
    check_listening("worker", "127.0.0.1", port)
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.parametrize("host", ["no such host", "x" * 70, "..", "192.0.2.1"])
def test_what_is_no_address_of_this_machine_is_said(host: str) -> None:
    with pytest.raises(SettingsError, match=r"^cannot listen on .* \(SALGSPULS_WORKER_HOST, ") as refused:
        check_listening("worker", host, 6066)
    assert "\n" not in str(refused.value)
