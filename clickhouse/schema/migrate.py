"""Bring a database to the schema of this program: numbered SQL files, each applied once, in order, by checksum.

A file is `NNNN_name.sql` with any number of statements and `{{name}}` where a variable goes (engine, days to keep).
What was applied stands in `salgspuls_store.migrations`, one row a version, with the SHA-256 of the file as it is
committed, before variables. ClickHouse knows no lock and no transaction over tables, so statements have to be
repeatable (IF NOT EXISTS, OR REPLACE): then two runs at once, or one after a run that broke off, end alike.

Why not the library clickhouse-migrations (0.16, tried on the embedded engine): it works, but it always brings a second
ClickHouse driver; its lock needs a Keeper, which neither a single server nor the embedded engine has; and a changed
file it reports by number only, a database of a newer program as lost files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from clickhouse.sql import Token, split_statements, tokens

FOLDER = Path(__file__).parent / "tables"
DATABASE = "salgspuls_store"

_FILE_NAME = re.compile(r"(\d{4})_\w+\.sql")
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_VALUE = re.compile(r"\w+", re.ASCII)
_INTERVAL_DAYS = re.compile(r"toIntervalDay\((\d+)\)")


class MigrationError(Exception):
    """The database cannot be brought to this program's schema; the text names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, its name, the SHA-256 of its bytes, its text before variables."""

    version: int
    name: str
    checksum: str
    text: str


Progress = Callable[[Migration, int, int], None]
"""Called before each statement: the migration, the statement's place (from 1), how many it has."""


