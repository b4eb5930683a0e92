"""System: whether everything arrives."""

from __future__ import annotations

from grafana import theme
from grafana.pages.common.panels import to_calls
from grafana.pages.home.panels import FRESHNESS
from grafana.pages.system import queries, texts
from grafana.panels.columns import Column, Link, Unit
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Alerts, Bars, Stat, Table, Trend

_TO_LIVE = Link(texts.OPEN_LIVE, "home", panel="live-calls")
_TO_REJECTED = Link(texts.OPEN_REJECTED, "system", panel="latest-rejected")

_COUNTS = [
    (
        At(x, 0, width, 4),
        Stat(name=name, title=title, definition=definition, empty=texts.NOTHING, query=query, link=link),
    )
    for x, width, name, title, definition, query, link in (
        (5, 4, "in-progress", texts.IN_PROGRESS, texts.IN_PROGRESS_IS, queries.IN_PROGRESS, _TO_LIVE),
        (9, 4, "rejected", texts.REJECTED, texts.REJECTED_IS, queries.REJECTED, _TO_REJECTED),
        (
            13,
            6,
            "unknown-language",
            texts.UNKNOWN_LANGUAGE,
            texts.UNKNOWN_LANGUAGE_IS,
            queries.UNKNOWN_LANGUAGE,
            to_calls(),
        ),
        (
            19,
            5,
            "without-consent",
            texts.WITHOUT_CONSENT,
            texts.WITHOUT_CONSENT_IS,
            queries.WITHOUT_CONSENT,
            to_calls(),
        ),
    )
]

_VOLUME = Trend(
    name="volume",
    title=texts.VOLUME,
    definition=texts.VOLUME_IS,
    empty=texts.NO_CALLS,
    query=queries.volume,
    link=to_calls(),
    columns=[Column("calls", texts.CALLS, unit=Unit.NUMBER, decimals=0, colour=theme.ACCENT)],
    legend=False,
)

_SOURCES = Table(
    name="sources",
    title=texts.SOURCES,
    definition=texts.SOURCES_IS,
    empty=texts.NOTHING,
    query=queries.sources,
    ends="of the workers' work, and of no call or deal",
    columns=[
        Column("kind", texts.SOURCE),
        Column("stored", texts.COUNT, unit=Unit.NUMBER, width=80),
        Column("newest", texts.NEWEST, unit=Unit.MINUTE, width=140),
    ],
)

_REASONS = Bars(
    name="reasons",
    title=texts.REASONS,
    definition=texts.REASONS_IS,
    empty=texts.NONE_REJECTED,
    query=queries.reasons,
    link=_TO_REJECTED,
    category="reason",
    columns=[
        Column("reason", texts.REASON),
        Column("refused", texts.COUNT, unit=Unit.NUMBER, decimals=0, colour=theme.NEGATIVE),
    ],
    horizontal=True,
    legend=False,
)

_LATEST = Table(
    name="latest-rejected",
    title=texts.LATEST,
    definition=texts.LATEST_IS,
    empty=texts.NONE_REJECTED,
    query=queries.latest,
    ends="what was rejected is kept nowhere else",
    columns=[
        Column("received_at", texts.WHEN, unit=Unit.MINUTE, width=150),
        Column("reason", texts.REASON, width=170),
        Column("detail", texts.DETAIL, cell="wrapped"),
        Column("topic", texts.TOPIC, width=150),
        Column("partition", texts.PARTITION, unit=Unit.NUMBER, width=90),
        Column("offset", texts.OFFSET, unit=Unit.NUMBER, width=90),
    ],
)

PAGE = Page(
    name="system",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    by_seller=False,
    refresh=10,
    items=[
        Placed(FRESHNESS, At(0, 0, 5, 4)),
        *(Placed(stat, at) for at, stat in _COUNTS),
        Placed(_VOLUME, At(0, 4, 16, 9)),
        Placed(_SOURCES, At(16, 4, 8, 9)),
        Placed(_REASONS, At(0, 13, 8, 8)),
        Placed(_LATEST, At(8, 13, 16, 8)),
        Placed(Alerts(name="alerts", title=texts.ALERTS, definition=texts.ALERTS_IS), At(0, 21, 24, 8)),
    ],
)
