"""One seller's details."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import same
from grafana.pages.common import texts as words
from grafana.pages.common.panels import CALL_CHOICES, OF_KIND, to_deals
from grafana.pages.seller import queries, texts
from grafana.pages.sentiment.panels import DONUT_OF_KIND, OVER_TIME_OF_KIND
from grafana.pages.team import texts as team_texts
from grafana.pages.team.coaching import HABITS, trend
from grafana.pages.team.panels import HISTORY, insights
from grafana.pages.team.queries import insights as insights_query
from grafana.panels.columns import Column, Link, Unit
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Headline, Stat, Trend

_TO_HISTORY = Link(words.OPEN_CALLS, "seller", panel="history", keep=OF_KIND)

_NAMES = Headline(
    name="names",
    title=words.SELLER,
    definition=texts.PAGE_IS,
    empty=team_texts.NO_SELLERS,
    query=queries.names,
    link=_TO_HISTORY,
)

_NOTHING = same("")
_FIGURES = (
    ("calls", team_texts.CALLS, texts.CALLS_IS, _NOTHING),
    ("revenue", team_texts.REVENUE, texts.REVENUE_IS, _NOTHING),
    ("talk-ratio", team_texts.TALK_RATIO, team_texts.TALK_IS, texts.STYLE_AGAINST_TEAM),
    ("positive", texts.POSITIVE_SHARE, texts.POSITIVE_SHARE_IS, texts.STYLE_AGAINST_TEAM),
    ("speed", team_texts.SPEED, team_texts.SPEED_IS, texts.STYLE_AGAINST_TEAM),
    ("switches", team_texts.SWITCHES, team_texts.SWITCHES_IS, texts.STYLE_AGAINST_TEAM),
    ("pause", team_texts.PAUSE, texts.PAUSE_IS, texts.STYLE_AGAINST_TEAM),
    ("monologue", team_texts.MONOLOGUE, texts.MONOLOGUE_IS, texts.STYLE_AGAINST_TEAM),
)

_AGAINST_TEAM = [
    Stat(
        name=name,
        title=title,
        definition=definition.then(beside),
        empty=team_texts.NO_SELLERS,
        query=queries.against_team,
        row=name,
        link=to_deals(state="won") if name == "revenue" else _TO_HISTORY,
    )
    for name, title, definition, beside in _FIGURES
]

_PER_CALL = Trend(
    name="sentiment-per-call",
    title=texts.PER_CALL,
    definition=texts.PER_CALL_IS,
    empty=words.NO_CALLS,
    query=queries.sentiment_per_call,
    link=_TO_HISTORY,
    columns=[
        Column("compound", texts.COMPOUND, unit=Unit.NUMBER, decimals=2, colour=theme.TOP_SELLERS),
    ],
    gaps=False,
    legend=False,
    bounds=(-1, 1),
)

_HABITS_AT = (At(0, 27, 8, 9), At(8, 27, 8, 9), At(16, 27, 8, 9), At(0, 36, 12, 9), At(12, 36, 12, 9))

PAGE = Page(
    name="seller",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    choices=CALL_CHOICES,
    items=[
        Placed(_NAMES, At(0, 0, 24, 3)),
        *(
            Placed(stat, At(6 * (index % 4), 3 + 3 * (index // 4), 6, 3))
            for index, stat in enumerate(_AGAINST_TEAM)
        ),
        Placed(insights(texts.SELLER_INSIGHTS, insights_query("seller", queries.CHOSEN)), At(0, 9, 10, 9)),
        Placed(_PER_CALL, At(10, 9, 14, 9)),
        Placed(DONUT_OF_KIND, At(0, 18, 8, 9)),
        Placed(OVER_TIME_OF_KIND, At(8, 18, 16, 9)),
        *(Placed(trend(habit, _TO_HISTORY), at) for habit, at in zip(HABITS, _HABITS_AT, strict=True)),
        Placed(HISTORY, At(0, 45, 24, 14)),
    ],
)
