"""Serves the built-in page for the browser tests: `python page_server.py`, settings as JSON on standard input."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any  # Any: arguments as they are handed on

from clickhouse.client import ClickHouseConfig
from grafana.pages.catalogue import PAGES
from grafana.panels.pages import Page, Placed
from grafana.panels.panels import Panel
from grafana.panels.queries import Query
from grafana.web.app import run
from grafana.web.config import PageConfig
from grafana.web.frames import Frame
from grafana.web.queries import QueryRunner
from grafana.web.users import UserFile
from streams.config.settings import LogSettings
from streams.logs import logs


def main() -> None:
    settings = json.load(sys.stdin)
    queries = settings["page"].pop("replaced", {})
    if log := settings["page"].pop("log", None):
        sys.stderr = sys.stdout = Path(log).open("w", encoding="utf-8")  # noqa: SIM115 until the process ends
    if timed := settings["page"].pop("timed", None):
        note_questions(Path(timed))
    if users := settings["page"].pop("users", None):
        settings["page"]["users"] = UserFile(Path(users))
    logs.configure(LogSettings())
    pages = {name: with_queries(page, queries.get(name, {})) for name, page in PAGES.items()}
    run(PageConfig(clickhouse=ClickHouseConfig(**settings["reader"]), pages=pages, **settings["page"]))


def note_questions(file: Path) -> None:
    """Has each question that ClickHouse is asked written down, a line of JSON each: when, for how long, which."""
    output = file.open("w", encoding="utf-8", buffering=1)  # until the process ends
    ask = QueryRunner._run

    async def timed(self: QueryRunner, sql: str, *more: Any) -> Frame:
        began = time.monotonic()
        try:
            return await ask(self, sql, *more)
        finally:
            json.dump({"at": time.time(), "seconds": time.monotonic() - began, "sql": sql}, output)
            output.write("\n")

    QueryRunner._run = timed  # type: ignore[method-assign, assignment]  # measured from inside


def with_queries(page: Page, queries: Mapping[str, str]) -> Page:
    """The page with other queries, by the name of their panel."""
    return replace(page, items=[asking(placed, queries) for placed in page.items])


def asking(placed: Placed, queries: Mapping[str, str]) -> Placed:
    item = placed.item
    if not isinstance(item, Panel) or item.name not in queries:
        return placed
    sql = queries[item.name]
    query = Query(f"replaced.{item.name}", lambda say: sql, item.query.clocked)
    return replace(placed, item=replace(item, query=query))


main()
