"""The files of the views: `views/name.sql`, a definition as comment at the top, then one CREATE OR REPLACE VIEW.

`{{name}}` in them stands for what several of them say (`_SHARED`), or for what follows from the list of metrics, see
`clickhouse.schema.metrics.fragments`.

What people and dashboards read is a view, so that tables may change behind it. A view may read other views; they are
given in an order in which each comes after those that it reads, and each as one statement over tables
(see `clickhouse.schema.inlining`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from clickhouse.schema.inlining import InliningError, inlined
from clickhouse.schema.metrics import fragments
from clickhouse.sql import split_statements, tokens


class ViewError(Exception):
    """A view's file is not as it has to be; the text names it."""


@dataclass(frozen=True, slots=True)
class View:
    """One view: what it is (from the comment at the top), and the statement that makes it."""

    name: str
    definition: str
    statement: str

    @property
    def checksum(self) -> str:
        """The statement's SHA-256."""
        return hashlib.sha256(self.statement.encode()).hexdigest()


_FRAGMENT = re.compile(r"\{\{(\w+)\}\}")

_KINDS = {name: f"{{{name}s:Array(String)}}" for name in ("kind", "direction", "language")}
_ENOUGH = ("enough_calls", "enough_seconds", "enough_minutes")
_SHARED = {
    "any_kind": " AND ".join(f"has({chosen}, '')" for chosen in _KINDS.values()),
    "of_kind": "\n        AND ".join(
        f"(has({chosen}, '') OR has({chosen}, toString({column})))" for column, chosen in _KINDS.items()
    ),
    "kinds": ", ".join(f"{column}s = {chosen}" for column, chosen in _KINDS.items()),
    "enough": ", ".join(f"{name} = {{{name}:UInt32}}" for name in _ENOUGH),
}
"""Calls of some kinds, directions and languages, which are parameters of a view: whether all are asked for, whether a
call is among them, and the parameters as they are handed on; and those that say what is enough to judge a seller by."""


NARROWED = frozenset(("calls", "sellers", "opportunity_changes", "periods"))
"""Views on which `clickhouse.visibility` puts conditions of who may see what, by their names: they stay views."""


def read(folder: Path, database: str) -> list[View]:
    """The views of a folder, each after those that it reads. Raises ViewError."""
    views = {path.stem: _view(path, database) for path in sorted(folder.glob("*.sql"))}
    reads = {name: sorted(_reads(view, database) & views.keys()) for name, view in views.items()}
    try:
        order = list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise ViewError(f"views read one another in a circle: {' -> '.join(error.args[1])}") from None
    selects: dict[str, str] = {}
    flat = []
    for name in order:
        head = _head(name, database)
        try:
            selects[name] = inlined(views[name].statement.removeprefix(head).strip(), selects, database)
        except InliningError as error:
            raise ViewError(f"views/{name}.sql: {error}") from None
        flat.append(View(name, views[name].definition, f"{head}\n{selects[name]}"))
        if name in NARROWED:
            del selects[name]
    return flat


def _head(name: str, database: str) -> str:
    return f"CREATE OR REPLACE VIEW {database}.{name} AS"


def _view(path: Path, database: str) -> View:
    text = _FRAGMENT.sub(lambda found: _fragment(found[1], path), path.read_text(encoding="utf-8"))
    statements = split_statements(text)
    head = _head(path.stem, database)
    if len(statements) != 1 or not statements[0].startswith(head):
        raise ViewError(f"views/{path.name}: it has to hold one statement, {head} ...")
    comment = text[: text.index(statements[0])].splitlines()
    definition = " ".join(line.removeprefix("--").strip() for line in comment if line.startswith("--"))
    if not definition:
        raise ViewError(f"views/{path.name}: say at the top, in a comment, what the view is")
    return View(path.stem, definition, statements[0])


def _fragment(name: str, path: Path) -> str:
    if name not in (known := fragments() | _SHARED):
        raise ViewError(
            f"views/{path.name}: nothing is called {name!r}; known are {', '.join(sorted(known))}"
        )
    return known[name]


def _reads(view: View, database: str) -> set[str]:
    """The names that follow the database's in the statement, but for the view's own."""
    words = [token.text for token in tokens(view.statement)]
    found = {
        third
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
        if (first, second) == (database, ".")
    }
    return found - {view.name}
