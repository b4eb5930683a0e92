"""What is asked about the system: whether everything arrives and is understood."""

from __future__ import annotations

from grafana.i18n import Text
from grafana.pages.system import texts
from grafana.panels.queries import Query, query
from grafana.sql import BUCKET_SPAN, Writer, bucket


def _figure(name: str, value: str, note: Text, source: str) -> Query:
    """A count, and what stands beside it."""
    return Query(
        f"system.{name}",
        lambda say: (
            f"SELECT {say.sentence(f'{{{value}:whole}}')} AS value, {say.sentence(note)} AS note\n"
            f"FROM (\n    {source}\n)"
        ),
    )


IN_PROGRESS = _figure(
    "in_progress",
    "in_progress",
    texts.IN_PROGRESS_NOTE,
    "SELECT (SELECT count() FROM salgspuls.calls_in_progress) AS in_progress,"
    " (SELECT sum(calls) FROM salgspuls.seller_hours) AS all_calls",
)
REJECTED = _figure(
    "rejected",
    "refused",
    texts.REJECTED_NOTE,
    "SELECT countIf($__timeFilter(received_at)) AS refused,"
    " countIf(received_at > now64(3) - INTERVAL 1 HOUR) AS last_hour FROM salgspuls.dead_letters",
)
UNKNOWN_LANGUAGE = _figure(
    "unknown_language",
    "unknown",
    texts.UNKNOWN_LANGUAGE_NOTE,
    "SELECT sum(unknown_language_segments) AS unknown, countIf(unknown_language_segments > 0) AS unknown_calls"
    " FROM salgspuls.calls WHERE $__timeFilter(call_started_at)",
)
WITHOUT_CONSENT = _figure(
    "without_consent",
    "private",
    texts.WITHOUT_CONSENT_NOTE,
    "SELECT countIf(NOT consent) AS private, count() AS calls"
    " FROM salgspuls.calls WHERE $__timeFilter(call_started_at)",
)


@query
def volume(say: Writer) -> str:
    """Calls over time."""
    return (
        f"WITH {BUCKET_SPAN}\nSELECT {bucket('hour')} AS time, sum(calls) AS calls\n"
        "FROM salgspuls.seller_hours\nWHERE hour >= toStartOfHour($__fromTime) AND hour <= $__toTime\n"
        "GROUP BY time\nORDER BY time"
    )


@query
def sources(say: Writer) -> str:
    """How many facts of each kind are stored, and when the newest arrived."""
    kinds = ", ".join(
        f"raw = '{raw}', {say.text(text)}"
        for raw, text in (("calls", texts.SOURCE_CALLS), ("deals", texts.SOURCE_DEALS))
    )
    return (
        f"SELECT multiIf({kinds}, {say.text(texts.SOURCE_ACTIVITIES)}) AS kind, stored, newest\n"
        "FROM (SELECT kind AS raw, stored, newest FROM salgspuls.arrivals)\nORDER BY kind"
    )


@query
def reasons(say: Writer) -> str:
    """Rejected events by reason."""
    return (
        "SELECT reason, count() AS refused\nFROM salgspuls.dead_letters\n"
        "WHERE $__timeFilter(received_at)\nGROUP BY reason\nORDER BY refused DESC, reason"
    )


@query
def latest(say: Writer) -> str:
    """The latest rejected events."""
    return (
        "SELECT received_at, reason, detail, topic, partition, offset\nFROM salgspuls.dead_letters\n"
        "WHERE $__timeFilter(received_at)\nORDER BY received_at DESC, topic, partition, offset\nLIMIT 100"
    )
