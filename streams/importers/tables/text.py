"""Tables in text: separator, line ends and header are decided over the whole file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from streams.importers import file_texts as texts
from streams.importers.source import UnreadableError
from streams.importers.tables import encoding
from streams.importers.tables.table import Row, Table, best_header, tidy, whole_header
from streams.language import Text

_SEPARATORS = ";,\t|"
_NAMES = {
    ",": Text("comma", "komma"),
    ";": Text("semicolon", "semikolon"),
    "\t": Text("tab", "tabulator"),
    "|": Text("bar", "lodret streg"),
}
_SAMPLE_LINES = 200
_HEADER_WITHIN = 30

Score = Callable[[Sequence[str]], int]


def read_text(path: Path, score: Score, *, given_encoding: str | None = None) -> Table:
    """The table in a text file. `score` says how many headings of a row are known. Raises UnreadableError."""
    found = encoding.decide(path, given_encoding)
    sample = list(islice(found.lines(path), _SAMPLE_LINES))
    skip = 0
    separators = _SEPARATORS
    if sample and (stated := _stated_separator(sample[0])):
        separators, skip = stated, 1
    choices = []
    for separator in separators:
        rows = _sample_rows(sample[skip:], separator)
        place, points = best_header(rows[:_HEADER_WITHIN], score)
        if place >= 0:
            width = len(rows[place])
            fits = sum(len(row) == width for row in rows[place + 1 :] if any(cell.strip() for cell in row))
            choices.append(
                ((points, fits > 0 or len(rows) == place + 1, width), separator, place, rows[place])
            )
    if not choices:
        raise UnreadableError(texts.NO_TABLE if any(map(str.strip, sample)) else texts.EMPTY, 1)
    _, separator, place, _ = max(choices, key=lambda choice: choice[0])
    header, place = whole_header(_sample_rows(sample[skip:], separator), place, score)
    form = texts.MENDED_FORM if found.mends else texts.FORM
    separated = _NAMES[separator]
    return Table(
        path,
        header,
        lambda: _rows(path, found, separator, skip, place),
        form=Text(
            form.en.format(encoding=found.name, separator=separated.en),
            form.da.format(encoding=found.name, separator=separated.da),
        ),
        notes=(texts.MENDED,) if found.mends else (),
    )


def _stated_separator(line: str) -> str | None:
    """What the line that Excel writes for itself says: sep=;"""
    text = line.strip().strip('"')
    if text[:4].casefold() == "sep=" and text[4:5] in (*_SEPARATORS, ""):
        return text[4:5] or "\t"
    return None


def _sample_rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return []


def _rows(path: Path, found: encoding.Encoding, separator: str, skip: int, place: int) -> Iterator[Row]:
    lines = found.lines(path)
    for _ in range(skip):
        next(lines, None)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    number = 0
    while True:
        line = skip + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnreadableError as error:
            raise UnreadableError(error.reason, error.line or line) from None
        except csv.Error as error:
            raise UnreadableError(_broken(error), line) from None
        number += 1
        if number > place + 1:
            yield Row(line, [tidy(cell) or None for cell in cells], len(cells))


def _broken(error: csv.Error) -> Text:
    if "expected after" in str(error):
        return texts.QUOTE_WITHIN
    if "field larger" in str(error) or "unexpected end" in str(error):
        return texts.QUOTE_OPEN
    return texts.NO_CSV.filled(why=error)
