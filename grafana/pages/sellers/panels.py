"""Sellers: who counts as a top seller, which is changed here where that can be done."""

from __future__ import annotations

from grafana import theme
from grafana.pages.common import texts as words
from grafana.pages.common.panels import TO_SELLER
from grafana.pages.sellers import queries, texts
from grafana.panels.columns import Column, Unit, Value, hidden
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Headline, Table, Words

_HEADLINE = Headline(
    name="headline",
    title=texts.PAGE,
    definition=texts.HOW_IT_IS,
    empty=texts.NONE,
    query=queries.headline,
    ends="the sellers it counts stand below it",
)

_COUNTS = {
    "2": Value(texts.STARRED, theme.TOP_SELLERS),
    "1": Value(texts.BY_REVENUE, theme.TOP_SELLERS),
    "0": Value(texts.NOT_TOP, theme.TEAM),
}
_STYLE = {"1": Value(texts.IS_ENOUGH, theme.INK), "0": Value(texts.TOO_FEW, theme.NEUTRAL)}

_SELLERS = Table(
    name="sellers",
    title=texts.TABLE,
    definition=texts.TABLE_IS,
    empty=texts.NONE,
    query=queries.sellers,
    starrable=True,
    columns=[
        Column("name", words.SELLER, link=TO_SELLER),
        Column("team", words.TEAM, width=140),
        Column("manager", texts.MANAGER, width=180),
        Column("calls", texts.CALLS, unit=Unit.NUMBER, width=90),
        Column("revenue_text", texts.REVENUE, width=150),
        Column("counts_as", texts.COUNTS, cell="coloured", values=_COUNTS, width=265),
        Column("style", texts.ENOUGH, cell="coloured", values=_STYLE, width=130),
        *hidden("seller_id", "starred"),
    ],
)

PAGE = Page(
    name="sellers",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    items=[
        Placed(_HEADLINE, At(0, 0, 24, 3)),
        Placed(Words(name="how-to", text=texts.HOW_TO), At(0, 3, 24, 2)),
        Placed(_SELLERS, At(0, 5, 24, 20)),
    ],
)
