"""Every table of the store, once: what its rows are, how it is sorted, how long it is kept, how it is erased.

The DDL itself is in `tables/NNNN_*.sql`; a test compares the database that it makes with this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal  # Any: a table's row type

from clickhouse.schema.rows import (
    ActivityRow,
    CallKeywordRow,
    CallNameRow,
    CallRow,
    DeadLetterRow,
    OpportunityChangeRow,
    PeriodRow,
    Row,
    SegmentRow,
    SellerRow,
    TrackerRow,
    WithdrawnConsentRow,
)

STORE = "salgspuls_store"
"""The database of the tables."""
VIEWS = "salgspuls"
"""The database of the views: what people and dashboards read."""

Erasure = Literal[
    "by call", "by activity", "by opportunity", "by seller", "recomputed", "searched", "digests", "nobody"
]
"""How rows about an erased customer or seller go: deleted by the id of such a fact; computed again from the rows that
are left; found by a search of their text. `digests` holds erased ids as SHA-256 only, `nobody` is about no person."""

Retention = Literal["segments_days", "calls_days", "aggregates_days", "crm_days", "dead_letters_days"]
"""The setting that says how many days rows are kept."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Of rows with one `key` the one with the highest `version` counts; "" where any of them will do.

    `row` is what the worker writes into it, None for what ClickHouse computes or a maintenance job writes. `dated` is
    the column from which `retention` counts, both None for what is kept for good.
    """

    name: str
    row: type[Row] | None
    key: tuple[str, ...]
    erasure: Erasure
    version: str = "version"
    partition: str = ""
    retention: Retention | None = None
    dated: str | None = None

    @property
    def full_name(self) -> str:
        """The name with its database."""
        return f"{STORE}.{self.name}"


_BY_CALL = ("seller_id", "call_started_at", "call_id")
_MONTH_OF_CALL = "toYYYYMM(call_started_at)"
_YEAR = "toYear(hour)"


def _of_calls(name: str, row: type[Row], key: tuple[str, ...], retention: Retention = "calls_days") -> Table:
    return Table(name, row, key, "by call", "version", _MONTH_OF_CALL, retention, "call_started_at")


def _hourly(name: str, *key: str) -> Table:
    return Table(
        name, None, ("seller_id", "hour", *key), "recomputed", "version", _YEAR, "aggregates_days", "hour"
    )


def _monthly(name: str, *key: str) -> Table:
    return Table(
        name, None, ("month", *key), "recomputed", "version", "toYear(month)", "aggregates_days", "kept_from"
    )


_ALL = (
    _of_calls("segments", SegmentRow, ("call_id", "segment_id"), "segments_days"),
    Table(
        "withdrawn_consents",
        WithdrawnConsentRow,
        ("call_id", "segment_id"),
        "by call",
        retention="segments_days",
        dated="call_started_at",
    ),
    _of_calls("call_keywords", CallKeywordRow, (*_BY_CALL, "tracker_id")),
    _of_calls("call_names", CallNameRow, (*_BY_CALL, "name_key")),
    _of_calls("calls", CallRow, _BY_CALL),
    Table(
        "activities",
        ActivityRow,
        ("activity_id",),
        "by activity",
        "revision",
        retention="crm_days",
        dated="started_at",
    ),
    Table(
        "opportunity_changes",
        OpportunityChangeRow,
        ("opportunity_id", "changed_at"),
        "by opportunity",
        "revision",
        retention="crm_days",
        dated="changed_at",
    ),
    Table("sellers", SellerRow, ("seller_id",), "by seller", "revision"),
    Table("trackers", TrackerRow, ("tracker_id",), "nobody", "revision"),
    Table("periods", PeriodRow, ("period_id",), "nobody", "revision"),
    _hourly("seller_hours"),
    _hourly("keyword_hours", "tracker_id"),
    _hourly("name_hours", "name_key"),
    _hourly("word_hours", "term", "language"),
    Table(
        "deal_hours",
        None,
        ("seller_id", "hour", "opportunity_id"),
        "recomputed",
        "version",
        "toYYYYMM(hour)",
        "calls_days",
        "hour",
    ),
    _monthly("seller_months", "seller_id"),
    _monthly("keyword_months", "seller_id", "tracker_id"),
    _monthly("term_months", "language", "term", "seller_id"),
    Table("backfills", None, ("name", "month"), "nobody", "done_at"),
    Table("rolled_months", None, ("month",), "nobody", "rolled_at", "", "aggregates_days", "month"),
    Table(
        "dead_letters",
        DeadLetterRow,
        ("topic", "partition", "offset", "received_at"),
        "searched",
        retention="dead_letters_days",
        dated="arrived_at",
    ),
    Table("erasures", None, ("erasure_id",), "digests"),
    Table("erased", None, ("kind", "digest"), "digests", "revision"),
    Table("epochs", None, ("epoch",), "nobody", ""),
    Table("migrations", None, ("version",), "nobody", "applied_at"),
    Table("views", None, ("name",), "nobody", "replaced_at"),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""By name. Erasure deletes in this order: what names a call before the call itself."""

TABLE_OF: dict[type[Any], Table] = {table.row: table for table in _ALL if table.row is not None}
"""The table of each kind of row."""
