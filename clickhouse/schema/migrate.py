"""Bring a database to the schema of this program: tables by numbered migrations, views by files that replace them.

A table's file is `tables/NNNN_name.sql` with any number of statements and `{{name}}` where a variable goes (engine,
days to keep). It is applied once, in order; what was applied stands in `salgspuls_store.migrations`, one row a version,
with the SHA-256 of the file as it is committed, before variables.

A view's file is `views/name.sql` (see `clickhouse.schema.view_files`). All views are replaced, in the order in which
they read one another, when one of them changed or a migration was applied: a view keeps the columns that it found when
it was made. `salgspuls_store.views` says which text each view has.

ClickHouse knows no lock and no transaction over tables, so statements have to be repeatable (IF NOT EXISTS, OR
REPLACE): then two runs at once, or one after a run that was interrupted, end alike.

Why not the library clickhouse-migrations (0.16, tried on the embedded engine): it works, but it always brings a second
ClickHouse driver; its lock needs a Keeper, which neither a single server nor the embedded engine has; and a changed
file it reports by number only, a database of a newer program as lost files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.quoting import string
from clickhouse.schema import tables, view_files
from clickhouse.schema.view_files import View
from clickhouse.sql import split_statements

_FILE_NAME = re.compile(r"(\d{4})_\w+\.sql")
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_VALUE = re.compile(r"\w+", re.ASCII)
_DAYS = re.compile(r"\bTTL (\w+) \+ toIntervalDay\((\d+)\)")


class MigrationError(Exception):
    """The database cannot be brought to this program's schema; the text names the file and says what to do."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Schema:
    """Where the files are, and the databases that they are for.

    `retired` are numbers that databases may have applied and that this program has no file for any more: they held
    views, which are files of their own now.
    """

    migrations: Path = Path(__file__).parent / "tables"
    views: Path = Path(__file__).parent / "views"
    store: str = tables.STORE
    views_database: str = tables.VIEWS
    tables: Collection[tables.Table] = tuple(tables.TABLES.values())
    retired: frozenset[int] = frozenset({3, 10, 11, 12, 13, 14, 30, 31})


PRODUCT = Schema()


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, its name, the SHA-256 of its bytes, its text before variables."""

    version: int
    name: str
    checksum: str
    text: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run has done: migrations applied, views replaced, views dropped that no file speaks of any more."""

    migrations: Sequence[Migration]
    views: Sequence[View]
    dropped: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.migrations or self.views or self.dropped)


Progress = Callable[[Migration, int, int], None]
"""Called before each statement: the migration, the statement's place (from 1), how many it has."""


