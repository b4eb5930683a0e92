"""The first words of Grafana's plugin, at each revision that changed their form."""

from __future__ import annotations

import pytest

from clickhouse.embedded.handshake import answer, is_handshake


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT displayName(), version(), revision(), timezone()",
        "select displayname ( ),version(),\nrevision(),timezone() ;",
        "/* grafana */ SELECT displayName(), version(), revision(), timezone() -- x",
    ],
)
def test_it_is_recognised(sql: str) -> None:
    assert is_handshake(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT version()",
        "SELECT displayName(), version(), revision(), timezone() FROM t",
        "SELECT 'displayName(), version(), revision(), timezone()'",
        "SELECT displayName(), version(), revision(), 'timezone()",
        "",
    ],
)
def test_other_statements_are_not(sql: str) -> None:
    assert not is_handshake(sql)


def test_revision_zero_is_plain() -> None:
    assert answer(0, name="n", version="26.9", timezone="UTC") == (
        b"\x04\x01\x0ddisplayName()\x06String\x01n\x09version()\x06String\x0426.9"
        b"\x0arevision()\x06UInt32\0\0\0\0\x0atimezone()\x06String\x03UTC"
    )


def test_later_revisions_add_block_info_and_then_a_byte_a_column() -> None:
    plain, info, kinds = (
        answer(revision, name="n", version="v", timezone="UTC") for revision in (0, 54405, 54460)
    )
    assert info == b"\x01\x00\x02\xff\xff\xff\xff\x00" + plain
    assert len(kinds) == len(info) + 4
    assert b"\x06String\x00\x01n" in kinds


def test_lengths_above_127_take_two_bytes() -> None:
    assert b"\x80\x01" + b"n" * 128 in answer(0, name="n" * 128, version="v", timezone="UTC")
