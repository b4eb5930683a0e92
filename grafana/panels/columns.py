"""Columns of an answer: how each is written, coloured, and where its values lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from grafana.i18n import Text

Cell = Literal["text", "badge", "coloured", "bar", "bare_bar", "chips", "wrapped"]
"""How a cell of a table is drawn: a badge and colours by the value's colour, a bar as long as the number is large,
chips of a list, text over several lines."""

Steps = Sequence[tuple[float | None, str]]
"""Colours of a number, each from its limit on; the first has none."""


class Unit(Enum):
    """What a number counts. A share is 0 to 1 and written as percent, a percentage is 0 to 100."""

    NUMBER = auto()
    SHARE = auto()
    PERCENT = auto()
    SECONDS = auto()
    HOURS = auto()
    MILLIONS = auto()
    DAY = auto()
    MINUTE = auto()
    """A moment, to the minute."""
    AXIS_DAY = auto()
    """Milliseconds, written as a day without its year."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for a raw value: its words and its colour."""

    text: Text
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads: a page, and there to a panel.

    The range and each variable of `keep` go along; `sets` gives variables the value of a column of the row, `fixed` a
    value that is always the same. `span` names the columns with the first and the last millisecond of what the page is
    about, for programs that draw a page only in a range; a missing end is now. `during`: the range that the number is
    about, where that is not the chosen one. `outside`: the column that holds an address of another site, which is then
    all of it.
    """

    title: Text
    page: str
    panel: str | None = None
    keep: tuple[str, ...] = ("team", "seller")
    sets: Mapping[str, str] = field(default_factory=dict)
    span: tuple[str, str | None] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    during: tuple[str, str] | None = None
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of the query is shown. Without a `title` it is called as in the query.

    `values` stand for raw values, `steps` colour numbers, `colour` is for all of them. `maximum` is where a bar or an
    axis ends, `width` is in pixels. `reference`: of bars, what the others are compared with. `optional`: left out where
    no row has a value, by programs that can.
    """

    name: str
    title: Text | None = None
    unit: Unit | None = None
    decimals: int | None = None
    colour: str | None = None
    cell: Cell = "text"
    width: int | None = None
    minimum: float = 0
    maximum: float | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    steps: Steps = ()
    link: Link | None = None
    hidden: bool = False
    reference: bool = False
    optional: bool = False

    def value(self, raw: object) -> Value | None:
        """What stands for a raw value, where something does."""
        return self.values.get("" if raw is None else str(raw))

    def colour_of(self, raw: object) -> str | None:
        """The colour of a value: its own, else that of its step, else the column's."""
        known = self.value(raw)
        if known is not None and known.colour is not None:
            return known.colour
        if self.steps and isinstance(raw, int | float):
            reached = [colour for limit, colour in self.steps if limit is None or raw >= limit]
            return reached[-1] if reached else None
        return self.colour


def hidden(*names: str) -> list[Column]:
    """Columns of a shared query that a panel does not draw."""
    return [Column(name, hidden=True) for name in names]
