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
from clickhouse.schema.columns import columns_of
from clickhouse.schema.migrate import Migration, MigrationError, Schema
from clickhouse.schema.tables import STORE, TABLES, Table
from tests.support.embedded_clickhouse import (
    MIGRATION_VARIABLES,
    RunningClickHouse,
    clickhouse_database,
    clickhouse_server,
    migrated_clickhouse,
)

__all__ = ["clickhouse_database", "clickhouse_server", "migrated_clickhouse"]

VARIABLES = {"engine": "ReplacingMergeTree", "calls_days": "30"}


class Folder:
    """Folders of migrations and views for a database of the test's own."""

    def __init__(self, path: Path, database: str) -> None:
        self.path = path
        self.database = database
        (path / "views").mkdir()
        self.schema = Schema(
            migrations=path,
            views=path / "views",
            store=database,
            views_database=database,
            tables=[Table("calls", None, ("id",), "nobody", "version", "", "calls_days", "at")],
            retired=frozenset({9}),
        )

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text.replace("DB", self.database))

    def pending(self, client: Client) -> list[str]:
        return [migration.name for migration in migrate.pending(client, self.schema)]

    def apply(self, client: Client, variables: dict[str, str] = VARIABLES) -> list[str]:
        done = migrate.apply(client, variables=variables, schema=self.schema)
        return [migration.name for migration in done.migrations]

    def replaced(self, client: Client) -> list[str]:
        """The views that a run replaces, with no migration beside them."""
        done = migrate.apply(client, variables=VARIABLES, schema=self.schema)
        assert done.migrations == []
        return [view.name for view in done.views]

    def ensure_current(self, client: Client) -> None:
        migrate.ensure_current(client, self.schema)


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
        ENGINE = {{engine}}(version) ORDER BY id TTL at + toIntervalDay({{calls_days}})
        SETTINGS index_granularity = 8192;
        CREATE TABLE IF NOT EXISTS DB.forever (id String) ENGINE = {{engine}} ORDER BY id;
        """,
    )
    folder.write("0002_more.sql", "ALTER TABLE DB.calls ADD COLUMN IF NOT EXISTS minutes UInt32")
    folder.write(
        "views/calls_of.sql",
        "-- Calls by id.\nCREATE OR REPLACE VIEW DB.calls_of AS SELECT * FROM DB.calls FINAL WHERE id = {id:String}",
    )
    return folder


def columns(client: Client, source: str) -> list[str]:
    described = client.query(f"DESCRIBE TABLE (SELECT * FROM {source})").result_rows
    return [name for name, *_ in described]


def test_each_file_is_applied_once_in_order(client: Client, folder: Folder) -> None:
    assert folder.pending(client) == ["0001_calls.sql", "0002_more.sql"]
    with pytest.raises(
        MigrationError, match=r"lacks 0001_calls\.sql, 0002_more\.sql; run `salgspuls migrate`"
    ):
        folder.ensure_current(client)
    assert folder.apply(client) == ["0001_calls.sql", "0002_more.sql"]
    assert folder.apply(client) == []
    folder.ensure_current(client)
    client.command(
        f"INSERT INTO {folder.database}.calls (id, at, version) VALUES ('a', now(), 1), ('a', now(), 2)"
    )
    found = client.query(f"SELECT version FROM {folder.database}.calls_of(id = 'a')")
    assert found.result_rows == [(2,)]
    folder.write("0003_further.sql", "ALTER TABLE DB.calls ADD COLUMN IF NOT EXISTS title String")
    assert folder.apply(client) == ["0003_further.sql"]


def test_progress_tells_each_statement(client: Client, folder: Folder) -> None:
    seen: list[tuple[str, int, int]] = []

    def progress(migration: Migration, number: int, total: int) -> None:
        seen.append((migration.name, number, total))

    migrate.apply(client, variables=VARIABLES, progress=progress, schema=folder.schema)
    assert seen == [("0001_calls.sql", 1, 2), ("0001_calls.sql", 2, 2), ("0002_more.sql", 1, 1)]


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
    assert recorded.result_rows == [(1, "0001_calls.sql"), (2, "0002_more.sql")]
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
    assert folder.apply(client, {"engine": "ReplacingMergeTree", "calls_days": "60"}) == []


def test_a_database_of_a_newer_program_is_refused(client: Client, folder: Folder) -> None:
    folder.write("0003_future.sql", "SELECT 1")
    folder.apply(client)
    (folder.path / "0003_future.sql").unlink()
    with pytest.raises(
        MigrationError, match=r"newer than this program: it has 0003_future\.sql.*is 0002_more\.sql"
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
    folder.write("0003_further.sql", "CREATE TABLE DB.y (a UInt8) ENGINE = {{other}} ORDER BY a")
    with pytest.raises(MigrationError, match=r"0003_further\.sql needs the variable 'other'"):
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
        migrate.read(Schema(migrations=tmp_path))


def test_two_files_with_one_number_are_refused(tmp_path: Path) -> None:
    for name in ("0001_a.sql", "0001_b.sql"):
        (tmp_path / name).write_text("SELECT 1")
    with pytest.raises(MigrationError, match=r"0001_a\.sql and 0001_b\.sql have the same number"):
        migrate.read(Schema(migrations=tmp_path))


def test_retention_changes_only_what_differs(client: Client, folder: Folder) -> None:
    folder.apply(client)
    table = f"{folder.database}.calls"

    def days_kept(days: str) -> dict[str, int]:
        return migrate.apply_retention(client, variables={"calls_days": days}, schema=folder.schema)

    assert days_kept("30") == {}
    client.command(
        f"INSERT INTO {table} (id, at, version) VALUES ('old', now() - INTERVAL 20 DAY, 1), ('new', now(), 1)"
    )
    assert days_kept("10") == {table: 10}
    assert days_kept("10") == {}
    engine = client.command(
        "SELECT engine_full FROM system.tables WHERE database = {d:String} AND name = 'calls'",
        {"d": folder.database},
    )
    assert "TTL at + toIntervalDay(10) SETTINGS index_granularity = 8192" in str(engine)
    client.command(f"OPTIMIZE TABLE {table} FINAL")
    assert client.query(f"SELECT id FROM {table}").result_rows == [("new",)]


def test_a_changed_view_is_replaced_with_all_that_read_it(client: Client, folder: Folder) -> None:
    folder.write("views/a_list.sql", "-- Ids.\nCREATE OR REPLACE VIEW DB.a_list AS SELECT * FROM DB.z_ids;")
    folder.write(
        "views/z_ids.sql", "-- Ids.\nCREATE OR REPLACE VIEW DB.z_ids AS SELECT id FROM DB.calls FINAL"
    )
    folder.apply(client)
    assert folder.replaced(client) == []
    folder.write(
        "views/z_ids.sql", "-- Other words.\nCREATE OR REPLACE VIEW DB.z_ids AS SELECT id FROM DB.calls FINAL"
    )
    assert folder.replaced(client) == [], "a comment is not the view"
    folder.write(
        "views/z_ids.sql", "-- Ids.\nCREATE OR REPLACE VIEW DB.z_ids AS SELECT id, at FROM DB.calls FINAL"
    )
    with pytest.raises(
        MigrationError, match=r"views are not those of this program \(a_list, z_ids\); run `salgspuls"
    ):
        folder.ensure_current(client)
    replaced = folder.replaced(client)
    assert sorted(replaced) == ["a_list", "calls_of", "z_ids"]
    assert replaced.index("z_ids") < replaced.index("a_list")
    assert columns(client, f"{folder.database}.a_list") == ["id", "at"]
    folder.ensure_current(client)


def test_views_are_replaced_after_a_migration_for_they_keep_the_columns_that_they_found(
    client: Client, folder: Folder
) -> None:
    folder.apply(client)
    folder.write("0003_further.sql", "ALTER TABLE DB.calls ADD COLUMN IF NOT EXISTS title String")
    folder.apply(client)
    assert "title" in columns(client, f"{folder.database}.calls_of(id = 'a')")


def test_a_view_that_was_lost_comes_back_and_one_without_a_file_goes(client: Client, folder: Folder) -> None:
    folder.write("views/old.sql", "-- Old.\nCREATE OR REPLACE VIEW DB.old AS SELECT 1 AS one")
    folder.apply(client)
    client.command(f"DROP VIEW {folder.database}.calls_of")
    (folder.path / "views/old.sql").unlink()
    done = migrate.apply(client, variables=VARIABLES, schema=folder.schema)
    assert ([view.name for view in done.views], done.dropped) == (["calls_of"], ["old"])
    left = client.query("SELECT name FROM system.tables WHERE database = {d:String}", {"d": folder.database})
    assert {"calls_of"} == {name for (name,) in left.result_rows} & {"calls_of", "old"}
    folder.ensure_current(client)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CREATE OR REPLACE VIEW DB.x AS SELECT 1", r"views/x\.sql: say at the top"),
        (
            "-- X.\nCREATE VIEW DB.x AS SELECT 1",
            r"views/x\.sql: it has to hold one statement, CREATE OR REPLACE",
        ),
        ("-- X.\nCREATE OR REPLACE VIEW DB.y AS SELECT 1", r"views/x\.sql: it has to hold one statement"),
        ("-- X.\nCREATE OR REPLACE VIEW DB.x AS SELECT 1; SELECT 2", r"views/x\.sql: it has to hold one"),
        (
            "-- X.\nCREATE OR REPLACE VIEW DB.x AS SELECT * FROM DB.y",
            "in a circle: (x -> y -> x|y -> x -> y)",
        ),
        ("-- X.\nCREATE OR REPLACE VIEW DB.x AS SELECT nothing", r"views/x\.sql \(CREATE OR.*nothing"),
    ],
)
def test_a_view_that_is_no_view_is_refused_by_name(
    client: Client, folder: Folder, text: str, message: str
) -> None:
    folder.write("views/x.sql", text)
    folder.write("views/y.sql", "-- Y.\nCREATE OR REPLACE VIEW DB.y AS SELECT * FROM DB.x")
    with pytest.raises(MigrationError, match=message):
        folder.apply(client)


def test_numbers_that_were_files_of_views_are_known_and_not_given_again(
    client: Client, folder: Folder
) -> None:
    """As in a database that was made before views had files of their own."""
    folder.apply(client)
    client.insert(
        f"{folder.database}.migrations",
        [[9, "0009_views.sql", "00"]],
        column_names=["version", "name", "checksum"],
    )
    client.command(f"DROP TABLE {folder.database}.views SYNC")
    folder.write("0010_later.sql", "SELECT 1")
    assert folder.apply(client) == ["0010_later.sql"]
    folder.ensure_current(client)
    folder.write("0009_again.sql", "SELECT 1")
    with pytest.raises(MigrationError, match=r"0009_again\.sql: the number was used before"):
        folder.pending(client)


def test_the_registry_says_of_every_table_what_the_database_says(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    client = connect(migrated_clickhouse.writer)
    found = client.query(
        "SELECT name, engine_full, sorting_key, partition_key FROM system.tables WHERE database = {d:String}",
        {"d": STORE},
    ).result_rows
    listed = client.query(
        "SELECT table, groupArray(name) FROM (SELECT * FROM system.columns WHERE database = {d:String} "
        "ORDER BY table, position) GROUP BY table",
        {"d": STORE},
    ).result_rows
    client.close()
    assert {name for name, *_ in found} == TABLES.keys()
    of_table = {name: names for name, names in listed}  # noqa: C416 - rows are sequences, of no known length
    for name, engine, key, partition in found:
        table = TABLES[name]
        version = re.match(r"ReplacingMergeTree(?:\((\w+)\))?", engine)
        assert version is not None, name
        assert (version[1] or "", tuple(key.split(", ")), partition) == (
            table.version,
            table.key,
            table.partition,
        ), name
        ttl = re.search(r"TTL (\w+) \+ toIntervalDay", engine)
        assert (ttl[1] if ttl else None) == table.dated, name
        assert (table.retention is None) == (table.dated is None), name
        if table.row is not None:
            written = [column for column in of_table[name] if column != "stored_at"]
            assert written == list(columns_of(table.row)), name


def test_the_product_s_own_migrations_are_applied_and_recorded(
    migrated_clickhouse: RunningClickHouse,
) -> None:
    client = connect(migrated_clickhouse.writer)
    migrate.ensure_current(client)
    assert client.query("SELECT count() FROM calls").result_rows == [(0,)]
    client.close()


def test_the_product_s_retention_follows_the_settings(migrated_clickhouse: RunningClickHouse) -> None:
    client = connect(migrated_clickhouse.writer)
    assert migrate.apply_retention(client, variables=MIGRATION_VARIABLES) == {}
    changed = migrate.apply_retention(client, variables={**MIGRATION_VARIABLES, "segments_days": "90"})
    assert changed == {"salgspuls_store.segments": 90, "salgspuls_store.withdrawn_consents": 90}
    client.close()
