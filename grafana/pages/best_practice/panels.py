"""Best-practice keywords: the insight of the home page, and the page behind it."""

from __future__ import annotations

from grafana import theme
from grafana.i18n import same
from grafana.pages.best_practice import queries, texts
from grafana.pages.common import texts as words
from grafana.pages.common.panels import CALL_COLUMNS, HIDDEN_CALL_COLUMNS, details
from grafana.panels.columns import Column, Link, Unit, Value
from grafana.panels.pages import At, Choice, Insight, Page, Placed
from grafana.panels.panels import Bubbles, Table, Trend

_SHADES = {"0": Value(same("< 1.5")), "1": Value(same("1.5–3")), "2": Value(same("≥ 3"))}


_TO_CALLS = Link(texts.OPEN_CALLS, "best-practice", panel="words-calls", sets={"mentioned": "name"})
_ALL_CALLS = Link(words.OPEN_CALLS, "best-practice", panel="words-calls")

_BUBBLES = Bubbles(
    name="words-bubbles",
    title=texts.WORDS_CHART,
    definition=texts.WORDS_IS.then(same(" ")).then(texts.WORDS_BUBBLES_IS),
    empty=texts.NO_WORDS,
    query=queries.top,
    columns=[
        Column("name", texts.WORD, link=_TO_CALLS),
        Column("uses", texts.USES, unit=Unit.NUMBER),
        Column("change", texts.LIFT),
        Column("shade", texts.LIFT, unit=Unit.NUMBER, values=_SHADES, steps=theme.GROWTH_STEPS[:3]),
    ],
    axes=False,
    size="uses",
    diameters=(10, 60),
)


INSIGHT = Insight(
    name="words",
    title=texts.WORDS,
    definition=texts.WORDS_IS,
    empty=texts.NO_WORDS,
    query=queries.top,
    why=texts.WORDS_WHY,
    charts=[(12, _BUBBLES)],
    details=details("best-practice"),
)

_TABLE = Table(
    name="words-table",
    title=texts.WORDS,
    definition=texts.WORDS_IS,
    empty=texts.NO_WORDS,
    query=queries.table,
    columns=[
        Column("name", texts.WORD, link=_TO_CALLS),
        Column("uses", texts.USES, unit=Unit.NUMBER, cell="bar", colour=theme.ACCENT, width=120),
        Column("calls", texts.CONVERSATIONS, unit=Unit.NUMBER, width=130),
        Column("lift", texts.LIFT, unit=Unit.NUMBER, decimals=1, width=65),
        Column("top_rate", texts.TOP_RATE, unit=Unit.NUMBER, decimals=2, width=120),
        Column("other_rate", texts.OTHER_RATE, unit=Unit.NUMBER, decimals=2, width=115),
        Column("users", texts.USERS, unit=Unit.NUMBER, width=110),
    ],
)

_TREND = Trend(
    name="words-trend",
    title=texts.TREND,
    definition=texts.TREND_IS,
    empty=texts.NO_WORDS,
    query=queries.trend,
    link=_ALL_CALLS,
    columns=[],
    by_name="uses",
)

_CONVERSATIONS = Trend(
    name="words-conversations-trend",
    title=texts.CONVERSATIONS_TREND,
    definition=texts.CONVERSATIONS_TREND_IS,
    empty=texts.NO_WORDS,
    query=queries.trend,
    link=_ALL_CALLS,
    columns=[],
    by_name="calls",
)

_CALLS = Table(
    name="words-calls",
    title=texts.CALLS,
    definition=texts.CALLS_IS,
    empty=texts.NO_WORDS,
    query=queries.calls,
    columns=[
        *CALL_COLUMNS,
        Column("said", texts.WORDS, cell="chips", width=160),
        Column("sentence", texts.SENTENCE, cell="wrapped"),
        *HIDDEN_CALL_COLUMNS,
    ],
)

PAGE = Page(
    name="best-practice",
    title=texts.WORDS,
    description=texts.WORDS_IS,
    choices=[Choice("mentioned", texts.WORD, queries.mentioned)],
    items=[
        *INSIGHT.without_charts(At(0, 0, 24, 4)),
        Placed(_TABLE, At(0, 4, 24, 16)),
        Placed(_TREND, At(0, 20, 12, 10)),
        Placed(_CONVERSATIONS, At(12, 20, 12, 10)),
        Placed(_CALLS, At(0, 30, 24, 14)),
    ],
)
