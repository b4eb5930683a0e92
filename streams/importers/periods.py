"""Sales periods and their targets from the rows of a table."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from schemas.events import PeriodChanged
from schemas.rejections import explain
from streams.importers import texts
from streams.importers.columns import Columns
from streams.importers.deals import DealContext
from streams.importers.decisions import Decisions
from streams.importers.mapping import PeriodMapping
from streams.importers.record import LeftOutError, Record
from streams.importers.tables.table import Row
from streams.language import verbatim

_YEAR = re.compile(r"(?:FY\s*)?(20\d{2})", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:(?P<y1>20\d{2})[\s\-/]*(?:Q|K)(?P<q1>[1-4]))|(?:(?:Q|K)?(?P<q2>[1-4])\.?\s*(?:kvartal|quarter)?[\s\-/]*(?P<y2>20\d{2}))",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:(?P<y1>20\d{2})[-/.](?P<m1>\d{1,2}))|(?:(?P<m2>\d{1,2})[-/.](?P<y2>20\d{2}))")
_NAMED_MONTH = re.compile(
    r"(?P<name>[^\W\d_]{3,9})\.?\s*(?P<y>20\d{2})|(?P<y2>20\d{2})\s*(?P<name2>[^\W\d_]{3,9})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "dec")


class PeriodRow(NamedTuple):
    """What a row states."""

    line: int
    event: PeriodChanged


class Periods:
    """The periods of a table. `inspect` looks at all rows first; then `rows` yields what they state."""

    def __init__(
        self, columns: Columns, mapping: PeriodMapping, context: DealContext, fiscal_start: int
    ) -> None:
        self._columns = columns
        self._mapping = mapping
        self._context = context
        self._fiscal_start = fiscal_start

    def inspect(self) -> int:
        """Look at all rows, and decide what columns mean. How many rows there are."""

        def see(_row: Row) -> None:
            """Nothing depends on others."""

        count = self._columns.look(see)
        Decisions(self._columns).decide()
        return count

    def rows(self) -> Iterator[PeriodRow]:
        """What each row states; a row that states nothing is reported and left out."""
        find = self._columns.findings
        for row in self._columns.data_rows():
            try:
                yield PeriodRow(row.line, self._period(Record(self._columns, row, self._context.zone)))
            except LeftOutError as error:
                find.leave_out(row.line, error.text, **error.values)
            except ValidationError as error:
                find.leave_out(row.line, verbatim(explain(error).detail))

    def _period(self, record: Record) -> PeriodChanged:
        starts, ends = record.when("starts_on"), record.when("ends_on")
        name, team = record.text("period_id"), record.text("team")
        if starts is not None and ends is not None:
            first, last = starts.day, ends.day
        else:
            found = None if name is None else period_of(name, self._fiscal_start)
            if found is None:
                raise LeftOutError(texts.NO_PERIOD, column=self._columns.heading_of("period_id", "starts_on"))
            first, last = found
        period_id = name or f"{first}/{last}"
        target = record.money("target_value")
        stated = record.text("currency")
        currency = stated.upper() if stated else self._mapping.currency or self._context.currency
        wanted = self._context.reporting_currency
        if wanted is not None and currency != wanted:
            raise LeftOutError(texts.OTHER_CURRENCY, found=currency[:30], wanted=wanted)
        return PeriodChanged(
            revision=self._context.revision,
            period_id=f"{period_id} {team}" if team else period_id,
            starts_on=first,
            ends_on=last,
            team=team,
            target_value=None if target is None else target[0],
            currency=currency,
        )


def period_of(name: str, fiscal_start: int = 1) -> tuple[date, date] | None:
    """First and last day of a year, a quarter of the fiscal year, or a month, by its name; None when it is none."""
    name = name.strip()
    if found := _YEAR.fullmatch(name):
        return _months(int(found[1]), fiscal_start, 12)
    if found := _QUARTER.fullmatch(name):
        quarter = int(found["q1"] or found["q2"])
        return _months(int(found["y1"] or found["y2"]), fiscal_start + 3 * (quarter - 1), 3)
    if found := _MONTH.fullmatch(name):
        month = int(found["m1"] or found["m2"])
        return _months(int(found["y1"] or found["y2"]), month, 1) if 1 <= month <= 12 else None
    if found := _NAMED_MONTH.fullmatch(name):
        word = (found["name"] or found["name2"]).casefold()
        for number, begin in enumerate(_MONTHS, start=1):
            if word.startswith(begin) and (number != 5 or word in ("may", "maj")):
                return _months(int(found["y"] or found["y2"]), number, 1)
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """So many months from one on, whose number may go beyond the year's end."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = month + count - 1
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
