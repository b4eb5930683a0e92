"""Eight times as many calls cost less than twice as much: ratios within one run, not seconds.

Half of the home page's queries stay under that by ClickHouse's CPU time. What reads months and hours, and not single
calls, reads less than five times as many bytes, which no noise changes: so a query that leaves the upper levels is
seen here.
"""

from __future__ import annotations

from statistics import median

from clickhouse import months
from clickhouse.client import connect
from tests.scale.company import Company, statements
from tests.scale.measure import Asked, measure
from tests.scale.test_scale import NOW
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated

__all__ = ["clickhouse_server"]

FEW, MANY = 2_500, 20_000
BY_LEVELS = ("sentiment-donut", "talk", "words")
"""Panels of the home page whose rows are sums of months and hours."""


def asked(server: RunningClickHouse, calls: int) -> dict[str, Asked]:
    """What the queries of the home page cost over all time of a company of so many calls."""
    migrated(server)
    with connect(server.writer, database="") as writer:
        for _, statement in statements(Company(NOW, calls, segment_days=0)):
            writer.command(statement)
        months.roll_up(writer, NOW)
    with connect(server.with_database("salgspuls").reader) as reader:
        measured = measure(reader, NOW, server.process.pid, ("home",), runs=2, ranges=("all time",))
    assert not [each.error for each in measured.asked if each.error]
    return {each.name: each for each in measured.asked}


def test_eight_times_as_many_calls_cost_less_than_twice_as_much(clickhouse_server: RunningClickHouse) -> None:
    few, many = asked(clickhouse_server, FEW), asked(clickhouse_server, MANY)
    cpu = {name: many[name].cpu / one.cpu for name, one in few.items()}
    assert median(cpu.values()) < 2, cpu
    read = {name: many[name].read_bytes / one.read_bytes for name, one in few.items()}
    assert all(read[f"home.{name}"] < 5 for name in BY_LEVELS), read
