"""The few kinds of panels. Each has a name of its own on its page, a title, the definition and unit of its number, and
what it says when its query finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grafana.i18n import Text
from grafana.panels.columns import Column, Link
from grafana.panels.queries import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What all panels have that show the answer to a query.

    `link` is where all of it leads, beside the links of its columns. A panel from which nothing leads says why in
    `ends`, to those who read the code. One that is `live` shows each event as it comes; the others sum up.
    """

    name: str
    title: Text
    definition: Text
    empty: Text
    query: Query
    link: Link | None = None
    ends: str = ""
    live: bool = False

    @property
    def links(self) -> Sequence[Link]:
        """Where it leads."""
        return [] if self.link is None else [self.link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat(Panel):
    """One number: `value`, and small beside it `note`, both text. Of several rows, the one whose `name` is `row`."""

    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(Panel):
    """A sentence with its numbers: a column of text, the same in each row."""

    column: str = "value"
    alarm: bool = False
    """Whether it is on a ground of its own, unless it says `empty`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted(Panel):
    """A panel of columns; those that are not named are not drawn."""

    columns: Sequence[Column]

    @property
    def links(self) -> Sequence[Link]:
        """Where all of it leads, and each column, among the pages."""
        own = [] if self.link is None else [self.link]
        columns = (column.link for column in self.columns if column.link is not None)
        return [*own, *(link for link in columns if not link.outside)]

    def column(self, name: str) -> Column:
        """How a column is shown, also one that has no settings."""
        return next((column for column in self.columns if column.name == name), Column(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Donut(Charted):
    """Shares of a whole, which stands in the middle: one row, a column a slice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Charted):
    """Bars by `category`, a column of text; each other column is a series. `by_category`: the category has the colour.
    A column that is a `reference` is a line across the bars. `label` is a column of text with what a bar says instead
    of its number, `hover` one with what its tooltip says, `pale` one that is 1 where a bar is not to be judged by,
    both by programs that can. `scrolls`: there may be more than fit."""

    category: str
    label: str | None = None
    hover: str | None = None
    pale: str | None = None
    scrolls: bool = False
    horizontal: bool = False
    stacked: bool = False
    legend: bool = True
    by_category: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Charted):
    """A few large bars: a column of text, and one of numbers; at most `rows`."""

    rows: int


GAP_STEPS = 1.5
"""What is further apart than so many times the least step has a gap between it ..."""
GAP_DAYS = 3.5
"""... where the step is a day so many: a weekend is none."""
DAY_SECONDS = (23 * 3600, 25 * 3600)
"""How long a day is, when clocks are changed too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Charted):
    """Lines over the time range. The query's first column is `time`, sorted, each other one a line.

    `shares` stacks them to 100 %. With `by_name`, a column, the query gives time, `name` and such numbers, and each
    name becomes a line; every name must be there at every time. `bounds` are those of the axis. `gaps`: whether times
    that are missing between others are a gap, see `GAP_STEPS`, and no line.
    """

    shares: bool = False
    by_name: str = ""
    legend: bool = True
    bounds: tuple[float, float | None] = (0, None)
    gaps: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTrend(Charted):
    """Lines over days of their own, whatever the time range is. The query's first column `x` is milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubbles(Charted):
    """Bubbles, coloured by `shade`, of the area `size` (a column), called `name`, with a `change` where there is one.
    With `axes` they lie at `x` and `y`, else in the order of the rows. Below `limit` of y is trouble."""

    size: str
    diameters: tuple[int, int]
    axes: bool
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Charted):
    """Rows; every column of the query is named, or hidden. `trackable`: each row is a `name` that can become a
    tracker. `starrable`: each row is a seller (`seller_id`) with or without a star (`starred`)."""

    header: bool = True
    trackable: bool = False
    starrable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Charted):
    """States over time: a first column `time`, sorted, and a column of states for each row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Fixed words, of which `code` in backticks is code, and a link after them."""

    name: str
    text: Text
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The heading of a section: a question."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The alerts that fire or are pending."""

    name: str
    title: Text
    definition: Text


Item = Panel | Words | Section | Alerts
"""Whatever has a place on a page."""