def read(schema: Schema = PRODUCT) -> list[Migration]:
    """The migrations in order. Raises MigrationError for a wrong file name or a number that is taken."""
    migrations: dict[int, Migration] = {}
    for path in sorted(schema.migrations.glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationError(
                f"{path.name}: a migration's file is called NNNN_name.sql, as 0001_facts.sql"
            )
        content = path.read_bytes()
        migration = Migration(int(match[1]), path.name, hashlib.sha256(content).hexdigest(), content.decode())
        if migration.version in migrations:
            raise MigrationError(f"{migrations[migration.version].name} and {path.name} have the same number")
        if migration.version in schema.retired:
            raise MigrationError(
                f"{path.name}: the number was used before, and databases have it; take another"
            )
        migrations[migration.version] = migration
    return list(migrations.values())


def pending(client: Client, schema: Schema = PRODUCT) -> list[Migration]:
    """The migrations that the database lacks, in order.

    Raises MigrationError when a file was changed or taken away after it was applied, or when the database is newer
    than this program.
    """
    known = {migration.version: migration for migration in read(schema)}
    newest = max(known.values(), key=lambda migration: migration.version, default=None)
    applied = _applied(client, schema)
    for version, (name, checksum) in sorted(applied.items()):
        if version in known:
            if known[version].checksum != checksum:
                raise MigrationError(
                    f"{known[version].name} was changed after it was applied to this database; "
                    "put the file back as it was and write the change as a new migration"
                )
        elif newest is None or version > newest.version:
            raise MigrationError(
                f"the database is newer than this program: it has {name}, and this program's last migration is "
                f"{newest.name if newest else 'none'}; use the program that belongs to the database"
            )
        elif version not in schema.retired:
            raise MigrationError(
                f"{name} was applied to this database and is missing here; put the file back"
            )
    return [migration for version, migration in known.items() if version not in applied]


def outdated_views(client: Client, schema: Schema = PRODUCT) -> list[str]:
    """The views that are missing, have another text than this program's, or are left over from an older one."""
    wanted = {view.name: view.checksum for view in views(schema)}
    recorded = _recorded_views(client, schema)
    there = {
        name
        for (name,) in client.query(
            "SELECT name FROM system.tables WHERE database = {database:String} AND engine = 'View'",
            parameters={"database": schema.views_database},
        ).result_rows
    }
    return sorted(
        name
        for name in wanted.keys() | recorded.keys()
        if wanted.get(name) != recorded.get(name) or (name in wanted and name not in there)
    )


def apply(
    client: Client,
    *,
    variables: Mapping[str, str],
    progress: Progress | None = None,
    before_views: Callable[[Client], object] = lambda client: None,
    schema: Schema = PRODUCT,
) -> Applied:
    """Apply what is pending, replace views that are not up to date, and return what was done.

    `before_views` fills new tables that the views will read. `client` needs no default database; `variables` holds
    `engine` at least. Raises MigrationError, before anything is changed, for what `pending` refuses and for a missing
    variable; and, with the file and the statement, when ClickHouse refuses one.
    """
    todo = pending(client, schema)
    statements = {migration.version: _statements(migration, variables) for migration in todo}
    if todo:
        _create_records(client, schema, _value(variables, "engine", "the table of migrations"))
    for migration in todo:
        of_file = statements[migration.version]
        for number, statement in enumerate(of_file, start=1):
            if progress is not None:
                progress(migration, number, len(of_file))
            _run(client, statement, f"{migration.name}, statement {number}")
        client.insert(
            f"{schema.store}.migrations",
            [[migration.version, migration.name, migration.checksum]],
            column_names=["version", "name", "checksum"],
        )
    before_views(client)
    outdated = outdated_views(client, schema)
    if not todo and not outdated:
        return Applied([], [], [])
    _create_records(client, schema, _value(variables, "engine", "the table of views"))
    return _replace_views(client, schema, todo, outdated)


def _replace_views(client: Client, schema: Schema, todo: list[Migration], outdated: list[str]) -> Applied:
    wanted = views(schema)
    names = {view.name for view in wanted}
    dropped = [name for name in outdated if name not in names]
    for view in wanted:
        _run(client, view.statement, f"views/{view.name}.sql")
    for name in dropped:
        client.command(f"DROP VIEW IF EXISTS {schema.views_database}.{name}")
        client.command(f"ALTER TABLE {schema.store}.views DELETE WHERE name = {string(name)}")
    if wanted:
        client.insert(
            f"{schema.store}.views",
            [[view.name, view.checksum] for view in wanted],
            column_names=["name", "checksum"],
        )
    return Applied(todo, wanted, dropped)


def ensure_current(client: Client, schema: Schema = PRODUCT) -> None:
    """Raise MigrationError unless the database has exactly this program's schema."""
    missing = [migration.name for migration in pending(client, schema)]
    if missing:
        raise MigrationError(f"the database lacks {_some(missing)}; run `salgspuls migrate`")
    if outdated := outdated_views(client, schema):
        raise MigrationError(
            f"views are not those of this program ({_some(outdated)}); run `salgspuls migrate`"
        )


def _some(names: Sequence[str]) -> str:
    """The first of them, and how many more there are: a reason is one line of a log."""
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def apply_retention(
    client: Client, *, variables: Mapping[str, str], schema: Schema = PRODUCT
) -> dict[str, int]:
    """Keep each table's rows as many days as `variables` says, where the database keeps them otherwise.

    Returns the changed tables (`database.table`) with their days. Rows that are too old then go with the next merges.
    """
    kept = retention_days(client, schema)
    changed: dict[str, int] = {}
    for table in schema.tables:
        if table.retention is None or table.name not in kept:
            continue
        days = int(_value(variables, table.retention, table.name))
        if kept[table.name] != days:
            name = f"{schema.store}.{table.name}"
            client.command(f"ALTER TABLE {name} MODIFY TTL {table.dated} + toIntervalDay({days})")
            changed[name] = days
    return changed


def retention_days(client: Client, schema: Schema = PRODUCT) -> dict[str, int | None]:
    """How many days each of the database's tables keeps its rows; None for ever."""
    rows = client.query(
        "SELECT name, engine_full FROM system.tables WHERE database = {database:String}",
        parameters={"database": schema.store},
    ).result_rows
    return {name: int(found[2]) if (found := _DAYS.search(engine)) else None for name, engine in rows}


def views(schema: Schema = PRODUCT) -> list[View]:
    """The views, each after those that it reads. Raises MigrationError."""
    try:
        return view_files.read(schema.views, schema.views_database)
    except view_files.ViewError as error:
        raise MigrationError(str(error)) from error


def _run(client: Client, statement: str, where: str) -> None:
    try:
        client.command(statement)
    except DatabaseError as error:
        first_line = statement.partition("\n")[0]
        raise MigrationError(f"{where} ({first_line}): {error}") from error


def _applied(client: Client, schema: Schema) -> dict[int, tuple[str, str]]:
    """Version to name and checksum; nothing when the table is not there yet."""
    if not _exists(client, schema.store, "migrations"):
        return {}
    rows = client.query(f"SELECT version, name, checksum FROM {schema.store}.migrations FINAL").result_rows
    return {version: (name, checksum) for version, name, checksum in rows}


def _recorded_views(client: Client, schema: Schema) -> dict[str, str]:
    if not _exists(client, schema.store, "views"):
        return {}
    rows = client.query(f"SELECT name, checksum FROM {schema.store}.views FINAL").result_rows
    return {row[0]: row[1] for row in rows}


def _exists(client: Client, database: str, table: str) -> bool:
    found = client.query(
        "SELECT 1 FROM system.tables WHERE database = {database:String} AND name = {table:String}",
        parameters={"database": database, "table": table},
    )
    return bool(found.result_rows)


def _create_records(client: Client, schema: Schema, engine: str) -> None:
    """The databases, and the tables that say what was applied."""
    for database in {schema.store, schema.views_database}:
        client.command(f"CREATE DATABASE IF NOT EXISTS {database}")
    client.command(
        f"""CREATE TABLE IF NOT EXISTS {schema.store}.migrations
        (
            version UInt32,
            name String,
            checksum String,
            applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
        )
        ENGINE = {engine}(applied_at)
        ORDER BY version""",
    )
    client.command(
        f"""CREATE TABLE IF NOT EXISTS {schema.store}.views
        (
            name String,
            checksum String,
            replaced_at DateTime64(3, 'UTC') DEFAULT now64(3)
        )
        ENGINE = {engine}(replaced_at)
        ORDER BY name""",
    )


def _statements(migration: Migration, variables: Mapping[str, str]) -> list[str]:
    return split_statements(filled(migration, variables))


def filled(migration: Migration, variables: Mapping[str, str]) -> str:
    """A migration's text with its variables put in. Raises MigrationError for one that is missing."""
    return _VARIABLE.sub(lambda match: _value(variables, match[1], migration.name), migration.text)


def _value(variables: Mapping[str, str], name: str, where: str) -> str:
    """A variable's value. Only word characters: it goes into SQL as it is."""
    if name not in variables:
        raise MigrationError(f"{where} needs the variable {name!r}, and it is not given")
    if not _VALUE.fullmatch(variables[name]):
        raise MigrationError(
            f"variable {name!r} is {variables[name]!r}; it may hold letters, digits and underscores only"
        )
    return variables[name]
