"""Named queries: SQL with the macros and variables of Grafana's ClickHouse plugin, whose sentences are written in a
language that is given last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grafana.sql import Writer


@dataclass(frozen=True, slots=True)
class Query:
    """SQL by name. Panels of one query share its answer."""

    name: str
    write: Callable[[Writer], str]

    def sql(self, writer: Writer) -> str:
        """The text, its sentences in the writer's language."""
        return self.write(writer)


def query(write: Callable[[Writer], str]) -> Query:
    """Makes a query of the function that writes it; it is called as the function, after its page."""
    page = write.__module__.removeprefix("grafana.pages.").partition(".")[0]
    return Query(f"{page}.{write.__name__}", write)
