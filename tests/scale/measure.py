"""What each query of the pages, their variables and annotations costs: milliseconds, CPU time, bytes read.

CPU time is that of ClickHouse's whole process while the query runs: other work on the machine changes it little, where
it makes the milliseconds useless. Nothing else may ask meanwhile.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from pathlib import Path

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
    """A query that was measured: where it is shown, its range, each run's milliseconds, the least milliseconds of CPU
    of a run, and what ClickHouse read."""

    name: str
    seen: str
    millis: tuple[float, ...]
    cpu: float
    read_bytes: int
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

    def page_cpu(self, page: str, seen: str) -> tuple[float, float]:
        """Milliseconds of CPU of all panels of a page, and of the dearest of them."""
        cpu = [each.cpu for each in self.asked if each.name.startswith(f"{page}.") and each.seen == seen]
        return sum(cpu), max(cpu, default=0)


def cpu_millis(pid: int) -> float:
    """The CPU time of a process so far; threads that ended meanwhile are not in it."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((thread / "schedstat").read_text().split()[0])
    return total / 1e6


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


def measure(
    client: Client,
    now: datetime,
    pid: int,
    pages: tuple[str, ...] = (),
    runs: int = RUNS,
    ranges: Collection[str] = tuple(RANGES),
) -> Measured:
    """Ask each query `runs` times over some ranges; `pid` is ClickHouse's process."""
    measured = Measured()
    for name, seen, sql in queries(now, pages):
        if seen not in ranges:
            continue
        millis, cpu, read, error = [], [], 0, ""
        for _ in range(runs):
            begun, used = time.perf_counter(), cpu_millis(pid)
            try:
                answer = client.query(sql)
                read = int(answer.summary.get("read_bytes", 0))
            except Exception as failed:  # what a query cannot do is a finding, not the end of the measurement
                error = str(failed).partition("DB::Exception: ")[2][:120] or str(failed)[:120]
                millis.append((time.perf_counter() - begun) * 1000)
                cpu.append(cpu_millis(pid) - used)
                break
            millis.append((time.perf_counter() - begun) * 1000)
            cpu.append(cpu_millis(pid) - used)
        measured.asked.append(Asked(name, seen, tuple(millis), min(cpu), read, error))
    return measured


def at_once(connect: Callable[[], Client], now: datetime, page: str, seen: str, runs: int = RUNS) -> float:
    """The median of the milliseconds until all queries of a page are answered, as it asks them: at the same time.

    Infinite when one of them was not answered."""
    asked = [sql for _, over, sql in queries(now, (page,)) if over == seen]
    clients = [connect() for _ in asked]
    taken = []
    with ThreadPoolExecutor(len(asked)) as threads:
        for _ in range(runs):
            begun = time.perf_counter()
            failed = [
                done.exception()
                for done in [
                    threads.submit(client.query, sql) for client, sql in zip(clients, asked, strict=True)
                ]
            ]
            taken.append(inf if any(failed) else (time.perf_counter() - begun) * 1000)
    for client in clients:
        client.close()
    return statistics.median(taken)
