"""The home page: the questions of a sales manager, in their order."""

from __future__ import annotations

from dataclasses import replace

from grafana.i18n import Text
from grafana.pages.best_practice.panels import INSIGHT as WORDS
from grafana.pages.calls.queries import COMPETITOR, KEYWORD
from grafana.pages.common import texts as words
from grafana.pages.common.panels import LABELS, TO_LIVE_CALL, to_calls, to_deals
from grafana.pages.deals.panels import INSIGHT as DEALS
from grafana.pages.home import queries, texts
from grafana.pages.mentions.panels import KINDS
from grafana.pages.sentiment.panels import INSIGHT as SENTIMENT
from grafana.pages.team.groups import ENGAGEMENT, MOOD, SWITCHES, TALK
from grafana.panels.columns import Column, Link, Unit, hidden
from grafana.panels.pages import At, Page, Placed, section
from grafana.panels.panels import Stat, Table
from grafana.panels.queries import Query

_TO_FORECAST = Link(texts.OPEN_FORECAST, "deals", panel="forecast")
_KPIS: tuple[tuple[str, Text, Text, Text, Link], ...] = (
    ("time-left", texts.TIME_LEFT, texts.TIME_LEFT_IS, texts.NO_DEALS, _TO_FORECAST),
    ("actual-revenue", texts.ACTUAL_REVENUE, texts.ACTUAL_REVENUE_IS, texts.NO_DEALS, to_deals(state="won")),
    ("open-revenue", texts.OPEN_REVENUE, texts.OPEN_REVENUE_IS, texts.NO_DEALS, to_deals(state="open")),
    ("deals-won", texts.DEALS_WON, texts.DEALS_WON_IS, texts.NO_DEALS, to_deals(state="won")),
    ("win-rate", texts.WIN_RATE, texts.WIN_RATE_IS, texts.NO_DEALS, to_deals()),
    ("average-deal", texts.AVERAGE_DEAL, texts.AVERAGE_DEAL_IS, texts.NO_WON, to_deals(state="won")),
    ("target", texts.TARGET, texts.TARGET_IS, texts.NO_TARGET, _TO_FORECAST),
)

BASE_KPIS = [
    Stat(
        name=name,
        title=title,
        definition=definition,
        empty=empty,
        query=queries.base_kpis,
        row=name,
        link=link,
    )
    for name, title, definition, empty, link in _KPIS
]

FRESHNESS = Stat(
    name="freshness",
    title=texts.FRESHNESS,
    definition=texts.FRESHNESS_IS,
    empty=texts.NO_EVENTS,
    query=queries.freshness,
    link=Link(texts.OPEN_SYSTEM, "system"),
)

_THIS_MONTH = ("now/M", "now")

RECORDING_KPIS = [
    Stat(
        name=name,
        title=title,
        definition=definition.then(texts.MONTHS_IS),
        empty=texts.NO_CALL_YET,
        query=queries.recording_kpis,
        row=name,
        link=replace(to_calls(**mentioning), during=_THIS_MONTH),
    )
    for name, title, definition, mentioning in (
        ("recorded-calls", texts.RECORDED, texts.RECORDED_IS, {}),
        ("recorded-hours", texts.HOURS, texts.HOURS_IS, {}),
        ("keyword-calls", texts.KEYWORD_CALLS, texts.KEYWORD_CALLS_IS, {"mentions": KEYWORD}),
        ("competitor-calls", texts.COMPETITOR_CALLS, texts.COMPETITOR_CALLS_IS, {"mentions": COMPETITOR}),
    )
]


def live_calls(query: Query) -> Table:
    """Calls in progress, as many as the query gives."""
    return Table(
        name="live-calls",
        title=texts.LIVE,
        definition=texts.LIVE_IS,
        empty=texts.NO_LIVE,
        query=query,
        live=True,
        columns=[
            Column("seller", words.SELLER, width=215, link=TO_LIVE_CALL),
            Column("customer", words.CUSTOMER, width=225),
            Column("minutes", texts.MINUTES, unit=Unit.NUMBER, decimals=0, width=118),
            Column("talk_ratio", texts.TALK_RATIO, unit=Unit.SHARE, decimals=0, width=128),
            Column("sentiment_label", texts.SENTIMENT, cell="badge", width=132, values=LABELS),
            Column("direction", texts.DIRECTION, width=130),
            Column("keywords", texts.HEARD, cell="chips"),
            *hidden("call_id", "from_ms"),
        ],
    )


def base_kpis(y: int) -> list[Placed]:
    """Two rows of four, with the freshness at their end."""
    return [
        Placed(stat, At(6 * (index % 4), y + 3 * (index // 4), 6, 3))
        for index, stat in enumerate([*BASE_KPIS, FRESHNESS])
    ]


def recording_kpis(y: int) -> list[Placed]:
    """Four numbers side by side."""
    return [Placed(stat, At(6 * index, y, 6, 3)) for index, stat in enumerate(RECORDING_KPIS)]


_CUSTOMERS = (At(0, 7, 12, 13), At(12, 7, 12, 13), At(0, 20, 12, 13), At(12, 20, 12, 13))

PAGE = Page(
    name="home",
    title=words.HOME,
    description=texts.DESCRIPTION,
    refresh=10,
    items=[
        *base_kpis(y=0),
        section("customers", 6, texts.CUSTOMERS_SECTION),
        *(
            placed
            for said, at in zip((SENTIMENT, *(kind.insight for kind in KINDS)), _CUSTOMERS, strict=True)
            for placed in said.placed(at)
        ),
        section("sellers", 33, texts.SELLERS_SECTION),
        *TALK.placed(At(0, 34, 8, 10)),
        *MOOD.placed(At(8, 34, 8, 10)),
        *SWITCHES.placed(At(16, 34, 8, 10)),
        *WORDS.placed(At(0, 44, 12, 13)),
        *ENGAGEMENT.placed(At(12, 44, 12, 13)),
        section("on-track", 57, texts.DEALS_SECTION),
        *DEALS.placed(At(0, 58, 24, 14)),
        section("recording", 72, texts.RECORDING_SECTION),
        *recording_kpis(y=73),
        section("live", 76, texts.LIVE_SECTION),
        Placed(live_calls(queries.live_calls), At(0, 77, 24, 9)),
    ],
)
