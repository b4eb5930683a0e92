"""What is asked about customer sentiment."""

from __future__ import annotations

from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES
from grafana.pages.sentiment import texts
from grafana.panels.queries import query
from grafana.sql import BUCKET_SPAN, RANGE, WHO, WHO_FILTER, Writer, bucket, view


@query
def headline(say: Writer) -> str:
    """How many calls are more negative than average."""
    return (
        f"SELECT {say.sentence(texts.SENTIMENT_HEADLINE)} AS value\nFROM (\n"
        "    SELECT count() AS calls, countIf(flagged) AS more, more / nullIf(calls, 0) AS more_share\n"
        f"    FROM {view('call_sentiment', RANGE, WHO)}\n)\nWHERE calls > 0"
    )


@query
def labels(say: Writer) -> str:
    """All analysed calls by their label."""
    return (
        "SELECT sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
        f"FROM {view('seller_sums', RANGE)}\nWHERE {WHO_FILTER}\nHAVING positive + neutral + negative > 0"
    )


@query
def over_time(say: Writer) -> str:
    """Calls by label over time."""
    return (
        f"WITH {BUCKET_SPAN}\n"
        f"SELECT {bucket('hour')} AS time,\n"
        "    sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
        "FROM salgspuls.seller_hours\n"
        f"WHERE hour >= toStartOfHour($__fromTime) AND hour <= $__toTime AND {WHO_FILTER}\n"
        "GROUP BY time\nHAVING positive + neutral + negative > 0\nORDER BY time"
    )


@query
def flagged_labels(say: Writer) -> str:
    """The calls that are more negative than average, by their label."""
    return (
        "SELECT countIf(sentiment_label = 'positive') AS positive, countIf(sentiment_label = 'neutral') AS neutral,\n"
        "    countIf(sentiment_label = 'negative') AS negative\n"
        f"FROM {view('call_sentiment', RANGE, WHO)}\nWHERE flagged\nHAVING positive + neutral + negative > 0"
    )


@query
def flagged_calls(say: Writer) -> str:
    """The calls that are more negative than average."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
        "    customer_name AS customer, call_started_at, sentiment_positive, sentiment_neutral, sentiment_negative,\n"
        f"    deal_name AS deal, opportunity_id, call_id, {CALL_RANGE}\n"
        f"FROM {view('call_sentiment', RANGE, WHO)} AS calls\n{SELLER_NAMES}\n"
        "LEFT JOIN (SELECT opportunity_id AS deal_id, name AS deal_name FROM salgspuls.opportunities) AS deals"
        " ON deals.deal_id = calls.opportunity_id\n"
        "WHERE flagged\nORDER BY sentiment_negative DESC, call_started_at DESC, call_id\nLIMIT 200"
    )
