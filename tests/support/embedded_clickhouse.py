"""The real embedded ClickHouse for tests: its front in a process of its own, on a free loopback port.

One server a session and one database a test is the fastest: ask for the fixture `clickhouse_database`, or, for the
product's own tables, for `migrated_clickhouse`. A server of a test's own starts on a `migrated_folder`. A module
imports the fixture that it uses and `clickhouse_server`.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import ClickHouseConfig, connect
from clickhouse.schema import migrate
from clickhouse.schema.tables import STORE, VIEWS
from streams.demo.brokers import free_port

ROOT = Path(__file__).resolve().parents[2]
# Fifty years: no test's rows are too old, and 2106, where a DateTime ends, is not reached.
MIGRATION_VARIABLES = {
    "engine": "ReplacingMergeTree",
    "segments_days": "7300",
    "calls_days": "7300",
    "aggregates_days": "7300",
    "crm_days": "7300",
    "dead_letters_days": "7300",
}
WRITER = ("salgspuls", "the writer's password")
READER = ("salgspuls_reader", "the reader's password")


@dataclass(frozen=True, slots=True)
class RunningClickHouse:
    """A running server: how its two users connect, and its process."""

    writer: ClickHouseConfig
    reader: ClickHouseConfig
    process: subprocess.Popen[str]

    def with_database(self, database: str) -> RunningClickHouse:
        """The same server with another default database."""
        return replace(
            self,
            writer=replace(self.writer, database=database),
            reader=replace(self.reader, database=database),
        )


TEST_DATABASES = [f"test_{number}" for number in range(2_000)]
"""The databases of single tests, which the reader may read too."""
_NAMES = iter(TEST_DATABASES)
_SERVER = pytest.StashKey[RunningClickHouse]()


def without(absent: Sequence[str], module: str) -> str:
    """A program that runs a module where others cannot be imported."""
    return (
        f"import runpy, sys; sys.modules.update(dict.fromkeys({list(absent)!r})); "
        f"runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    )


def start_clickhouse(
    path: Path,
    *,
    port: int | None = None,
    limits: dict[str, float] | None = None,
    absent: Sequence[str] = (),
) -> subprocess.Popen[str]:
    """Start the front on a data folder without waiting; its first line of output is "ready".

    The modules in `absent` are not to be had in its process.
    """
    config: dict[str, Any] = {
        "path": str(path),
        "host": "127.0.0.1",
        "port": port or free_port(),
        "writer": WRITER,
        "reader": READER,
        "limits": limits or {},
        "reader_databases": ["salgspuls", *TEST_DATABASES],
    }
    with tempfile.TemporaryFile("w+") as given:
        json.dump(config, given)
        given.seek(0)
        return subprocess.Popen(
            [sys.executable, "-c", without(absent, "clickhouse.embedded")],
            cwd=ROOT,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@contextlib.contextmanager
def running_clickhouse(
    path: Path,
    *,
    port: int | None = None,
    limits: dict[str, float] | None = None,
    absent: Sequence[str] = (),
) -> Iterator[RunningClickHouse]:
    """The server on a data folder, stopped when the block ends. Its users' default database is `default`."""
    port = port or free_port()
    process = start_clickhouse(path, port=port, limits=limits, absent=absent)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        if process.stdout.readline() != "ready\n":
            raise AssertionError(f"the embedded ClickHouse did not start: {process.stderr.read()}")
        yield RunningClickHouse(
            writer=ClickHouseConfig(port=port, username=WRITER[0], password=WRITER[1], database="default"),
            reader=ClickHouseConfig(port=port, username=READER[0], password=READER[1], database="default"),
            process=process,
        )
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError("the embedded ClickHouse did not stop within 30 s") from None
        finally:
            process.stdout.close()
            process.stderr.close()


@pytest.fixture(scope="session")
def clickhouse_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> RunningClickHouse:
    """The session's server, with the database `default`.

    Kept with pytest's configuration: a fixture that several modules import would start once for each of them.
    """
    stash = request.config.stash
    if _SERVER not in stash:
        running = contextlib.ExitStack()
        request.config.add_cleanup(running.close)
        stash[_SERVER] = running.enter_context(running_clickhouse(tmp_path_factory.mktemp("clickhouse")))
    return stash[_SERVER]


@pytest.fixture
def clickhouse_database(clickhouse_server: RunningClickHouse) -> Iterator[RunningClickHouse]:
    """The session's server with an empty database of this test's own as default."""
    name = next(_NAMES)
    client = connect(clickhouse_server.writer)
    client.command(f"CREATE DATABASE {name}")
    try:
        yield clickhouse_server.with_database(name)
    finally:
        client.command(f"DROP DATABASE {name} SYNC")
        client.close()


def migrated(server: RunningClickHouse) -> None:
    """Give a server the product's tables and views, new and empty.

    Migrating takes seconds. So tables that are as a migration left them are only emptied; after a test that changed,
    mutated or dropped one, all of them are made again.
    """
    with connect(server.writer, database="") as client:
        if _MIGRATED.get(server.writer.port) == (_schema_of(client), _mutations_of(client)):
            _empty(client)
            return
        for database in (VIEWS, STORE):
            client.command(f"DROP DATABASE IF EXISTS {database} SYNC")
        migrate.apply(client, variables=MIGRATION_VARIABLES)
        _empty(client)  # which ends the mutations that are part of a migration
        _MIGRATED[server.writer.port] = (_schema_of(client), _mutations_of(client))


_MIGRATED: dict[int, tuple[object, object]] = {}
"""What was there right after the migration, by the server's port."""
_RECORDS = ("migrations", "views")
"""The tables that say what was migrated."""


@cache
def _template(variables: frozenset[tuple[str, str]]) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="salgspuls-migrated-")
    with running_clickhouse(Path(folder.name)) as server, connect(server.writer, database="") as client:
        migrate.apply(client, variables=dict(variables))
    return folder


def migrated_folder(path: Path, variables: Mapping[str, str] = MIGRATION_VARIABLES) -> Path:
    """A data folder, new at `path`, of a database that is migrated and empty: a copy, which takes no time."""
    template = _template(frozenset(variables.items()))
    shutil.copytree(template.name, path, symlinks=True, dirs_exist_ok=True)
    return path


def _schema_of(client: Client) -> object:
    found = client.query(
        "SELECT database, name, create_table_query FROM system.tables "
        "WHERE database IN {databases:Array(String)} ORDER BY ALL",
        {"databases": [STORE, VIEWS]},
    ).result_rows
    there = {(database, table) for database, table, _ in found}
    records = [
        client.query(f"SELECT * FROM {STORE}.{table} FINAL ORDER BY ALL").result_rows
        for table in _RECORDS
        if (STORE, table) in there
    ]
    return found, records


def _mutations_of(client: Client) -> object:
    return client.query(
        "SELECT table, mutation_id FROM system.mutations WHERE database = {database:String} ORDER BY ALL",
        {"database": STORE},
    ).result_rows


def _empty(client: Client) -> None:
    found = client.query(
        "SELECT name FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree' "
        "AND name NOT IN {records:Array(String)}",
        {"database": STORE, "records": list(_RECORDS)},
    )
    for (table,) in found.result_rows:
        client.command(f"TRUNCATE TABLE {STORE}.{table} SYNC")


@pytest.fixture
def migrated_clickhouse(clickhouse_server: RunningClickHouse) -> RunningClickHouse:
    """The session's server with the product's tables and views, new and empty; the default database is `salgspuls`."""
    migrated(clickhouse_server)
    return clickhouse_server.with_database("salgspuls")
