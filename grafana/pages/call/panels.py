"""Call summary: who took part, how it went, what was said."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import Text, same
from grafana.pages.call import queries, texts
from grafana.pages.common import texts as words
from grafana.pages.common.panels import LABELS, TO_DEAL
from grafana.panels.columns import Column, Link, Unit, Value, hidden
from grafana.panels.pages import At, Input, Page, Placed
from grafana.panels.panels import Headline, Stat, Table, Timeline


def _to_words(column: str) -> Link:
    """This call, its transcript searched for what a column says."""
    return Link(texts.OPEN_WORDS, "call", keep=("call_id", "team", "seller"), sets={"search": column})


_TO_TRANSCRIPT = Link(texts.OPEN_TRANSCRIPT, "call", panel="transcript", keep=("call_id", "team", "seller"))

_HEADLINE = Headline(
    name="headline",
    title=texts.CALL,
    definition=texts.CALL_IS,
    empty=texts.NO_CALL,
    query=queries.headline,
    link=_TO_TRANSCRIPT,
)

_KPIS = [
    Stat(
        name=name,
        title=title,
        definition=definition,
        empty=texts.NOT_CHOSEN,
        query=queries.kpis,
        row=name,
        link=_TO_TRANSCRIPT,
    )
    for name, title, definition in (
        ("sentiment", texts.SENTIMENT, texts.SENTIMENT_IS),
        ("talk-ratio", texts.TALK_RATIO, texts.TALK_IS),
        ("speed", texts.SPEED, texts.SPEED_IS),
        ("switches", texts.SWITCHES, texts.SWITCHES_IS),
        ("pause", texts.PAUSE, texts.PAUSE_IS),
        ("monologue", texts.MONOLOGUE, texts.MONOLOGUE_IS),
    )
]

_PLACES = ((0, 4), (4, 3), (7, 4), (11, 3), (14, 5), (19, 5))
"""Column and width of each: as wide as its title."""

_TO_RECORDING = Link(texts.OPEN_RECORDING, "", outside="recording_url")
_NOTHING = {"": Value(same(" "), "transparent")}
_MOODS = LABELS | _NOTHING

_TIMELINE = Timeline(
    name="timeline",
    title=texts.TIMELINE,
    definition=texts.TIMELINE_IS,
    empty=texts.NO_SPEECH,
    query=queries.timeline,
    columns=[
        Column("customer", words.CUSTOMER, values=_MOODS),
        Column("seller", words.SELLER, values=_MOODS),
        Column("keyword", texts.KEYWORD, values=_NOTHING, colour=theme.ACCENT, link=_to_words("keyword")),
    ],
)

_TRANSCRIPT = Table(
    name="transcript",
    title=texts.TRANSCRIPT,
    definition=texts.TRANSCRIPT_IS,
    empty=texts.NO_TEXT,
    query=queries.transcript,
    live=True,
    ends="the sentences themselves",
    columns=[
        Column("time", texts.TIME, width=80),
        Column("side", texts.SPEAKER, width=90),
        Column("said", texts.SAID, cell="wrapped"),
        Column("sentiment", texts.SENTIMENT, cell="badge", values=LABELS, width=120),
        Column("play", texts.RECORDING, width=100, link=_TO_RECORDING, values=_NOTHING, optional=True),
        *hidden("recording_url"),
    ],
)

_PARTICIPANTS = Table(
    name="participants",
    title=texts.PARTICIPANTS,
    definition=texts.PARTICIPANTS_IS,
    empty=texts.NO_PARTICIPANTS,
    query=queries.participants,
    ends="people, and no number",
    columns=[Column("name", texts.NAME), Column("side_title", texts.SIDE, width=120)],
)

_MENTIONS = Table(
    name="mentions",
    title=texts.MENTIONS,
    definition=texts.MENTIONS_IS,
    empty=texts.NO_MENTIONS,
    query=queries.mentions,
    columns=[
        Column("name", texts.NAME, link=_to_words("name")),
        Column("kind_title", texts.MENTION_KIND, width=120),
        Column("mentions_customer", texts.BY_CUSTOMER, unit=Unit.NUMBER, width=100),
        Column("mentions_seller", texts.BY_SELLER, unit=Unit.NUMBER, width=100),
    ],
)


def _sentences(name: str, title: Text, definition: Text, empty: Text, item: Text) -> Table:
    return Table(
        name=name,
        title=title,
        definition=definition,
        empty=empty,
        query=queries.sentences(name),
        columns=[
            Column("time", texts.TIME, width=80),
            Column("side", texts.SPEAKER, width=90),
            Column("item", item, cell="wrapped", link=_to_words("words")),
            Column("words", hidden=True),
        ],
    )


_STATES = {
    "open": Value(texts.STATE_OPEN),
    "won": Value(texts.STATE_WON),
    "lost": Value(texts.STATE_LOST),
}

_DEAL = Table(
    name="deal",
    title=texts.DEAL,
    definition=texts.DEAL_IS,
    empty=texts.NO_DEAL,
    query=queries.deal,
    columns=[
        Column("name", texts.DEAL_NAME, link=TO_DEAL),
        Column("stage", texts.STAGE, width=90),
        Column("status", texts.STATE, values=_STATES, width=80),
        Column("worth", texts.WORTH, width=110),
        Column("estimated_close_on", texts.CLOSES, unit=Unit.DAY, width=100),
        *hidden("opportunity_id"),
    ],
)

PAGE = Page(
    name="call",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    inputs=[Input("call_id", texts.CALL_ID), Input("search", texts.SEARCH)],
    about="call_id",
    by_seller=False,
    refresh=10,
    items=[
        Placed(_HEADLINE, At(0, 0, 24, 3)),
        *(Placed(stat, At(x, 3, width, 4)) for stat, (x, width) in zip(_KPIS, _PLACES, strict=True)),
        Placed(_TIMELINE, At(0, 7, 24, 6)),
        Placed(_TRANSCRIPT, At(0, 13, 14, 24)),
        Placed(_PARTICIPANTS, At(14, 13, 10, 4)),
        Placed(_MENTIONS, At(14, 17, 10, 7)),
        Placed(
            _sentences("actions", texts.ACTIONS, texts.ACTIONS_IS, texts.NO_ACTIONS, texts.ACTION),
            At(14, 24, 10, 4),
        ),
        Placed(
            _sentences("questions", texts.QUESTIONS, texts.QUESTIONS_IS, texts.NO_QUESTIONS, texts.QUESTION),
            At(14, 28, 10, 5),
        ),
        Placed(_DEAL, At(14, 33, 10, 4)),
    ],
)
