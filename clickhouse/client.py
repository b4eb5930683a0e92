"""The client of ClickHouse over HTTP, for a server and for the embedded engine alike, and what its errors mean.

A client of clickhouse-connect is not for two threads at a time: give each thread its own. They share nothing but
`ClickHouseConfig`.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal  # Any: values as the driver has them

import clickhouse_connect
from clickhouse_connect.driver import AsyncClient, Client
from clickhouse_connect.driver.exceptions import (
    DatabaseError,
    DataError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_delay,
    stop_when_event_set,
    wait_exponential,
)
from tenacity.nap import sleep_using_event
from urllib3.exceptions import HTTPError

Verdict = Literal["transient", "data", "schema", "fatal"]

_LONGEST_PAUSE = 2.0

# ClickHouse's error codes by what the writer does about them. A code that stands nowhere is fatal: it is safer to stop
# with the server's text than to retry for ever or to throw rows away.

# The server is busy, short of something, restarting or out of reach: the same insert may succeed later. Repeating it is
# safe, for rows are absolute and a repeated one replaces itself.
_TRANSIENT = {
    3: "UNEXPECTED_END_OF_FILE: the connection broke while the body was sent",
    159: "TIMEOUT_EXCEEDED",
    160: "TOO_SLOW",
    173: "CANNOT_ALLOCATE_MEMORY",
    198: "DNS_ERROR",
    201: "QUOTA_EXCEEDED: the interval passes",
    202: "TOO_MANY_SIMULTANEOUS_QUERIES",
    203: "NO_FREE_CONNECTION",
    209: "SOCKET_TIMEOUT",
    210: "NETWORK_ERROR",
    225: "NO_ZOOKEEPER",
    236: "ABORTED: the server shuts down",
    241: "MEMORY_LIMIT_EXCEEDED",
    242: "TABLE_IS_READ_ONLY: a replica that lost its Keeper",
    243: "NOT_ENOUGH_SPACE",
    244: "UNEXPECTED_ZOOKEEPER_ERROR",
    252: "TOO_MANY_PARTS: merges have to catch up",
    254: "NO_ACTIVE_REPLICAS",
    279: "ALL_CONNECTION_TRIES_FAILED",
    285: "TOO_FEW_LIVE_REPLICAS",
    286: "UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE",
    319: "UNKNOWN_STATUS_OF_INSERT",
    364: "RECEIVED_ERROR_TOO_MANY_REQUESTS",
    384: "PART_IS_TEMPORARILY_LOCKED",
    394: "QUERY_WAS_CANCELLED: by an operator or a shutdown",
    416: "REPLICA_STATUS_CHANGED",
    425: "SYSTEM_ERROR",
    439: "CANNOT_SCHEDULE_TASK",
    499: "S3_ERROR",
    692: "TOO_MANY_MUTATIONS",
    700: "USER_SESSION_LIMIT_EXCEEDED",
    733: "TABLE_IS_BEING_RESTARTED",
    735: "QUERY_WAS_CANCELLED_BY_CLIENT",
    745: "SERVER_OVERLOADED",
    749: "TCP_CONNECTION_LIMIT_REACHED",
    762: "HTTP_CONNECTION_LIMIT_REACHED",
    776: "RESOURCE_LIMIT_EXCEEDED",
    774: "TABLE_IS_PERMANENTLY_READ_ONLY: until somebody lets it be written again",
    777: "MEMORY_RESERVATION_KILLED",
    778: "MEMORY_RESERVATION_FAILED",
    999: "KEEPER_EXCEPTION",
    1000: "POCO_EXCEPTION: sockets and files",
    1017: "ASYNC_INSERT_FLUSH_TIMEOUT",
    1019: "QUERY_SLOT_ACQUISITION_TIMEOUT",
    1020: "MEMORY_RESERVATION_ACQUISITION_TIMEOUT",
}

# A row of the insert cannot be stored; the others can. Halving the insert finds it.
_DATA = {
    6: "CANNOT_PARSE_TEXT",
    19: "SIZE_OF_FIXED_STRING_DOESNT_MATCH",
    25: "CANNOT_PARSE_ESCAPE_SEQUENCE",
    26: "CANNOT_PARSE_QUOTED_STRING",
    27: "CANNOT_PARSE_INPUT_ASSERTION_FAILED",
    32: "ATTEMPT_TO_READ_AFTER_EOF",
    33: "CANNOT_READ_ALL_DATA",
    38: "CANNOT_PARSE_DATE",
    41: "CANNOT_PARSE_DATETIME",
    69: "ARGUMENT_OUT_OF_BOUND",
    70: "CANNOT_CONVERT_TYPE: of this value",
    72: "CANNOT_PARSE_NUMBER",
    117: "INCORRECT_DATA",
    128: "TOO_LARGE_ARRAY_SIZE",
    130: "CANNOT_READ_ARRAY_FROM_TEXT",
    131: "TOO_LARGE_STRING_SIZE",
    190: "SIZES_OF_ARRAYS_DONT_MATCH",
    248: "INVALID_PARTITION_VALUE",
    321: "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE",
    349: "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN",
    366: "SIZES_OF_NESTED_COLUMNS_ARE_INCONSISTENT",
    376: "CANNOT_PARSE_UUID",
    407: "DECIMAL_OVERFLOW",
    467: "CANNOT_PARSE_BOOL",
    469: "VIOLATED_CONSTRAINT",
    565: "TOO_MANY_PARTITIONS",
    691: "UNKNOWN_ELEMENT_OF_ENUM",
    760: "UNICODE_ERROR",
}

# The database is not the one that this program was written for: migrate, or use the program that belongs to it.
_SCHEMA = {
    8: "THERE_IS_NO_COLUMN",
    10: "NOT_FOUND_COLUMN_IN_BLOCK",
    15: "DUPLICATE_COLUMN",
    16: "NO_SUCH_COLUMN_IN_TABLE",
    20: "NUMBER_OF_COLUMNS_DOESNT_MATCH",
    44: "ILLEGAL_COLUMN",
    46: "UNKNOWN_FUNCTION",
    47: "UNKNOWN_IDENTIFIER",
    50: "UNKNOWN_TYPE",
    53: "TYPE_MISMATCH: of columns, not of a value",
    60: "UNKNOWN_TABLE",
    81: "UNKNOWN_DATABASE",
    122: "INCOMPATIBLE_COLUMNS",
    218: "TABLE_IS_DROPPED",
}


class ClickHouseUnavailableError(Exception):
    """ClickHouse cannot be used; the text says where, why and what to do."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class ClickHouseConfig:
    """Where ClickHouse is and who asks. `secure` is TLS; `ca_cert` names a PEM file when the system's authorities do
    not do, `client_cert` and `client_key` are for mutual TLS. Times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8123
    username: str = "default"
    password: str = field(default="", repr=False)
    database: str = "salgspuls"
    secure: bool = False
    ca_cert: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 60.0

    @property
    def address(self) -> str:
        """The address for people, without the password."""
        return f"{'https' if self.secure else 'http'}://{self.host}:{self.port}"


_OURS = {"async_insert": "0", "max_query_size": str(64 << 20)}
"""Inserts are synchronous: said explicitly, for it is no server's default any more. Statements of a writer name calls
and sellers by the thousand, of ids that may be long: 256 KiB, a server's default, is too little."""


