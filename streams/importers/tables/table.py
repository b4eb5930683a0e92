"""A table, whatever it was saved as: a header, and rows that may be gone through as often as one likes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from streams.language import Text

Cell = str | Decimal | bool | datetime | date | None
"""What a cell holds; None when it is empty. Text has no blanks around it."""

_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")

EMPTY = frozenset(
    {"", "-", "--", "–", "—", "n/a", "#n/a", "na", "null", "none", "(none)", "(blank)", "nil", "#null!"}
)
"""What systems write where there is nothing; of names, which may be anything, only the empty text counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line or row number where it begins, from 1, its cells, and how many were written."""

    line: int
    cells: Sequence[Cell]
    written: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file. `rows` begins anew each time; it raises UnreadableError where the file is broken."""

    path: Path
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    sheet: str | None = None
    """Its name in a workbook of several."""
    form: Text = field(default=Text("", ""))
    """How it was saved, for people: encoding and separator, or the kind of file."""
    decimals: str | None = None
    notes: tuple[Text, ...] = ()
    is_typed: bool = False
    """Whether its cells have types of their own."""
    refusal: Text | None = None
    """Why nothing of it can be right, where that is known before its rows are read."""
    serial_shift: int = 0
    """Days to add to dates that are bare numbers."""


def tidy(text: str) -> str:
    """A text from a cell: composed letters, no blanks around it, no formula that only quotes."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "")
    text = text.strip()
    if text[:2] == '="' and text[-1] == '"' and len(text) > 2:
        text = text[2:-1].strip()
    return text


def heading(text: str) -> str:
    """A heading as headings are compared: small letters, single blanks, no quotes or marks around it."""
    text = _CAMEL.sub(" ", tidy(text)).replace("_", " ")
    text = " ".join(text.casefold().split())
    return text.strip("\"'*: ↑↓▲▼")


def whole_header(
    rows: Sequence[Sequence[str]], place: int, score: Callable[[Sequence[str]], int]
) -> tuple[tuple[str, ...], int]:
    """The headings at a place, and the place of the last row that has any.

    A heading may have others below it ("Dates" above "Closed" and "Created"): a second row of nothing but headings,
    one of them where the first row has none.
    """
    header = tuple(map(tidy, rows[place]))
    below = [tidy(cell) for cell in rows[place + 1]] if place + 1 < len(rows) else []
    filled = [at for at, cell in enumerate(below) if cell]
    fills_a_gap = any(at >= len(header) or not header[at] for at in filled)
    if len(filled) < 2 or not fills_a_gap or score(below) < len(filled):
        return header, place
    width = max(len(header), len(below))
    above = (*header, *[""] * (width - len(header)))
    return tuple(low or high for low, high in zip((*below, *[""] * width), above, strict=False)), place + 1


def best_header(rows: Iterable[Sequence[str]], score: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """The place of the header among the first rows, and its score: the best known, else the first with two cells."""
    best, points = -1, 0
    for number, row in enumerate(rows):
        filled = sum(bool(cell.strip()) for cell in row)
        if best < 0 and filled > 1:
            best = number
        if (found := score(row)) > points:
            best, points = number, found
    return best, points
