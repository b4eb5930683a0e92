"""Which tables a query reads, through the views that it asks: whether an answer can have changed follows from whether
one of them did."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from clickhouse.schema import migrate
from clickhouse.schema.tables import STORE, VIEWS
from clickhouse.sql import tokens

_QUERIES_KEPT = 4_096


@lru_cache(_QUERIES_KEPT)
def tables_read(sql: str) -> frozenset[str]:
    """The names of the tables that SQL over views and tables, each named with its database, may read."""
    read: set[str] = set()
    views = _tables_of_views()
    for database, name in _named(sql):
        read |= {name} if database == STORE else views.get(name, frozenset())
    return frozenset(read)


@cache
def _tables_of_views() -> dict[str, frozenset[str]]:
    """By view; they come each after those that it reads."""
    found: dict[str, frozenset[str]] = {}
    for view in migrate.views():
        own = [
            {name} if database == STORE else found.get(name, frozenset())
            for database, name in _named(view.statement)
        ]
        found[view.name] = frozenset().union(*own)
    return found


def _named(sql: str) -> Iterable[tuple[str, str]]:
    """What is named with one of our databases before it."""
    words = [token.text.strip('`"') for token in tokens(sql)]
    for database, dot, name in zip(words, words[1:], words[2:], strict=False):
        if dot == "." and database in (STORE, VIEWS):
            yield database, name
