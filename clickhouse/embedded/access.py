"""What the reader's statement may touch: the views, a few tables of `system`, and functions that stay inside of them.

ClickHouse's own parser says what a statement holds: EXPLAIN AST lists it node by node, with query parameters put in.
Whatever is not named here is refused before the engine looks at it, for some table functions act (open, make, connect)
while it still looks whether they may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clickhouse.embedded.errors import QueryError
from clickhouse.sql import SqlSyntaxError, tokens

_TABLE_FUNCTIONS = frozenset(
    [
        "generate_series",
        "generateseries",
        "null",
        "numbers",
        "numbers_mt",
        "values",
        "view",
        "zeros",
        "zeros_mt",
    ]
)
_SYSTEM_TABLES = frozenset(
    # what clickhouse-connect and Grafana's plugin ask for
    (
        *(
            "build_options",
            "columns",
            "completions",
            "contributors",
            "data_type_families",
            "databases",
            "formats",
        ),
        *(
            "functions",
            "keywords",
            "licenses",
            "numbers",
            "one",
            "settings",
            "table_engines",
            "table_functions",
        ),
        *("tables", "time_zones"),
    )
)
_FUNCTIONS_REFUSED = re.compile(
    # files, networks, other tables, models, Keeper, logs, the process
    r"file|filesystem\w*|dict(?:get|has|isin)\w*|joinget\w*|hascolumnintable|naivebayes\w*|evalmlmethod|catboost\w*"
    r"|ai(?:classify|embed|extract|filter|generate|redact|similarity|translate)|assigncentroid|getmacro"
    r"|getserversetting|getclienthttpheader|generateserialid|showcertificate|zookeeper\w*|logtrace|transaction\w*"
    r"|addressto\w*|demangle|mergetree\w*|getmergetreesetting|region(?:to|in|hierarchy)\w*"
)
_READ_BY_IN = re.compile(r"(?:global)?(?:not)?(?:null)?in(?:ignoreset)?", re.IGNORECASE)
_NAMES_A_TABLE = ("ExistsTableQuery", "ShowCreateTableQuery", "ExistsViewQuery", "ShowCreateViewQuery")
_ESCAPES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")


@dataclass(frozen=True, slots=True)
class _Node:
    """A line of EXPLAIN AST: how deep it stands, what it is, and of what."""

    depth: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Access:
    """The databases whose tables may be read, and the names of all table functions that there are, in lower case."""

    readable: frozenset[str]
    table_functions: frozenset[str]

    def check(self, sql: str, parameters: Iterable[str], explained: str) -> None:
        """Raise QueryError unless a statement, with the values of its parameters and what EXPLAIN AST says of it,
        touches only what the reader may."""
        _check_names(sql, parameters)
        nodes = [_node(line) for line in explained.split("\n") if line.strip()]
        self._check_statement(nodes)
        for place, node in enumerate(nodes):
            if node.kind == "TableIdentifier":
                self._check_table(node.name)
            elif node.kind == "Function":
                self._check_function(node.name, is_table=nodes[place - 1].kind == "TableExpression")
                if _READ_BY_IN.fullmatch(node.name):
                    self._check_right_of_in(nodes, place)
            elif node.kind == "Identifier" and _FUNCTIONS_REFUSED.fullmatch(node.name.lower()):
                raise _denied(f"function {node.name}")  # as in arrayMap(file, ...)

    def _check_statement(self, nodes: Sequence[_Node]) -> None:
        first, second = nodes[0], nodes[1] if len(nodes) > 1 else _Node(0, "", "")
        if first.kind == "Explain":
            if not second.kind.startswith("Select"):
                raise _denied("EXPLAIN of anything but a SELECT")
        elif first.kind == "ShowTables":
            if second.kind == "Identifier":
                self._check_database(second.name)
        elif first.kind in _NAMES_A_TABLE:
            self._check_table(".".join(node.name for node in nodes[1:3]))
        elif first.kind == "DescribeQuery":
            described = nodes[2] if len(nodes) > 2 else first
            if described.kind == "Function" and "." not in described.name:
                raise _denied("DESCRIBE of a table function")
        elif first.kind != "SelectWithUnionQuery":
            raise _denied("such a statement")

    def _check_table(self, name: str) -> None:
        """A name without a database is the reader's own: its session is in a readable one."""
        database, dot, table = name.partition(".")
        if dot and database == "system" and table in _SYSTEM_TABLES:
            return
        if dot:
            self._check_database(database)

    def _check_database(self, name: str) -> None:
        if name not in self.readable:
            raise _denied(f"database {name}")

    def _check_function(self, name: str, *, is_table: bool) -> None:
        lower = name.lower()
        if is_table:
            if "." in name:
                self._check_table(name)  # a view with parameters
            elif lower not in _TABLE_FUNCTIONS:
                raise _denied(f"table function {name}")
        elif _FUNCTIONS_REFUSED.fullmatch(lower):
            raise _denied(f"function {name}")

    def _check_right_of_in(self, nodes: Sequence[_Node], place: int) -> None:
        """IN reads a table, or calls a table function, when one stands to the right of it."""
        for node in list(_children(nodes, place + 1))[1:2]:
            if node.kind == "Function":
                self._check_function(node.name, is_table=node.name.lower() in self.table_functions)
            elif node.kind == "Identifier":
                self._check_table(node.name)


def _children(nodes: Sequence[_Node], place: int) -> Iterator[_Node]:
    """The nodes one step below the one at `place`."""
    for node in nodes[place + 1 :]:
        if node.depth <= nodes[place].depth:
            return
        if node.depth == nodes[place].depth + 1:
            yield node


def _node(line: str) -> _Node:
    text = line.lstrip(" ")
    kind, _, rest = text.partition(" ")
    return _Node(len(line) - len(text), kind, rest.partition(" (")[0])


def _check_names(sql: str, parameters: Iterable[str]) -> None:
    """A name that holds a line break would stand among the nodes as one of its own; APPLY(function) is no node."""
    before = ""
    try:
        for token in tokens(sql):
            name = token.text.strip('`"').lower()
            is_parameter = before == ":" and name == "identifier"
            if (token.kind == "quoted" and _ESCAPES.search(token.text)) or (
                is_parameter and any(map(_ESCAPES.search, parameters))
            ):
                raise _denied("a name with control characters or backslashes")
            before = token.text
            if token.kind in ("word", "quoted") and _FUNCTIONS_REFUSED.fullmatch(name):
                raise _denied(f"function {token.text}")
    except SqlSyntaxError as error:
        raise QueryError.of(62, "SYNTAX_ERROR", str(error)) from None


def _denied(what: str) -> QueryError:
    return QueryError.of(497, "ACCESS_DENIED", f"Not enough privileges: the reader may not use {what}")
