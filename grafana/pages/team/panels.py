"""The team overview: how the team talks with customers, seller by seller."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import Text
from grafana.pages.common import texts as words
from grafana.pages.common.panels import (
    CALL_CHOICES,
    CALL_COLUMNS,
    HIDDEN_CALL_COLUMNS,
    LABELS,
    SENTIMENT_PERCENT,
    TO_SELLER_OF_KIND,
)
from grafana.pages.sentiment.panels import DONUT_OF_KIND, OVER_TIME_OF_KIND
from grafana.pages.team import queries, texts
from grafana.pages.team.coaching import HABITS_TABLE
from grafana.pages.team.queries import METRICS, Metric
from grafana.panels.columns import Column, Unit, Value, hidden
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Bars, Table
from grafana.panels.queries import Query


def insights(title: Text, query: Query) -> Table:
    """Sentences on how sellers differ from the team."""
    return Table(
        name="insights",
        title=title,
        definition=texts.INSIGHTS_IS,
        empty=texts.NO_INSIGHTS,
        query=query,
        columns=[
            Column("insight", texts.INSIGHT, cell="wrapped", link=TO_SELLER_OF_KIND),
            *hidden("seller_id"),
        ],
        header=False,
    )


_SENTIMENT = Bars(
    name="sentiment-by-seller",
    title=texts.SENTIMENT_BY_SELLER,
    definition=texts.SENTIMENT_BY_SELLER_IS,
    empty=words.NO_CALLS,
    query=queries.sentiment_by_seller,
    category="seller",
    columns=[
        Column("seller", words.SELLER, link=TO_SELLER_OF_KIND),
        *SENTIMENT_PERCENT,
        *hidden("seller_id", "too_few"),
    ],
    pale="too_few",
    horizontal=True,
    stacked=True,
    scrolls=True,
)


def _bars(metric: Metric) -> Bars:
    return Bars(
        name=metric.name,
        title=metric.texts.title,
        definition=metric.texts.definition,
        empty=words.NO_CALLS,
        query=queries.by_seller(metric),
        category="seller",
        columns=[
            Column("seller", words.SELLER, link=TO_SELLER_OF_KIND),
            Column("figure", metric.texts.title, metric.unit, metric.decimals, theme.TOP_SELLERS),
            Column(
                "team_average",
                texts.TEAM_AVERAGE,
                metric.unit,
                metric.decimals,
                theme.TEAM,
                reference=True,
            ),
            *hidden("seller_id", "too_few"),
        ],
        pale="too_few",
        horizontal=True,
        scrolls=True,
    )


_TOPS = {
    "1": Value(texts.IS_TOP, theme.TOP_SELLERS),
    "0": Value(texts.NOT_TOP, theme.TEAM),
    "2": Value(texts.TOO_FEW, theme.TEAM),
}

_SELLERS = Table(
    name="sellers",
    title=texts.SELLERS_TABLE,
    definition=texts.SELLERS_TABLE_IS,
    empty=texts.NO_SELLERS,
    query=queries.sellers,
    columns=[
        Column("name", words.SELLER, link=TO_SELLER_OF_KIND),
        Column("team", words.TEAM, width=110),
        Column("is_top", texts.TOP, unit=Unit.NUMBER, cell="coloured", values=_TOPS, width=125),
        Column("calls", texts.CALLS, unit=Unit.NUMBER, width=75),
        Column("revenue_text", texts.REVENUE, width=130),
        Column("talk_ratio", texts.TALK_RATIO, unit=Unit.SHARE, decimals=0, width=90),
        Column("words_per_minute", texts.SPEED, unit=Unit.NUMBER, decimals=0, width=100),
        Column("switches_per_hour", texts.SWITCHES, unit=Unit.NUMBER, decimals=0, width=95),
        Column("pause", texts.PAUSE, unit=Unit.SECONDS, decimals=1, width=150),
        Column("monologue", texts.MONOLOGUE, unit=Unit.SECONDS, decimals=0, width=190),
        Column(
            "negative_share",
            words.NEGATIVE,
            unit=Unit.SHARE,
            decimals=0,
            cell="bar",
            colour=theme.NEGATIVE,
            maximum=1,
            width=130,
        ),
        *hidden("seller_id"),
    ],
)

HISTORY = Table(
    name="history",
    title=texts.HISTORY,
    definition=texts.HISTORY_IS,
    empty=words.NO_CALLS,
    query=queries.history,
    columns=[
        *CALL_COLUMNS,
        Column("minutes", texts.MINUTES, unit=Unit.NUMBER, decimals=1, width=100),
        Column("talk_ratio", texts.TALK_RATIO, unit=Unit.SHARE, decimals=0, width=110),
        Column("switches_per_hour", texts.SWITCHES, unit=Unit.NUMBER, decimals=0, width=110),
        Column("sentiment_label", words.LABEL, cell="badge", values=LABELS, width=150),
        *HIDDEN_CALL_COLUMNS,
    ],
)

_BARS = [
    Placed(_bars(metric), At(8 * (place % 3), 30 + 13 * (place // 3), 8, 13))
    for place, metric in enumerate(METRICS)
]
_BELOW_BARS = max(bars.at.y for bars in _BARS) + 13

PAGE = Page(
    name="team",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    choices=CALL_CHOICES,
    items=[
        Placed(insights(texts.INSIGHTS, queries.insights("team", "1")), At(0, 0, 10, 11)),
        Placed(DONUT_OF_KIND, At(10, 0, 6, 11)),
        Placed(_SENTIMENT, At(16, 0, 8, 11)),
        Placed(OVER_TIME_OF_KIND, At(0, 11, 24, 8)),
        Placed(_SELLERS, At(0, 19, 24, 11)),
        *_BARS,
        Placed(HABITS_TABLE, At(0, _BELOW_BARS, 24, 11)),
        Placed(HISTORY, At(0, _BELOW_BARS + 11, 24, 14)),
    ],
)
