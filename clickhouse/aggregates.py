"""The rolling aggregates by hour and seller: how a bucket follows from the calls that began in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from clickhouse.quoting import string, strings
from clickhouse.schema.metrics import sums_of_row
from clickhouse.schema.tables import STORE


class Hour(NamedTuple):
    """A bucket of the aggregates: a seller, and the hour (UTC) in which calls began."""

    seller_id: str
    hour: datetime


def hour_of(moment: datetime) -> datetime:
    """The hour in which a moment lies."""
    return moment.replace(minute=0, second=0, microsecond=0)


Scope = Callable[[str], str]
"""The condition that selects rows of whole buckets, given the column that says when a row's calls began."""

NARROWER: Mapping[str, Collection[Hour]] = MappingProxyType({})
"""Aggregates in which not all of the buckets that calls changed did, with those that did; none unless it is said."""


def refresh_statements(
    hours: Collection[Hour], narrower: Mapping[str, Collection[Hour]] = NARROWER
) -> list[str]:
    """The statements that recompute these buckets, one for each aggregate; none for one without buckets."""
    return [
        statement(_scope(some))
        for table, statement in _STATEMENTS.items()
        if (some := narrower.get(table, hours))
    ]


def seller_statement(scope: Scope) -> str:
    """The sums of sellers by hour over the calls that a condition selects: it selects whole buckets."""
    return _aggregate("seller_hours", scope)


def _aggregate(table: str, scope: Scope) -> str:
    columns, source, keys = _AGGREGATES[table]
    grouped = ", ".join(("seller_id", "bucket", *keys))
    return _insert(table, columns, f"{source} WHERE {scope('call_started_at')} GROUP BY {grouped}")


def deal_statement(scope: Scope) -> str:
    """The calls that a condition selects, by seller, hour and deal; a deal that a bucket holds no more gets an empty
    row. The condition selects whole buckets."""
    source = f"""
FROM
(
    SELECT
        seller_id, bucket, sum(version) AS version, groupUniqArray(opportunity_id) AS deals,
        groupArrayIf((opportunity_id, (call_started_at, call_id, duration_ms, sentiment_compound)), linked)
            AS linked_calls
    FROM
    (
        SELECT
            seller_id, {_BUCKET} AS bucket, version, opportunity_id, call_started_at, call_id, duration_ms,
            sentiment_compound, opportunity_id != '' AS linked
        FROM {STORE}.calls FINAL
        WHERE {scope("call_started_at")}
        UNION ALL
        SELECT seller_id, hour, 0, opportunity_id, toDateTime64(0, 3, 'UTC'), '', 0, NULL, 0
        FROM {STORE}.deal_hours FINAL
        WHERE {scope("hour")}
    )
    GROUP BY seller_id, bucket
    HAVING version > 0
)
ARRAY JOIN deals AS opportunity_id
WHERE opportunity_id != ''"""
    return _insert("deal_hours", _DEAL_HOURS, source)


def range_statements(start: datetime, end: datetime) -> list[str]:
    """The statements that recompute all buckets of the hours in [start, end), whoever's they are."""
    return [statement(within(start, end)) for statement in _STATEMENTS.values()]


def within(start: datetime, end: datetime) -> Scope:
    """The hours in [start, end)."""
    return lambda column: (
        f"{column} >= toDateTime64({int(start.timestamp())}, 3, 'UTC')"
        f" AND {column} < toDateTime64({int(end.timestamp())}, 3, 'UTC')"
    )


_MOST_SAID = "arraySort(said -> (-countEqual(forms, said), said), arrayDistinct(forms))[1]"
"""The most frequent of `forms`; of equally frequent ones the first in alphabetical order."""


def word_statement(hours: Collection[Hour], max_terms: int, min_pair_count: int) -> str:
    """The statement that recomputes these buckets of the words: of each ended call its `max_terms` most said terms
    in each language, a two-word one only when said `min_pair_count` times; the empty term counts all words. What a
    bucket no longer holds is written as zero."""
    ctes = f"""
WITH ended_calls AS
(
    SELECT seller_id, call_id, version, {_BUCKET} AS bucket
    FROM (SELECT * FROM {STORE}.calls FINAL)
    WHERE {_scope(hours)("call_started_at")} AND ended
),
buckets AS
(
    SELECT seller_id, bucket, sum(version) AS version FROM ended_calls GROUP BY seller_id, bucket
),
said AS
(
    SELECT
        seller_id, bucket, call_id, spoken, term, sum(if(term = '', words, 1)) AS uses, groupArray(form) AS forms
    FROM
    (
        SELECT
            call_id, lower(splitByChar('-', toString(language))[1]) AS spoken, words,
            arrayPushBack(terms, '') AS all_terms, arrayPushBack(term_forms, '') AS all_forms
        FROM {STORE}.segments FINAL
        WHERE call_id IN (SELECT call_id FROM ended_calls) AND speaker = 'seller'
    ) AS segments
    ARRAY JOIN all_terms AS term, all_forms AS form
    INNER JOIN ended_calls ON ended_calls.call_id = segments.call_id
    GROUP BY seller_id, bucket, call_id, spoken, term
    HAVING uses >= {min_pair_count} OR uses > 0 AND position(term, ' ') = 0
    ORDER BY term != '', uses DESC, term
    LIMIT {max_terms + 1} BY call_id, spoken
)"""
    source = f"""
FROM
(
    SELECT seller_id, bucket, term, spoken, {_MOST_SAID} AS form, uses FROM said
    UNION ALL
    SELECT seller_id, hour, term, language, form, 0 FROM {STORE}.word_hours FINAL
    WHERE (seller_id, hour) IN (SELECT seller_id, bucket FROM buckets)
) AS terms
INNER JOIN buckets ON buckets.seller_id = terms.seller_id AND buckets.bucket = terms.bucket
GROUP BY seller_id, bucket, term, spoken"""
    return _insert("word_hours", _WORD_HOURS, source, ctes)


