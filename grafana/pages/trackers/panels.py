"""Keywords and competitors: what is tracked."""

from __future__ import annotations

from grafana.i18n import Text
from grafana.pages.common import texts as words
from grafana.pages.trackers import queries, texts
from grafana.panels.columns import Column, Link, Unit, Value
from grafana.panels.pages import At, Page, Placed
from grafana.panels.panels import Table, Words

_FLAGS = {"1": Value(texts.YES), "0": Value(texts.NO)}
_ANYTHING = {"": Value(texts.ANY)}
_SIDES = _ANYTHING | {"seller": Value(texts.SELLER), "customer": Value(texts.CUSTOMER)}


def _trackers(kind: str, title: Text) -> Table:
    return Table(
        name=f"{kind}s",
        title=title,
        definition=texts.TRACKERS_IS,
        empty=texts.NO_TRACKERS,
        query=queries.trackers(kind),
        columns=[
            Column(
                "name",
                texts.NAME,
                link=Link(words.OPEN_CALLS, f"{kind}s", panel=f"{kind}s-calls", sets={"mentioned": "name"}),
            ),
            Column("also_as", texts.ALIASES, cell="chips"),
            Column("language", texts.LANGUAGE, values=_ANYTHING, width=90),
            Column("side", texts.SIDE, values=_SIDES, width=90),
            Column("word_forms", texts.WORD_FORMS, unit=Unit.NUMBER, values=_FLAGS, width=105),
            Column("compounds", texts.COMPOUNDS, unit=Unit.NUMBER, values=_FLAGS, width=145),
            Column("mentions", texts.MENTIONS, unit=Unit.NUMBER, width=95),
        ],
    )


PAGE = Page(
    name="trackers",
    title=texts.PAGE,
    description=texts.PAGE_IS,
    by_seller=False,
    refresh=10,
    edits_trackers=True,
    items=[
        Placed(Words(name="how-to", text=texts.HOW_TO), At(0, 0, 24, 2)),
        Placed(_trackers("keyword", texts.KEYWORDS), At(0, 2, 24, 13)),
        Placed(_trackers("competitor", texts.COMPETITORS), At(0, 15, 24, 9)),
    ],
)
