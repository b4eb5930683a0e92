"""`salgspuls erase` says what is missing before it touches anything."""

from __future__ import annotations

import pytest

from streams import cli
from streams.demo.brokers import free_port


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(["erase", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("arguments", [(), ("--customer", "a", "--seller", "b"), ("--customer",)])
def test_it_wants_one_customer_or_one_seller(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert "--customer" in capsys.readouterr().err


def test_without_clickhouse_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    monkeypatch.setenv("SALGSPULS_CLICKHOUSE_PORT", str(port))
    assert run("--customer", "account-81", "--yes") == 1
    shown = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in shown
    assert "Traceback" not in shown
