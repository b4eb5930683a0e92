"""Activities from the rows of a table: calls, mails and meetings that have happened."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from schemas.events import ActivityLogged
from schemas.rejections import explain
from streams.importers import texts
from streams.importers.columns import Column, Columns, text_of
from streams.importers.contract import Memory
from streams.importers.deals import DealContext
from streams.importers.decisions import Decisions
from streams.importers.durations import TO_MINUTES, Clock, read_duration
from streams.importers.findings import Choice, Findings, Question, shown
from streams.importers.grouping import Grouping
from streams.importers.mapping import ActivityMapping
from streams.importers.record import LeftOutError, Record
from streams.importers.tables.numbers import number_of
from streams.importers.tables.table import Row
from streams.importers.words import Unit, activity_kind, folded, unit_in
from streams.language import Text, verbatim

_CALLED_OFF = re.compile(r"cancel|aflyst|annulleret|no.?show|udeblev", re.IGNORECASE)
_HOURS_OF_A_DAY = 24
_LONGEST = _HOURS_OF_A_DAY * 60


class ActivityRow(NamedTuple):
    """What a row states."""

    line: int
    event: ActivityLogged


class Activities:
    """The activities of a table. `inspect` looks at all rows first; then `rows` yields what they state."""

    def __init__(
        self, columns: Columns, mapping: ActivityMapping, context: DealContext, memory: Memory
    ) -> None:
        self._columns = columns
        self._mapping = mapping
        self._context = context
        self._kinds = {folded(name): kind for name, kind in mapping.kinds.items()}
        self._memory = memory
        self._unit: Unit = "minutes"
        self._ids: dict[str, int] = {}
        self._units: set[Unit] = set()
        self._bare: tuple[int, str] | None = None
        self._clock: tuple[int, str] | None = None
        self._longest_clock = 0
        """The largest first number of those with two."""
        self._grouping = Grouping(columns)
        self._rows_by_id: dict[str, tuple[int, tuple[str | None, ...]]] = {}

    @property
    def _find(self) -> Findings:
        return self._columns.findings

    def inspect(self) -> int:
        """Look at all rows, and decide what columns mean. How many rows there are."""
        count = self._columns.look(self._see)
        Decisions(self._columns).decide()
        self._decide_unit()
        self._grouping.decide()
        if (
            "seller_id" not in self._columns.fields
            and "seller_id" not in self._mapping.constants
            and self._context.seller_id is None
        ):
            self._find.refuse(1, texts.NO_SELLER_COLUMN)
        return count

    def _see(self, row: Row) -> None:
        self._grouping.see(row)
        found = Record(self._columns, row, self._context.zone).cell("duration")
        if found is None or not isinstance(found[1], str | Decimal):
            return
        text = str(found[1])
        if isinstance(clock := read_duration(text), Clock):
            self._clock = self._clock or (row.line, text)
            self._longest_clock = max(self._longest_clock, clock.first)
        if (number := number_of(text)) is not None and number.currencies is None:
            self._bare = self._bare or (row.line, text)

    def _decide_unit(self) -> None:
        """Numbers without a unit are in the one that the heading names; where it names none, it is asked."""
        columns = self._columns.fields.get("duration")
        if not columns:
            return
        named = self._mapping.duration_unit or unit_in(columns[0].name)
        if named is not None:
            self._unit = named
        elif self._longest_clock >= _HOURS_OF_A_DAY:
            self._unit = "minutes"
        elif self._clock is not None:
            self._ask_unit(
                columns[0], *self._clock, (("hours", texts.AS_CLOCK), ("minutes", texts.AS_STOPWATCH))
            )
        elif self._bare is not None:
            self._ask_unit(
                columns[0], *self._bare, (("minutes", texts.AS_MINUTES), ("seconds", texts.AS_SECONDS))
            )

    def _ask_unit(self, column: Column, line: int, value: str, readings: Sequence[tuple[Unit, Text]]) -> None:
        find = self._find
        choices = tuple(
            Choice(find.say(text), f'duration_unit = "{unit}"', {"duration_unit": unit})
            for unit, text in readings
        )
        asked = find.say(texts.WHICH_UNIT, column=column.name, value=value)
        find.questions.append(Question(column.name, line, asked, choices))

    def rows(self) -> Iterator[ActivityRow]:
        """What each row states; a row that states nothing is reported and left out."""
        for row in self._columns.data_rows():
            record = Record(self._columns, row, self._context.zone)
            try:
                event = self._activity(record)
                if event is not None:
                    self._check_id(event.activity_id, row)
            except LeftOutError as error:
                self._find.leave_out(row.line, error.text, **error.values)
            except ValidationError as error:
                self._find.leave_out(row.line, verbatim(explain(error).detail))
            else:
                if event is not None:
                    yield ActivityRow(row.line, event)

    def _check_id(self, activity_id: str, row: Row) -> None:
        """Raise LeftOutError for another row of an id that says something else."""
        cells = tuple(map(text_of, row.cells))
        first, known = self._rows_by_id.setdefault(activity_id, (row.line, cells))
        if known != cells:
            raise LeftOutError(texts.TAKEN_ID, id=activity_id[:60], first=first)

    def _activity(self, record: Record) -> ActivityLogged | None:
        find = self._find
        word = record.needed("kind")
        kind = self._kinds.get(folded(word), activity_kind(word))
        if not kind:
            find.note(
                record.line, texts.UNKNOWN_KIND, column=self._columns.heading_of("kind"), value=word[:60]
            )
            return None
        if _CALLED_OFF.search(record.text("status") or ""):
            find.note(record.line, texts.CALLED_OFF)
            return None
        when = record.when("started_at")
        if when is None:
            raise LeftOutError(texts.EMPTY, column=self._columns.heading_of("started_at"))
        started_at = when.at or datetime.combine(when.day, time(), self._context.zone)
        if started_at > self._context.now:
            find.note(record.line, texts.NOT_YET)
            return None
        seller = record.text("seller_id") or self._context.seller_id or record.needed("seller_id")
        with_customer = record.truth("with_customer")
        return ActivityLogged(
            revision=self._context.revision,
            activity_id=self._identity(record, seller, started_at, word),
            seller_id=seller,
            opportunity_id=self._deal(record),
            kind=kind,
            started_at=started_at,
            duration_minutes=self._minutes(record, started_at),
            with_customer=True if with_customer is None else with_customer,
        )

    def _identity(self, record: Record, seller: str, started_at: datetime, word: str) -> str:
        stated = record.text("activity_id")
        if stated is not None:
            return stated
        at = started_at.astimezone(UTC).isoformat()
        told_of = "\x1f".join((seller, at, folded(word), record.text("opportunity_name") or ""))
        identity = f"activity-{hashlib.sha256(told_of.encode()).hexdigest()[:24]}"
        self._ids[identity] = times = self._ids.get(identity, 0) + 1
        return identity if times == 1 else f"{identity}-{times}"

    def _deal(self, record: Record) -> str | None:
        deal_id = record.text("opportunity_id")
        name = record.text("opportunity_name")
        if deal_id is not None or name is None:
            return deal_id
        found = self._memory.deal_named(folded(name))
        if found is None:
            self._find.note(record.line, texts.NO_SUCH_DEAL)
        return found

    def _minutes(self, record: Record, started_at: datetime) -> float:
        minutes = self._told_minutes(record)
        if minutes is None:
            ended = record.when("ended_at")
            if ended is not None and ended.at is not None:
                if ended.at < started_at:
                    raise LeftOutError(texts.ENDS_BEFORE)
                minutes = Decimal((ended.at - started_at) / timedelta(minutes=1))
        if minutes is None:
            self._find.note(record.line, texts.NO_DURATION)
            return 0.0
        if not 0 <= minutes <= _LONGEST:
            column = self._columns.heading_of("duration", "ended_at")
            reason = texts.TOO_LONG if minutes > 0 else texts.TOO_SHORT
            raise LeftOutError(reason, column=column, value=shown(round(minutes)))
        return round(float(minutes), 3)

    def _told_minutes(self, record: Record) -> Decimal | None:
        found = record.cell("duration")
        if found is None:
            return None
        cell = found[1]
        if isinstance(cell, str):
            duration = read_duration(cell)
            if isinstance(duration, Clock):
                return duration.minutes(self._unit)
            if duration is not None:
                return duration
        amount = record.amount("duration")
        return None if amount is None else amount[1] * TO_MINUTES[self._unit]
