"""What customers talk about: the insights of the home page and the pages behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grafana_foundation_sdk.models import dashboard

from grafana import theme as look
from grafana.dashboards import sql
from grafana.dashboards.catalogue import common as words
from grafana.dashboards.catalogue import customers as messages
from grafana.dashboards.insight import Insight, insight
from grafana.dashboards.links import CALL_RANGE, to_call, to_page
from grafana.dashboards.panels import (
    At,
    Column,
    Value,
    Words,
    bubbles_panel,
    donut_panel,
    hidden,
    ranking_panel,
    table_panel,
    time_series_panel,
)
from grafana.dashboards.sql import BUCKET_SPAN, RANGE, WHO, WHO_FILTER, bucket, listed, sentence, view
from grafana.i18n import Language, Text

DATE_AND_TIME = Text("time:D MMM YYYY HH:mm", "time:DD.MM.YYYY HH:mm")
BUBBLES_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One of the three kinds of what is mentioned: where its ranking and its mentions come from."""

    page: str
    title: Text
    definition: Text
    headline: Text
    why: Text
    empty: Text
    ranking: str
    only: str
    mentions: str
    calls: str
    key: str


def _tracked(kind: str) -> str:
    return f"(SELECT tracker_id, name FROM salgspuls.trackers WHERE kind = '{kind}' AND NOT removed)"


KINDS = (
    Mentioned(
        page="keywords",
        title=messages.KEYWORDS,
        definition=messages.KEYWORDS_IS,
        headline=messages.GROWING,
        why=messages.KEYWORDS_WHY,
        empty=messages.NO_KEYWORDS,
        ranking="keyword_ranking",
        only="kind = 'keyword'",
        mentions="keyword_mentions",
        calls="call_keywords",
        key="tracker_id",
    ),
    Mentioned(
        page="competitors",
        title=messages.COMPETITORS,
        definition=messages.COMPETITORS_IS,
        headline=messages.GROWING,
        why=messages.COMPETITORS_WHY,
        empty=messages.NO_COMPETITORS,
        ranking="keyword_ranking",
        only="kind = 'competitor'",
        mentions="keyword_mentions",
        calls="call_keywords",
        key="tracker_id",
    ),
    Mentioned(
        page="brands",
        title=messages.BRANDS,
        definition=messages.BRANDS_IS,
        headline=messages.APPEARING,
        why=messages.BRANDS_WHY,
        empty=messages.NO_BRANDS,
        ranking="name_ranking",
        only="1",
        mentions="name_mentions",
        calls="call_names",
        key="name_key",
    ),
)


def home_insights(language: Language, y: int) -> list[dashboard.Panel]:
    """The four insights, two by two."""
    sentiment, *rest = [_sentiment(language), *(_mentioned(kind, language) for kind in KINDS)]
    places = (At(0, y, 12, 14), At(12, y, 12, 14), At(0, y + 14, 12, 14), At(12, y + 14, 12, 14))
    panels: list[dashboard.Panel] = []
    for number, (said, at) in enumerate(zip((sentiment, *rest), places, strict=True)):
        panels += insight(100 + 10 * number, at, said, language)
    return panels


def sentiment_headline(language: Language) -> str:
    """How many calls are more negative than average."""
    said = sentence(messages.SENTIMENT_HEADLINE.of(language), language)
    return (
        f"SELECT {said} AS value\nFROM (\n"
        "    SELECT count() AS calls, countIf(flagged) AS more, more / nullIf(calls, 0) AS more_share\n"
        f"    FROM {view('call_sentiment', RANGE, WHO)}\n)\nWHERE calls > 0"
    )


def _sentiment(language: Language) -> Insight:
    return Insight(
        title=messages.SENTIMENT,
        definition=messages.SENTIMENT_IS,
        empty=messages.NO_CALLS,
        headline=sentiment_headline(language),
        why=messages.SENTIMENT_WHY,
        charts=[
            (6, lambda panel_id, at: sentiment_donut(panel_id, at, language)),
            (6, lambda panel_id, at: sentiment_trend(panel_id, at, language)),
        ],
        details=to_page("sentiment", language),
    )


