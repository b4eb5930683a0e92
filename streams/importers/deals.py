"""Deals from the rows of a table: each is a change as it stands, and of a closed deal also its opening.

What a row means where a CRM leaves it open is decided here, and described in docs/importing.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple  # Any: fields that pydantic checks

from pydantic import ValidationError

from schemas.events import DealState, OpportunityChanged
from streams.importers import texts
from streams.importers.columns import Columns, text_of
from streams.importers.decisions import Decisions
from streams.importers.findings import Findings
from streams.importers.grouping import Grouping
from streams.importers.mapping import DealMapping
from streams.importers.record import LeftOutError, Record
from streams.importers.states import States
from streams.importers.tables.dates import When
from streams.importers.tables.numbers import CROWNS, DOLLARS, cents
from streams.importers.tables.table import Row
from streams.importers.validation import event_reason
from streams.importers.words import folded

_AFTER_OPENING = timedelta(seconds=1)
"""A deal may be closed on the day when it was opened, and yet its changes have an order."""

_Amount = tuple[Decimal, frozenset[str] | None]
"""An amount, and the currencies that the sign beside it may mean."""

_CURRENCY_NAMES = {
    name: code
    for code, names in (
        ("DKK", "danske kroner|dansk krone|danish krone|danish kroner|kr|kr."),
        ("EUR", "euro|€"),
        ("USD", "us dollar|u.s. dollar|us dollars|$|amerikanske dollar"),
        ("NOK", "norske kroner|norwegian krone|norsk krone"),
        ("SEK", "svenske kroner|swedish krona|svensk krone"),
        ("GBP", "pound sterling|british pound|£|pund"),
        ("CHF", "swiss franc"),
    )
    for name in names.split("|")
}


class DealRow(NamedTuple):
    """What a row states: the deal as it stands, its opening where the row tells it, and since when this is known."""

    line: int
    current: OpportunityChanged
    opening: OpportunityChanged | None
    fresh_at: datetime
    """As of when the row states this: its time of change, else the file's time."""
    has_own_time: bool
    """Whether the row itself has the time of its last change."""


@dataclass(frozen=True, slots=True)
class DealContext:
    """What rows do not say of themselves."""

    zone: tzinfo
    now: datetime
    file_time: datetime
    """Since when what the file states is known: its time, but never ahead."""
    currency: str
    reporting_currency: str | None
    seller_id: str | None
    revision: int
    prices: Mapping[str, Decimal] = field(default_factory=dict)


