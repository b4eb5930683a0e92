"""Search over all calls: sentences by their words, side, sentiment and keyword, and by the kind of their call."""

from __future__ import annotations

from grafana.pages.common import texts as words
from grafana.pages.common.panels import CALL_CHOICES, HIDDEN_CALL_COLUMNS, LABELS, SENTIMENT
from grafana.pages.search import queries, texts
from grafana.panels.columns import Column, Link, Unit
from grafana.panels.pages import At, Choice, Input, Page, Placed
from grafana.panels.panels import Headline, Table

_TO_WORDS = Link(
    texts.OPEN, "call", sets={"call_id": "call_id", "search": "found_by"}, span=("from_ms", "to_ms")
)

_HEADLINE = Headline(
    name="headline",
    title=texts.PAGE,
    definition=texts.HEADLINE_IS,
    empty=texts.NONE,
    query=queries.headline,
    ends="the sentences it counts stand below it",
)

_HITS = Table(
    name="hits",
    title=texts.HITS,
    definition=texts.HITS_IS,
    empty=texts.NONE,
    query=queries.hits,
    columns=[
        Column("text_before", texts.BEFORE, cell="wrapped"),
        Column("text", texts.SAID, cell="wrapped", link=_TO_WORDS),
        Column("text_after", texts.AFTER, cell="wrapped"),
        Column("side", texts.SPEAKER, width=80),
        Column("sentiment", texts.SENTIMENT, cell="badge", values=LABELS, width=95),
        Column("at", texts.AT, width=60),
        Column("title", words.TITLE, width=170, link=_TO_WORDS),
        Column("seller", words.SELLER, width=120),
        Column("customer", words.CUSTOMER, width=135),
        Column("call_started_at", words.WHEN, unit=Unit.MINUTE, width=135),
        *HIDDEN_CALL_COLUMNS,
        Column("found_by", hidden=True),
    ],
)

PAGE = Page(
    name="search",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    inputs=[
        Input("words", texts.WORDS),
        Input("customer", texts.CUSTOMER),
        Input("minutes", texts.MINUTES),
    ],
    choices=[
        Choice("speaker", texts.SPEAKER, queries.speakers),
        SENTIMENT,
        Choice("tracker", texts.TRACKER, queries.trackers),
        *CALL_CHOICES,
    ],
    items=[
        Placed(_HEADLINE, At(0, 0, 24, 3)),
        Placed(_HITS, At(0, 3, 24, 30)),
    ],
)
