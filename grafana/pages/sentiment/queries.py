"""What is asked about customer sentiment."""

from __future__ import annotations

from grafana.pages.common.queries import CALL_RANGE, CALL_TITLE, SELLER_NAME, SELLER_NAMES
from grafana.pages.sentiment import texts
from grafana.panels.queries import Query, query
from grafana.sql import BUCKET_SPAN, OF_KIND, RANGE, WHO, WHO_FILTER, Writer, bucket, view


def _named(name: str, kinds: str) -> str:
    return f"sentiment.{name}{'-of-kind' if kinds == OF_KIND else ''}"


def headline(kinds: str) -> Query:
    """How many calls are more negative than average; of any or of the chosen kinds, see `grafana.sql`."""
    return Query(
        _named("headline", kinds),
        lambda say: (
            f"SELECT {say.sentence(texts.SENTIMENT_HEADLINE)} AS value\nFROM (\n"
            "    SELECT count() AS calls, countIf(flagged) AS more, more / nullIf(calls, 0) AS more_share\n"
            f"    FROM {view('call_sentiment', RANGE, WHO, kinds)}\n)\nWHERE calls > 0"
        ),
    )


def labels(kinds: str) -> Query:
    """All analysed calls by their label."""
    return Query(
        _named("labels", kinds),
        lambda say: (
            "SELECT sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
            f"FROM {view('seller_sums', RANGE, kinds)}\nWHERE {WHO_FILTER}\nHAVING positive + neutral + negative > 0"
        ),
    )


def over_time(kinds: str) -> Query:
    """Calls by label over time."""
    return Query(
        _named("over-time", kinds),
        lambda say: (
            f"WITH {BUCKET_SPAN}\n"
            f"SELECT {bucket('hour')} AS time,\n"
            "    sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
            f"FROM {view('sentiment_hours', RANGE, kinds)}\nWHERE {WHO_FILTER}\n"
            "GROUP BY time\nHAVING positive + neutral + negative > 0\nORDER BY time"
        ),
    )


@query
def flagged_labels(say: Writer) -> str:
    """The calls that are more negative than average, by their label."""
    return (
        "SELECT countIf(sentiment_label = 'positive') AS positive, countIf(sentiment_label = 'neutral') AS neutral,\n"
        "    countIf(sentiment_label = 'negative') AS negative\n"
        f"FROM {view('call_sentiment', RANGE, WHO, OF_KIND)}\nWHERE flagged\nHAVING positive + neutral + negative > 0"
    )


@query
def flagged_calls(say: Writer) -> str:
    """The calls that are more negative than average."""
    return (
        f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
        "    customer_name AS customer, call_started_at, sentiment_positive, sentiment_neutral, sentiment_negative,\n"
        f"    deal_name AS deal, opportunity_id, call_id, {CALL_RANGE}\n"
        f"FROM {view('call_sentiment', RANGE, WHO, OF_KIND)} AS calls\n{SELLER_NAMES}\n"
        "LEFT JOIN (SELECT opportunity_id AS deal_id, name AS deal_name FROM salgspuls.opportunities) AS deals"
        " ON deals.deal_id = calls.opportunity_id\n"
        "WHERE flagged\nORDER BY sentiment_negative DESC, call_started_at DESC, call_id\nLIMIT 200"
    )
