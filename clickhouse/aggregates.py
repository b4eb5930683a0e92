"""The rolling aggregates by hour and seller: how a bucket follows from the calls that began in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

DATABASE = "salgspuls_store"


class Hour(NamedTuple):
    """A bucket of the aggregates: a seller, and the hour (UTC) in which calls began."""

    seller_id: str
    hour: datetime


def hour_of(moment: datetime) -> datetime:
    """The hour in which a moment lies."""
    return moment.replace(minute=0, second=0, microsecond=0)


def refresh_statements(hours: Collection[Hour]) -> list[str]:
    """The statements that write these buckets anew, one for each aggregate; none when there are no buckets."""
    if not hours:
        return []
    scope = _scope(hours)
    return [select + scope + group_by for select, group_by in _AGGREGATES]


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _scope(hours: Collection[Hour]) -> str:
    """The condition that selects the calls of these buckets; the first two parts let the sort key be used."""
    sellers = ", ".join(_quoted(seller) for seller in sorted({hour.seller_id for hour in hours}))
    buckets = ", ".join(
        f"({_quoted(hour.seller_id)}, {int(hour.hour.timestamp())})" for hour in sorted(set(hours))
    )
    first, last = min(hour.hour for hour in hours), max(hour.hour for hour in hours)
    return (
        f" WHERE seller_id IN ({sellers})"
        f" AND call_started_at >= toDateTime64({int(first.timestamp())}, 3, 'UTC')"
        f" AND call_started_at < toDateTime64({int(last.timestamp()) + 3600}, 3, 'UTC')"
        f" AND (seller_id, toUnixTimestamp(toStartOfHour(call_started_at))) IN ({buckets})"
    )


def word_statement(hours: Collection[Hour], max_terms: int, min_pair_count: int) -> str:
    """The statement that writes these buckets of the words anew: of each ended call its `max_terms` most said terms,
    a two-word one only when said `min_pair_count` times. What a bucket no longer holds is written as zero."""
    scope = _scope(hours)
    return f"""
INSERT INTO {DATABASE}.word_hours
WITH ended_calls AS
(
    SELECT seller_id, call_id, version, toStartOfHour(toDateTime(call_started_at, 'UTC')) AS bucket
    FROM (SELECT * FROM {DATABASE}.calls FINAL) {scope} AND ended
),
buckets AS
(
    SELECT seller_id, bucket, sum(version) AS version FROM ended_calls GROUP BY seller_id, bucket
),
said AS
(
    SELECT seller_id, bucket, call_id, term, count() AS uses
    FROM {DATABASE}.segments AS segments FINAL ARRAY JOIN terms AS term
    INNER JOIN ended_calls ON ended_calls.call_id = segments.call_id
    WHERE call_id IN (SELECT call_id FROM ended_calls)
    GROUP BY seller_id, bucket, call_id, term
    HAVING uses >= {min_pair_count} OR position(term, ' ') = 0
    ORDER BY uses DESC, term
    LIMIT {max_terms} BY call_id
)
SELECT seller_id, bucket, term, any(buckets.version), sum(uses), countIf(uses > 0)
FROM
(
    SELECT seller_id, bucket, term, uses FROM said
    UNION ALL
    SELECT seller_id, hour, term, 0 FROM {DATABASE}.word_hours FINAL
    WHERE (seller_id, hour) IN (SELECT seller_id, bucket FROM buckets)
) AS terms
INNER JOIN buckets ON buckets.seller_id = terms.seller_id AND buckets.bucket = terms.bucket
GROUP BY seller_id, bucket, term"""


_SELLER_HOURS = f"""
INSERT INTO {DATABASE}.seller_hours
SELECT
    seller_id,
    toStartOfHour(toDateTime(call_started_at, 'UTC')) AS bucket,
    sum(calls.version),
    count(),
    countIf(ended),
    sum(calls.duration_ms),
    sum(calls.talk_seller_ms),
    sum(calls.talk_customer_ms),
    sum(ifNull(talk_ratio, 0)),
    count(talk_ratio),
    sum(calls.words_seller),
    sum(ifNull(words_per_minute_seller, 0)),
    count(words_per_minute_seller),
    sum(calls.switches),
    sum(ifNull(switches_per_hour, 0)),
    count(switches_per_hour),
    sum(ifNull(pause_before_speaking_ms, 0)),
    count(pause_before_speaking_ms),
    sum(longest_monologue_customer_ms),
    sum(longest_monologue_seller_ms),
    sum(calls.interruptions_seller),
    sum(calls.interruptions_customer),
    sum(calls.silence_ms),
    sum(questions_seller_open + questions_seller_closed),
    countIf(sentiment_label != ''),
    countIf(sentiment_label = 'positive'),
    countIf(sentiment_label = 'neutral'),
    countIf(sentiment_label = 'negative'),
    sum(ifNull(sentiment_compound, 0)),
    sum(if(sentiment_ms > 0, sentiment_positive_ms / sentiment_ms, 0)),
    sum(if(sentiment_ms > 0, sentiment_neutral_ms / sentiment_ms, 0)),
    sum(if(sentiment_ms > 0, sentiment_negative_ms / sentiment_ms, 0)),
    sum(sentiment_positive_ms),
    sum(sentiment_neutral_ms),
    sum(sentiment_negative_ms)
FROM
(
    SELECT *, sentiment_positive_ms + sentiment_neutral_ms + sentiment_negative_ms AS sentiment_ms
    FROM {DATABASE}.calls FINAL
) AS calls"""

_KEYWORD_HOURS = f"""
INSERT INTO {DATABASE}.keyword_hours
SELECT
    seller_id,
    toStartOfHour(toDateTime(call_started_at, 'UTC')) AS bucket,
    tracker_id,
    sum(mentions.version),
    sum(mentions.mentions_seller),
    sum(mentions.mentions_customer),
    countIf(mentions.mentions_seller + mentions.mentions_customer > 0),
    countIf(mentions.mentions_customer > 0)
FROM {DATABASE}.call_keywords AS mentions FINAL"""

_NAME_HOURS = f"""
INSERT INTO {DATABASE}.name_hours
SELECT
    seller_id,
    toStartOfHour(toDateTime(call_started_at, 'UTC')) AS bucket,
    name_key,
    sum(mentions.version),
    argMax(mentions.name, (mentions.mentions_seller + mentions.mentions_customer, mentions.name)),
    sum(mentions.mentions_seller),
    sum(mentions.mentions_customer),
    countIf(mentions.mentions_seller + mentions.mentions_customer > 0),
    countIf(mentions.mentions_customer > 0)
FROM {DATABASE}.call_names AS mentions FINAL"""

_AGGREGATES = (
    (_SELLER_HOURS, " GROUP BY seller_id, bucket"),
    (_KEYWORD_HOURS, " GROUP BY seller_id, bucket, tracker_id"),
    (_NAME_HOURS, " GROUP BY seller_id, bucket, name_key"),
)
