"""Columns, links and variables that several pages share."""

from __future__ import annotations

from dataclasses import replace

from grafana import theme
from grafana.config import ALL_TIME
from grafana.i18n import Text, same
from grafana.pages.common import queries, texts
from grafana.panels.columns import Column, Link, Unit, Value, hidden
from grafana.panels.pages import Annotation, Choice

TEAM = Choice("team", texts.TEAM, queries.teams)
SELLER = Choice("seller", texts.SELLER, queries.sellers)

SENTIMENT = Choice("sentiment", texts.LABEL, queries.sentiments)
CALL_CHOICES = (
    Choice("kind", texts.KIND, queries.kinds),
    Choice("direction", texts.DIRECTION, queries.directions),
    Choice("language", texts.LANGUAGE, queries.languages),
)
"""What kind of call it is."""

WHO = (TEAM.name, SELLER.name)
OF_KIND = (*WHO, *(choice.name for choice in CALL_CHOICES))
"""What a link keeps; and from a number that is of the chosen kinds of calls alone."""

RANGES: tuple[tuple[Text, str], ...] = (
    (texts.LAST_24_HOURS, "now-24h"),
    (texts.LAST_7_DAYS, "now-7d"),
    (texts.THIS_MONTH, "now/M"),
    (texts.ALL_TIME, ALL_TIME),
)
"""The ranges to choose from, all to now, and where each begins; the last one is that of a page as it opens."""

ANNOTATIONS = (
    Annotation(texts.TRACKERS_CHANGED, theme.ACCENT, queries.trackers_changed),
    Annotation(texts.REBUILT, theme.NEUTRAL, queries.rebuilds),
    Annotation(texts.NO_DATA_CAME, theme.NEGATIVE, queries.gaps),
)

TO_CALL = Link(texts.OPEN_CALL, "call", sets={"call_id": "call_id"}, span=("from_ms", "to_ms"))
"""From a row with `call_id`, `from_ms` and `to_ms`: in Grafana the call's timeline needs the call's own range."""

TO_LIVE_CALL = Link(texts.OPEN_CALL, "call", sets={"call_id": "call_id"}, span=("from_ms", None))
"""From a row with `call_id` and `from_ms`: the range of a call in progress follows the clock."""

TO_DEAL = Link(texts.OPEN_DEAL, "deal", sets={"deal": "opportunity_id"})
"""From a row with `opportunity_id`."""


TO_SELLER = Link(texts.OPEN_SELLER, "seller", keep=("team",), sets={"seller": "seller_id"})
"""From a row with `seller_id`."""

TO_SELLER_OF_KIND = replace(TO_SELLER, keep=tuple(name for name in OF_KIND if name != SELLER.name))
"""The same, from a number of the chosen kinds of calls."""


def to_calls(**fixed: str) -> Link:
    """The calls behind a number, narrowed down by variables of that page."""
    return Link(texts.OPEN_CALLS, "calls", fixed=fixed)


def to_deals(**fixed: str) -> Link:
    """The deals behind a number."""
    return Link(texts.OPEN_DEALS, "deals", panel="deals-of-range", fixed=fixed)


def details(page: str) -> Link:
    """What is behind an insight."""
    return Link(texts.SHOW_DETAILS, page)


KINDS = {kind: Value(name) for kind, name in texts.KINDS.items()}
LABELS = {
    "positive": Value(texts.POSITIVE, theme.POSITIVE),
    "neutral": Value(texts.NEUTRAL, theme.NEUTRAL),
    "negative": Value(texts.NEGATIVE, theme.NEGATIVE),
    "": Value(texts.NOT_YET, theme.NEUTRAL),
    " ": Value(same(""), "transparent"),
}
"""Words and colours of a sentiment label; a blank stands in a row that is no call."""

_CLASSES = (
    ("positive", texts.POSITIVE, theme.POSITIVE),
    ("neutral", texts.NEUTRAL, theme.NEUTRAL),
    ("negative", texts.NEGATIVE, theme.NEGATIVE),
)


def sentiment_counts(keep: tuple[str, ...] = WHO) -> list[Column]:
    """The three classes as counts of calls, each of which leads to its calls."""
    return [
        Column(
            name, title, colour=colour, unit=Unit.NUMBER, link=replace(to_calls(sentiment=name), keep=keep)
        )
        for name, title, colour in _CLASSES
    ]


SENTIMENT_PERCENT = [
    Column(name, title, unit=Unit.PERCENT, decimals=0, colour=colour) for name, title, colour in _CLASSES
]
"""The three classes as percent, for stacked bars."""

SENTIMENT_SHARES = [
    Column(
        f"sentiment_{name}",
        title,
        unit=Unit.SHARE,
        decimals=0,
        cell="bar",
        colour=colour,
        width=125,
        maximum=1,
    )
    for name, title, colour in _CLASSES
]
"""A call's mini sentiment bar: three shares of the customer's time."""

CALL_COLUMNS = [
    Column("title", texts.TITLE, link=TO_CALL),
    Column("seller", texts.SELLER, width=160),
    Column("customer", texts.CUSTOMER, width=215),
    Column("call_started_at", texts.WHEN, unit=Unit.MINUTE, width=150),
]
"""What every list of calls begins with."""

HIDDEN_CALL_COLUMNS = hidden("call_id", "from_ms", "to_ms")
