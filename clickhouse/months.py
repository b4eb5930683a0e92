"""The upper level of the aggregates: months, computed from the hours of months that are over.

An hour that is recomputed takes its month with it once that month is over, whether it is rolled up yet or not: so a
late event, a correction or an erasure reaches the upper level as it reaches the hours. `roll_up` does the rest: months
with hours that no mark stands for, oldest first, each marked when it is complete; interrupted, it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from clickhouse_connect.driver import Client

from clickhouse.aggregates import Hour
from clickhouse.quoting import string
from clickhouse.schema.tables import STORE

SETTLED = timedelta(days=1)
"""A month is rolled up this long after its end: what a worker was writing at midnight is written by then."""

_MENTIONS = {
    name: f"sum(hours.{name})" for name in ("mentions_seller", "mentions_customer", "calls", "customer_calls")
}
_USES = {"counts": "sumMap([toString(hours.form)], [toUInt64(hours.uses)], [toUInt64(hours.calls)])"}

LEVELS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "keyword_months": ("keyword_hours", "tracker_id", _MENTIONS),
    "word_months": ("word_hours", "term", _USES),
}
"""The table of months, that of its hours, their key beside seller and time, what is summed."""

Progress = Callable[[date, int, int], None]
"""Called before each month: which, its place (from 1), how many there are."""


class Month(NamedTuple):
    """A bucket of the upper level."""

    seller_id: str
    month: date


def over(hours: Collection[Hour], now: datetime) -> set[Month]:
    """The months of these hours that are over."""
    current = now.astimezone(UTC).date().replace(day=1)
    months = {Month(hour.seller_id, hour.hour.astimezone(UTC).date().replace(day=1)) for hour in hours}
    return {month for month in months if month.month < current}


def refresh_statements(table: str, months: Collection[Month]) -> list[str]:
    """The statement that recomputes these buckets of a table of months; none when there are no buckets."""
    if not months:
        return []
    buckets = ", ".join(f"({string(seller)}, toDate('{month}'))" for seller, month in sorted(months))
    sellers = ", ".join(sorted({string(month.seller_id) for month in months}))
    first, last = min(month.month for month in months), max(month.month for month in months)
    return [
        _statement(
            table,
            f"seller_id IN ({sellers}) AND {_hours_of(first, last)} "
            f"AND (seller_id, toStartOfMonth(hour)) IN ({buckets})",
        )
    ]


def roll_up(client: Client, now: datetime, progress: Progress | None = None) -> list[date]:
    """Roll up the months that are over and are not yet. Returns them."""
    missing = missing_months(client, now)
    for number, month in enumerate(missing, start=1):
        if progress is not None:
            progress(month, number, len(missing))
        for statement in roll_statements(month):
            client.command(statement)
    return missing


def missing_months(client: Client, now: datetime) -> list[date]:
    """The months that are over and not rolled up, oldest first."""
    return [row[0] for row in client.query(missing_query(now)).result_rows]


def missing_query(now: datetime) -> str:
    """The query for them."""
    before = (now - SETTLED).astimezone(UTC).date().replace(day=1)
    return (
        f"SELECT DISTINCT toStartOfMonth(hour) AS month FROM {STORE}.seller_hours "
        f"WHERE hour < toDateTime('{before}', 'UTC') "
        f"AND month NOT IN (SELECT month FROM {STORE}.rolled_months) ORDER BY month"
    )


def roll_statements(month: date) -> list[str]:
    """The statements that roll up a month, and then mark it."""
    return [
        *(_statement(table, _hours_of(month, month)) for table in LEVELS),
        f"INSERT INTO {STORE}.rolled_months (month) VALUES ('{month}')",
    ]


def _statement(table: str, where: str) -> str:
    source, key, sums = LEVELS[table]
    columns = {
        "month": "toStartOfMonth(hour) AS bucket",
        "seller_id": "seller_id",
        key: key,
        "version": "sum(hours.version)",
        **sums,
    }
    return (
        f"INSERT INTO {STORE}.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
        f"FROM {STORE}.{source} AS hours FINAL WHERE {where} GROUP BY bucket, seller_id, {key}"
    )


def _hours_of(first: date, last: date) -> str:
    return (
        f"hour >= toDateTime('{first}', 'UTC') AND hour < toDateTime(addMonths(toDate('{last}'), 1), 'UTC')"
    )
