"""One import: its files are looked at, described, and sent; every part of it is reported to a `Reporter`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from schemas.events import AnyEvent, OpportunityChanged
from streams.importers import Options, Problem, Source, file_texts, is_known, read
from streams.importers.deals import DealRow
from streams.importers.findings import Cause
from streams.importers.sheets import Sheet, StatedRow, open_sheets, refuse_differing
from streams.importers.source import UnreadableError
from streams.importers.totals import DealTotals, Totals
from streams.jobs.call_corrections import CallCorrections
from streams.jobs.importing.checks import moment_of, reason_of, rejection_of, rejection_of_valid
from streams.jobs.importing.comparison import Comparison, removals
from streams.jobs.importing.stored import StoredFacts
from streams.kafka.messages import Rules
from streams.language import Text
from streams.replay import TimedEvent

_TOLD_EVERY = 500
_MOST_REMEMBERED = 50_000
_MOST_CAUSES = 20
_NUMBER = re.compile(r"\d+")


class Reporter(Protocol):
    """Hears how far an import is."""

    def start(self, files: Sequence[Path]) -> None:
        """All of these are gone through now, one after the other."""

    def begin(self, file: Path, size: int | None) -> None:
        """A file is being read; how long it is, in whatever `advance` counts, None while nobody knows."""

    def advance(self, position: int, events: int) -> None:
        """It is read so far."""

    def problem(self, problem: Problem) -> None:
        """A record is left out, or a file."""

    def note(self, note: Problem) -> None:
        """Something was decided of records that are taken."""


@dataclass(slots=True)
class Preview:
    """What a file is about to state: its tables, if it is one of tables, else only the path."""

    source: Source
    sheets: list[Sheet] = field(default_factory=list)
    unreadable: Problem | None = None

    @property
    def is_refused(self) -> bool:
        return self.unreadable is not None or any(sheet.findings.is_refused for sheet in self.sheets)


def _as_problem(file: Path, cause: Cause) -> Problem:
    return Problem(
        file, cause.lines[0] if cause.lines else None, cause.reason, cause.count, tuple(cause.lines)
    )


class Import:
    """Files on their way to events. Counts what it reads and what is wrong."""

    def __init__(self, options: Options, rules: Rules, reporter: Reporter) -> None:
        self.options = options
        self._rules = rules
        self._reporter = reporter
        self.now = options.now or datetime.now(UTC)
        self.counts = Counter[str]()
        self.problems: list[Problem] = []
        self.deals = DealTotals()
        self.deal_ids: set[str] = set()
        self.sent: list[AnyEvent] = []
        """What was sent, as far as it is remembered, to ask afterwards what became of it."""
        self.corrections: CallCorrections | None = None
        """Compares calls with what is stored; None where no store is asked."""

    @property
    def problem_count(self) -> int:
        """How many records are left out."""
        return sum(problem.count for problem in self.problems)

    def look(self, paths: Iterable[Path]) -> list[Preview]:
        """Look at files as a whole, those of tables; of any other format nothing can be seen before it is read.

        Deals come first, for activities that name them.
        """
        paths = list(paths)
        self._reporter.start(paths)
        previews = [self._open(path) for path in paths]
        sheets = [sheet for preview in previews for sheet in preview.sheets]
        for sheet in sorted(sheets, key=lambda each: not each.is_deals):
            self.inspect(sheet)
        for preview in previews:
            refuse_differing(preview.sheets)
        return previews

    def _open(self, path: Path) -> Preview:
        self._reporter.begin(path, None)
        preview = Preview(Source(path, self.options.told_in))
        try:
            preview.sheets = open_sheets(preview.source, self.options)
        except UnreadableError as error:
            is_any = error.reason in (file_texts.NO_TABLE, file_texts.EMPTY)  # of no format, table or not
            if self.options.mapping is not None or not (is_any or is_known(preview.source, self.options)):
                preview.unreadable = Problem(path, error.line, error.reason.of(self.options.told_in))
        return preview

    def inspect(self, sheet: Sheet) -> None:
        """Look at one table, from the beginning or once more after an answer."""
        self._reporter.begin(sheet.table.path, None)
        sheet.inspect()
        self._reporter.begin(sheet.table.path, sheet.row_count)
        for number in sheet.survey(self._rejected_of_valid):
            if number % _TOLD_EVERY == 0:
                self._reporter.advance(number, number)

    def _rejected(self, event: AnyEvent) -> Text | None:
        rejection = rejection_of(event, self._rules)
        return None if rejection is None else reason_of(rejection, event, self._rules)

    def _rejected_of_valid(self, event: AnyEvent) -> Text | None:
        rejection = rejection_of_valid(event, self.now, self._rules)
        return None if rejection is None else reason_of(rejection, event, self._rules)

    def tell_problems(self, preview: Preview) -> None:
        """Tell and count what is wrong with a file of tables."""
        if preview.unreadable is not None:
            self._tell(preview.unreadable)
        for sheet in preview.sheets:
            for problem in sheet.problems():
                self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)
        self._reporter.problem(problem)

    def events(self, preview: Preview, comparison: Comparison) -> Iterator[TimedEvent]:
        """The events of a file that a worker will take, each with the time when it happened."""
        if not preview.sheets:
            if preview.unreadable is None:
                yield from self._others(preview.source)
            return
        for sheet in preview.sheets:
            self._reporter.begin(sheet.table.path, sheet.row_count)
            for number, compared in enumerate(comparison.compare(self.noting(sheet.rows())), start=1):
                for event in compared.events:
                    yield self._counted(event)
                if number % _TOLD_EVERY == 0:
                    self._reporter.advance(number, self.counts.total())

    def noting(self, rows: Iterable[StatedRow]) -> Iterator[StatedRow]:
        """The rows, while their deals are noted."""
        for row in rows:
            if isinstance(row, DealRow):
                self.deal_ids.add(row.current.opportunity_id)
            yield row

    def _others(self, source: Source) -> Iterator[TimedEvent]:
        """The events of a file of another format, read line by line or as a document."""
        self._reporter.begin(source.path, source.size)
        causes: dict[tuple[Path, str], Cause] = {}
        items = read(source, self.options)
        if self.corrections is not None:
            items = self.corrections.checked(items, source)
        for number, item in enumerate(items, start=1):
            self._reporter.advance(source.position, number)
            if not isinstance(item, Problem) and (refused := self._rejected(item)) is not None:
                item = Problem(source.path, source.line, source.say(refused))
            if isinstance(item, Problem):
                key = (item.file, item.reason)
                if len(causes) >= _MOST_CAUSES and key not in causes:
                    key = (
                        item.file,
                        _NUMBER.sub("#", item.reason),
                    )  # places and values tell no more causes apart
                lines = item.lines or ((item.line,) if item.line else ())
                causes.setdefault(key, Cause(item.reason)).add(*lines, count=item.count)
            else:
                if isinstance(item, OpportunityChanged):
                    self.deals.add(item)
                yield self._counted(item)
        for (file, _), cause in causes.items():
            self._tell(_as_problem(file, cause))
        for (file, _), cause in self.options.memory.notes.items():
            if file == source.path:
                self._reporter.note(_as_problem(file, cause))

    def _counted(self, event: AnyEvent) -> TimedEvent:
        self.counts[event.type] += 1
        if len(self.sent) < _MOST_REMEMBERED:
            self.sent.append(event)
        return TimedEvent(moment_of(event), event)

    def begin_sending(self, previews: Iterable[Preview]) -> None:
        """All files are gone through once more, and sent."""
        self._reporter.start([preview.source.path for preview in previews])

    def read_others(self, previews: Iterable[Preview]) -> None:
        """Read the files that are no tables, for what is in them and what is wrong."""
        others = [each.source for each in previews if not each.sheets and each.unreadable is None]
        self._reporter.start([source.path for source in others])
        for source in others:
            for _ in self._others(source):
                pass

    def all_deals(self, previews: Iterable[Preview]) -> Totals:
        """The sums over the deals of all files; of a deal that several have, its last change counts."""
        sheets = [sheet for preview in previews for sheet in preview.sheets if sheet.is_deals]
        if not self.deals.totals.counts and len(sheets) == 1:
            return sheets[0].deals.totals
        for sheet in sheets:
            for row in sheet.rows():
                if isinstance(row, DealRow):
                    self.deals.add(row.current)
        return self.deals.totals

    def removals(self, facts: StoredFacts) -> Iterator[TimedEvent]:
        """Of every stored deal that no file has, that it is removed."""
        for event in removals(facts, self.deal_ids, self.now):
            yield self._counted(event)
