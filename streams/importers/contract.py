"""What an importer is: it knows a format by its content, and turns a file into events and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Protocol  # Any: fields that pydantic checks

from schemas.events import AnyEvent, OpportunityChanged
from streams.importers.findings import Cause
from streams.importers.mapping import ColumnMapping
from streams.importers.source import Source
from streams.language import Language as ReportLanguage

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """A record, or a whole file, that could not be read. The reason never repeats a customer's words."""

    file: Path
    line: int | None
    """Line in the file, from 1; None where the reason names a place in a JSON document, or means all of it."""
    reason: str
    count: int = 1
    """How many records it is the reason of; `line` is the first one's."""
    lines: tuple[int, ...] = ()
    """The places of the first of them, where there are several."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        first = ", ".join(map(str, self.lines[:_SHOWN])) + (", …" if self.count > _SHOWN else "")
        times = f" ({self.count:,} x{f': {first}' if len(self.lines) > 1 else ''})" if self.count > 1 else ""
        return f"{place}: {self.reason}{times}"


Item = AnyEvent | Problem


@dataclass(slots=True)
class Memory:
    """What files of one import tell each other: deals by name, and what change events have said so far."""

    deals_by_name: dict[str, str | None] = field(default_factory=dict)
    """Ids by name in small letters; None where several deals have the name."""
    keeps_names: bool = False
    """Whether names are wanted by another file."""
    fields_by_deal: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By deal: the fields of its CRM as the change events of earlier files left them."""
    stored_deal: Callable[[str], OpportunityChanged | None] | None = None
    """The deal as it is stored, for change events that begin in the middle; None where no store is asked."""
    notes: dict[tuple[Path, str], Cause] = field(default_factory=dict)
    """What was decided of change messages that their readers may want to know, by file and reason."""
    stored_names: Callable[[], Iterable[tuple[str, str]]] | None = None
    """Name and id of the stored deals; None where no store is asked."""

    def deal_named(self, name: str) -> str | None:
        """The id of the one deal that has a name, in small letters; None when there is none, or several."""
        if name not in self.deals_by_name and self.stored_names is not None:
            ask, self.stored_names = self.stored_names, None
            for stored, deal_id in ask():
                self.know_name(" ".join(stored.casefold().split()), deal_id)
        return self.deals_by_name.get(name)

    def note(self, file: Path, line: int | None, reason: str) -> None:
        """Something was decided of a message."""
        cause = self.notes.setdefault((file, reason), Cause(reason))
        cause.add(*(() if line is None else (line,)), count=1)

    def know_name(self, name: str, deal_id: str) -> None:
        """A deal's name, for activities that name their deal."""
        known = self.deals_by_name.setdefault(name, deal_id)
        if known != deal_id:
            self.deals_by_name[name] = None


@dataclass(frozen=True, slots=True)
class Options:
    """What files do not say of themselves. What a file does say takes precedence, with one exception: consent.

    `consent` False holds for every segment, whatever the file says; None means that nothing was stated.
    """

    consent: bool | None = None
    seller_id: str | None = None
    seller_speakers: frozenset[str] = frozenset()
    """Names, labels or channels of those who sell, where a file does not tell the sides apart."""
    started_at: datetime | None = None
    call_id: str | None = None
    """As which call a transcript is known, in the place of what its file says."""
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
    reporting_currency: str | None = None
    """The currency of the reports; None where that is checked later."""
    fiscal_start: int = 1
    """First month of the fiscal year."""
    told_in: ReportLanguage = "en"
    """Language of what is said about files."""
    now: datetime | None = None
    """What counts as now, for days that lie ahead; the clock when None."""
    memory: Memory = field(default_factory=Memory)
    """What files of one import tell each other."""
    table_formats: Mapping[str, Any] = field(default_factory=dict)
    """What holds of every table's mapping: `decimal`, `date_format`."""
    named_sellers: frozenset[str] = frozenset()
    """Those of `seller_speakers` that were given one by one, and not as a list of all who sell."""


class Importer(Protocol):
    """A format."""

    name: str
    """As people call it."""

    def recognises(self, source: Source, options: Options) -> bool:
        """Whether the beginning of a file is of this format."""

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        """The events of a file, lazily; a record that is no event yields a Problem and stops nothing."""
