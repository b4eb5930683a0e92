"""Sellers from the rows of a table: team, manager, star, and whether they still sell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from schemas.events import SellerChanged
from schemas.rejections import explain
from streams.importers import texts
from streams.importers.columns import Columns
from streams.importers.deals import DealContext
from streams.importers.decisions import Decisions
from streams.importers.mapping import SellerMapping
from streams.importers.record import LeftOutError, Record
from streams.importers.tables.table import Row
from streams.language import verbatim

_REVERSED = ("disabled", "deactivated", "inaktiv", "inactive")


class SellerRow(NamedTuple):
    """What a row states."""

    line: int
    event: SellerChanged


class Sellers:
    """The sellers of a table. `inspect` looks at all rows first; then `rows` yields what they state."""

    def __init__(self, columns: Columns, _mapping: SellerMapping, context: DealContext) -> None:
        self._columns = columns
        self._context = context
        self._seen: dict[str, tuple[int, SellerChanged]] = {}

    def inspect(self) -> int:
        """Look at all rows, and decide what columns mean. How many rows there are."""

        def see(_row: Row) -> None:
            """Nothing depends on others."""

        count = self._columns.look(see)
        Decisions(self._columns).decide()
        return count

    def rows(self) -> Iterator[SellerRow]:
        """What each row states; a row that states nothing is reported and left out."""
        find = self._columns.findings
        seen: dict[str, tuple[int, SellerChanged]] = {}
        twice: dict[str, list[int]] = {}
        for row in self._columns.data_rows():
            try:
                event = self._seller(Record(self._columns, row, self._context.zone))
            except LeftOutError as error:
                find.leave_out(row.line, error.text, **error.values)
                continue
            except ValidationError as error:
                find.leave_out(row.line, verbatim(explain(error).detail))
                continue
            line, before = seen.setdefault(event.seller_id, (row.line, event))
            if line != row.line and before != event:
                twice.setdefault(event.seller_id, [line]).append(row.line)
            elif line != row.line:
                find.note(row.line, texts.SAME_ROW)
        for seller_id, (line, event) in seen.items():
            if seller_id in twice:
                lines = ", ".join(map(str, twice[seller_id]))
                for each in twice[seller_id]:
                    find.leave_out(each, texts.SAME_ID, id=seller_id, lines=lines)
            else:
                yield SellerRow(line, event)

    def _seller(self, record: Record) -> SellerChanged:
        active = record.truth("active")
        if active is not None and self._columns.heading_of("active").casefold().endswith(_REVERSED):
            active = not active
        return SellerChanged(
            revision=self._context.revision,
            seller_id=record.needed("seller_id", "name"),
            name=record.needed("name", "seller_id"),
            team=record.needed("team"),
            manager_id=record.text("manager_id"),
            starred=record.truth("starred") or False,
            active=True if active is None else active,
        )
