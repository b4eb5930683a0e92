"""Filling a new aggregate from the calls that were stored before it existed: month by month, newest first.

Each month is marked when it is complete; interrupted, it goes on where it was. Workers may write meanwhile: rows are
absolute, and who knows more wins.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from clickhouse_connect.driver import Client
from dateutil.relativedelta import relativedelta

from clickhouse.aggregates import deal_statement, within
from clickhouse.schema.tables import STORE

Progress = Callable[[str, date, int, int], None]
"""Called before each month: the table, the month, its place (from 1), how many there are."""

_DEAL_HOURS = "deal_hours"


def run(client: Client, progress: Progress | None = None) -> int:
    """Fill what is missing. Returns how many months that were."""
    missing = _months_without(client, _DEAL_HOURS)
    for number, month in enumerate(missing, start=1):
        if progress is not None:
            progress(_DEAL_HOURS, month, number, len(missing))
        start = datetime(month.year, month.month, 1, tzinfo=UTC)
        client.command(deal_statement(within(start, start + relativedelta(months=1))))
        client.insert(f"{STORE}.backfills", [[_DEAL_HOURS, month]], column_names=["name", "month"])
    return len(missing)


def _months_without(client: Client, table: str) -> list[date]:
    """The months with calls for which the table is not marked as filled, newest first."""
    found = client.query(
        f"SELECT DISTINCT toStartOfMonth(toDate(call_started_at)) AS month FROM {STORE}.calls "
        f"WHERE month NOT IN (SELECT month FROM {STORE}.backfills WHERE name = {{name:String}}) ORDER BY month DESC",
        {"name": table},
    )
    return [row[0] for row in found.result_rows]