class Deals:
    """The deals of a table. `inspect` looks at all rows first; then `rows` yields what they state."""

    def __init__(self, columns: Columns, mapping: DealMapping, context: DealContext) -> None:
        self._columns = columns
        self._mapping = mapping
        self._context = context
        self._states = States(columns, mapping)
        self._grouping = Grouping(columns)
        self._ids: set[int] = set()
        self._twice: set[str] = set()
        self._skipped: set[int] = set()
        self.seller_is_missing = (
            "seller_id" not in columns.fields
            and "seller_id" not in mapping.constants
            and context.seller_id is None
        )

    @property
    def _find(self) -> Findings:
        return self._columns.findings

    @property
    def history_ids(self) -> set[str]:
        """Ids that several rows have."""
        return self._twice

    def inspect(self) -> int:
        """Look at all rows, and decide what columns, stages and repeated ids mean. How many rows there are."""
        count = self._columns.look(self._see)
        Decisions(self._columns).decide()
        self._states.decide()
        self._grouping.decide()
        if self.seller_is_missing:
            self._find.refuse(1, texts.NO_SELLER_COLUMN)
        if "opportunity_id" not in self._columns.fields and "opportunity_id" not in self._mapping.constants:
            self._find.unsure.append(self._find.say(texts.NO_IDS))
        if self._twice:
            self._decide_repeated()
        return count

    def _see(self, row: Row) -> None:
        self._states.see(row)
        self._grouping.see(row)
        identity = self._identity(row)
        if identity is not None:
            number = hash(identity)
            if number in self._ids:
                self._twice.add(identity)
            self._ids.add(number)

    def _identity(self, row: Row) -> str | None:
        record = Record(self._columns, row, self._context.zone)
        if "opportunity_id" in self._columns.fields:
            return record.text("opportunity_id")
        name = record.text("name")
        return None if name is None else derived_id(name, record.text("customer_id"))

    def _decide_repeated(self) -> None:
        """Rows of one id: the same ones count once, a history is one by its times, and all else is left out."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._columns.data_rows():
            identity = self._identity(row)
            if identity in self._twice:
                rows[identity].append(row)
        has_ids = "opportunity_id" in self._columns.fields
        for identity, several in rows.items():
            different: dict[tuple[str | None, ...], Row] = {}
            for row in several:
                cells = tuple(map(text_of, row.cells))
                if cells in different:
                    self._skipped.add(row.line)
                    self._find.note(row.line, texts.SAME_ROW)
                else:
                    different[cells] = row
            if len(different) > 1 and not self._is_history(list(different.values())):
                lines = [row.line for row in different.values()]
                self._skipped.update(lines)
                text = texts.SAME_ID if has_ids else texts.SAME_NAME
                for line in lines:
                    self._find.leave_out(
                        line, text, id=identity if has_ids else "", lines=", ".join(map(str, lines[:10]))
                    )

    def _is_history(self, rows: list[Row]) -> bool:
        """Whether each row has a time of change of its own."""
        moments = set()
        for row in rows:
            try:
                when = Record(self._columns, row, self._context.zone).when("changed_on")
            except LeftOutError:
                return False
            if when is None:
                return False
            moments.add(when.at or when.day)
        return len(moments) == len(rows)

    def rows(self) -> Iterator[DealRow]:
        """What each row states; a row that states nothing is reported and left out."""
        for row in self._columns.data_rows():
            if row.line in self._skipped:
                continue
            record = Record(self._columns, row, self._context.zone)
            try:
                yield self._deal(record, self._states.of(row))
            except LeftOutError as error:
                self._find.leave_out(row.line, error.text, **error.values)
            except ValidationError as error:
                self._find.leave_out(row.line, event_reason(error))

    def _deal(self, record: Record, state: DealState | None) -> DealRow:
        context, columns = self._context, self._columns
        name = record.needed("name")
        stage = record.text("stage") or record.text("state")
        if state is None:
            self._say_unknown_state(record)
        assert state is not None
        times = _Times(record, state, context, self._mapping, self._find, columns)
        estimated, actual, currency = self._values(record, state, name)
        deal_id = record.text("opportunity_id") or derived_id(name, record.text("customer_id"))
        if "opportunity_id" in columns.fields:
            deal_id = record.needed("opportunity_id")
        expected = record.when("estimated_close_on")
        share = record.share("win_percent", as_percent=self._states.share_is_percent)
        shared: dict[str, Any] = {
            "revision": context.revision,
            "opportunity_id": deal_id,
            "seller_id": record.text("seller_id") or context.seller_id or record.needed("seller_id"),
            "customer_id": record.text("customer_id"),
            "name": name,
            "estimated_value": estimated,
            "currency": currency,
            "estimated_close_on": expected.day if expected else None,
        }
        current = OpportunityChanged(
            **shared,
            stage=stage or texts.KNOWN_WORDS[state].en.capitalize(),
            state=state,
            actual_value=actual,
            win_probability=share,
            closed_on=times.closed_on,
            changed_at=times.changed_at,
        )
        opening = None
        if times.opened_at is not None:
            opening = OpportunityChanged(
                **shared, stage=self._mapping.opening_stage, state="open", changed_at=times.opened_at
            )
        return DealRow(record.line, current, opening, times.fresh_at, times.has_own_time)

    def _say_unknown_state(self, record: Record) -> None:
        value = record.text("stage") or record.text("state")
        column = self._columns.heading_of("stage", "state")
        if value is None:
            raise LeftOutError(texts.EMPTY, column=column)
        raise LeftOutError(
            texts.UNKNOWN_STATE, column=column, value=value[:60], known=", ".join(self._mapping.states)
        )

    def _values(self, record: Record, state: DealState, name: str) -> tuple[Decimal, Decimal | None, str]:
        """The estimated and the actual value, and their currency."""
        estimated, actual = record.money("estimated_value"), record.money("actual_value")
        stated = record.text("currency")
        sign = next(
            (each[1] for each in (estimated, actual) if each is not None and each[1] is not None), None
        )
        currency = self._currency(stated, sign)
        wanted = self._context.reporting_currency
        based = self._in_base(record, estimated, actual)
        has_base = any(each is not None for each in based)
        if wanted is not None and currency != wanted:
            if has_base:
                estimated, actual = based
            elif estimated is not None or actual is not None:
                raise LeftOutError(texts.OTHER_CURRENCY, found=currency[:30], wanted=wanted)
            currency = wanted
        elif has_base and stated is None and sign is None:
            # no one says what currency the amounts are in, and these are in that of reports
            estimated, actual = based[0] or estimated, based[1] or _at_rate(actual, estimated, based[0])
        elif estimated is None:
            estimated = based[0]
        price = self._context.prices.get(name)
        known = [each[0] for each in (estimated,) if each is not None] + ([] if price is None else [price])
        actual_value = None
        if state == "won":
            if actual is None and known:
                self._find.note(record.line, texts.WON_BY_ESTIMATE)
            elif actual is None:
                self._find.note(record.line, texts.WON_FOR_NOTHING)
            actual_value = actual[0] if actual is not None else next(iter(known), None)
            known += [] if actual_value is None else [actual_value]
        if not known and self._mapping.prices:
            raise LeftOutError(texts.NOT_PRICED, column=self._columns.heading_of("name"))
        # an amount that nobody has given yet is nothing yet
        return next(iter(known), Decimal()), actual_value, currency

    def _in_base(
        self, record: Record, estimated: _Amount | None, actual: _Amount | None
    ) -> tuple[_Amount | None, _Amount | None]:
        """The estimated and the actual value in the reporting currency: by their columns, else by the rate."""
        based = [record.money("base_value"), record.money("base_actual_value")]
        rate = record.amount("exchange_rate")
        if rate is not None and rate[1] > 0:
            for place, amount in enumerate((estimated, actual)):
                if based[place] is None and amount is not None:
                    based[place] = cents(amount[0] / rate[1]), None
                    if rate[1] != 1:
                        self._find.note(record.line, texts.BY_RATE, column=rate[0].name)
        return based[0], based[1]

    def _currency(self, stated: str | None, sign: frozenset[str] | None) -> str:
        default = self._mapping.currency or self._context.currency
        if stated is not None:
            code = _CURRENCY_NAMES.get(folded(stated), stated.upper() if len(stated) == 3 else stated)
            if sign is None or code in sign:
                return code
        if sign is None or default in sign:
            return default
        if len(sign) == 1:
            return next(iter(sign))
        return "USD" if sign == DOLLARS else "DKK" if sign == CROWNS else "?"


def _at_rate(actual: _Amount | None, estimated: _Amount | None, base: _Amount | None) -> _Amount | None:
    """An actual value at the rate that the estimate has."""
    if actual is None or base is None or estimated is None or not estimated[0] or base[0] == estimated[0]:
        return actual
    return (actual[0] * base[0] / estimated[0]).quantize(Decimal("0.01")), actual[1]


def derived_id(name: str, customer: str | None) -> str:
    """The id of a deal that has none: its name and its customer make it."""
    digest = hashlib.sha256(f"{folded(name)}\x1f{folded(customer or '')}".encode()).hexdigest()
    return f"deal-{digest[:24]}"


class _Times:
    """When a row's deal was opened, closed and changed."""

    def __init__(
        self,
        record: Record,
        state: DealState,
        context: DealContext,
        mapping: DealMapping,
        findings: Findings,
        columns: Columns,
    ) -> None:
        self._context = context
        self._find = findings
        self._line = record.line
        opened, changed = record.when("opened_on"), record.when("changed_on")
        changed_at = self._not_ahead(changed)
        self.has_own_time = changed_at is not None
        as_of = None if mapping.as_of is None else self._midnight(mapping.as_of)
        self.fresh_at = changed_at or as_of or context.file_time
        self.closed_on: date | None = None
        self.opened_at: datetime | None = None
        opened_at = None if opened is None else opened.at or self._midnight(opened.day)
        if state in ("won", "lost"):
            self._close(record.when("closed_on"), changed_at, opened_at, state, columns)
        else:
            self.changed_at = (
                changed_at or (opened_at if state == "open" else None) or as_of or context.file_time
            )
            if self.changed_at > context.now:
                self.changed_at = context.file_time

    def _close(
        self,
        closed: When | None,
        changed_at: datetime | None,
        opened_at: datetime | None,
        state: DealState,
        columns: Columns,
    ) -> None:
        context, find = self._context, self._find
        if closed is None and changed_at is not None:
            closed = When(changed_at.astimezone(context.zone).date(), changed_at)
            find.note(self._line, texts.CLOSED_WHEN_CHANGED)
        if closed is None:
            word = find.say(texts.KNOWN_WORDS[state])
            raise LeftOutError(texts.NO_CLOSING_DAY, column=columns.heading_of("closed_on"), state=word)
        today = context.now.astimezone(context.zone).date()
        if closed.day > today:
            at = changed_at or context.file_time
            closed = When(at.astimezone(context.zone).date(), at)
            find.note(self._line, texts.CLOSED_AHEAD)
        self.closed_on = closed.day
        closed_at = closed.at or self._midnight(closed.day) + _AFTER_OPENING
        self.changed_at = min(closed_at, context.now)
        if opened_at is not None:
            if opened_at >= self.changed_at:
                if opened_at.astimezone(context.zone).date() > closed.day:
                    find.note(self._line, texts.OPENED_LATE)
                opened_at = self.changed_at - _AFTER_OPENING
            self.opened_at = opened_at

    def _not_ahead(self, when: When | None) -> datetime | None:
        if when is None:
            return None
        at = when.at or self._midnight(when.day)
        if at > self._context.now:
            self._find.note(self._line, texts.CHANGED_AHEAD)
            return None
        return at

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._context.zone)
