"""Pages: what stands where, in a grid of 24 columns whose rows are 30 pixels high."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from grafana.i18n import Text
from grafana.panels.columns import Link
from grafana.panels.panels import Headline, Item, Panel, Section, Words
from grafana.panels.queries import Query

HEADLINE_HEIGHT = 3
WHY_HEIGHT = 2
COLUMNS = 24


class At(NamedTuple):
    """Column, row, width and height."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its place; `card` is the rectangle of the insight that it is part of."""

    item: Item
    at: At
    card: At | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """Headline sentence, charts, why it matters, and where the details are; read from above.

    The headline is the `column` of `query`; `charts` stand side by side with their widths.
    """

    name: str
    title: Text
    definition: Text
    empty: Text
    query: Query
    why: Text
    charts: Sequence[tuple[int, Panel]] = ()
    details: Link | None = None
    column: str = "value"

    @property
    def headline(self) -> Headline:
        """Its sentence, as a panel of its own."""
        return Headline(
            name=self.name,
            title=self.title,
            definition=self.definition,
            empty=self.empty,
            query=self.query,
            column=self.column,
            link=self.details,
            ends="" if self.details else "what it counts stands below it on its page",
        )

    def placed(self, at: At) -> list[Placed]:
        """The whole insight in a rectangle."""
        items = [Placed(self.headline, At(at.x, at.y, at.w, HEADLINE_HEIGHT), at)]
        x = at.x
        for width, chart in self.charts:
            place = At(x, at.y + HEADLINE_HEIGHT, width, at.h - HEADLINE_HEIGHT - WHY_HEIGHT)
            items.append(Placed(chart, place, at))
            x += width
        return [*items, self._why(at, self.details)]

    def without_charts(self, at: At) -> list[Placed]:
        """Its words, for the page that shows the details."""
        headline = replace(self, details=None).headline
        return [Placed(headline, At(at.x, at.y, at.w, at.h - WHY_HEIGHT), at), self._why(at, None)]

    def _why(self, at: At, details: Link | None) -> Placed:
        words = Words(name=f"{self.name}-why", text=self.why, link=details)
        return Placed(words, At(at.x, at.y + at.h - WHY_HEIGHT, at.w, WHY_HEIGHT), at)


def section(name: str, y: int, title: Text) -> Placed:
    """The heading of a section across the page."""
    return Placed(Section(name=name, title=title), At(0, y, COLUMNS, 1))


@dataclass(frozen=True, slots=True)
class Choice:
    """A variable with several values, which a query offers: `value`, and `label` where it differs."""

    name: str
    label: Text
    query: Query


@dataclass(frozen=True, slots=True)
class Input:
    """A variable that is typed in."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a trend has to be read with. The query gives `time`, `timeEnd` and `text`."""

    title: Text
    colour: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `inputs` and `choices` are variables of its own; without the one that `about` names it shows nothing,
    so no menu leads there. `by_seller`: whether team and seller can be chosen; `refresh` is in seconds; `wall`: read
    from four metres, without choices and without scrolling; `edits_trackers`: whether what is tracked is changed here,
    where that can be done."""

    name: str
    title: Text
    description: Text
    items: Sequence[Placed]
    inputs: Sequence[Input] = ()
    choices: Sequence[Choice] = ()
    about: str = ""
    by_seller: bool = True
    refresh: int = 30
    wall: bool = False
    edits_trackers: bool = False

    @property
    def rows(self) -> int:
        """How many rows of the grid its items fill."""
        return max(placed.at.y + placed.at.h for placed in self.items)

    @property
    def panels(self) -> list[Panel]:
        """What shows the answer to a query."""
        return [placed.item for placed in self.items if isinstance(placed.item, Panel)]

    def panel(self, name: str) -> Panel:
        """The panel of a name. Raises KeyError."""
        for panel in self.panels:
            if panel.name == name:
                return panel
        raise KeyError(f"the page {self.name} has no panel {name}")
