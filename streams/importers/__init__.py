"""Files of other systems to our events: each format in a module, recognised by its content.

source = Source(path)
for item in read(source, Options(consent=True, seller_id="seller-17")):
    ...  # an event, or a Problem
"""

from __future__ import annotations

from collections.abc import Iterator

from streams.importers.amazon import AmazonCall
from streams.importers.contract import Importer, Item, Options, Problem
from streams.importers.csv_records import CsvRecords
from streams.importers.json_lines import JsonLines
from streams.importers.mapping import MappingError, read_mapping
from streams.importers.source import Source, UnreadableError

__all__ = [
    "IMPORTERS",
    "Importer",
    "Item",
    "MappingError",
    "Options",
    "Problem",
    "Source",
    "read",
    "read_mapping",
]

# formats of lines first: that a file is one of them is seen at its beginning, while JSON has to be read as a whole
IMPORTERS: tuple[Importer, ...] = (JsonLines(), CsvRecords(), AmazonCall())
"""The formats, in the order in which a file is tried."""


def read(source: Source, options: Options) -> Iterator[Item]:
    """The events of a file of any known format, lazily; what cannot be read yields a Problem and stops nothing."""
    importer = next((each for each in IMPORTERS if each.recognises(source, options)), None)
    if importer is None:
        yield _unknown(source)
    else:
        yield from importer.read(source, options)


def _unknown(source: Source) -> Problem:
    if source.sample.lstrip()[:1] in (b"{", b"["):
        try:
            source.document()
        except UnreadableError as error:
            return Problem(source.path, error.line, str(error))
    known = "; ".join(each.name for each in IMPORTERS)
    return Problem(
        source.path,
        None,
        f"of no known format, which are: {known}. Other CSV is read with --mapping; see docs/importing.md",
    )