def _insert(table: str, columns: Mapping[str, str], source: str, ctes: str = "") -> str:
    """An INSERT of a SELECT that names each column beside what goes into it."""
    values = ",\n    ".join(columns.values())
    return f"INSERT INTO {STORE}.{table} ({', '.join(columns)}){ctes}\nSELECT\n    {values}{source}"


def _scope(hours: Collection[Hour]) -> Scope:
    """These buckets; the first two parts of the condition let the sort key be used."""
    buckets = ", ".join(
        f"({string(hour.seller_id)}, {int(hour.hour.timestamp())})" for hour in sorted(set(hours))
    )
    first, last = min(hour.hour for hour in hours), max(hour.hour for hour in hours)
    return lambda column: (
        f"seller_id IN ({strings(sorted({hour.seller_id for hour in hours}))})"
        f" AND {column} >= toDateTime64({int(first.timestamp())}, 3, 'UTC')"
        f" AND {column} < toDateTime64({int(last.timestamp()) + 3600}, 3, 'UTC')"
        f" AND (seller_id, toUnixTimestamp(toStartOfHour({column}))) IN ({buckets})"
    )


_BUCKET = "toStartOfHour(toDateTime(call_started_at, 'UTC'))"

_SELLER_HOURS = {
    "seller_id": "seller_id",
    "hour": f"{_BUCKET} AS bucket",
    "version": "sum(calls.version)",
    "calls": "count()",
    "minute_calls": "countIf(calls.duration_ms >= 60000)",
    "ended_calls": "countIf(ended)",
    "duration_ms": "sum(calls.duration_ms)",
    "talk_seller_ms": "sum(calls.talk_seller_ms)",
    "talk_customer_ms": "sum(calls.talk_customer_ms)",
    "words_seller": "sum(calls.words_seller)",
    "switches": "sum(calls.switches)",
    "longest_monologue_seller_ms_sum": "sum(longest_monologue_seller_ms)",
    "interruptions_seller": "sum(calls.interruptions_seller)",
    "interruptions_customer": "sum(calls.interruptions_customer)",
    "silence_ms": "sum(calls.silence_ms)",
    "questions_seller": "sum(questions_seller_open + questions_seller_closed)",
    "sentiment_calls": "countIf(sentiment_label != '')",
    "positive_calls": "countIf(sentiment_label = 'positive')",
    "neutral_calls": "countIf(sentiment_label = 'neutral')",
    "negative_calls": "countIf(sentiment_label = 'negative')",
    "positive_ms": "sum(sentiment_positive_ms)",
    "neutral_ms": "sum(sentiment_neutral_ms)",
    "negative_ms": "sum(sentiment_negative_ms)",
    **{column: f"sum({of_row})" for column, of_row in sums_of_row().items()},
}

SUMS_OF_SELLERS = tuple(name for name in _SELLER_HOURS if name not in ("seller_id", "hour", "version"))
"""What `seller_hours` sums over the calls of a bucket."""

_MENTIONS = {
    "version": "sum(mentions.version)",
    "mentions_seller": "sum(mentions.mentions_seller)",
    "mentions_customer": "sum(mentions.mentions_customer)",
    "calls": "countIf(mentions.mentions_seller + mentions.mentions_customer > 0)",
    "customer_calls": "countIf(mentions.mentions_customer > 0)",
}

_KEYWORD_HOURS = {
    "seller_id": "seller_id",
    "hour": f"{_BUCKET} AS bucket",
    "tracker_id": "tracker_id",
    **_MENTIONS,
}

_NAME_HOURS = {
    "seller_id": "seller_id",
    "hour": f"{_BUCKET} AS bucket",
    "name_key": "name_key",
    "name": "argMax(mentions.name, (mentions.mentions_seller + mentions.mentions_customer, mentions.name))",
    **_MENTIONS,
}

_DEAL_HOURS = {
    "seller_id": "seller_id",
    "hour": "bucket",
    "opportunity_id": "opportunity_id",
    "version": "version",
    "calls": "arraySort(arrayMap(one -> one.2, arrayFilter(one -> one.1 = opportunity_id, linked_calls)))",
}

_WORD_HOURS = {
    "seller_id": "seller_id",
    "hour": "bucket",
    "term": "term",
    "language": "spoken",
    "form": "argMax(form, (uses, form))",
    "version": "any(buckets.version)",
    "uses": "sum(uses)",
    "calls": "countIf(uses > 0)",
}

_AGGREGATES: Mapping[str, tuple[Mapping[str, str], str, tuple[str, ...]]] = {
    "seller_hours": (_SELLER_HOURS, f"\nFROM {STORE}.calls AS calls FINAL", ()),
    "keyword_hours": (_KEYWORD_HOURS, f"\nFROM {STORE}.call_keywords AS mentions FINAL", ("tracker_id",)),
    "name_hours": (_NAME_HOURS, f"\nFROM {STORE}.call_names AS mentions FINAL", ("name_key",)),
}
"""By table: its columns beside what they are computed from, the rows it is computed from, its key within a bucket."""

_STATEMENTS: Mapping[str, Callable[[Scope], str]] = {
    **{table: partial(_aggregate, table) for table in _AGGREGATES},
    "deal_hours": deal_statement,
}
"""By aggregate, what recomputes it; the words are apart, for they follow from ended calls only."""
