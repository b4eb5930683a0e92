"""Customer sentiment: the insight of the home page, and the page behind it."""

from __future__ import annotations

from dataclasses import replace

from grafana.pages.common import texts as words
from grafana.pages.common.panels import (
    CALL_COLUMNS,
    HIDDEN_CALL_COLUMNS,
    SENTIMENT_COUNTS,
    SENTIMENT_SHARES,
    TO_DEAL,
    details,
    to_calls,
)
from grafana.pages.sentiment import queries, texts
from grafana.panels.columns import Column, Link, hidden
from grafana.panels.pages import At, Insight, Page, Placed
from grafana.panels.panels import Donut, Table, Trend

DONUT = Donut(
    name="sentiment-donut",
    title=texts.DONUT,
    definition=texts.DONUT_IS,
    empty=words.NO_ANALYSED_CALL,
    query=queries.labels,
    columns=SENTIMENT_COUNTS,
)
"""All analysed calls by their label."""

OVER_TIME = Trend(
    name="sentiment-trend",
    title=texts.OVER_TIME,
    definition=texts.OVER_TIME_IS,
    empty=words.NO_ANALYSED_CALL,
    query=queries.over_time,
    columns=SENTIMENT_COUNTS,
    shares=True,
    link=to_calls(),
)
"""Shares of calls by label over time."""

INSIGHT = Insight(
    name="sentiment",
    title=texts.SENTIMENT,
    definition=texts.SENTIMENT_IS,
    empty=words.NO_ANALYSED_CALL,
    query=queries.headline,
    why=texts.SENTIMENT_WHY,
    charts=[(6, DONUT), (6, OVER_TIME)],
    details=details("sentiment"),
)

_FLAGGED = Donut(
    name="flagged-donut",
    title=texts.FLAGGED_DONUT,
    definition=texts.FLAGGED_DONUT_IS,
    empty=texts.NO_FLAGGED,
    query=queries.flagged_labels,
    columns=[replace(column, link=None) for column in SENTIMENT_COUNTS],
    link=Link(words.OPEN_CALLS, "sentiment", panel="flagged-calls"),
)

_CALLS = Table(
    name="flagged-calls",
    title=texts.CONTRIBUTING,
    definition=texts.CONTRIBUTING_IS,
    empty=texts.NO_FLAGGED,
    query=queries.flagged_calls,
    columns=[
        *CALL_COLUMNS,
        *SENTIMENT_SHARES,
        Column("deal", words.DEAL, width=190, link=TO_DEAL),
        *HIDDEN_CALL_COLUMNS,
        *hidden("opportunity_id"),
    ],
)

PAGE = Page(
    name="sentiment",
    title=texts.SENTIMENT,
    description=texts.SENTIMENT_IS,
    items=[
        *INSIGHT.without_charts(At(0, 0, 24, 4)),
        Placed(DONUT, At(0, 4, 6, 9)),
        Placed(_FLAGGED, At(6, 4, 6, 9)),
        Placed(OVER_TIME, At(12, 4, 12, 9)),
        Placed(_CALLS, At(0, 13, 24, 16)),
    ],
)
