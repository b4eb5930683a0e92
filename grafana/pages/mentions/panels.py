"""What customers mention: three insights of the home page, and the page behind each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from grafana import theme
from grafana.i18n import Text
from grafana.pages.common import texts as words
from grafana.pages.common.panels import CALL_COLUMNS, HIDDEN_CALL_COLUMNS, LABELS, details
from grafana.pages.mentions import queries, texts
from grafana.pages.mentions.queries import Source
from grafana.panels.columns import Column, Link, Unit, Value
from grafana.panels.pages import At, Choice, Insight, Page, Placed
from grafana.panels.panels import Bubbles, Ranking, Table, Trend

_SHADES = {
    "0": Value(texts.FALLING),
    "1": Value(texts.STEADY),
    "2": Value(texts.RISING),
    "3": Value(words.NEW),
}


@dataclass(frozen=True)
class Mentioned:
    """One of the three kinds of what is mentioned, with its words and its panels."""

    source: Source
    title: Text
    definition: Text
    why: Text
    empty: Text

    @property
    def to_calls(self) -> Link:
        """From a row with a `name`: the calls in which customers mention it."""
        return Link(
            texts.OPEN_CALLS, self.source.name, panel=f"{self.source.name}-calls", sets={"mentioned": "name"}
        )

    @property
    def _all_calls(self) -> Link:
        return replace(self.to_calls, title=words.OPEN_CALLS, sets={})

    @cached_property
    def bubbles(self) -> Bubbles:
        """The top 20, those that are mentioned most first."""
        return Bubbles(
            name=f"{self.source.name}-bubbles",
            title=texts.BUBBLES,
            definition=texts.BUBBLES_IS.then(texts.RANKED_IS),
            empty=self.empty,
            query=queries.top(self.source),
            columns=[
                Column("name", self.title, link=self.to_calls),
                Column("mentions", texts.MENTIONS, unit=Unit.NUMBER),
                Column("change", texts.GROWTH),
                Column("shade", texts.GROWTH, unit=Unit.NUMBER, values=_SHADES, steps=theme.GROWTH_STEPS),
            ],
            axes=False,
            size="mentions",
            diameters=(10, 56),
        )

    @cached_property
    def few(self) -> Ranking:
        """The few that are mentioned most, for the wall."""
        return Ranking(
            name=f"{self.source.name}-few",
            title=self.title,
            definition=texts.RANKED_IS,
            empty=self.empty,
            query=queries.few(self.source),
            columns=[Column("mentions", unit=Unit.NUMBER, decimals=0, colour=theme.ACCENT)],
            rows=queries.ON_THE_WALL,
            link=details(self.source.name),
        )

    @cached_property
    def insight(self) -> Insight:
        """Its part of the home page."""
        return Insight(
            name=self.source.name,
            title=self.title,
            definition=self.definition,
            empty=self.empty,
            query=queries.top(self.source),
            why=self.why,
            charts=[(12, self.bubbles)],
            details=details(self.source.name),
        )

    @cached_property
    def page(self) -> Page:
        """Its details."""
        return Page(
            name=self.source.name,
            title=self.title,
            description=self.definition,
            choices=[Choice("mentioned", self.title, queries.mentioned(self.source))],
            items=[
                *self.insight.without_charts(At(0, 0, 24, 4)),
                Placed(self._table(), At(0, 4, 24, 14)),
                Placed(
                    self._trend("mentions_customer", texts.MENTIONS_TREND, texts.MENTIONS_TREND_IS),
                    At(0, 18, 12, 10),
                ),
                Placed(
                    self._trend("customer_calls", texts.CONVERSATIONS_TREND, texts.CONVERSATIONS_TREND_IS),
                    At(12, 18, 12, 10),
                ),
                Placed(self._calls(), At(0, 28, 24, 14)),
            ],
        )

    def _table(self) -> Table:
        return Table(
            name=f"{self.source.name}-table",
            title=texts.MENTIONED,
            definition=texts.MENTIONED_IS,
            empty=self.empty,
            query=queries.table(self.source),
            columns=[
                Column("name", texts.NAME, link=self.to_calls),
                Column(
                    "mentions", texts.MENTIONS, unit=Unit.NUMBER, cell="bar", colour=theme.ACCENT, width=140
                ),
                Column("change", texts.GROWTH, width=100),
                Column("conversations", texts.CONVERSATIONS, unit=Unit.NUMBER, width=140),
                Column("of_all", texts.OF_ALL, unit=Unit.SHARE, decimals=0, width=100),
                Column("seller_mentions", texts.BY_SELLERS, unit=Unit.NUMBER, width=130),
            ],
            trackable=not self.source.grows,
        )

    def _trend(self, counted: str, title: Text, definition: Text) -> Trend:
        what = "mentions" if counted == "mentions_customer" else "conversations"
        return Trend(
            name=f"{self.source.name}-{what}-trend",
            title=title,
            definition=definition,
            empty=self.empty,
            query=queries.trend(self.source, counted),
            link=self._all_calls,
            columns=[],
            by_name="n",
        )

    def _calls(self) -> Table:
        return Table(
            name=f"{self.source.name}-calls",
            title=texts.MENTIONING_CALLS,
            definition=texts.MENTIONING_CALLS_IS,
            empty=self.empty,
            query=queries.calls(self.source),
            columns=[
                *CALL_COLUMNS,
                Column("mentioned", texts.CHIPS, cell="chips"),
                Column("sentiment_label", words.LABEL, cell="badge", width=120, values=LABELS),
                *HIDDEN_CALL_COLUMNS,
            ],
        )


KEYWORDS = Mentioned(
    source=queries.KEYWORDS,
    title=texts.KEYWORDS,
    definition=texts.KEYWORDS_IS,
    why=texts.KEYWORDS_WHY,
    empty=texts.NO_KEYWORDS,
)
COMPETITORS = Mentioned(
    source=queries.COMPETITORS,
    title=texts.COMPETITORS,
    definition=texts.COMPETITORS_IS,
    why=texts.COMPETITORS_WHY,
    empty=texts.NO_COMPETITORS,
)
BRANDS = Mentioned(
    source=queries.BRANDS,
    title=texts.BRANDS,
    definition=texts.BRANDS_IS,
    why=texts.BRANDS_WHY,
    empty=texts.NO_BRANDS,
)
KINDS = (KEYWORDS, COMPETITORS, BRANDS)
