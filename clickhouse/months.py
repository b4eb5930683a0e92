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

from clickhouse.aggregates import SUMS_OF_SELLERS, Hour
from clickhouse.quoting import string
from clickhouse.schema.metrics import MONTH_LEVELS
from clickhouse.schema.tables import STORE

SETTLED = timedelta(days=1)
"""A month is rolled up this long after its end: what a worker was writing at midnight is written by then."""

_MENTIONS = {
    name: f"sum(hours.{name})" for name in ("mentions_seller", "mentions_customer", "calls", "customer_calls")
}
_USES = {"counts": "sumMap([toString(hours.form)], [toUInt64(hours.uses)], [toUInt64(hours.calls)])"}

_SUMS = {name: f"sum(hours.{name})" for name in SUMS_OF_SELLERS}


class Level(NamedTuple):
    """A table of months: that of its hours, the keys beside seller and time, what is summed, and the number that
    a month's mark has at least when it stands for this table, too."""

    hours: str
    keys: tuple[str, ...]
    sums: Mapping[str, str]
    since: int


LEVELS: Mapping[str, Level] = {
    "keyword_months": Level("keyword_hours", ("tracker_id",), _MENTIONS, 1),
    "term_months": Level("word_hours", ("term", "language"), _USES, 3),
    "seller_months": Level("seller_hours", (), _SUMS, 2),
}
"""By table."""

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


class Missing(NamedTuple):
    """A month that is over, and up to which level its mark stands for it; 0 without a mark."""

    month: date
    levels: int


def roll_up(client: Client, now: datetime, progress: Progress | None = None) -> list[date]:
    """Roll up the months that are over and are not yet. Returns them."""
    missing = missing_months(client, now)
    for number, one in enumerate(missing, start=1):
        if progress is not None:
            progress(one.month, number, len(missing))
        for statement in roll_statements(one):
            client.command(statement)
    return [one.month for one in missing]


def missing_months(client: Client, now: datetime) -> list[Missing]:
    """The months that are over and not rolled up, oldest first."""
    return [Missing(*row) for row in client.query(missing_query(now)).result_rows]


def missing_query(now: datetime) -> str:
    """The query for them; its rows are `Missing`."""
    before = (now - SETTLED).astimezone(UTC).date().replace(day=1)
    return (
        "SELECT months.month, marks.levels FROM "
        f"(SELECT DISTINCT toStartOfMonth(hour) AS month FROM {STORE}.seller_hours "
        f"WHERE hour < toDateTime('{before}', 'UTC')) AS months "
        f"LEFT JOIN (SELECT month, levels FROM {STORE}.rolled_months FINAL) AS marks ON marks.month = months.month "
        f"WHERE marks.levels < {MONTH_LEVELS} ORDER BY months.month"
    )


def roll_statements(missing: Missing) -> list[str]:
    """The statements that roll up a month, and then mark it."""
    month = missing.month
    return [
        *(
            _statement(table, _hours_of(month, month))
            for table, level in LEVELS.items()
            if level.since > missing.levels
        ),
        f"INSERT INTO {STORE}.rolled_months (month, levels) VALUES ('{month}', {MONTH_LEVELS})",
    ]


def _statement(table: str, where: str) -> str:
    level = LEVELS[table]
    keys = ("seller_id", *level.keys)
    # hours lose the words that nobody says any more, and their sum would be a lower version: the seller's hours stay
    of_seller = "versions[concat(toString(seller_id), ' ', toString(bucket))]"
    is_of_words = level.hours == "word_hours"
    columns = {
        "month": "toStartOfMonth(hour) AS bucket",
        **{key: key for key in keys},
        "version": f"greatest(sum(hours.version), {of_seller})" if is_of_words else "sum(hours.version)",
        **level.sums,
    }
    return (
        f"INSERT INTO {STORE}.{table} ({', '.join(columns)}) {_versions_of_sellers(where) if is_of_words else ''}"
        f"SELECT {', '.join(columns.values())} FROM {STORE}.{level.hours} AS hours FINAL "
        f"WHERE {where} GROUP BY bucket, {', '.join(keys)}"
    )


def _versions_of_sellers(where: str) -> str:
    """What names the versions of sellers' months: those of all their hours together."""
    return (
        "WITH (SELECT mapFromArrays(groupArray(concat(toString(seller_id), ' ', toString(over))), groupArray(newest)) "
        f"FROM (SELECT seller_id, toStartOfMonth(hour) AS over, sum(version) AS newest FROM {STORE}.seller_hours FINAL "
        f"WHERE {where} GROUP BY seller_id, over)) AS versions "
    )


def _hours_of(first: date, last: date) -> str:
    return (
        f"hour >= toDateTime('{first}', 'UTC') AND hour < toDateTime(addMonths(toDate('{last}'), 1), 'UTC')"
    )
