"""chDB as a server's engine: a session for each query, a reader that cannot write, queries that can be stopped.

What the reader may do is decided by the engine: its sessions run with readonly = 1, and ClickHouse's own parser says
what a statement is. chDB, made for a process that trusts itself, knows no users and no grants: what stands in their
place is in `clickhouse.embedded.access`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast  # Any: chDB has no types

from clickhouse import quoting
from clickhouse.embedded.access import Access
from clickhouse.embedded.config import EmbeddedConfig, EmbeddedError
from clickhouse.embedded.errors import QueryError

_SETTING_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_FORMAT = "SELECT formatQuerySingleLine({sql:String})"
_MAP_VALUES = "SELECT toJSONString(mapValues({map:Map(String, String)}))"
_FORMAT_SCOPE = re.compile(r":? In scope SELECT formatQuerySingleLine\(.*\)\.(?= \([A-Z_]+\)$)", re.DOTALL)
_IN_FILE = re.compile(
    r": \(in file/uri [^)]*\)|: While executing File|: data for INSERT was parsed from file"
)
# What chDB sets for a single user's convenience, set back to a server's defaults; and inserts are acknowledged when
# they are in the table, unless the client asks for asynchronous ones.
_SERVER_DEFAULTS = {"implicit_select": "0", "allow_introspection_functions": "0", "async_insert": "0"}

# The one setting that the reader may make: it only takes rows away, see `clickhouse.visibility`.
_FILTERS = "additional_table_filters"

# So that an insert does not wait for a core while dashboards keep all of them busy.
_BEHIND_WRITES = {"os_threads_nice_value_query": "5"}

# A page's many short queries pay more for machine code than it saves them, and long ones take as long without it.
_NOT_COMPILED = {
    "compile_expressions": "0",
    "compile_aggregate_expressions": "0",
    "compile_sort_description": "0",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """What an INSERT brings: the rows in their format, and the SETTINGS clause that stood before it."""

    data: bytes
    format: str
    settings_clause: bytes = b""


@dataclass(frozen=True, slots=True)
class Query:
    """One statement to run. With `rows`, `sql` is the INSERT up to its columns."""

    sql: bytes
    reader: bool
    output_format: str = "TabSeparated"
    rows: Rows | None = None
    database: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    read_only_request: bool = False
    tag: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave: bytes in its output format, and the engine's own counts."""

    body: bytes
    read_rows: int
    read_bytes: int
    written_rows: int
    written_bytes: int
    result_rows: int
    result_bytes: int
    elapsed_ns: int


