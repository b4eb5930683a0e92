"""The wall in Grafana, which has no bar of ours above it: alerts and the clock are panels, and the rest makes room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grafana.pages.wall.panels import BAND
from grafana.panels.pages import At, Page, Placed
from grafana.sql import Writer, quoted

_ROWS: Mapping[int, int] = {0: 0, 5: 8, 12: 13, 19: 20, 28: 28}
"""Where the rows of the wall begin, and where they do below the band; a headline may need four lines of 42 pixels."""


def items_of(page: Page) -> Sequence[Placed]:
    """The items of a page with their places in Grafana; a wall is as high as without the band."""
    if not page.wall:
        return page.items
    return [*BAND, *(replace(placed, at=_below_the_band(placed.at)) for placed in page.items)]


def _below_the_band(at: At) -> At:
    if at.y < BAND[0].at.y:
        return at
    top = _ROWS[at.y]
    return at._replace(y=top, h=_ROWS[at.y + at.h] - top)


def shares_of(sql: str, columns: Sequence[str], writer: Writer) -> str:
    """Counts of one row as percent of them all, as text; a dash where there is no row."""
    total = " + ".join(columns)
    shares = ",\n    ".join(
        f"if({total} > 0, {writer.percent(f'{name} / ({total})')}, '–') AS {name}_share" for name in columns
    )
    named = ", ".join(f"{name}_share AS {name}" for name in columns)
    summed = ", ".join(f"ifNull(anyOrNull({name}), 0) AS {name}" for name in columns)
    return f"SELECT {named} FROM (\nSELECT {shares}\nFROM (\nSELECT {summed}\nFROM (\n{sql}\n)\n)\n)"


def told(sql: str, name: str, value: str, empty: str) -> str:
    """Rows of a name and a value, as text, in their order; where there is none, one that says so."""
    row = f"(toString({name}), ifNull(toString({value}), ''))"
    return (
        f"SELECT tupleElement(one, 1) AS {name}, tupleElement(one, 2) AS {value}\n"
        f"FROM (\nSELECT arrayJoin(if(empty(found), [({quoted(empty)}, '')], found)) AS one\n"
        f"FROM (\nSELECT groupArray({row}) AS found\nFROM (\n{sql}\n)\n)\n)"
    )
