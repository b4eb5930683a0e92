"""All calls of the range: where numbers about calls lead."""

from __future__ import annotations

from grafana.pages.calls import queries, texts
from grafana.pages.common import texts as words
from grafana.pages.common.panels import (
    CALL_CHOICES,
    CALL_COLUMNS,
    HIDDEN_CALL_COLUMNS,
    KINDS,
    LABELS,
    SENTIMENT,
)
from grafana.panels.columns import Column, Unit
from grafana.panels.pages import At, Choice, Page, Placed
from grafana.panels.panels import Headline, Table

_HEADLINE = Headline(
    name="headline",
    title=texts.PAGE,
    definition=texts.HEADLINE_IS,
    empty=texts.NONE,
    query=queries.headline,
    ends="the calls it counts stand below it",
)

_CALLS = Table(
    name="calls",
    title=texts.TABLE,
    definition=texts.TABLE_IS,
    empty=texts.NONE,
    query=queries.calls,
    columns=[
        *CALL_COLUMNS,
        Column("minutes", texts.MINUTES, unit=Unit.NUMBER, decimals=1, width=90),
        Column("talk_ratio", texts.TALK_RATIO, unit=Unit.SHARE, decimals=0, width=90),
        Column("kind", words.KIND, values=KINDS, width=140),
        Column("sentiment_label", words.LABEL, cell="badge", values=LABELS, width=135),
        *HIDDEN_CALL_COLUMNS,
    ],
)

PAGE = Page(
    name="calls",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    choices=[SENTIMENT, Choice("mentions", texts.MENTIONS, queries.mentioned), *CALL_CHOICES],
    items=[
        Placed(_HEADLINE, At(0, 0, 24, 3)),
        Placed(_CALLS, At(0, 3, 24, 30)),
    ],
)
