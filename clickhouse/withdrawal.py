"""Withdrawn consent: what replaced rows still hold of the words is deleted from disk.

A correction replaces a segment's words at once, in every view. The replaced row stays in its part until ClickHouse
merges it, which may be never; so it is deleted by a mutation, and so are names and words by the hour, and words by
the month, that nobody says any more. Mutations name digests, for ClickHouse keeps their text beside the data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any, NamedTuple  # Any: values as the driver has them

from clickhouse_connect.driver import AsyncClient

from clickhouse.schema.tables import STORE

SETTLED_SECONDS = 180
"""So old is a withdrawal before it is purged: three times the longest `worker.hours_seconds`, by when what follows
from it has been written."""

_AT_ONCE = 500
_PENDING = f"""SELECT call_id, segment_id, version, seller_id, call_started_at
    FROM {STORE}.withdrawn_consents FINAL
    WHERE NOT purged AND stored_at < now64(3) - INTERVAL {SETTLED_SECONDS} SECOND
    ORDER BY stored_at LIMIT {_AT_ONCE}"""


class _Stale(NamedTuple):
    """Rows of a table that hold words nobody may keep: what to ask, and the columns that make up a row's digest."""

    table: str
    columns: tuple[str, ...]
    query: str


def _no_longer(table: str, key: str, where: str, uses: str) -> str:
    """Every row, with its version, of what is said in none of its calls any more."""
    scope = f"seller_id IN %(sellers)s AND {where}"
    return f"""SELECT {key}, toString(version) FROM {STORE}.{table} WHERE {scope}
        AND ({key}) IN (SELECT {key} FROM {STORE}.{table} FINAL WHERE {scope} AND {uses} = 0)"""


_HOUR = "toString(toUnixTimestamp(hour))"
_MONTH = "toString(month)"
_OF_HOURS = "toUnixTimestamp(hour) IN %(hours)s"
_STALE = (
    _Stale(
        "segments",
        ("call_id", "segment_id", "toString(revision)"),
        f"""SELECT call_id, segment_id, toString(revision) FROM {STORE}.segments
        WHERE call_id IN %(calls)s AND consent AND (call_id, segment_id) IN %(segments)s
            AND (call_id, segment_id, revision) NOT IN
            (
                SELECT call_id, segment_id, max(revision) FROM {STORE}.segments
                WHERE call_id IN %(calls)s GROUP BY call_id, segment_id
            )""",
    ),
    _Stale(
        "call_names",
        ("call_id", "name_key", "toString(version)"),
        _no_longer(
            "call_names", "call_id, name_key", "call_id IN %(calls)s", "mentions_seller + mentions_customer"
        ),
    ),
    _Stale(
        "name_hours",
        ("seller_id", _HOUR, "name_key", "toString(version)"),
        _no_longer(
            "name_hours", f"seller_id, {_HOUR}, name_key", _OF_HOURS, "mentions_seller + mentions_customer"
        ),
    ),
    _Stale(
        "word_hours",
        ("seller_id", _HOUR, "term", "language", "toString(version)"),
        _no_longer("word_hours", f"seller_id, {_HOUR}, term, language", _OF_HOURS, "uses"),
    ),
    _Stale(
        "term_months",
        ("seller_id", _MONTH, "term", "language", "toString(version)"),
        _no_longer(
            "term_months",
            f"seller_id, {_MONTH}, term, language",
            f"{_MONTH} IN %(months)s",
            "arraySum(counts.uses)",
        ),
    ),
)


async def purge(client: AsyncClient) -> int:
    """Begin to delete what is left of withdrawn words; returns of how many segments. Call it again until that is none.

    ClickHouse rewrites the parts in the background, and removes the old ones some eight minutes later. Needs the right
    ALTER DELETE on five tables; raises what the driver raises, and may be repeated.
    """
    pending = (await client.query(_PENDING, tz_mode="aware")).result_rows
    if not pending:
        return 0
    scope = {
        "calls": sorted({row[0] for row in pending}),
        "segments": [tuple(row[:2]) for row in pending],
        "sellers": sorted({row[3] for row in pending}),
        "months": sorted({f"{row[4].astimezone(UTC):%Y-%m}-01" for row in pending}),
        "hours": sorted({int(row[4].timestamp()) // 3600 * 3600 for row in pending}),
    }
    for stale in _STALE:
        rows = (await client.query(stale.query, scope)).result_rows
        if rows:
            await client.command(_deletion(stale, rows))
    await client.insert(
        "withdrawn_consents",
        [[call_id, segment_id, version + 1, *rest, True] for call_id, segment_id, version, *rest in pending],
        column_names=("call_id", "segment_id", "version", "seller_id", "call_started_at", "purged"),
        database=STORE,
    )
    return len(pending)


def _deletion(stale: _Stale, rows: Iterable[Sequence[Any]]) -> str:
    digests = ", ".join(sorted(f"'{_digest(row)}'" for row in rows))
    joined = ", char(0), ".join(stale.columns)
    return (
        f"ALTER TABLE {STORE}.{stale.table} DELETE WHERE lower(hex(SHA256(concat({joined})))) IN ({digests}) "
        "SETTINGS mutations_sync = 0"
    )


def _digest(row: Sequence[Any]) -> str:
    return hashlib.sha256("\0".join(map(str, row)).encode()).hexdigest()
