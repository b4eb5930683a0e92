"""Top sellers against the team: insights of the home page, whose details are the team overview."""

from __future__ import annotations

from dataclasses import replace

from grafana import theme
from grafana.i18n import Text
from grafana.pages.common.panels import SENTIMENT_PERCENT, details
from grafana.pages.team import queries, texts
from grafana.panels.columns import Column, Unit, Value, hidden
from grafana.panels.pages import Insight
from grafana.panels.panels import Bars

_GROUPS = {
    title.of(language): Value(title, colour)
    for title, colour in ((texts.TOP_SELLERS, theme.TOP_SELLERS), (texts.TEAM_AVERAGE, theme.TEAM))
    for language in ("en", "da")
}


def _bars(name: str, title: Text, definition: Text, hover: str, drawn: list[Column]) -> Bars:
    """Bars of both groups; several figures are parts of 100 %."""
    parts = len(drawn) > 1
    return Bars(
        name=name,
        title=title,
        definition=definition.then(texts.WHO_IS_TOP),
        empty=texts.NO_TOP,
        query=queries.groups,
        category="group_title",
        columns=[Column("group_title", values=_GROUPS), *drawn, *hidden(hover)],
        hover=hover,
        horizontal=True,
        stacked=parts,
        legend=parts,
        by_category=not parts,
        link=details("team"),
    )


def _comparison(name: str, title: Text, definition: Text, why: Text, column: str, chart: Bars) -> Insight:
    return Insight(
        name=name,
        title=title,
        definition=definition.then(texts.WHO_IS_TOP),
        empty=texts.NO_TOP,
        query=queries.groups,
        column=column,
        why=why,
        charts=[(8, chart)],
        details=details("team"),
    )


TALK = _comparison(
    "talk",
    texts.TALK,
    texts.TALK_IS,
    texts.TALK_WHY,
    "talk",
    _bars(
        "talk-bars",
        texts.TALK_CHART,
        texts.TALK_IS,
        "talk_compared",
        [
            Column("talks", texts.TALKS, unit=Unit.PERCENT, decimals=0, colour=theme.TOP_SELLERS),
            Column("listens", texts.LISTENS, unit=Unit.PERCENT, decimals=0, colour=theme.TEAM),
        ],
    ),
)

MOOD = _comparison(
    "mood",
    texts.MOOD,
    texts.MOOD_IS,
    texts.MOOD_WHY,
    "mood",
    _bars("mood-bars", texts.MOOD_CHART, texts.MOOD_IS, "positive_compared", SENTIMENT_PERCENT),
)

SWITCHES = _comparison(
    "switches",
    texts.SWITCHES,
    texts.SWITCHES_IS,
    texts.SWITCHES_WHY,
    "switching",
    _bars(
        "switches-bars",
        texts.SWITCHES_CHART,
        texts.SWITCHES_IS,
        "switches_compared",
        [Column("switches", texts.PER_HOUR, unit=Unit.NUMBER, decimals=0, colour=theme.TOP_SELLERS)],
    ),
)

_TO_TIME = replace(details("deals"), panel="activities")

ENGAGEMENT = Insight(
    name="engagement",
    title=texts.ENGAGEMENT,
    definition=texts.ENGAGEMENT_IS.then(texts.WHO_IS_TOP),
    empty=texts.NO_ACTIVITIES,
    query=queries.engagement,
    why=texts.ENGAGEMENT_WHY,
    details=_TO_TIME,
    charts=[
        (
            12,
            Bars(
                name="engagement-bars",
                title=texts.ENGAGEMENT_CHART,
                definition=texts.ENGAGEMENT_IS.then(texts.WHO_IS_TOP),
                empty=texts.NO_ACTIVITIES,
                query=queries.engagement,
                category="kind_title",
                columns=[
                    Column("kind_title", texts.KIND),
                    Column("top", texts.TOP_SELLERS, unit=Unit.HOURS, decimals=1, colour=theme.TOP_SELLERS),
                    Column("team", texts.TEAM_AVERAGE, unit=Unit.HOURS, decimals=1, colour=theme.TEAM),
                    *hidden("compared"),
                ],
                hover="compared",
                link=_TO_TIME,
            ),
        )
    ],
)
