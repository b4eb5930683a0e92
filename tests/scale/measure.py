"""What each query of the pages, their variables, annotations and the alerts costs: milliseconds, bytes read, memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from clickhouse_connect.driver import Client

from grafana.macros import Variable
from grafana.pages.catalogue import PAGES
from grafana.pages.common.panels import ANNOTATIONS, SELLER, TEAM
from grafana.web.ranges import RawRange
from tests.support.pages import EVERY_PANEL, sql_of

RANGES = {
    "24 h": RawRange("now-24h", "now"),
    "7 days": RawRange("now-7d", "now"),
    "month": RawRange("now/M", "now"),
    "all time": RawRange("now-50y", "now"),
    "custom": RawRange("now-100d", "now-40d"),
}
RUNS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was measured: where it is shown, its range, each run's milliseconds, and what ClickHouse read."""

    name: str
    seen: str
    millis: tuple[float, ...]
    read_bytes: int
    memory: int
    error: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.millis)


@dataclass(slots=True)
class Measured:
    """All that was measured."""

    asked: list[Asked] = field(default_factory=list)

    def quantile(self, part: float, seen: str = "") -> float:
        """Milliseconds below which this part of all runs lies."""
        millis = sorted(one for each in self.asked if seen in ("", each.seen) for one in each.millis)
        return millis[min(len(millis) - 1, int(part * len(millis)))]

    def page(self, page: str, seen: str) -> float:
        """Milliseconds for all panels of a page one after another."""
        return sum(
            each.median for each in self.asked if each.name.startswith(f"{page}.") and each.seen == seen
        )


def queries(now: datetime, pages: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    """Where a query is shown, its range, its SQL; a query that several panels share comes once."""
    for seen, raw in RANGES.items():
        known: set[str] = set()
        chosen = {"call_id": Variable(("call-7",)), "search": Variable(("word1",))}
        for page, panel in EVERY_PANEL:
            if pages and page not in pages:
                continue
            sql = sql_of(PAGES[page].panel(panel).query, now, raw=raw, chosen=chosen)
            if sql not in known:
                known.add(sql)
                yield f"{page}.{panel}", seen, sql
        if pages:
            continue
        for name, query in (("team", TEAM.query), ("seller", SELLER.query)):
            yield f"variable.{name}", seen, sql_of(query, now, raw=raw)
        for number, annotation in enumerate(ANNOTATIONS):
            yield f"annotation.{number}", seen, sql_of(annotation.query, now, raw=raw)


def measure(client: Client, now: datetime, pages: tuple[str, ...] = (), runs: int = RUNS) -> Measured:
    """Ask each query `runs` times. Memory is what ClickHouse's query log says where there is one, else 0."""
    measured = Measured()
    for name, seen, sql in queries(now, pages):
        millis, read, error = [], 0, ""
        for _ in range(runs):
            begun = time.perf_counter()
            try:
                answer = client.query(sql)
                read = int(answer.summary.get("read_bytes", 0))
            except Exception as failed:  # what a query cannot do is a finding, not the end of the measurement
                error = str(failed).partition("DB::Exception: ")[2][:120] or str(failed)[:120]
                millis.append((time.perf_counter() - begun) * 1000)
                break
            millis.append((time.perf_counter() - begun) * 1000)
        measured.asked.append(Asked(name, seen, tuple(millis), read, 0, error))
    return measured
