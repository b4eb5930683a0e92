"""One table of a file on its way to events: looked at as a whole first, then read row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from schemas.events import AnyEvent
from streams.importers import file_texts, texts
from streams.importers.activities import Activities, ActivityRow
from streams.importers.columns import Columns, listed
from streams.importers.contract import Item, Options, Problem
from streams.importers.deals import DealContext, DealRow, Deals
from streams.importers.findings import Cause, Findings, Question
from streams.importers.mapping import (
    ActivityMapping,
    ColumnMapping,
    DealMapping,
    SellerMapping,
    ready_mappings,
)
from streams.importers.periods import PeriodRow, Periods
from streams.importers.prices import prices_of
from streams.importers.recognition import crm_of, known_headings, recognise
from streams.importers.sellers import SellerRow, Sellers
from streams.importers.source import Source, UnreadableError
from streams.importers.tables.records import MissingPagesError, find_records, read_records
from streams.importers.tables.table import Table, heading
from streams.importers.tables.text import read_text
from streams.importers.tables.workbook import is_workbook, read_workbook
from streams.importers.totals import DealTotals
from streams.importers.words import folded, is_group_line, state_of
from streams.language import Text

Origin = Literal["given", "ready", "recognised"]
StatedRow = DealRow | ActivityRow | SellerRow | PeriodRow

_SHOWN_ROWS = 10
_COUNTS = frozenset({"record count", "antal poster", "row count"})
"""How reports head the number of rows of a group."""
_AMOUNTS = frozenset({"estimated_value", "actual_value", "base_value", "base_actual_value"})


class Sheet:
    """A table with the mapping by which it is read."""

    def __init__(
        self, source: Source, table: Table, mapping: ColumnMapping, origin: Origin, options: Options
    ) -> None:
        self.source = source
        self.table = table
        self.mapping = mapping
        self.origin: Origin = origin
        self.crm = crm_of(table.header)
        self.row_count = 0
        self.shown: list[AnyEvent] = []
        """The first rows as they were understood."""
        self.counts = Counter[str]()
        self.deals = DealTotals()
        self._refused_lines: set[int] = set()
        self._options = options
        self.findings = Findings(table.path, options.told_in)
        self._reader: Deals | Activities | Sellers | Periods | None = None

    @property
    def is_deals(self) -> bool:
        return isinstance(self.mapping, DealMapping)

    @property
    def has_history(self) -> bool:
        """Whether several rows are about one deal."""
        return isinstance(self._reader, Deals) and bool(self._reader.history_ids)

    def inspect(self) -> None:
        """Look at the whole table. Whether it may be sent is in `findings` afterwards."""
        self.findings = Findings(self.table.path, self._options.told_in)
        self.shown, self.counts, self.deals = [], Counter(), DealTotals()
        self._refused_lines = set()
        for note in self.table.notes:
            self.findings.unsure.append(self.findings.say(note))
        try:
            self._inspect()
        except UnreadableError as error:
            self._refuse_unreadable(error)

    def _inspect(self) -> None:
        if self.table.refusal is not None:
            self.findings.refuse(1, self.table.refusal)
            return
        context = self._context()
        this_year = context.now.year
        columns = Columns(self.table, self.mapping, self.findings, this_year)
        if columns.missing:
            columns.say_missing()
            return
        self._take_state_beside(Columns(self.table, self.mapping, Findings(self.table.path), this_year))
        columns = Columns(self.table, self.mapping, self.findings, this_year)
        mapping = self.mapping
        if isinstance(mapping, DealMapping):
            if mapping.prices:
                context = replace(
                    context, prices=prices_of(self.source, mapping, mapping.prices, self.findings)
                )
            self._reader = Deals(columns, mapping, context)
        elif isinstance(mapping, ActivityMapping):
            self._reader = Activities(columns, mapping, context, self._options.memory)
        elif isinstance(mapping, SellerMapping):
            self._reader = Sellers(columns, mapping, context)
        else:
            self._reader = Periods(columns, mapping, context, self._options.fiscal_start)
        self._columns = columns
        self.row_count = self._reader.inspect()
        if isinstance(mapping, DealMapping):
            self._look_for_amounts(columns, mapping)
        if self.row_count == 0 and not self.findings.left_out:
            self.findings.refuse(1, texts.NO_ROWS)

    def refuse(self, line: int, reason: Text) -> None:
        """Take nothing of it, though each of its rows is right, for another sheet contradicts it."""
        self.findings.refuse(line, reason)
        self.shown, self.counts, self.deals = [], Counter(), DealTotals()

    def _look_for_amounts(self, columns: Columns, mapping: DealMapping) -> None:
        """A list of deals without amounts would be a revenue of nothing: somebody has to want that."""
        money = [column for name in _AMOUNTS for column in columns.fields.get(name, ())]
        if money or mapping.prices or not mapping.constants.keys().isdisjoint(_AMOUNTS):
            if money and not mapping.prices and not any(column.filled for column in money):
                names = ", ".join(dict.fromkeys(column.name for column in money))
                self.findings.unsure.append(self.findings.say(texts.EMPTY_AMOUNTS, column=names))
        elif self.origin == "recognised":
            self.findings.refuse(1, texts.NO_AMOUNT_COLUMN, there=listed(self.table.header))
        else:
            self.findings.unsure.append(self.findings.say(texts.NO_AMOUNTS))

    def _refuse_unreadable(self, error: UnreadableError) -> None:
        self.findings.refuse(error.line or 1, error.reason)

    def _take_state_beside(self, columns: Columns) -> None:
        """A column that says of every row whether it is open, won or lost, which a mapping has left out."""
        mapping = self.mapping
        if not isinstance(mapping, DealMapping) or self.origin != "given" or mapping.columns.state:
            return
        taken = {heading(name) for name in mapping.column_names()}
        guess = recognise(self.table.header, ("opportunities",))
        names = guess.fields().get("state", ()) if guess else ()
        for name in names:
            if heading(name) in taken:
                continue
            index = self.table.header.index(name)
            values = {
                row.cells[index] for row in columns.data_rows() if index < len(row.cells) and row.cells[index]
            }
            if values and all(isinstance(value, str) and state_of(value) for value in values):
                with_state = mapping.columns.model_copy(update={"state": (name,)})
                self.mapping = mapping.model_copy(update={"columns": with_state})
                self.findings.unsure.append(self.findings.say(texts.STATE_BESIDE, column=name))

    def _context(self) -> DealContext:
        options = self._options
        now = options.now or datetime.now(UTC)
        modified = datetime.fromtimestamp(self.table.path.stat().st_mtime, UTC)
        return DealContext(
            zone=options.zone,
            now=now,
            file_time=min(modified, now).replace(microsecond=0),
            currency=options.currency,
            reporting_currency=options.reporting_currency,
            seller_id=options.seller_id,
            revision=options.revision,
        )

    def answer(self, question: Question, choice: int) -> None:
        """Take an answer into the mapping; `inspect` again afterwards."""
        self.mapping = _updated(self.mapping, question.choices[choice].update)

    def survey(self, refused: Callable[[AnyEvent], Text | None]) -> Iterator[int]:
        """Read all rows once, count and add up what they state; yields the number of each.

        A row with an event that is `refused`, by the reason that this gives, is left out.
        """
        history = self._reader.history_ids if isinstance(self._reader, Deals) else frozenset()
        for number, row in enumerate(self._rows(telling=True), start=1):
            events = events_of(row)
            reason = next((reason for event in events if (reason := refused(event)) is not None), None)
            if reason is not None:
                self._refused_lines.add(row.line)
                self.findings.leave_out(row.line, reason)
                yield number
                continue
            for event in events:
                self.counts[event.type] += 1
            if len(self.shown) < _SHOWN_ROWS:
                self.shown.append(events[-1])
            if isinstance(row, DealRow):
                known = row.current.opportunity_id in history
                (self.deals.add if known else self.deals.add_only)(row.current)
            yield number

    def rows(self) -> Iterator[StatedRow]:
        """What each row states that `survey` has not left out."""
        return (row for row in self._rows(telling=False) if row.line not in self._refused_lines)

    def _rows(self, *, telling: bool) -> Iterator[StatedRow]:
        if self.findings.is_refused or self._reader is None:
            return
        memory = self._options.memory
        findings = self.findings
        if not telling:
            self._columns.findings = Findings(self.table.path)
        try:
            rows: Iterable[StatedRow] = self._reader.rows()
            for row in rows:
                if isinstance(row, DealRow) and memory.keeps_names:
                    memory.know_name(folded(row.current.name), row.current.opportunity_id)
                yield row
        except UnreadableError as error:
            self._refuse_unreadable(error)
        finally:
            self._columns.findings = findings

    def problems(self) -> Iterator[Problem]:
        """What is wrong, one a cause."""
        path = self.table.path
        for cause in (*self.findings.refusals.values(), *self.findings.left_out.values()):
            yield _problem(path, cause)
        for question in self.findings.questions:
            yield Problem(path, question.line, question.reason)


def _problem(path: object, cause: Cause) -> Problem:
    return Problem(path, cause.lines[0], cause.reason, cause.count, tuple(cause.lines))  # type: ignore[arg-type]  # lines of a table have numbers


def events_of(row: StatedRow) -> tuple[AnyEvent, ...]:
    """The events of a row, in their order."""
    if isinstance(row, DealRow):
        return (row.current,) if row.opening is None else (row.opening, row.current)
    return (row.event,)


def _updated(mapping: ColumnMapping, update: dict[str, object]) -> ColumnMapping:
    """A mapping with an answer in it; what is a table of names gets a name more."""
    merged = {}
    for name, value in update.items():
        before = getattr(mapping, name)
        merged[name] = before | value if isinstance(before, dict) and isinstance(value, dict) else value
    return mapping.model_copy(update=merged)


def open_sheets(source: Source, options: Options) -> list[Sheet]:
    """The tables of a file that are deals, activities, sellers or periods; none when it is no such file.

    Raises UnreadableError for a file that is a table and cannot be read.
    """
    tables = _tables(source, options)
    sheets = []
    for table in tables:
        if (chosen := _mapping_of(table, options)) is not None:
            mapping, origin = chosen
            formatted = mapping.model_copy(update=dict(options.table_formats))
            sheets.append(Sheet(source, table, formatted, origin, options))
    if not sheets and options.mapping is not None and tables:
        sheets = [Sheet(source, tables[0], options.mapping, "given", options)]
    return sorted(sheets, key=lambda sheet: not sheet.is_deals)


def refuse_differing(sheets: Sequence[Sheet]) -> None:
    """Refuse sheets of a workbook that state other things of the same deals, with nothing to tell which holds."""
    deals = [sheet for sheet in sheets if sheet.is_deals]
    if len(deals) < 2:
        return
    stated: dict[str, tuple[Sheet, DealRow]] = {}
    for sheet in deals:
        for row in sheet.rows():
            if not isinstance(row, DealRow):
                continue
            other, before = stated.setdefault(row.current.opportunity_id, (sheet, row))
            if other is not sheet and not _agree(row, before):
                names = [repr(each.table.sheet) for each in (other, sheet)]
                reason = file_texts.OTHER_IN_SHEET.filled(
                    one=names[0], other=names[1], id=row.current.opportunity_id
                )
                for each in (other, sheet):
                    each.refuse(row.line, reason)
                break


def _agree(row: DealRow, other: DealRow) -> bool:
    """Whether two rows of a deal state the same, or each since when it does."""
    untimed = {"changed_at": row.current.changed_at}
    same = row.current == other.current.model_copy(update=untimed)
    return same or (row.has_own_time and other.has_own_time)


def unknown_table(source: Source, options: Options) -> str | None:
    """What is said of a file that is a table, of which nobody knows what; None of one that is no table."""
    try:
        found = _tables(source, options)
        tables = [table for table in found if _is_even(table)]
        if any(map(_is_summary, found)):
            return texts.SUMS_ONLY.of(options.told_in)
    except UnreadableError:
        return None
    headings = [name for table in tables for name in table.header if name]
    if not headings:
        return None
    return texts.UNKNOWN_COLUMNS.of(options.told_in).format(there=listed(headings))


def _is_summary(table: Table) -> bool:
    """Whether it is a report that has groups and their sums in the place of rows."""
    names = set(map(heading, table.header))
    if not names.isdisjoint(_COUNTS) and any(name.startswith(("sum of ", "sum af ")) for name in names):
        return True
    return any(
        is_group_line(cell) for row in islice(table.rows(), 50) for cell in row.cells if isinstance(cell, str)
    )


def _is_even(table: Table) -> bool:
    """Whether it is surely a table: text with commas must not be taken for headings, and shown."""
    rows = list(islice(table.rows(), 50))
    return len(table.header) > 2 and len(rows) > 0 and all(row.written == len(table.header) for row in rows)


def _tables(source: Source, options: Options) -> list[Table]:
    given = options.mapping
    wanted = {heading(name) for name in given.column_names()} if given else set()

    def score(row: object) -> int:
        cells = {heading(str(cell)) for cell in row}  # type: ignore[attr-defined]  # a row of a table
        if wanted:
            return len(cells & wanted)
        ready = max(
            (len(cells & {heading(name) for name in each.column_names()}) for each in ready_mappings()),
            default=0,
        )
        return max(ready, known_headings([str(cell) for cell in row]))  # type: ignore[attr-defined]  # a row is a sequence of cells

    if is_workbook(source.head):
        tables = read_workbook(source.path, score)
        if given and given.sheet:
            names = [table.sheet for table in tables]
            tables = [table for table in tables if table.sheet == given.sheet]
            if not tables:
                there = ", ".join(map(str, names))
                raise UnreadableError(file_texts.NO_SUCH_SHEET, sheet=repr(given.sheet), there=there)
        return tables
    if source.sample.lstrip()[:1] in (b"{", b"["):
        records = find_records(source)
        return [read_records(source, records)] if records is not None else []
    return [read_text(source.path, score, given_encoding=given.encoding if given else None)]


def _mapping_of(table: Table, options: Options) -> tuple[ColumnMapping, Origin] | None:
    header = {heading(name) for name in table.header}
    if options.mapping is not None:
        fits = {heading(name) for name in options.mapping.column_names()} <= header
        return (options.mapping, "given") if fits else None
    for mapping in ready_mappings():
        if mapping.column_names() <= set(table.header):
            return mapping, "ready"
    found = recognise(table.header, currency=options.currency)
    return None if found is None else (found, "recognised")


class Tables:
    """Deals, activities, sellers and periods in tables: text, workbooks, JSON records."""

    name = "CSV, Excel or JSON records of deals, activities, sellers or periods"

    def recognises(self, source: Source, options: Options) -> bool:
        """Whether a file is a table whose columns are known."""
        try:
            return bool(open_sheets(source, options))
        except MissingPagesError:
            return True
        except UnreadableError:
            return options.mapping is not None or is_workbook(source.head)

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        """The events of all its tables; of one that cannot be right only its problems."""
        try:
            sheets = open_sheets(source, options)
        except UnreadableError as error:
            yield Problem(source.path, error.line, source.say(error.reason))
            return
        for sheet in sheets:
            sheet.inspect()
            for _ in sheet.survey(lambda _event: None):
                pass
        refuse_differing(sheets)
        for sheet in sheets:
            for row in sheet.rows():
                source.line = row.line
                yield from events_of(row)
            yield from sheet.problems()