def sentiment_columns(language: Language) -> list[Column]:
    """The three classes, in their colours."""
    return [
        Column("positive", words.POSITIVE.of(language), colour=look.POSITIVE, unit="none"),
        Column("neutral", words.NEUTRAL.of(language), colour=look.NEUTRAL, unit="none"),
        Column("negative", words.NEGATIVE.of(language), colour=look.NEGATIVE, unit="none"),
    ]


def sentiment_donut(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    """All analysed calls by their label."""
    query = (
        "SELECT sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
        f"FROM {view('seller_sums', RANGE)}\nWHERE {WHO_FILTER}\nHAVING positive + neutral + negative > 0"
    )
    said = Words(messages.DONUT.of(language), messages.DONUT_IS.of(language), messages.NO_CALLS.of(language))
    return donut_panel(panel_id, at, said, query, sentiment_columns(language))


def sentiment_trend(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    """Shares of calls by label over time."""
    query = (
        f"WITH {BUCKET_SPAN}\n"
        f"SELECT {bucket('hour')} AS time,\n"
        "    sum(positive_calls) AS positive, sum(neutral_calls) AS neutral, sum(negative_calls) AS negative\n"
        "FROM salgspuls.seller_hours\n"
        f"WHERE hour >= toStartOfHour($__fromTime) AND hour <= $__toTime AND {WHO_FILTER}\n"
        "GROUP BY time\nHAVING positive + neutral + negative > 0\nORDER BY time"
    )
    said = Words(
        messages.OVER_TIME.of(language), messages.OVER_TIME_IS.of(language), messages.NO_CALLS.of(language)
    )
    return time_series_panel(panel_id, at, said, query, sentiment_columns(language), share=True)


def _mentioned(kind: Mentioned, language: Language) -> Insight:
    return Insight(
        title=kind.title,
        definition=kind.definition,
        empty=kind.empty,
        headline=mentioned_query(kind, language),
        why=kind.why,
        charts=[
            (6, lambda panel_id, at: bubbles(panel_id, at, kind, language)),
            (6, lambda panel_id, at: ranked(panel_id, at, kind, language)),
        ],
        details=to_page(kind.page, language),
    )


def _top(kind: Mentioned, count: int = 20) -> str:
    # what was said in neither of the two windows has not grown, and is not new
    return (
        f"SELECT * REPLACE (if(recent = before, 0, growth) AS growth)\n    FROM {view(kind.ranking, RANGE, WHO)}\n"
        f"    WHERE {kind.only} ORDER BY mentions DESC, name LIMIT {count}"
    )


def mentioned_query(kind: Mentioned, language: Language) -> str:
    """The top 20 for headline, bubbles and table alike.

    Headline: the three that grow most, or that none grows; of names, which are all new, the three most mentioned.
    """

    def said(headline: Text, items: str) -> str:
        return sentence(
            headline.of(language), language, listing=listed(f"arraySlice({items}, 1, 3)", language)
        )

    def collected(item: str, order: str) -> str:
        return f"({item}) OVER (ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"

    most, fastest = "mentions DESC, name", "growth IS NULL, growth DESC, mentions DESC, name"
    grown = "concat(name, ' (', change, ')')"
    if kind.headline is messages.APPEARING:
        value, items = said(kind.headline, "items"), f"groupArray{collected('name', most)} AS items"
    else:
        value = f"if(empty(growing), {said(messages.NONE_GROWS, 'items')}, {said(kind.headline, 'growing')})"
        items = (
            f"groupArray{collected(grown, most)} AS items,\n"
            f"        groupArrayIf{collected(f'{grown}, ifNull(round(100 * growth) > 0, 1)', fastest)} AS growing"
        )
    return (
        f"SELECT name, mentions, change, shade, x, y, {value} AS value\nFROM (\n"
        f"    SELECT name, mentions, growth, {sql.growth('growth', language)} AS change,\n"
        "        multiIf(growth IS NULL, 3, growth > 0.05, 2, growth < -0.05, 0, 1) AS shade,\n"
        f"        row_number() OVER (ORDER BY {most}) - 1 AS place,\n"
        f"        place % {BUBBLES_A_ROW} AS x, -toInt32(intDiv(place, {BUBBLES_A_ROW})) AS y,\n"
        f"        {items}\n"
        f"    FROM (\n    {_top(kind)})\n)\nORDER BY place"
    )


def bubbles(panel_id: int, at: At, kind: Mentioned, language: Language) -> dashboard.Panel:
    """The top 20 as a table of bubbles, biggest first."""
    shades = {
        "0": Value(messages.FALLING.of(language)),
        "1": Value(messages.STEADY.of(language)),
        "2": Value(messages.RISING.of(language)),
        "3": Value(words.NEW.of(language)),
    }
    columns = [
        Column("name", kind.title.of(language)),
        Column("mentions", messages.MENTIONS.of(language), unit="none"),
        Column("change", messages.GROWTH.of(language)),
        Column("shade", messages.GROWTH.of(language), unit="none", values=shades, steps=look.GROWTH_STEPS),
    ]
    said = Words(
        messages.BUBBLES.of(language),
        messages.BUBBLES_IS.of(language) + messages.RANKED_IS.of(language),
        kind.empty.of(language),
    )
    query = mentioned_query(kind, language)
    return bubbles_panel(panel_id, at, said, query, columns, axes=False, size="mentions", diameters=(10, 60))


def ranked(panel_id: int, at: At, kind: Mentioned, language: Language) -> dashboard.Panel:
    """The top 20 as a table with bars."""
    columns = [
        Column("name", messages.NAME.of(language)),
        Column(
            "mentions", messages.MENTIONS.of(language), unit="none", cell="bar", colour=look.ACCENT, width=110
        ),
        Column("change", messages.GROWTH.of(language), width=85),
        *hidden("shade", "x", "y", "value"),
    ]
    said = Words(messages.RANKED.of(language), messages.RANKED_IS.of(language), kind.empty.of(language))
    return table_panel(panel_id, at, said, mentioned_query(kind, language), columns)


def ranking(panel_id: int, at: At, kind: Mentioned, language: Language, rows: int = 6) -> dashboard.Panel:
    """The few that are mentioned most, for the wall."""
    query = (
        f"SELECT concat(name, ' (', {sql.growth('growth', language)}, ')') AS said, mentions\n"
        f"FROM (\n    {_top(kind, rows)})"
    )
    columns = [Column("mentions", unit="none", decimals=0, colour=look.ACCENT)]
    said = Words(kind.title.of(language), messages.RANKED_IS.of(language), kind.empty.of(language))
    return ranking_panel(panel_id, at, said, query, columns, rows)


def sentiment_page(language: Language) -> list[dashboard.Panel]:
    """Customer sentiment in detail."""
    headline = insight(1, At(0, 0, 24, 4), without_charts(_sentiment(language)), language, details=False)
    return [
        *headline,
        sentiment_donut(20, At(0, 4, 6, 9), language),
        _flagged_donut(21, At(6, 4, 6, 9), language),
        sentiment_trend(22, At(12, 4, 12, 9), language),
        _contributing_calls(30, At(0, 13, 24, 16), language),
    ]


def without_charts(said: Insight) -> Insight:
    """Only its words."""
    return replace(said, charts=(), details=None)


def _flagged_donut(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        "SELECT countIf(sentiment_label = 'positive') AS positive, countIf(sentiment_label = 'neutral') AS neutral,\n"
        "    countIf(sentiment_label = 'negative') AS negative\n"
        f"FROM {view('call_sentiment', RANGE, WHO)}\nWHERE flagged\nHAVING positive + neutral + negative > 0"
    )
    said = Words(
        messages.FLAGGED_DONUT.of(language),
        messages.FLAGGED_DONUT_IS.of(language),
        messages.NO_FLAGGED.of(language),
    )
    return donut_panel(panel_id, at, said, query, sentiment_columns(language))


def share_columns(language: Language) -> list[Column]:
    """A call's mini sentiment bar: three shares of the customer's time, in their colours."""
    return [
        Column(
            name,
            title.of(language),
            unit="percentunit",
            decimals=0,
            cell="bar",
            colour=colour,
            width=125,
            maximum=1,
        )
        for name, title, colour in (
            ("sentiment_positive", words.POSITIVE, look.POSITIVE),
            ("sentiment_neutral", words.NEUTRAL, look.NEUTRAL),
            ("sentiment_negative", words.NEGATIVE, look.NEGATIVE),
        )
    ]


def call_columns(language: Language) -> list[Column]:
    """What every list of calls begins with."""
    return [
        Column("title", messages.TITLE.of(language), link=to_call(messages.OPEN_CALL.of(language), language)),
        Column("seller", messages.SELLER.of(language), width=160),
        Column("customer", messages.CUSTOMER.of(language), width=180),
        Column("call_started_at", messages.WHEN.of(language), unit=DATE_AND_TIME.of(language), width=150),
    ]


HIDDEN_CALL_COLUMNS = hidden("call_id", "from_ms", "to_ms")

CALL_TITLE = "if(title = '', if(customer_name = '', call_id, customer_name), title) AS title"
SELLER_NAMES = (
    "LEFT JOIN (SELECT seller_id AS id, name AS seller_name FROM salgspuls.sellers) AS sellers"
    " ON sellers.id = calls.seller_id"
)
SELLER_NAME = "if(seller_name = '', seller_id, seller_name) AS seller"


def _contributing_calls(panel_id: int, at: At, language: Language) -> dashboard.Panel:
    query = (
        f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
        "    customer_name AS customer, call_started_at, sentiment_positive, sentiment_neutral, sentiment_negative,\n"
        f"    deal_name AS deal, call_id, {CALL_RANGE}\n"
        f"FROM {view('call_sentiment', RANGE, WHO)} AS calls\n{SELLER_NAMES}\n"
        "LEFT JOIN (SELECT opportunity_id AS deal_id, name AS deal_name FROM salgspuls.opportunities) AS deals"
        " ON deals.deal_id = calls.opportunity_id\n"
        "WHERE flagged\nORDER BY sentiment_negative DESC, call_started_at DESC, call_id\nLIMIT 200"
    )
    columns = [
        *call_columns(language),
        *share_columns(language),
        Column("deal", messages.DEAL.of(language), width=190),
        *HIDDEN_CALL_COLUMNS,
    ]
    said = Words(
        messages.CONTRIBUTING.of(language),
        messages.CONTRIBUTING_IS.of(language),
        messages.NO_FLAGGED.of(language),
    )
    return table_panel(panel_id, at, said, query, columns)


def mentioned_page(kind: Mentioned, language: Language) -> list[dashboard.Panel]:
    """One kind of what is mentioned, in detail."""
    headline = insight(
        1, At(0, 0, 24, 4), without_charts(_mentioned(kind, language)), language, details=False
    )
    return [
        *headline,
        _mentioned_table(20, At(0, 4, 14, 14), kind, language),
        bubbles(21, At(14, 4, 10, 14), kind, language),
        _mentioned_trend(30, At(0, 18, 12, 10), kind, language, "mentions_customer"),
        _mentioned_trend(31, At(12, 18, 12, 10), kind, language, "customer_calls"),
        _mentioning_calls(40, At(0, 28, 24, 14), kind, language),
    ]


def _mentioned_table(panel_id: int, at: At, kind: Mentioned, language: Language) -> dashboard.Panel:
    query = (
        "WITH (\n"
        f"    SELECT sum(calls) FROM {view('seller_sums', RANGE)} WHERE {WHO_FILTER}\n) AS all_calls\n"
        f"SELECT name, mentions, {sql.growth('growth', language)} AS change, conversations,\n"
        "    conversations / nullIf(all_calls, 0) AS of_all, seller_mentions\n"
        f"FROM (\n    {_top(kind)})"
    )
    columns = [
        Column("name", messages.NAME.of(language)),
        Column(
            "mentions", messages.MENTIONS.of(language), unit="none", cell="bar", colour=look.ACCENT, width=140
        ),
        Column("change", messages.GROWTH.of(language), width=100),
        Column("conversations", messages.CONVERSATIONS.of(language), unit="none", width=140),
        Column("of_all", messages.OF_ALL.of(language), unit="percentunit", decimals=0, width=100),
        Column("seller_mentions", messages.BY_SELLERS.of(language), unit="none", width=90),
    ]
    said = Words(messages.MENTIONED.of(language), messages.MENTIONED_IS.of(language), kind.empty.of(language))
    return table_panel(panel_id, at, said, query, columns)


def _mentioned_trend(
    panel_id: int, at: At, kind: Mentioned, language: Language, counted: str
) -> dashboard.Panel:
    query = (
        f"WITH {BUCKET_SPAN},\n"
        f"    (SELECT (groupArray(toString({kind.key})), groupArray(name)) FROM (\n    {_top(kind, 5)})) AS top\n"
        "SELECT time, name, toFloat64(counts[key]) AS n\nFROM (\n"
        f"    SELECT {bucket('at')} AS time, sumMap(map(toString({kind.key}), toUInt64({counted}))) AS counts\n"
        f"    FROM {view(kind.mentions, RANGE)}\n"
        f"    WHERE in_range AND {WHO_FILTER} AND has(tupleElement(top, 1), {kind.key})\n"
        "    GROUP BY time\n)\nARRAY JOIN tupleElement(top, 1) AS key, tupleElement(top, 2) AS name\n"
        "ORDER BY time, indexOf(tupleElement(top, 1), key)"
    )
    title, definition = (
        (messages.MENTIONS_TREND, messages.MENTIONS_TREND_IS)
        if counted == "mentions_customer"
        else (messages.CONVERSATIONS_TREND, messages.CONVERSATIONS_TREND_IS)
    )
    said = Words(title.of(language), definition.of(language), kind.empty.of(language))
    return time_series_panel(panel_id, at, said, query, [], by_name=True)


def _mentioning_calls(panel_id: int, at: At, kind: Mentioned, language: Language) -> dashboard.Panel:
    names = (
        "AND lowerUTF8(name) NOT IN (SELECT lowerUTF8(name) FROM salgspuls.trackers WHERE NOT removed)"
        if kind.key == "name_key"
        else ""
    )
    known = (
        ""
        if kind.key == "name_key"
        else f"    INNER JOIN {_tracked(kind.page[:-1])} AS known USING (tracker_id)\n"
    )
    query = (
        f"SELECT {CALL_TITLE}, {SELLER_NAME},\n"
        "    customer_name AS customer, call_started_at, mentioned, sentiment_label,\n"
        f"    call_id, {CALL_RANGE}\n"
        "FROM (\n"
        "    SELECT call_id AS found_id, arrayStringConcat(groupArray(name), ', ') AS mentioned\n"
        f"    FROM (SELECT call_id, name FROM salgspuls.{kind.calls} AS found\n{known}"
        f"    WHERE $__timeFilter(call_started_at) AND mentions_customer > 0 AND {WHO_FILTER} {names}\n"
        "    ORDER BY call_started_at DESC, mentions_customer DESC, name)\n"
        "    GROUP BY call_id\n) AS found\n"
        "INNER JOIN (SELECT * FROM salgspuls.calls WHERE $__timeFilter(call_started_at)) AS calls"
        " ON calls.call_id = found.found_id\n"
        f"{SELLER_NAMES}\nORDER BY call_started_at DESC, call_id\nLIMIT 200"
    )
    columns = [
        *call_columns(language),
        Column("mentioned", messages.CHIPS.of(language), cell="chips"),
        Column(
            "sentiment_label",
            messages.LABEL.of(language),
            cell="badge",
            width=120,
            values=labels(language),
        ),
        *HIDDEN_CALL_COLUMNS,
    ]
    said = Words(
        messages.MENTIONING_CALLS.of(language),
        messages.MENTIONING_CALLS_IS.of(language),
        kind.empty.of(language),
    )
    return table_panel(panel_id, at, said, query, columns)


def labels(language: Language) -> dict[str, Value]:
    """Words and colours of a sentiment label."""
    return {
        "positive": Value(words.POSITIVE.of(language), look.POSITIVE),
        "neutral": Value(words.NEUTRAL.of(language), look.NEUTRAL),
        "negative": Value(words.NEGATIVE.of(language), look.NEGATIVE),
        "": Value(words.NOT_YET.of(language), look.NEUTRAL),
    }