def connect(config: ClickHouseConfig, *, database: str | None = None) -> Client:
    """Connect, and check by one query that it works; `database` in place of the configured one, "" for none.

    Inserts are synchronous: acknowledged means stored. Sessions are off, so that nothing a query sets outlives it.
    Raises what the driver raises (see `classify`).
    """
    client = clickhouse_connect.get_client(**_options(config, database))
    _set_up(client)
    return client


async def connect_async(config: ClickHouseConfig, *, database: str | None = None) -> AsyncClient:
    """As `connect`, for use by the tasks of one event loop; several of them may use the client at a time."""
    client = await clickhouse_connect.get_async_client(**_options(config, database))
    _set_up(client)
    return client


def _options(config: ClickHouseConfig, database: str | None) -> dict[str, Any]:
    return {
        "host": config.host,
        "port": config.port,
        "username": config.username,
        "password": config.password,
        "database": config.database if database is None else database or None,
        "secure": config.secure,
        "ca_cert": _path(config.ca_cert),
        "client_cert": _path(config.client_cert),
        "client_cert_key": _path(config.client_key),
        "connect_timeout": config.connect_timeout,
        "send_receive_timeout": config.read_timeout,
        "compress": "lz4",
        "autogenerate_session_id": False,
        "client_name": "salgspuls",
        "settings": {"wait_end_of_query": 1},
    }


def _set_up(client: Client | AsyncClient) -> None:
    """A read-only user neither may nor needs to."""
    for name, value in _OURS.items():
        setting = client.server_settings.get(name)
        if setting is not None and not setting.readonly:
            client.set_client_setting(name, value)


def wait_until_ready(
    config: ClickHouseConfig,
    *,
    timeout: float,
    waiting: Callable[[str], None],
    database: str | None = None,
    stopped: threading.Event | None = None,
) -> Client:
    """Connect as `connect` does, waiting up to `timeout` seconds for a ClickHouse that does not answer yet.

    `waiting` gets a line for people before each pause; `stopped`, when set, ends the waiting. Raises
    ClickHouseUnavailableError when time is up and, at once, when waiting cannot help (a wrong password, no database).
    """
    stopping = stopped or threading.Event()

    def attempt() -> Client:
        try:
            return connect(config, database=database)
        except Exception as error:
            reason = unavailable(config, error)
            raise (_NotYet if classify(error) == "transient" else ClickHouseUnavailableError)(
                reason
            ) from None

    def announce(state: RetryCallState) -> None:
        waiting(f"{_failure(state)}; waiting, {_passed(state):.0f} of {timeout:.0f} s")

    def give_up(state: RetryCallState) -> Client:
        why = "stopped while waiting" if stopping.is_set() else f"gave up after {_passed(state):.0f} s"
        raise ClickHouseUnavailableError(f"{_failure(state)}; {why}")

    longer = wait_exponential(multiplier=0.1, max=_LONGEST_PAUSE)
    retrying = Retrying(
        retry=retry_if_exception_type(_NotYet),
        wait=lambda state: min(longer(state), max(0.0, timeout - _passed(state))),
        stop=stop_after_delay(timeout) | stop_when_event_set(stopping),
        sleep=sleep_using_event(stopping),
        before_sleep=announce,
        retry_error_callback=give_up,
    )
    return retrying(attempt)


