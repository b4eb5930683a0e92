"""Deals and sellers from CSV, as any CRM exports them; a mapping tells which column is what.

A deal's row yields the change that it shows, and of a closed deal also its opening when the file has its day, so that
the history of open deals is there. Identities come from the file, so that reading it twice states nothing new.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import chain

from pydantic import ValidationError

from schemas.events import AnyEvent, OpportunityChanged, SellerChanged
from schemas.rejections import explain
from streams.importers.contract import Item, Options, Problem
from streams.importers.mapping import (
    ColumnMapping,
    DealMapping,
    PriceList,
    SellerMapping,
    ready_mappings,
)
from streams.importers.source import Source

_DELIMITERS = ",;\t|"
_SURROGATE = re.compile("[\ud800-\udfff]")
_HARMLESS = re.compile(r"[\d.,:/ +-]{1,30}")
_AFTER_OPENING = timedelta(seconds=1)
"""A deal may be closed on the day when it was opened, and yet its changes have an order."""


class _CellError(ValueError):
    """A cell does not hold what the mapping says."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a file, read as a mapping says."""

    cells: Mapping[str, str]
    mapping: DealMapping | SellerMapping

    def text(self, column: str | None) -> str | None:
        """The cell without blanks around it, spelled as it should be; None when empty or not mapped."""
        if column is None:
            return None
        value = self.cells[column].strip()
        return self.mapping.replace.get(column, {}).get(value, value) or None

    def needed(self, column: str) -> str:
        value = self.text(column)
        if value is None:
            raise _CellError(f"{column}: must not be empty")
        return value

    def number(self, column: str | None) -> Decimal | None:
        value = self.text(column)
        if value is None:
            return None
        plain = value.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if self.mapping.decimal == ",":
            plain = plain.replace(".", "").replace(",", ".")
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise _CellError(
                f"{column}: must be a number with {self.mapping.decimal!r} before its decimals{_shown(value)}"
            ) from None

    def day(self, column: str | None) -> date | None:
        value = self.text(column)
        if value is None:
            return None
        try:
            return datetime.strptime(value, self.mapping.date_format).date()
        except ValueError:
            raise _CellError(
                f"{column}: must be a date like {self.mapping.date_format}{_shown(value)}"
            ) from None


class CsvRecords:
    """Deals or sellers in CSV."""

    name = "CSV with the columns of a mapping"

    def recognises(self, source: Source, options: Options) -> bool:
        return _mapping(source, options) is not None

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        mapping = _mapping(source, options)
        if isinstance(mapping, SellerMapping):
            sellers = mapping
            yield from _read(source, sellers, lambda row: _seller(row, sellers, options))
        elif isinstance(mapping, DealMapping):
            deals = mapping
            prices: dict[str, Decimal] = {}
            if deals.prices:
                yield from _read_prices(source, deals, deals.prices, prices)
            yield from _read(source, deals, lambda row: _deal(row, deals, prices, options))


def _mapping(source: Source, options: Options) -> ColumnMapping | None:
    """The mapping that is given, else the first ready one, whose columns the file has."""
    for mapping in (options.mapping,) if options.mapping else ready_mappings():
        if not missing_columns(source, mapping):
            return mapping
    return None


def missing_columns(source: Source, mapping: ColumnMapping) -> list[str]:
    """The columns of a mapping that a file does not have."""
    header = next(_csv(source.sample.splitlines(keepends=True)[:1], mapping.encoding), [])
    return sorted(mapping.column_names() - set(header))


def _csv(lines: Iterable[bytes], encoding: str) -> Iterator[list[str]]:
    """The rows of a file, its header first; what separates cells is what the header has most of."""
    # what does not decode is kept as a surrogate, and found later
    decoded = (line.decode(encoding, errors="surrogateescape") for line in lines)
    header = next(decoded, "")
    return csv.reader(chain([header], decoded), delimiter=max(_DELIMITERS, key=header.count))


def _rows(
    source: Source, mapping: ColumnMapping, needed: Iterable[str]
) -> Iterator[tuple[int, _Row] | Problem]:
    """The rows after the header, each with the line where it begins."""
    rows = _csv(source.lines(), mapping.encoding)
    header = next(rows, [])
    if missing := set(needed) - set(header):
        yield Problem(source.path, 1, f"has no column {', '.join(sorted(missing))}")
        return
    while True:
        line = (source.line or 0) + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(source.path, line, f"is not CSV: {error}")
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            yield Problem(source.path, line, f"has {len(cells)} cells, and the header {len(header)}")
        elif any(map(_SURROGATE.search, cells)):
            yield Problem(source.path, line, f"is not {mapping.encoding}: set the mapping's encoding")
        else:
            yield line, _Row(dict(zip(header, cells, strict=True)), mapping)


