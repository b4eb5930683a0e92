"""What an importer is: it knows a format by its content, and turns a file into events and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

from schemas.events import AnyEvent
from streams.importers.mapping import ColumnMapping
from streams.importers.source import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """A record, or a whole file, that could not be read. The reason never repeats a customer's words."""

    file: Path
    line: int | None
    """Line in the file, from 1; None where the reason names a place in a JSON document, or means all of it."""
    reason: str
    count: int = 1
    """How many records it is the problem of."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.reason}"


Item = AnyEvent | Problem


@dataclass(frozen=True, slots=True)
class Options:
    """What files do not say of themselves. What a file does say goes before it, with one exception: consent.

    `consent` False holds for every segment, whatever the file says; None means that nothing was stated.
    """

    consent: bool | None = None
    seller_id: str | None = None
    seller_speakers: frozenset[str] = frozenset()
    """Names, labels or channels of those who sell, where a file does not tell the sides apart."""
    started_at: datetime | None = None
    call_id: str | None = None
    """As which call a transcript is known, in the place of what its file tells."""
    start_now: Callable[[timedelta], datetime] | None = None
    """For calls that are taken as if they happened now: the start of one of this length. Goes before the file."""
    language: str | None = None
    currency: str = "DKK"
    zone: tzinfo = UTC
    """Time zone of dates without a time."""
    mapping: ColumnMapping | None = None
    """How to read CSV; else one of the ready mappings."""
    revision: int = 1
    """Which statement of its facts a file is: a higher one corrects what was imported before."""


class Importer(Protocol):
    """A format."""

    name: str
    """As people call it."""

    def recognises(self, source: Source, options: Options) -> bool:
        """Whether the beginning of a file is of this format."""

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        """The events of a file, lazily; a record that is no event yields a Problem and stops nothing."""