class _NotYet(Exception):  # noqa: N818 - no error yet
    """ClickHouse does not answer, and may later."""


def _failure(state: RetryCallState) -> str:
    assert state.outcome is not None, "tenacity asks after an attempt"
    return str(state.outcome.exception())


def _passed(state: RetryCallState) -> float:
    return state.seconds_since_start or 0.0


def unavailable(config: ClickHouseConfig, error: Exception) -> str:
    """Why ClickHouse cannot be used, for people: where, as whom, what is wrong, and what to do where that is known."""
    advice = "; run `salgspuls migrate` first" if classify(error) == "schema" else ""
    return f"ClickHouse at {config.address} as {config.username}: {_reason(error)}{advice}"


_LOOK = ("`salgspuls doctor` looks at every part", "`salgspuls doctor` ser på hver del")
_REMEDIES: dict[str, tuple[str, str]] = {
    "schema": (
        "run `salgspuls migrate`: the tables are not those of this program",
        "kør `salgspuls migrate`: tabellerne er ikke dette programs",
    ),
    "transient": (
        "wait, or look at the server (`salgspuls doctor` says more)",
        "vent, eller se på serveren (`salgspuls doctor` siger mere)",
    ),
    "data": (
        "a row does not fit its table: this is a defect, please report it",
        "en række passer ikke til sin tabel: det er en fejl i programmet, meld den gerne",
    ),
}
"""What to do, in English and Danish."""
_REMEDY_BY_CODE = {
    "516": (
        "look at the user and the password in the settings (`salgspuls settings` lists them)",
        "se på bruger og adgangskode i indstillingerne (`salgspuls settings` viser dem)",
    ),
    "497": (
        "grant the user the right, as deploy/clickhouse does",
        "giv brugeren retten, som deploy/clickhouse gør",
    ),
    "241": (
        "give ClickHouse more memory, or ask for a shorter time",
        "giv ClickHouse mere hukommelse, eller spørg om en kortere tid",
    ),
    "243": (
        "make room on ClickHouse's disk, or shorten the retention",
        "gør plads på ClickHouses disk, eller gem i kortere tid",
    ),
}


def describe(error: BaseException, language: Literal["en", "da"] = "en") -> str:
    """An error of ClickHouse in words, with the remedy where one is known. The reason is ClickHouse's own."""
    code = str(getattr(error, "code", "") or "")
    english, danish = _REMEDY_BY_CODE.get(code) or _REMEDIES.get(classify(error)) or _LOOK
    return f"ClickHouse: {_reason(error)}: {danish if language == 'da' else english}"


def classify(error: BaseException) -> Verdict:
    """What the writer does about a failed call of the driver.

    transient: wait and repeat. data: a row is bad, halve the insert to find it. schema: the tables are not those of
    this program, stop and migrate. fatal: stop, a person has to look (credentials, rights, a bug).
    """
    code = getattr(error, "code", None)
    if isinstance(error, DatabaseError) and code is not None:
        if code == _TOO_MANY_PARTS and "partitions" in str(error):
            return "data"  # one insert over more months than the server takes: a half of it may do
        for verdict, codes in _BY_CODE.items():
            if code in codes:
                return verdict
        return "fatal"
    match error:
        case DataError():
            return "data"
        case ProgrammingError() | NotSupportedError():
            # Raised by the driver before anything is sent, as for a column that the table does not have.
            return "schema" if "column" in str(error).lower() else "fatal"
        case OperationalError() | DatabaseError() | HTTPError() | OSError():
            return "transient"  # no answer of a ClickHouse: the network, or a proxy's own error
        case TypeError() | ValueError() | OverflowError() | struct.error():
            return "data"  # the driver cannot write a value as its column's type
        case _:
            return "fatal"


_TOO_MANY_PARTS = 252
_BY_CODE: dict[Verdict, dict[int, str]] = {"transient": _TRANSIENT, "data": _DATA, "schema": _SCHEMA}


def _reason(error: BaseException) -> str:
    """The error in a few words: ClickHouse's own, or why there was no answer."""
    if getattr(error, "code", None) is not None:
        return str(error).partition("server response: ")[2] or str(error)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
        cause = cause.__cause__ or cause.__context__
    return "no answer"


def _path(file: Path | None) -> str | None:
    return None if file is None else str(file)
