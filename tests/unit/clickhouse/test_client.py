"""ClickHouse's error codes that cannot be caused on a single embedded engine."""

from __future__ import annotations

import struct

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, DataError, OperationalError, ProgrammingError
from urllib3.exceptions import ProtocolError

from clickhouse.client import ClickHouseConfig, Verdict, classify, describe


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (242, "transient"),
        (202, "transient"),
        (999, "transient"),
        (319, "transient"),
        (131, "data"),
        (122, "schema"),
        (497, "fatal"),
        (36, "fatal"),
        (424242, "fatal"),
    ],
)
def test_codes(code: int, verdict: Verdict) -> None:
    assert classify(DatabaseError("x", code=code)) == verdict


def test_an_insert_over_too_many_months_is_halved_and_too_many_parts_are_waited_for() -> None:
    assert (
        classify(DatabaseError("Too many partitions for single INSERT block (TOO_MANY_PARTS)", code=252))
        == "data"
    )
    assert (
        classify(DatabaseError("Too many parts (300 with average size of 1 KiB) (TOO_MANY_PARTS)", code=252))
        == "transient"
    )


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (OperationalError("Error executing HTTP request"), "transient"),
        (DatabaseError("HTTP driver received HTTP status 502"), "transient"),
        (ProtocolError("Connection broken"), "transient"),
        (TimeoutError(), "transient"),
        (DataError("unable to write"), "data"),
        (struct.error("argument out of range"), "data"),
        (ProgrammingError("Unrecognized column 'x' in table t"), "schema"),
        (ProgrammingError("client is closed"), "fatal"),
        (AttributeError("x"), "fatal"),
    ],
)
def test_errors_without_a_code(error: Exception, verdict: Verdict) -> None:
    assert classify(error) == verdict


def test_the_address_says_whether_it_is_encrypted() -> None:
    assert ClickHouseConfig(host="ch", port=8443, secure=True, password="secret").address == "https://ch:8443"
    assert ClickHouseConfig().address == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (
            DatabaseError("x server response: Authentication failed", code=516),
            "look at the user and the password",
        ),
        (DatabaseError("x server response: Not enough privileges", code=497), "grant the user the right"),
        (ProgrammingError("Unrecognized column 'x' in table t"), "run `salgspuls migrate`"),
        (TimeoutError(), "salgspuls doctor"),
    ],
)
def test_an_error_is_told_with_its_remedy(error: Exception, remedy: str) -> None:
    assert describe(error).startswith("ClickHouse: ")
    assert remedy in describe(error)
