"""Migrations against the real engine: twice, by several at once, broken off, changed, from the future."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema import migrate
from clickhouse.schema.migrate import Migration, MigrationError
from tests.support.embedded_clickhouse import (
    MIGRATION_VARIABLES,
    RunningClickHouse,
    clickhouse_database,
    clickhouse_server,
    migrated_clickhouse,
)

__all__ = ["clickhouse_database", "clickhouse_server", "migrated_clickhouse"]

VARIABLES = {"engine": "ReplacingMergeTree", "days": "30"}


class Folder:
    """A folder of migrations for a database of the test's own."""

    def __init__(self, path: Path, database: str) -> None:
        self.path = path
        self.database = database

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text.replace("DB", self.database))

    def pending(self, client: Client) -> list[str]:
        return [
            migration.name for migration in migrate.pending(client, folder=self.path, database=self.database)
        ]

    def apply(self, client: Client, variables: dict[str, str] = VARIABLES) -> list[str]:
        applied = migrate.apply(client, variables=variables, folder=self.path, database=self.database)
        return [migration.name for migration in applied]

    def ensure_current(self, client: Client) -> None:
        migrate.ensure_current(client, folder=self.path, database=self.database)


@pytest.fixture
def client(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    client = connect(clickhouse_server.writer, database="")
    yield client
    client.close()


@pytest.fixture
def folder(tmp_path: Path, clickhouse_database: RunningClickHouse) -> Folder:
    """Two migrations with everything that makes splitting hard."""
    folder = Folder(tmp_path, clickhouse_database.writer.database)
    folder.write(
        "0001_calls.sql",
        """-- the calls; and more
        CREATE TABLE IF NOT EXISTS DB.calls (id String DEFAULT ';', at DateTime, version UInt64)
        ENGINE = {{engine}}(version) ORDER BY id TTL at + toIntervalDay({{days}}) SETTINGS index_granularity = 8192;
        CREATE TABLE IF NOT EXISTS DB.forever (id String) ENGINE = {{engine}} ORDER BY id;
        """,
    )
    folder.write(
        "0002_view.sql",
        "CREATE OR REPLACE VIEW DB.calls_of AS SELECT * FROM DB.calls FINAL WHERE id = {id:String}",
    )
    return folder


def test_each_file_is_applied_once_in_order(client: Client, folder: Folder) -> None:
    assert folder.pending(client) == ["0001_calls.sql", "0002_view.sql"]
    with pytest.raises(
        MigrationError, match=r"lacks 0001_calls\.sql, 0002_view\.sql; run `salgspuls migrate`"
    ):
        folder.ensure_current(client)
    assert folder.apply(client) == ["0001_calls.sql", "0002_view.sql"]
    assert folder.apply(client) == []
    folder.ensure_current(client)
    client.command(f"INSERT INTO {folder.database}.calls VALUES ('a', now(), 1), ('a', now(), 2)")
    found = client.query(f"SELECT version FROM {folder.database}.calls_of(id = 'a')")
    assert found.result_rows == [(2,)]
    folder.write("0003_more.sql", "ALTER TABLE DB.calls ADD COLUMN IF NOT EXISTS title String")
    assert folder.apply(client) == ["0003_more.sql"]


def test_progress_tells_each_statement(client: Client, folder: Folder) -> None:
    seen: list[tuple[str, int, int]] = []

    def progress(migration: Migration, number: int, total: int) -> None:
        seen.append((migration.name, number, total))

    migrate.apply(
        client, variables=VARIABLES, progress=progress, folder=folder.path, database=folder.database
    )
    assert seen == [("0001_calls.sql", 1, 2), ("0001_calls.sql", 2, 2), ("0002_view.sql", 1, 1)]


def test_several_at_once_end_alike(
    clickhouse_server: RunningClickHouse, client: Client, folder: Folder
) -> None:
    """Four programs that start together, as replicas of a deployment do."""

    def run(_: int) -> None:
        own = connect(clickhouse_server.writer, database="")
        folder.apply(own)
        own.close()

    with ThreadPoolExecutor(4) as programs:
        list(programs.map(run, range(4)))
    recorded = client.query(f"SELECT version, name FROM {folder.database}.migrations FINAL ORDER BY version")
    assert recorded.result_rows == [(1, "0001_calls.sql"), (2, "0002_view.sql")]
    folder.ensure_current(client)


def test_a_changed_file_is_refused_by_name(client: Client, folder: Folder) -> None:
    folder.apply(client)
    text = (folder.path / "0001_calls.sql").read_text()
    folder.write("0001_calls.sql", text + "-- just a comment")
    for use in (folder.pending, folder.apply, folder.ensure_current):
        with pytest.raises(MigrationError, match=r"0001_calls\.sql was changed after it was applied"):
            use(client)
    folder.write("0001_calls.sql", text)
    folder.ensure_current(client)


def test_other_variables_are_not_another_file(client: Client, folder: Folder) -> None:
    folder.apply(client)
    assert folder.apply(client, {"engine": "ReplacingMergeTree", "days": "60"}) == []


def test_a_database_of_a_newer_program_is_refused(client: Client, folder: Folder) -> None:
    folder.write("0003_future.sql", "SELECT 1")
    folder.apply(client)
    (folder.path / "0003_future.sql").unlink()
    with pytest.raises(
        MigrationError, match=r"newer than this program: it has 0003_future\.sql.*is 0002_view\.sql"
    ):
        folder.ensure_current(client)


def test_a_lost_file_is_named(client: Client, folder: Folder) -> None:
    folder.apply(client)
    (folder.path / "0001_calls.sql").unlink()
    with pytest.raises(MigrationError, match=r"0001_calls\.sql was applied to this database and is missing"):
        folder.pending(client)


def test_what_fails_is_named_and_the_next_run_goes_on_there(client: Client, folder: Folder) -> None:
    folder.write("0003_broken.sql", "SELECT 1;\nCREATE TABLE DB.x\n(a Nonsense) ENGINE = Memory;")
    with pytest.raises(
        MigrationError, match=r"0003_broken\.sql, statement 2 \(CREATE TABLE \S+\.x\): .*Nonsense"
    ):
        folder.apply(client)
    assert folder.pending(client) == ["0003_broken.sql"]
    folder.write("0003_broken.sql", "CREATE TABLE DB.x (a UInt8) ENGINE = Memory;")
    assert folder.apply(client) == ["0003_broken.sql"]


def test_nothing_is_done_when_a_variable_is_missing_or_no_name(client: Client, folder: Folder) -> None:
    folder.write("0003_more.sql", "CREATE TABLE DB.y (a UInt8) ENGINE = {{other}} ORDER BY a")
    with pytest.raises(MigrationError, match=r"0003_more\.sql needs the variable 'other'"):
        folder.apply(client)
    with pytest.raises(MigrationError, match=r"variable 'other' is 'Memory; DROP'"):
        folder.apply(client, {**VARIABLES, "other": "Memory; DROP"})
    assert client.query(f"SHOW TABLES FROM {folder.database}").result_rows == []


@pytest.mark.parametrize("name", ["1_short.sql", "0001.sql", "0001-dash.sql", "x.sql"])
def test_a_wrong_file_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("SELECT 1")
    with pytest.raises(
        MigrationError, match=f"^{re.escape(name)}: a migration's file is called NNNN_name.sql"
    ):
        migrate.read(tmp_path)


def test_two_files_with_one_number_are_refused(tmp_path: Path) -> None:
    for name in ("0001_a.sql", "0001_b.sql"):
        (tmp_path / name).write_text("SELECT 1")
    with pytest.raises(MigrationError, match=r"0001_a\.sql and 0001_b\.sql have the same number"):
        migrate.read(tmp_path)


def test_retention_changes_only_what_differs(client: Client, folder: Folder) -> None:
    folder.apply(client)
    table = f"{folder.database}.calls"

    def days_kept(days: str) -> dict[str, int]:
        return migrate.apply_retention(client, variables={"days": days}, folder=folder.path)

    assert days_kept("30") == {}
    client.command(f"INSERT INTO {table} VALUES ('old', now() - INTERVAL 20 DAY, 1), ('new', now(), 1)")
    assert days_kept("10") == {table: 10}
    assert days_kept("10") == {}
    engine = client.command(
        "SELECT engine_full FROM system.tables WHERE database = {d:String} AND name = 'calls'",
        {"d": folder.database},
    )
    assert "TTL at + toIntervalDay(10) SETTINGS index_granularity = 8192" in str(engine)
    client.command(f"OPTIMIZE TABLE {table} FINAL")
    assert client.query(f"SELECT id FROM {table}").result_rows == [("new",)]


def test_the_product_s_own_migrations_are_applied_and_recorded(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    client = connect(migrated_clickhouse.reader)
    migrate.ensure_current(client)
    assert client.query("SELECT count() FROM calls").result_rows == [(0,)]
    client.close()


def test_the_product_s_retention_follows_the_settings(migrated_clickhouse: RunningClickHouse) -> None:
    client = connect(migrated_clickhouse.writer)
    assert migrate.apply_retention(client, variables=MIGRATION_VARIABLES) == {}
    changed = migrate.apply_retention(client, variables={**MIGRATION_VARIABLES, "segments_days": "90"})
    assert changed == {"salgspuls_store.segments": 90}
    client.close()
