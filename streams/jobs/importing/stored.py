"""What ClickHouse has of the deals, activities, sellers and periods that a file states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any  # Any: values as the driver has them

from clickhouse_connect.driver import Client

from clickhouse.schema.rows import ActivityRow, OpportunityChangeRow, PeriodRow, SellerRow
from clickhouse.schema.tables import STORE
from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallSegment,
    OpportunityChanged,
    PeriodChanged,
    SellerChanged,
    TrackerChanged,
)

_AT_ONCE = 2_000
_TABLES = {
    OpportunityChangeRow: "opportunity_changes",
    ActivityRow: "activities",
    SellerRow: "sellers",
    PeriodRow: "periods",
}
_FACTS: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    OpportunityChanged: ("opportunity_changes", ("opportunity_id", "changed_at")),
    ActivityLogged: ("activities", ("activity_id",)),
    SellerChanged: ("sellers", ("seller_id",)),
    PeriodChanged: ("periods", ("period_id",)),
    TrackerChanged: ("trackers", ("tracker_id",)),
    CallSegment: ("segments", ("call_id", "segment_id")),
}
"""By event: the table of its facts, and the columns that identify one, in the order of `fact_id`."""

KeyedRow = ActivityRow | SellerRow | PeriodRow


class StoredFacts:
    """Reads facts back, as the writer: revisions are no view's business."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._is_empty: dict[type[Any], bool] = {}

    def changes(self, deal_ids: Iterable[str]) -> dict[str, list[OpportunityChangeRow]]:
        """All changes of these deals, the oldest first; deals that are not stored are left out."""
        found: dict[str, list[OpportunityChangeRow]] = defaultdict(list)
        for row in self._read(OpportunityChangeRow, "opportunity_id", deal_ids):
            found[row.opportunity_id].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row.changed_at)
        return found

    def keyed(self, kind: type[KeyedRow], column: str, ids: Iterable[str]) -> dict[str, Any]:
        """The stored rows of a kind by their id."""
        return {getattr(row, column): row for row in self._read(kind, column, ids)}

    def _read(self, kind: type[Any], column: str, ids: Iterable[str]) -> Iterator[Any]:
        if self.is_empty(kind):
            return
        wanted = sorted(set(ids))
        for begin in range(0, len(wanted), _AT_ONCE):
            yield from self._rows(kind, f"{column} IN %(ids)s", {"ids": wanted[begin : begin + _AT_ONCE]})

    def _rows(self, kind: type[Any], where: str, parameters: dict[str, Any]) -> Iterator[Any]:
        query = f"SELECT {', '.join(kind._fields)} FROM {STORE}.{_TABLES[kind]} FINAL WHERE {where}"
        for row in self._client.query(query, parameters, tz_mode="aware").result_rows:
            yield kind._make(row)

    def is_empty(self, kind: type[Any]) -> bool:
        """Whether nothing of a kind is stored; asked once, for a first import need not ask of each."""
        if kind not in self._is_empty:
            found = self._client.query(f"SELECT count() FROM {STORE}.{_TABLES[kind]}")
            self._is_empty[kind] = not found.result_rows[0][0]
        return self._is_empty[kind]

    def latest_deals(self) -> Iterator[OpportunityChangeRow]:
        """Each deal as it stands, those that are removed left out."""
        fields = ", ".join(OpportunityChangeRow._fields)
        query = (
            f"SELECT {fields} FROM (SELECT * FROM {STORE}.opportunity_changes FINAL "
            "ORDER BY opportunity_id, changed_at DESC LIMIT 1 BY opportunity_id) WHERE state != 'removed'"
        )
        for row in self._client.query(query, tz_mode="aware").result_rows:
            yield OpportunityChangeRow._make(row)

    def deal(self, deal_id: str) -> OpportunityChanged | None:
        """A deal as it stands, as the event that would state it; None when it is not stored."""
        rows = self.changes([deal_id]).get(deal_id)
        return None if not rows else change_of(rows[-1])

    def names(self) -> Iterator[tuple[str, str]]:
        """Name and id of each deal."""
        for row in self.latest_deals():
            yield row.name, row.opportunity_id

    def known_before(self, sent: Iterable[AnyEvent], since: datetime) -> int:
        """How many of these facts a worker took for known: stored before, under the same or a higher revision."""
        by_kind: dict[type[Any], dict[tuple[Any, ...], None]] = defaultdict(dict)
        for event in sent:
            if type(event) in _FACTS:
                by_kind[type(event)][event.fact_id] = None
        return sum(self._before(kind, ids, since) for kind, ids in by_kind.items())

    def _before(self, kind: type[Any], fact_ids: Iterable[tuple[Any, ...]], since: datetime) -> int:
        table, columns = _FACTS[kind]
        wanted = set(fact_ids)
        ids = sorted({fact_id[0] for fact_id in wanted})
        count = 0
        for begin in range(0, len(ids), _AT_ONCE):
            rows = self._client.query(
                f"SELECT {', '.join(columns)} FROM {STORE}.{table} FINAL "
                f"WHERE {columns[0]} IN %(ids)s AND received_at < fromUnixTimestamp64Milli(%(since)s)",
                {"ids": ids[begin : begin + _AT_ONCE], "since": int(since.timestamp() * 1000)},
                tz_mode="aware",
            ).result_rows
            count += sum(
                tuple(each.isoformat() if isinstance(each, datetime) else each for each in row) in wanted
                for row in rows
            )
        return count

    def rejected(
        self, topic: str, partition: int, ranges: Sequence[tuple[int, int]]
    ) -> list[tuple[int, str, str]]:
        """Offset, reason and detail of the messages of a partition within these offsets that a worker rejected."""
        if not ranges:
            return []
        rows = self._client.query(
            f"SELECT offset, reason, detail FROM {STORE}.dead_letters FINAL "
            "WHERE topic = %(topic)s AND partition = %(partition)s AND offset BETWEEN %(first)s AND %(last)s "
            "AND received_at > now() - INTERVAL 1 DAY",
            {"topic": topic, "partition": partition, "first": ranges[0][0], "last": ranges[-1][1]},
        ).result_rows
        return [
            (offset, reason, detail)
            for offset, reason, detail in rows
            if any(first <= offset <= last for first, last in ranges)
        ]


def change_of(row: OpportunityChangeRow) -> OpportunityChanged:
    """The event that a stored change was."""
    return OpportunityChanged(
        revision=row.revision,
        opportunity_id=row.opportunity_id,
        seller_id=row.seller_id,
        customer_id=row.customer_id or None,
        name=row.name,
        stage=row.stage,
        state=row.state,
        estimated_value=row.estimated_value,
        actual_value=row.actual_value,
        currency=row.currency,
        win_probability=row.win_probability,
        estimated_close_on=row.estimated_close_on,
        closed_on=row.closed_on,
        changed_at=row.changed_at,
    )
