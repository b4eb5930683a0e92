"""What the embedded ClickHouse refuses to start with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clickhouse.embedded.config import EmbeddedConfig, EmbeddedError, Login, ReaderLimits


def config(**changes: Any) -> EmbeddedConfig:
    return EmbeddedConfig(
        **{"path": Path("data"), "writer": Login("w", "x"), "reader": Login("r", "y"), **changes}
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_accepted(host: str) -> None:
    assert config(host=host).host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "no.such.host.invalid", ""])
def test_anything_but_loopback_is_refused_with_the_way_out(host: str) -> None:
    with pytest.raises(EmbeddedError, match="listens on loopback only") as refused:
        config(host=host)
    assert repr(host) in str(refused.value)
    assert "run a ClickHouse server" in str(refused.value)


def test_the_two_users_differ() -> None:
    with pytest.raises(EmbeddedError, match="both called 'w'"):
        config(reader=Login("w", "y"))


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_is_a_port(port: int) -> None:
    with pytest.raises(EmbeddedError, match=f"port is {port}"):
        config(port=port)


@pytest.mark.parametrize("limit", ["seconds", "memory_bytes", "result_bytes"])
def test_a_limit_of_nothing_would_be_no_limit_to_clickhouse(limit: str) -> None:
    with pytest.raises(EmbeddedError, match=f"reader limit {limit} is 0"):
        ReaderLimits(**{limit: 0})


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(config(writer=Login("w", "secret")))
