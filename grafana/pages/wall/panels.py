"""The wall: what is read from four metres, 1920 x 1080 without scrolling, calls in progress always in view."""

from __future__ import annotations

from grafana.pages.deals.panels import INSIGHT as DEALS
from grafana.pages.home import queries, texts
from grafana.pages.home.panels import base_kpis, live_calls, recording_kpis
from grafana.pages.mentions.panels import COMPETITORS, KEYWORDS
from grafana.pages.sentiment.panels import DONUT
from grafana.pages.sentiment.panels import INSIGHT as SENTIMENT
from grafana.pages.team.groups import TALK
from grafana.panels.pages import At, Page, Placed

PAGE = Page(
    name="wall",
    title=texts.WALL,
    description=texts.DESCRIPTION,
    refresh=10,
    wall=True,
    items=[
        *base_kpis(y=0, height=5),
        Placed(live_calls(queries.live_calls_on_the_wall), At(0, 5, 15, 11)),
        Placed(DONUT, At(15, 5, 9, 7)),
        Placed(SENTIMENT.headline, At(15, 12, 9, 4)),
        Placed(KEYWORDS.few, At(0, 16, 8, 8)),
        Placed(COMPETITORS.few, At(8, 16, 7, 8)),
        Placed(DEALS.headline, At(15, 16, 9, 4)),
        Placed(TALK.headline, At(15, 20, 9, 4)),
        *recording_kpis(y=24),
    ],
)
