"""Named queries: SQL with the macros and variables of Grafana's ClickHouse plugin, whose sentences are written in a
language that is given last."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from grafana.sql import Writer

_LIMIT = re.compile(r"\bLIMIT (\d+)(?! BY)\b")


@dataclass(frozen=True, slots=True)
class Query:
    """SQL by name. Panels of one query share its answer. One that is `clocked` changes with the time that passes, also
    when no data arrives."""

    name: str
    write: Callable[[Writer], str]
    clocked: bool = False

    def sql(self, writer: Writer) -> str:
        """The text, its sentences in the writer's language."""
        return self.write(writer)

    def may_hold_more(self, rows: int) -> bool:
        """Whether an answer of so many rows is as long as one may be, so that there may be more."""
        return str(rows) in _LIMIT.findall(self.sql(Writer("en")))


def query(write: Callable[[Writer], str]) -> Query:
    """Makes a query of the function that writes it; it is called as the function, after its page."""
    page = write.__module__.removeprefix("grafana.pages.").partition(".")[0]
    return Query(f"{page}.{write.__name__}", write)


def clocked_query(write: Callable[[Writer], str]) -> Query:
    """As `query`, of a number that changes with the time that passes."""
    return replace(query(write), clocked=True)