def read(folder: Path = FOLDER) -> list[Migration]:
    """The migrations of a folder in order. Raises MigrationError for a wrong file name or a number given twice."""
    migrations: dict[int, Migration] = {}
    for path in sorted(folder.glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationError(
                f"{path.name}: a migration's file is called NNNN_name.sql, as 0001_facts.sql"
            )
        content = path.read_bytes()
        migration = Migration(int(match[1]), path.name, hashlib.sha256(content).hexdigest(), content.decode())
        if migration.version in migrations:
            raise MigrationError(f"{migrations[migration.version].name} and {path.name} have the same number")
        migrations[migration.version] = migration
    return list(migrations.values())


def pending(client: Client, *, folder: Path = FOLDER, database: str = DATABASE) -> list[Migration]:
    """The migrations that the database lacks, in order.

    Raises MigrationError when a file was changed or taken away after it was applied, or when the database is newer
    than this program.
    """
    known = {migration.version: migration for migration in read(folder)}
    newest = max(known.values(), key=lambda migration: migration.version, default=None)
    applied = _applied(client, database)
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
        else:
            raise MigrationError(
                f"{name} was applied to this database and is missing here; put the file back"
            )
    return [migration for version, migration in known.items() if version not in applied]


def apply(
    client: Client,
    *,
    variables: Mapping[str, str],
    progress: Progress | None = None,
    folder: Path = FOLDER,
    database: str = DATABASE,
) -> list[Migration]:
    """Apply what is pending and return it. `client` needs no default database; `variables` holds `engine` at least.

    Raises MigrationError, before anything is changed, for what `pending` refuses and for a missing variable; and, with
    the file and the statement, when ClickHouse refuses one.
    """
    todo = pending(client, folder=folder, database=database)
    statements = {migration.version: _statements(migration, variables) for migration in todo}
    if todo:
        _create_table(client, database, _value(variables, "engine", "the table of migrations"))
    for migration in todo:
        of_file = statements[migration.version]
        for number, statement in enumerate(of_file, start=1):
            if progress is not None:
                progress(migration, number, len(of_file))
            try:
                client.command(statement)
            except DatabaseError as error:
                first_line = statement.partition("\n")[0]
                raise MigrationError(
                    f"{migration.name}, statement {number} ({first_line}): {error}"
                ) from error
        client.insert(
            f"{database}.migrations",
            [[migration.version, migration.name, migration.checksum]],
            column_names=["version", "name", "checksum"],
        )
    return todo


def ensure_current(client: Client, *, folder: Path = FOLDER, database: str = DATABASE) -> None:
    """Raise MigrationError unless the database has exactly this program's schema."""
    missing = pending(client, folder=folder, database=database)
    if missing:
        names = ", ".join(migration.name for migration in missing)
        raise MigrationError(f"the database lacks {names}; run `salgspuls migrate`")


def apply_retention(client: Client, *, variables: Mapping[str, str], folder: Path = FOLDER) -> dict[str, int]:
    """Give each table the days of `variables` that its TTL in the migrations names, where the database has others.

    Returns the changed tables (`database.table`) with their days. Rows that are too old then go with the next merges.
    """
    changed: dict[str, int] = {}
    for table, variable in _retention_variables(read(folder)).items():
        days = int(_value(variables, variable, table))
        database, _, name = table.partition(".")
        found = client.query(
            "SELECT engine_full FROM system.tables WHERE database = {database:String} AND name = {name:String}",
            parameters={"database": database, "name": name},
        ).result_rows
        if not found:
            continue
        current = _ttl(found[0][0])
        wanted = _INTERVAL_DAYS.sub(f"toIntervalDay({days})", current)
        if wanted != current:
            client.command(f"ALTER TABLE {table} MODIFY TTL {wanted}")
            changed[table] = days
    return changed


def _applied(client: Client, database: str) -> dict[int, tuple[str, str]]:
    """Version to name and checksum; nothing when the table is not there yet."""
    exists = client.query(
        "SELECT 1 FROM system.tables WHERE database = {database:String} AND name = 'migrations'",
        parameters={"database": database},
    )
    if not exists.result_rows:
        return {}
    rows = client.query(f"SELECT version, name, checksum FROM {database}.migrations FINAL").result_rows
    return {version: (name, checksum) for version, name, checksum in rows}


def _create_table(client: Client, database: str, engine: str) -> None:
    client.command(f"CREATE DATABASE IF NOT EXISTS {database}")
    client.command(
        f"""CREATE TABLE IF NOT EXISTS {database}.migrations
        (
            version UInt32,
            name String,
            checksum String,
            applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
        )
        ENGINE = {engine}(applied_at)
        ORDER BY version""",
    )


def _statements(migration: Migration, variables: Mapping[str, str]) -> list[str]:
    def value(match: re.Match[str]) -> str:
        return _value(variables, match[1], migration.name)

    return split_statements(_VARIABLE.sub(value, migration.text))


def _value(variables: Mapping[str, str], name: str, where: str) -> str:
    """A variable's value. Only word characters: it goes into SQL as it is."""
    if name not in variables:
        raise MigrationError(f"{where} needs the variable {name!r}, and it is not given")
    if not _VALUE.fullmatch(variables[name]):
        raise MigrationError(
            f"variable {name!r} is {variables[name]!r}; it may hold letters, digits and underscores only"
        )
    return variables[name]


def _retention_variables(migrations: Iterable[Migration]) -> dict[str, str]:
    """Table to the variable in its TTL, as the last migration that speaks of it says."""
    found: dict[str, str] = {}
    for migration in migrations:
        # A placeholder is no SQL: give it a name that the lexer takes for a word.
        for statement in split_statements(_VARIABLE.sub(r"__\1__", migration.text)):
            words = list(tokens(statement))
            ttl = next((place for place, token in enumerate(words) if token.is_word("TTL")), None)
            variable = next(
                (match[1] for token in words[ttl:] if (match := re.fullmatch(r"__(\w+)__", token.text))), None
            )
            if ttl is not None and variable is not None:
                found[_table_of(words)] = variable
    return found


def _table_of(words: list[Token]) -> str:
    """The name after TABLE [IF [NOT] EXISTS], as written."""
    place = next(place for place, token in enumerate(words) if token.is_word("TABLE")) + 1
    while words[place].is_word("IF", "NOT", "EXISTS"):
        place += 1
    name = words[place].text
    while words[place + 1].text == ".":
        name, place = f"{name}.{words[place + 2].text}", place + 2
    return name


def _ttl(engine_full: str) -> str:
    """The TTL of a table from its engine's definition as system.tables shows it, "" for none."""
    words = list(tokens(engine_full))
    start = next((token.end for token in words if token.is_word("TTL")), len(engine_full))
    end = next(
        (token.start for token in words if token.is_word("SETTINGS") and token.start > start),
        len(engine_full),
    )
    return engine_full[start:end].strip()
