"""Customer sentiment: the insight of the home page, and the page behind it."""

from __future__ import annotations

from dataclasses import replace

from grafana import sql
from grafana.pages.common import texts as words
from grafana.pages.common.panels import (
    CALL_CHOICES,
    CALL_COLUMNS,
    HIDDEN_CALL_COLUMNS,
    OF_KIND,
    SENTIMENT_SHARES,
    TO_DEAL,
    WHO,
    details,
    sentiment_counts,
    to_calls,
)
from grafana.pages.sentiment import queries, texts
from grafana.panels.columns import Column, Link, hidden
from grafana.panels.pages import At, Insight, Page, Placed
from grafana.panels.panels import Donut, Table, Trend
from grafana.sql import ANY_KIND


def _donut(kinds: str, keep: tuple[str, ...]) -> Donut:
    return Donut(
        name="sentiment-donut",
        title=texts.DONUT,
        definition=texts.DONUT_IS,
        empty=words.NO_ANALYSED_CALL,
        query=queries.labels(kinds),
        columns=sentiment_counts(keep),
    )


def _over_time(kinds: str, keep: tuple[str, ...]) -> Trend:
    return Trend(
        name="sentiment-trend",
        title=texts.OVER_TIME,
        definition=texts.OVER_TIME_IS,
        empty=words.NO_ANALYSED_CALL,
        query=queries.over_time(kinds),
        columns=sentiment_counts(keep),
        shares=True,
        link=replace(to_calls(), keep=keep),
    )


DONUT, DONUT_OF_KIND = _donut(ANY_KIND, WHO), _donut(sql.OF_KIND, OF_KIND)
"""All analysed calls by their label; those of the chosen kinds, for pages where kinds are chosen."""

OVER_TIME, OVER_TIME_OF_KIND = _over_time(ANY_KIND, WHO), _over_time(sql.OF_KIND, OF_KIND)
"""Shares of calls by label over time."""

INSIGHT = Insight(
    name="sentiment",
    title=texts.SENTIMENT,
    definition=texts.SENTIMENT_IS,
    empty=words.NO_ANALYSED_CALL,
    query=queries.headline(ANY_KIND),
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
    columns=[replace(column, link=None) for column in sentiment_counts()],
    link=Link(words.OPEN_CALLS, "sentiment", panel="flagged-calls", keep=OF_KIND),
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
    choices=CALL_CHOICES,
    items=[
        *replace(INSIGHT, query=queries.headline(sql.OF_KIND)).without_charts(At(0, 0, 24, 4)),
        Placed(DONUT_OF_KIND, At(0, 4, 6, 9)),
        Placed(_FLAGGED, At(6, 4, 6, 9)),
        Placed(OVER_TIME_OF_KIND, At(12, 4, 12, 9)),
        Placed(_CALLS, At(0, 13, 24, 16)),
    ],
)
