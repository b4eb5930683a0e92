"""The wall: what is read from four metres, 1920 x 1080 without scrolling, calls in progress always in view."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import same
from grafana.pages.common import texts as words
from grafana.pages.common.panels import LABELS, TO_LIVE_CALL
from grafana.pages.deals.panels import INSIGHT as DEALS
from grafana.pages.home import queries, texts
from grafana.pages.home.panels import BASE_KPIS, FRESHNESS
from grafana.pages.mentions.panels import COMPETITORS, KEYWORDS
from grafana.pages.sentiment.panels import DONUT
from grafana.pages.sentiment.panels import INSIGHT as SENTIMENT
from grafana.pages.wall import queries as own
from grafana.pages.wall import texts as band
from grafana.panels.columns import Column, Unit, Value, hidden
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Headline, Table

_HERO = (("actual-revenue", 0, 5), ("target", 5, 5), ("win-rate", 10, 4), ("open-revenue", 14, 5))
"""What is read first, with column and width; all of them are on the desk."""

_KPIS = {stat.name: stat for stat in BASE_KPIS}

_LABELS = LABELS | {"": Value(same("–"), theme.NEUTRAL)}
"""In as few letters as there is room for."""

_LIVE = Table(
    name="live-calls",
    title=texts.LIVE,
    definition=texts.LIVE_IS,
    empty=texts.NO_LIVE,
    query=queries.live_calls_on_the_wall,
    live=True,
    columns=[
        Column("seller", words.SELLER, width=290, link=TO_LIVE_CALL),
        Column("customer", words.CUSTOMER),
        Column(
            "minutes", texts.MINUTES, unit=Unit.NUMBER, decimals=0, width=125, values={"": Value(same(" "))}
        ),
        Column("sentiment_label", texts.SENTIMENT, cell="badge", width=180, values=_LABELS),
        Column("direction", texts.DIRECTION, width=175),
        *hidden("call_id", "from_ms"),
    ],
)

_AN_END = "it stands on a wall, where nobody clicks"

BAND = (
    Placed(
        Headline(
            name="wall-alerts",
            title=band.ALERTS,
            definition=band.ALERTS_IS,
            empty=band.NO_ALERT,
            query=own.alerts,
            alarm=True,
            ends=_AN_END,
        ),
        At(0, 5, 20, 3),
    ),
    Placed(
        Headline(
            name="wall-clock",
            title=band.CLOCK,
            definition=band.CLOCK_IS,
            empty=same("–"),
            query=own.clock,
            ends=_AN_END,
        ),
        At(20, 5, 4, 3),
    ),
)
"""For a renderer without a bar above the page: what is to be looked at now, and the time; below the hero row."""

PAGE = Page(
    name="wall",
    title=texts.WALL,
    description=texts.DESCRIPTION,
    refresh=10,
    wall=True,
    items=[
        *(Placed(_KPIS[name], At(x, 0, width, 5)) for name, x, width in _HERO),
        Placed(FRESHNESS, At(19, 0, 5, 5)),
        Placed(_LIVE, At(0, 5, 15, 14)),
        Placed(DONUT, At(15, 5, 9, 7)),
        Placed(SENTIMENT.headline, At(15, 12, 9, 7)),
        Placed(KEYWORDS.few, At(0, 19, 7, 9)),
        Placed(COMPETITORS.few, At(7, 19, 8, 9)),
        Placed(DEALS.headline, At(15, 19, 9, 9)),
    ],
)
