"""One deal: how it stands and why, what the customer said, its calls and people."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import Text
from grafana.pages.common import texts as words
from grafana.pages.common.panels import CALL_COLUMNS, HIDDEN_CALL_COLUMNS, SENTIMENT_SHARES, TO_CALL
from grafana.pages.deal import queries, texts
from grafana.pages.deals.texts import HEALTH_IS
from grafana.pages.search.texts import OPEN as OPEN_WORDS
from grafana.panels.columns import Column, Link, Unit, hidden
from grafana.panels.pages import At, Input, Page, Placed
from grafana.panels.panels import Headline, Stat, Table, Trend
from grafana.panels.queries import Query

_TO_WORDS = Link(
    OPEN_WORDS, "call", sets={"call_id": "call_id", "search": "found_by"}, span=("from_ms", "to_ms")
)

_TO_CALLS = Link(words.OPEN_CALLS, "deal", panel="calls", keep=("deal", "team", "seller"))
_TO_CHANGES = Link(texts.OPEN_CHANGES, "deal", panel="history", keep=("deal", "team", "seller"))
_TO_SAID = Link(texts.OPEN_SAID, "search", keep=("team",), sets={"words": "name", "customer": "customer_id"})

_HEADLINE = Headline(
    name="headline",
    title=texts.PAGE,
    definition=texts.HEADLINE_IS,
    empty=texts.NO_DEAL,
    query=queries.headline,
    link=_TO_CALLS,
)

_PARTS = [
    Stat(
        name=name,
        title=title,
        definition=definition,
        empty=texts.NOT_OPEN,
        query=queries.health,
        row=name,
        link=_TO_CHANGES if name in ("stability", "in-stage") else _TO_CALLS,
    )
    for name, title, definition in (
        *((name, title, HEALTH_IS) for name, title in queries.PARTS),
        ("in-stage", texts.IN_STAGE, texts.IN_STAGE_IS),
    )
]

_WARNINGS = Table(
    name="warnings",
    title=texts.WARNINGS,
    definition=texts.WARNINGS_IS,
    empty=texts.NO_WARNINGS,
    query=queries.warnings,
    ends="what each warning goes by stands on the same page",
    columns=[
        Column("warning", texts.WARNING, width=130, colour=theme.NEGATIVE, cell="coloured"),
        Column("why", texts.WHY, cell="wrapped"),
    ],
)

_HISTORY = Table(
    name="history",
    title=texts.HISTORY,
    definition=texts.HISTORY_IS,
    empty=texts.NO_DEAL,
    query=queries.history,
    ends="the changes of the deal themselves",
    columns=[
        Column("changed_at", texts.CHANGED, unit=Unit.MINUTE, width=150),
        Column("stage", texts.STAGE),
        Column("worth", texts.VALUE, width=120),
        Column("estimated_close_on", texts.CLOSE, unit=Unit.DAY, width=140),
        Column("slip", texts.SLIP, width=120, colour=theme.NEGATIVE, cell="coloured"),
    ],
)

_CALLS = Table(
    name="calls",
    title=texts.CALLS,
    definition=texts.CALLS_IS,
    empty=texts.NO_CALLS,
    query=queries.calls,
    columns=[*CALL_COLUMNS, *SENTIMENT_SHARES, *HIDDEN_CALL_COLUMNS],
)

_MOOD = Trend(
    name="mood",
    title=texts.MOOD,
    definition=texts.MOOD_IS,
    empty=texts.NO_MOOD,
    query=queries.mood,
    link=_TO_CALLS,
    columns=[Column("compound", texts.COMPOUND, decimals=2, colour=theme.ACCENT)],
    gaps=False,
    legend=False,
    bounds=(-1, 1),
)

_PEOPLE = Table(
    name="people",
    title=texts.PEOPLE,
    definition=texts.PEOPLE_IS,
    empty=texts.NO_PEOPLE,
    query=queries.people,
    link=_TO_CALLS,
    columns=[
        Column("name", texts.NAME),
        Column("calls", texts.CALLS, unit=Unit.NUMBER, width=80),
        Column("last_call_at", texts.LAST, unit=Unit.MINUTE, width=150),
    ],
)

_MENTIONS = Table(
    name="mentions",
    title=texts.MENTIONS,
    definition=texts.MENTIONS_IS,
    empty=texts.NO_MENTIONS,
    query=queries.mentions,
    columns=[
        Column("name", texts.NAME, link=_TO_SAID),
        Column("kind_title", texts.KIND, width=110),
        Column("mentions", texts.MENTIONED_BY, unit=Unit.NUMBER, width=110),
        Column("conversations", texts.IN_CALLS, unit=Unit.NUMBER, width=80),
        *hidden("customer_id"),
    ],
)

_ACTIVITIES = Table(
    name="activities",
    title=texts.ACTIVITIES,
    definition=texts.ACTIVITIES_IS,
    empty=texts.NO_ACTIVITIES,
    query=queries.activities,
    ends="the activities themselves",
    columns=[
        Column("started_at", words.WHEN, unit=Unit.MINUTE, width=150),
        Column("activity", texts.ACTIVITY),
        Column("duration_minutes", texts.DURATION, unit=Unit.NUMBER, decimals=0, width=100),
        Column("met", texts.WITH_CUSTOMER, width=140),
    ],
)


def _sentences(name: str, title: Text, definition: Text, empty: Text, query: Query) -> Table:
    return Table(
        name=name,
        title=title,
        definition=definition,
        empty=empty,
        query=query,
        columns=[
            Column("item", texts.SENTENCE, cell="wrapped", link=_TO_WORDS),
            Column("side", texts.SIDE, width=90),
            Column("title", words.TITLE, width=200, link=TO_CALL),
            Column("call_started_at", words.WHEN, unit=Unit.MINUTE, width=150),
            *HIDDEN_CALL_COLUMNS,
            *hidden("found_by"),
        ],
    )


_QUESTIONS = _sentences(
    "questions",
    texts.QUESTIONS,
    texts.QUESTIONS_IS,
    texts.NO_QUESTIONS,
    queries.sentences("questions", "questions", "speaker = 'customer'"),
)
_PROMISES = _sentences(
    "promises", texts.PROMISES, texts.PROMISES_IS, texts.NO_PROMISES, queries.sentences("promises", "actions")
)

PAGE = Page(
    name="deal",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    inputs=[Input("deal", texts.DEAL_ID)],
    about="deal",
    by_seller=False,
    items=[
        Placed(_HEADLINE, At(0, 0, 24, 3)),
        *(Placed(stat, At(4 * index, 3, 4, 4)) for index, stat in enumerate(_PARTS)),
        Placed(_WARNINGS, At(0, 7, 12, 8)),
        Placed(_HISTORY, At(12, 7, 12, 8)),
        Placed(_CALLS, At(0, 15, 24, 10)),
        Placed(_MOOD, At(0, 25, 12, 9)),
        Placed(_MENTIONS, At(12, 25, 12, 9)),
        Placed(_QUESTIONS, At(0, 34, 12, 10)),
        Placed(_PROMISES, At(12, 34, 12, 10)),
        Placed(_PEOPLE, At(0, 44, 12, 7)),
        Placed(_ACTIVITIES, At(12, 44, 12, 7)),
    ],
)
