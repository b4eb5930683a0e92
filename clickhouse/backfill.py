"""Filling a new aggregate from the calls that were stored before it existed: month by month, newest first.

Each month is marked when it is complete; interrupted, it goes on where it was. Workers may write meanwhile: rows are
absolute, and who knows more wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from clickhouse_connect.driver import Client
from dateutil.relativedelta import relativedelta

from clickhouse.aggregates import Scope, deal_statement, seller_statement, within
from clickhouse.schema.tables import STORE

Progress = Callable[[str, date, int, int], None]
"""Called before each month: what is filled, the month, its place (from 1), how many there are."""

_FILLED: Mapping[str, Callable[[Scope], str]] = {
    "deal_hours": deal_statement,
    "seller_hours.minute_calls": seller_statement,
}
"""What came later than the calls, by the name of its marks, and the statement that fills the buckets of some calls."""


def run(client: Client, progress: Progress | None = None) -> int:
    """Fill what is missing. Returns how many months that were, each counted for what was missing in it."""
    return sum(_fill(client, name, statement, progress) for name, statement in _FILLED.items())


def _fill(client: Client, name: str, statement: Callable[[Scope], str], progress: Progress | None) -> int:
    missing = _months_without(client, name)
    for number, month in enumerate(missing, start=1):
        if progress is not None:
            progress(name, month, number, len(missing))
        start = datetime(month.year, month.month, 1, tzinfo=UTC)
        client.command(statement(within(start, start + relativedelta(months=1))))
        client.insert(f"{STORE}.backfills", [[name, month]], column_names=["name", "month"])
    return len(missing)


def _months_without(client: Client, name: str) -> list[date]:
    """The months with calls that have no mark of that name, newest first."""
    found = client.query(
        f"SELECT DISTINCT toStartOfMonth(toDate(call_started_at)) AS month FROM {STORE}.calls "
        f"WHERE month NOT IN (SELECT month FROM {STORE}.backfills WHERE name = {{name:String}}) ORDER BY month DESC",
        {"name": name},
    )
    return [row[0] for row in found.result_rows]