def _read(
    source: Source, mapping: ColumnMapping, events_of: Callable[[_Row], Sequence[AnyEvent]]
) -> Iterator[Item]:
    for row in _rows(source, mapping, mapping.column_names()):
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        try:
            events = events_of(cells)
        except _CellError as error:
            yield Problem(source.path, line, str(error))
        except ValidationError as error:
            yield Problem(source.path, line, explain(error).detail)
        else:
            yield from events


def _read_prices(
    source: Source, mapping: DealMapping, listed: PriceList, prices: dict[str, Decimal]
) -> Iterator[Problem]:
    path = source.path.with_name(listed.file)
    if not path.is_file():
        yield Problem(path, None, f"is needed beside {source.path.name}: it tells the estimated values")
        return
    prices_file = Source(path)
    for row in _rows(prices_file, mapping, (listed.name, listed.value)):
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        try:
            value = cells.number(listed.value)
        except _CellError as error:
            yield Problem(path, line, str(error))
            continue
        if value is not None:
            prices[cells.needed(listed.name)] = value


def _seller(row: _Row, mapping: SellerMapping, options: Options) -> list[AnyEvent]:
    columns = mapping.columns
    return [
        SellerChanged(
            revision=options.revision,
            seller_id=row.needed(columns.seller_id),
            name=row.needed(columns.name),
            team=row.needed(columns.team),
            manager_id=row.text(columns.manager_id),
        )
    ]


def _deal(row: _Row, mapping: DealMapping, prices: Mapping[str, Decimal], options: Options) -> list[AnyEvent]:
    """The change that a row shows, and before it the opening of a closed deal when the row has its day."""
    columns = mapping.columns
    name, stage = row.needed(columns.name), row.needed(columns.stage)
    state = mapping.states.get(stage)
    if state is None:
        raise _CellError(f"{columns.stage}: must be a stage of [states]: {', '.join(mapping.states)}")
    opened_on, closed_on = row.day(columns.opened_on), row.day(columns.closed_on)
    if state == "open":
        closed_on = None
    elif closed_on is None:
        raise _CellError(f"{columns.closed_on or 'closed_on'}: must tell when the deal was {state}")
    changed_on = row.day(columns.changed_on) or closed_on or opened_on or mapping.as_of
    if changed_on is None:
        raise _CellError("the row has no date: set as_of in the mapping")
    actual_value = row.number(columns.actual_value) if state == "won" else None
    # an amount that nobody has given yet is nothing yet
    unknown_yet = Decimal() if columns.estimated_value else None
    estimates = (row.number(columns.estimated_value), prices.get(name), actual_value, unknown_yet)
    estimated_value = next((each for each in estimates if each is not None), None)
    if estimated_value is None:
        raise _CellError(f"{columns.name}: no price list has it, and no column tells the estimated value")
    percent = row.number(columns.win_percent)
    deal = OpportunityChanged(
        revision=options.revision,
        opportunity_id=row.needed(columns.opportunity_id),
        seller_id=row.needed(columns.seller_id),
        customer_id=row.text(columns.customer_id),
        name=name,
        stage=stage,
        state=state,
        estimated_value=estimated_value,
        actual_value=actual_value,
        currency=row.text(columns.currency) or mapping.currency or options.currency,
        win_probability=None if percent is None else float(percent) / 100,
        estimated_close_on=row.day(columns.estimated_close_on),
        closed_on=closed_on,
        changed_at=_midnight(changed_on, options) + (_AFTER_OPENING if closed_on else timedelta()),
    )
    if closed_on is None or opened_on is None:
        return [deal]
    opening = {
        "stage": mapping.opening_stage,
        "state": "open",
        "actual_value": None,
        "win_probability": None,
        "closed_on": None,
        "changed_at": _midnight(opened_on, options),
    }
    return [OpportunityChanged(**(deal.model_dump() | opening)), deal]


def _midnight(day: date, options: Options) -> datetime:
    return datetime.combine(day, time(), options.zone)


def _shown(value: str) -> str:
    """A value as it may be shown: what has letters may be a customer's words, in a row whose cells have slipped."""
    return f" (got {value})" if _HARMLESS.fullmatch(value) else ""