class Engine:
    """The open engine. Its methods block and may be called from any number of threads."""

    def __init__(self, path: Path, incoming: Path, config: EmbeddedConfig) -> None:
        self._path = str(path)
        self._incoming = incoming
        self._limits = config.limits
        self._writer_seconds = config.writer_seconds
        self._reader_database = config.reader_databases[0]
        self._running: dict[str, bool] = {}  # tag to whether it only reads, once that is known
        # ClickHouse reads its time zone once, and chDB reads a config.xml out of the working directory: an empty one,
        # of which nobody knows the name beforehand.
        os.environ["TZ"] = "UTC"
        time.tzset()
        with tempfile.TemporaryDirectory(dir=incoming) as empty, contextlib.chdir(empty):
            import chdb

            self._connect = cast("Callable[[str], Any]", chdb.connect)
            try:
                # The engine runs as long as one connection is open.
                self._anchor = self._connect(self._path)
            except Exception as error:
                raise EmbeddedError(f"the engine cannot open {path}: {error}") from None
        self.version = self._scalar("SELECT version()")
        self._anchor.query(f"CREATE DATABASE IF NOT EXISTS {quoting.identifier(self._reader_database)}")
        functions = self._scalar(
            "SELECT arrayStringConcat(groupArray(lower(name)), ' ') FROM system.table_functions"
        )
        self._access = Access(frozenset(config.reader_databases), frozenset(functions.split()))

    def close(self) -> None:
        """Close the engine; no query may be running."""
        self._anchor.close()

    def run(self, query: Query) -> Result:
        """Run one statement in a session of its own. Raises QueryError with ClickHouse's code and text."""
        with self._listed(query.tag), self._session(query) as session:
            if query.rows is not None:
                return self._insert(session, query, query.rows)
            self._running[query.tag] = self._only_reads(session, query)
            return self._execute(session, query.sql, query)

    def _insert(self, session: Any, query: Query, rows: Rows) -> Result:
        """Insert through a file. (chDB's streaming insert reports nothing of what fails when the rows are written.)"""
        with tempfile.NamedTemporaryFile(dir=self._incoming) as file:
            try:
                file.write(rows.data)
                file.flush()
            except OSError as error:
                raise QueryError.of(
                    243, "NOT_ENOUGH_SPACE", f"cannot keep the rows: {error.strerror}"
                ) from None
            source = f" FROM INFILE {quoting.string(file.name)} ".encode()
            sql = query.sql + source + rows.settings_clause + f" FORMAT {rows.format}".encode()
            try:
                return self._execute(session, sql, query)
            except Exception as error:
                message = _IN_FILE.sub("", str(error)).replace(quoting.string(file.name), "(rows)")
                raise QueryError.from_engine(message) from None

    def _execute(self, session: Any, sql: bytes, query: Query) -> Result:
        started = time.perf_counter_ns()
        result = session.query(sql, query.output_format, params=dict(query.parameters))
        return Result(
            body=result.bytes(),
            read_rows=result.storage_rows_read(),
            read_bytes=result.storage_bytes_read(),
            written_rows=result.rows_written(),
            written_bytes=result.bytes_written(),
            result_rows=result.rows_read(),
            result_bytes=result.bytes_read(),
            elapsed_ns=time.perf_counter_ns() - started,
        )

    def stop_reading(self, tag: str) -> None:
        """Stop a query if it only reads; it ends with QUERY_WAS_CANCELLED. Tries for a second: it may just begin."""
        for _ in range(20):
            if tag not in self._running:
                return
            if self._running.get(tag):
                self._kill_where(f"Settings['log_comment'] = {quoting.string(tag)}")
            time.sleep(0.05)

    def kill_all(self) -> None:
        """Ask every running query to stop."""
        self._kill_where("Settings['log_comment'] != ''")

    def _kill_where(self, condition: str) -> None:
        connection = self._connect(self._path)
        with contextlib.closing(connection), contextlib.suppress(Exception):
            connection.query(f"KILL QUERY WHERE {condition} ASYNC", "Null")

    def _scalar(self, sql: str) -> str:
        value: bytes = self._anchor.query(sql, "TSVRaw").bytes()
        return value.decode().rstrip("\n")

    @contextlib.contextmanager
    def _listed(self, tag: str) -> Iterator[None]:
        self._running[tag] = False
        try:
            yield
        finally:
            del self._running[tag]

    @contextlib.contextmanager
    def _session(self, query: Query) -> Iterator[Any]:
        """A connection with the user's settings; whatever goes wrong in it comes out as QueryError."""
        connection = self._connect(self._path)
        try:
            for statement in self._preamble(query):
                connection.query(statement, "Null")
            yield connection
        except QueryError:
            raise
        except Exception as error:  # chDB raises RuntimeError and ChdbError, with the engine's text
            raise QueryError.from_engine(str(error)) from None
        finally:
            connection.close()

    def _preamble(self, query: Query) -> Iterator[str]:
        """The statements that turn a new connection into the user's session."""
        settings = dict(query.settings)
        if query.reader:
            yield _set(_SERVER_DEFAULTS)
            limits = {
                "max_execution_time": _at_most(
                    settings.pop("max_execution_time", "0"), self._limits.seconds, 0.001
                ),
                "max_memory_usage": _at_most(
                    settings.pop("max_memory_usage", "0"), self._limits.memory_bytes, 1
                ),
                "max_result_bytes": _at_most(
                    settings.pop("max_result_bytes", "0"), self._limits.result_bytes, 1
                ),
            }
            yield f"USE {quoting.identifier(self._readable(query.database))}"
            filters = {_FILTERS: settings.pop(_FILTERS)} if settings.get(_FILTERS) else {}
            session = {**_BEHIND_WRITES, **_NOT_COMPILED, "log_comment": query.tag, "readonly": "1"}
            yield _set({**limits, **filters, **session})
            if settings:
                yield _set(settings)  # which the engine refuses, naming the setting
        else:
            defaults = {"max_execution_time": f"{self._writer_seconds:g}"}
            if query.database:
                yield f"USE {quoting.identifier(query.database)}"
            yield _set({**_SERVER_DEFAULTS, **defaults, **settings, "log_comment": query.tag})
            if query.read_only_request:
                yield _set({"readonly": "2"})

    def _only_reads(self, session: Any, query: Query) -> bool:
        """Whether the statement reads and nothing else. Refuses several statements and what the reader may not do."""
        report = session._conn.classify_query(query.sql)
        kind = report["query_class"].name
        if kind == "UNKNOWN" or report["statement_count"] > 1:
            # chDB runs a text statement by statement: its first part must not run before the rest is found wrong.
            self._formatted(session, query.sql)
        if query.reader and kind != "READ_ONLY":
            raise QueryError.of(164, "READONLY", "Cannot execute query in readonly mode.")
        if query.reader:
            self._check(session, query.sql, query.parameters)
            for condition in self._conditions(session, query.settings.get(_FILTERS, "")):
                self._check(session, b"SELECT 1 WHERE " + condition, {})
        return bool(kind == "READ_ONLY")

    def _check(self, session: Any, sql: bytes, parameters: Mapping[str, str]) -> None:
        """Raise QueryError unless a statement touches only what the reader may."""
        explained = session.query(b"EXPLAIN AST " + sql, "TSVRaw", params=dict(parameters))
        self._access.check(
            sql.decode(errors="replace"), parameters.values(), explained.bytes().decode(errors="replace")
        )

    def _conditions(self, session: Any, filters: str) -> list[bytes]:
        """The conditions in a map of filters; they read what they name, as a statement does."""
        if not filters:
            return []
        values = session.query(_MAP_VALUES, "RawBLOB", params={"map": filters}).bytes()
        return [condition.encode() for condition in dict.fromkeys(json.loads(values))]

    def _readable(self, database: str) -> str:
        """The database that a reader's session is in; never `default`, where chDB takes a table's name for a file's."""
        if database in ("", "default"):
            return self._reader_database
        if database not in self._access.readable:
            raise QueryError.of(
                497, "ACCESS_DENIED", f"Not enough privileges: the reader may not use {database}"
            )
        return database

    def _formatted(self, session: Any, sql: bytes) -> str:
        """The statement as ClickHouse writes it. Raises its syntax error unless the text is one statement."""
        text = sql.decode(errors="replace")
        try:
            result = session.query(_FORMAT, "TSVRaw", params={"sql": quoting.parameter(text)})
        except Exception as error:
            raise QueryError.from_engine(_FORMAT_SCOPE.sub("", str(error))) from None
        formatted: bytes = result.bytes()
        return formatted.decode()


def _at_most(asked: str, limit: float, least: float) -> str:
    """The limit that a client asked for, lowered to `limit`; 0, and what rounds to it, means none to ClickHouse."""
    try:
        value = float(asked)
    except ValueError:
        raise QueryError.of(
            72, "CANNOT_PARSE_NUMBER", f"{asked!r} is no number, as a limit must be"
        ) from None
    return f"{value if least <= value <= limit else limit:.15g}"


def _set(settings: Mapping[str, str]) -> str:
    for name in settings:
        if not _SETTING_NAME.fullmatch(name):
            raise QueryError.of(115, "UNKNOWN_SETTING", f"Unknown setting {name!r}.")
    return "SET " + ", ".join(f"{name} = {quoting.string(value)}" for name, value in settings.items())
