"""Whether the team's deals are on track: the insight of the home page, and the page behind it."""

from __future__ import annotations

from dataclasses import replace

from grafana import theme
from grafana.config import HEALTHY_FROM
from grafana.pages.common import texts as words
from grafana.pages.common.panels import TO_DEAL, TO_SELLER, details, to_deals
from grafana.pages.deals import queries, texts
from grafana.panels.columns import Column, Link, Unit, Value, hidden
from grafana.panels.pages import At, Choice, Insight, Page, Placed
from grafana.panels.panels import Bars, Bubbles, PeriodTrend, Table

HEALTH = Bubbles(
    name="health-bubbles",
    title=texts.HEALTH,
    definition=texts.HEALTH_CHART_IS.then(texts.HEALTH_IS),
    empty=texts.NO_DATED,
    query=queries.health,
    columns=[
        Column("name", texts.NAME, link=TO_DEAL),
        Column("x", texts.DAYS, unit=Unit.NUMBER, decimals=0),
        Column("y", texts.SCORE, unit=Unit.NUMBER, decimals=0, maximum=100),
        Column("worth_each", texts.VALUE, unit=Unit.NUMBER, decimals=0),
        Column(
            "shade",
            texts.RISK,
            unit=Unit.NUMBER,
            values={"0": Value(texts.HEALTHY), "1": Value(texts.RISK)},
            steps=((None, theme.TOP_SELLERS), (1, theme.NEGATIVE)),
        ),
        *hidden("opportunity_id"),
    ],
    axes=True,
    size="worth_each",
    diameters=(6, 40),
    limit=HEALTHY_FROM,
)
"""Open deals by days until close, health and value; what has no estimated close is not drawn."""

PIPELINE = Bars(
    name="pipeline",
    title=texts.PIPELINE,
    definition=texts.PIPELINE_IS,
    empty=texts.NO_OPEN,
    query=queries.pipeline,
    category="stage",
    columns=[
        Column(
            "stage",
            texts.STAGE,
            link=Link(
                words.OPEN_DEALS,
                "deals",
                panel="deals-of-range",
                sets={"stage": "stage"},
                fixed={"state": "open"},
            ),
        ),
        Column("worth", texts.VALUE, unit=Unit.NUMBER, decimals=0, colour=theme.ACCENT),
        Column("worth_text", texts.VALUE),
    ],
    label="worth_text",
    horizontal=True,
    legend=False,
)

FORECAST = PeriodTrend(
    name="forecast",
    title=texts.FORECAST,
    definition=texts.FORECAST_IS,
    empty=texts.NO_OPEN,
    query=queries.forecast,
    link=to_deals(state="won"),
    columns=[
        Column("x", unit=Unit.AXIS_DAY),
        *(
            Column(name, title, unit=Unit.MILLIONS, decimals=1, colour=colour)
            for name, title, colour in (
                ("won_millions", texts.WON, theme.POSITIVE),
                ("expected", texts.EXPECTED, theme.ACCENT),
                ("target", texts.TARGET, theme.TEAM),
            )
        ),
    ],
)
"""Won, expected and target over the current period."""

INSIGHT = Insight(
    name="deals",
    title=texts.AT_RISK,
    definition=texts.AT_RISK_IS.then(texts.HEALTH_IS),
    empty=texts.NO_OPEN,
    query=queries.health,
    why=texts.AT_RISK_WHY,
    charts=[(10, HEALTH), (6, PIPELINE), (8, FORECAST)],
    details=details("deals"),
)

_TABLE = Table(
    name="open-deals",
    title=texts.TABLE,
    definition=texts.TABLE_IS.then(texts.HEALTH_IS),
    empty=texts.NO_OPEN,
    query=queries.table,
    columns=[
        Column("name", texts.NAME, link=TO_DEAL),
        Column("seller", texts.SELLER, width=140, link=TO_SELLER),
        Column("stage", texts.STAGE, width=118),
        Column("worth", texts.VALUE_TITLE, width=98),
        Column("estimated_close_on", texts.CLOSES, unit=Unit.DAY, width=104),
        Column(
            "health",
            texts.SCORE_TITLE,
            unit=Unit.NUMBER,
            decimals=0,
            cell="bar",
            maximum=100,
            steps=((None, theme.NEGATIVE), (HEALTHY_FROM, theme.ACCENT)),
            width=96,
        ),
        *(
            Column(name, title, unit=Unit.SHARE, decimals=0, width=100)
            for name, title in (
                ("recency", texts.RECENCY),
                ("sentiment", texts.SENTIMENT),
                ("engagement", texts.ENGAGEMENT),
                ("stability", texts.STABILITY),
            )
        ),
        Column("slips", texts.SLIPS, unit=Unit.NUMBER, width=112),
        Column("last_contact_at", texts.LAST_CONTACT, unit=Unit.MINUTE, width=140),
        *hidden("opportunity_id", "seller_id"),
    ],
)

_STATES = {
    "open": Value(texts.STATE_OPEN),
    "won": Value(texts.STATE_WON, theme.POSITIVE),
    "lost": Value(texts.STATE_LOST, theme.NEGATIVE),
}

_OF_RANGE = Table(
    name="deals-of-range",
    title=texts.OF_RANGE,
    definition=texts.OF_RANGE_IS,
    empty=texts.NONE_OF_RANGE,
    query=queries.of_range,
    columns=[
        Column("name", texts.NAME, link=TO_DEAL),
        Column("seller", texts.SELLER, width=170, link=TO_SELLER),
        Column("state", texts.STATE, cell="coloured", values=_STATES, width=90),
        Column("stage", texts.STAGE, width=130),
        Column("worth", texts.REVENUE, width=140),
        Column("day", texts.DAY, unit=Unit.DAY, width=160),
        *hidden("opportunity_id", "seller_id"),
    ],
)
"""What the numbers of the period count: each of them leads here with its state chosen."""

_TIME = Table(
    name="activities",
    title=texts.TIME_SPENT,
    definition=texts.TIME_SPENT_IS,
    empty=texts.NO_TIME_SPENT,
    query=queries.time_spent,
    columns=[
        Column("started_at", words.WHEN, unit=Unit.MINUTE, width=150),
        Column("seller", texts.SELLER, width=170, link=TO_SELLER),
        Column("activity", texts.ACTIVITY, width=130),
        Column("minutes", texts.MINUTES, unit=Unit.NUMBER, decimals=0, width=90),
        Column("name", words.DEAL, link=TO_DEAL),
        *hidden("opportunity_id", "seller_id"),
    ],
)

PAGE = Page(
    name="deals",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    choices=[
        Choice("state", texts.STATE, queries.states),
        Choice("stage", texts.STAGE, queries.stages),
    ],
    items=[
        *replace(INSIGHT, details=None).placed(At(0, 0, 24, 17)),
        Placed(_TABLE, At(0, 17, 24, 14)),
        Placed(_OF_RANGE, At(0, 31, 24, 14)),
        Placed(_TIME, At(0, 45, 24, 12)),
    ],
)
