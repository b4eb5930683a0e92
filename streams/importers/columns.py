"""The columns of a table as a mapping names them, and how each is to be read: decided over all rows, in one pass."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from streams.importers import texts
from streams.importers.findings import Choice, Findings, Question, shown
from streams.importers.language import Text, verbatim
from streams.importers.mapping import ColumnMapping
from streams.importers.tables.dates import DateColumn, Order, is_no_date, read_date
from streams.importers.tables.numbers import DECIMALS, Decimals, NumberColumn, number_of
from streams.importers.tables.table import EMPTY, Cell, Row, Table, heading
from streams.importers.words import is_footer, is_total

Role = Literal["text", "money", "share", "duration", "date"]
_ROLES: dict[str, Role] = {
    "estimated_value": "money",
    "base_value": "money",
    "actual_value": "money",
    "base_actual_value": "money",
    "target_value": "money",
    "win_percent": "share",
    "duration": "duration",
    "estimated_close_on": "date",
    "closed_on": "date",
    "opened_on": "date",
    "changed_on": "date",
    "started_at": "date",
    "ended_at": "date",
    "starts_on": "date",
    "ends_on": "date",
}
_PERIOD_NAMES = ("period_id",)


@dataclass(slots=True)
class Column:
    """A column: where it is, what it holds, and how it is read once that is decided."""

    name: str
    index: int
    role: Role
    numbers: NumberColumn = field(default_factory=NumberColumn)
    dates: DateColumn = field(default_factory=DateColumn)
    decimals: Decimals = "."
    order: Order = "dmy"
    twins: tuple[int, ...] = ()
    """Where else the same heading stands."""
    filled: int = 0

    def see(self, line: int, cell: Cell) -> None:
        """Look at a cell, before anything is decided."""
        if cell is None or (self.role != "text" and is_nothing(cell)):
            return
        self.filled += 1
        if self.role == "date":
            if isinstance(cell, Decimal):
                self.dates.add(line, f"{cell:f}")
            elif not isinstance(cell, bool):
                self.dates.add(line, cell)
        elif self.role in ("money", "share") or (self.role == "duration" and not _is_clock(cell)):
            self.numbers.add(line, cell if isinstance(cell, str | Decimal) else str(cell))


def _is_misshapen(row: Row, width: int, needed: int) -> bool:
    """Whether a row has more cells than the header, or lacks one that is mapped."""
    return row.written <= needed or any(cell is not None for cell in row.cells[width:])


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that should hold a number or a date holds what systems write for nothing."""
    return isinstance(cell, str) and (cell.casefold() in EMPTY or ("-" in cell and is_no_date(cell)))


def _is_clock(cell: Cell) -> bool:
    return isinstance(cell, str) and ":" in cell


class Columns:
    """The columns of a table by field. `decide` looks at all rows, and then each cell has one meaning."""

    def __init__(self, table: Table, mapping: ColumnMapping, findings: Findings) -> None:
        self.table = table
        self.mapping = mapping
        self.findings = findings
        self.fields: dict[str, list[Column]] = {}
        self._by_name: dict[str, Column] = {}
        self._find()

    def _find(self) -> None:
        exact: dict[str, list[int]] = {}
        folded: dict[str, list[int]] = {}
        for index, name in enumerate(self.table.header):
            exact.setdefault(name, []).append(index)
            folded.setdefault(heading(name), []).append(index)
        for role_field, names in self.mapping.fields().items():
            for name in names:
                places = exact.get(name) or folded.get(heading(name))
                if places is None:
                    continue
                role = _ROLES.get(role_field, "text")
                column = self._by_name.get(f"{role}:{name}")
                if column is None:
                    column = Column(name, places[0], role, twins=tuple(places[1:]))
                    column.numbers.shares = role == "share"
                    column.dates.formats = self.mapping.formats_of(name)
                    self._by_name[f"{role}:{name}"] = column
                self.fields.setdefault(role_field, []).append(column)

    @property
    def missing(self) -> list[str]:
        """The columns that the mapping names and the table has not."""
        there = {heading(name) for name in self.table.header} | set(self.table.header)
        return sorted(
            name for name in self.mapping.column_names() if name not in there and heading(name) not in there
        )

    def say_missing(self) -> None:
        """Refuse the table for its missing columns, naming what is there."""
        names = self.missing
        there = [name for name in self.table.header if name]
        near = [match for name in names for match in difflib.get_close_matches(name, there, n=1, cutoff=0.7)]
        reason = texts.NO_COLUMN.of(self.findings.language)
        hint = texts.DID_YOU_MEAN.of(self.findings.language).format(near=", ".join(near)) if near else ""
        listed = ", ".join(there[:30]) + (", …" if len(there) > 30 else "")
        told = reason.format(names=", ".join(names), there=listed) + (f"; {hint}" if hint else "")
        self.findings.refuse(1, verbatim(told))

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_name.values())

    def heading_of(self, *fields: str) -> str:
        """How the file calls the first of these fields that it has."""
        return next((self.fields[name][0].name for name in fields if name in self.fields), fields[0])

    def data_rows(self, *, telling: bool) -> Iterator[Row]:
        """The rows that state something. Blank rows, totals and a report's own lines are none, and told once."""
        width = len(self.table.header)
        needed = max((column.index for column in self), default=0)
        for row in self.table.rows():
            filled = [cell for cell in row.cells if cell is not None]
            kind = self._kind_of(row, filled, width)
            if kind is not None:
                if telling:
                    self.findings.note(row.line, kind)
            elif _is_misshapen(row, width, 0 if self.table.is_typed else needed):
                if telling:
                    self.findings.leave_out(row.line, texts.CELLS, found=row.written, wanted=width)
            else:
                yield row

    def _kind_of(self, row: Row, filled: Sequence[Cell], width: int) -> Text | None:
        if not filled:
            return texts.BLANK_ROWS
        words = [cell for cell in filled if isinstance(cell, str)]
        if len(filled) == 1 and words:
            is_alone = row.written == 1 and width > 2
            if is_alone or is_footer(words[0]) or (" " in words[0] and len(words[0]) > 20):
                return texts.FOOTER_ROWS
        if words and any(map(is_total, words)):
            others = [word for word in words if not is_total(word)]
            if all(number_of(word) is not None for word in others):
                return texts.TOTAL_ROWS
        return None

    def look(self, seen: Callable[[Row], None]) -> int:
        """Look at all rows once, for what the columns are; `seen` gets each. How many there were."""
        columns = list(self)
        count = 0
        for row in self.data_rows(telling=True):
            count += 1
            cells = row.cells
            for column in columns:
                cell = cells[column.index] if column.index < len(cells) else None
                if cell is not None:
                    column.see(row.line, cell)
                for twin in column.twins:
                    if twin < len(cells) and cells[twin] != cell:
                        self.findings.refuse(row.line, texts.TWICE_A_COLUMN, column=column.name)
            seen(row)
        return count

    def decide(self, zone_now: datetime) -> None:
        """Decide how numbers and dates are read; what cannot be decided is refused or asked."""
        for column in self:
            if column.role in ("money", "share", "duration"):
                self._decide_numbers(column)
            elif column.role == "date":
                self._decide_dates(column)
        self._decide_by_others()

    def _decide_numbers(self, column: Column) -> None:
        numbers, find, given = column.numbers, self.findings, self.mapping.decimal
        for line, value in numbers.unreadable[:1]:
            find.refuse(
                line,
                texts.NOT_A_NUMBER,
                count=numbers.unreadable_count,
                column=column.name,
                value=shown(value),
            )
        if len(numbers.forced) == 2:
            (line, comma), (other, point) = numbers.forced[","], numbers.forced["."]
            find.refuse(other, texts.TWO_DECIMALS, column=column.name, other=line, comma=comma, point=point)
            return
        found = numbers.decimals
        if given and found and found != given:
            line, value = numbers.forced[found]
            find.refuse(line, texts.OTHER_DECIMAL, column=column.name, value=value, found=found, given=given)
            return
        if given and numbers.is_open and numbers.ambiguous_signs == {given}:
            self._ask_decimals(column)
            return
        column.decimals = found or given or "."

    def _ask_decimals(self, column: Column) -> None:
        assert column.numbers.ambiguous is not None
        line, value = column.numbers.ambiguous
        number = number_of(value)
        assert number is not None
        choices = tuple(
            Choice(f"{number.value(sign):f}", f'decimal = "{sign}"', {"decimal": sign}) for sign in DECIMALS
        )
        self.findings.questions.append(
            Question(
                column.name,
                line,
                self.findings.say(texts.WHICH_DECIMAL, column=column.name, value=value),
                choices,
            )
        )

    def _decide_dates(self, column: Column) -> None:
        dates, find = column.dates, self.findings
        given = ", ".join(dates.formats)
        for line, value in dates.unreadable[:1]:
            text = texts.NOT_LIKE if given else texts.NOT_A_DATE
            find.refuse(
                line, text, count=dates.unreadable_count, column=column.name, value=shown(value), given=given
            )
        allowed = _allowed_kinds(dates.formats)
        odd = [kind for kind in dates.kinds if allowed is not None and kind not in allowed]
        if odd and odd != ["typed"]:
            line, value = dates.kinds[odd[0]]
            like = _looks_like(dates)
            if like and len(dates.kinds) == 1:
                find.refuse(line, texts.OTHER_ORDER, column=column.name, value=value, given=given, found=like)
            else:
                find.refuse(line, texts.NOT_LIKE, column=column.name, value=shown(value), given=given)
            return
        if allowed is None and len(dates.kinds) > 1:
            (_, (line, first)), (_, (other, second)), *_ = dates.kinds.items()
            find.refuse(
                other,
                texts.KINDS_OF_DATES,
                column=column.name,
                first=first,
                at=line,
                second=second,
                other=other,
            )
            return
        if dates.numeric:
            self._decide_order(column)

    def _decide_order(self, column: Column) -> None:
        dates, find = column.dates, self.findings
        possible = dates.orders
        wanted = dates.given_orders
        if wanted:
            if wanted[0] in possible:
                column.order = wanted[0]
                return
            line, value = (
                dates.against[wanted[0]] if wanted[0] in dates.against else next(iter(dates.kinds.values()))
            )
            find.refuse(
                line, texts.OTHER_ORDER, column=column.name, value=value, given=dates.formats[0],
                found=_looks_like(dates) or "?",
            )  # fmt: skip
        elif not possible:
            (line, first), (other, second), *_ = dates.against.values()
            find.refuse(line, texts.NO_ORDER, column=column.name, first=first, second=second, other=other)
        elif len(possible) == 1 or dates.differs is None:
            column.order = possible[0]

    def _decide_by_others(self) -> None:
        """What a column itself leaves open, others of the same file may tell; else it is asked."""
        decided = {
            sign for column in self if (sign := column.numbers.decimals) and column.role in ("money", "share")
        }
        for column in self:
            if column.numbers.is_open and not self.mapping.decimal:
                if len(decided) == 1:
                    self._take_decimals(column, next(iter(decided)))
                else:
                    self._ask_decimals(column)
        for column in self:
            if self._order_is_open(column):
                orders = {
                    other.order: other.name
                    for other in self
                    if other.role == "date"
                    and other.dates.numeric
                    and not self._order_is_open(other)
                    and other.dates.kinds.keys() == column.dates.kinds.keys()
                    and other.order in column.dates.orders
                }
                if len(orders) == 1:
                    self._take_order(column, *next(iter(orders.items())))
                else:
                    self._ask_order(column)

    def _order_is_open(self, column: Column) -> bool:
        dates = column.dates
        return (
            column.role == "date"
            and dates.numeric
            and not dates.given_orders
            and len(dates.orders) > 1
            and dates.differs is not None
            and len(dates.kinds) == 1
        )

    def _take_decimals(self, column: Column, sign: Decimals) -> None:
        assert column.numbers.ambiguous is not None
        column.decimals = sign
        other = next(each.name for each in self if each.numbers.decimals == sign)
        self.findings.unsure.append(
            self.findings.say(
                texts.DECIMALS_AS_IN,
                column=column.name,
                value=column.numbers.ambiguous[1],
                other=other,
                sign=sign,
            )
        )

    def _take_order(self, column: Column, order: Order, other: str) -> None:
        assert column.dates.differs is not None
        column.order = order
        value = column.dates.differs[1]
        self.findings.unsure.append(
            self.findings.say(
                texts.ORDER_AS_IN,
                column=column.name,
                value=value,
                other=other,
                order=self._reading(value, order),
            )
        )

    def _reading(self, value: str, order: Order) -> str:
        when = read_date(value, order, datetime.now().astimezone().tzinfo)  # type: ignore[arg-type]  # it has one
        return self.findings.say(texts.ORDERS[order], date=when.day.isoformat() if when else "-")

    def _ask_order(self, column: Column) -> None:
        assert column.dates.differs is not None
        line, value = column.dates.differs
        mark = next(iter(column.dates.kinds))
        year = "%y" if column.dates.short_year else "%Y"
        choices = []
        for order in column.dates.orders:
            written = mark.join({"d": "%d", "m": "%m", "y": year}[letter] for letter in order)
            choices.append(
                Choice(
                    self._reading(value, order),
                    f'date_format = "{written}"',
                    {"date_formats": {column.name: (written,)}},
                )
            )
        self.findings.questions.append(
            Question(
                column.name,
                line,
                self.findings.say(texts.WHICH_ORDER, column=column.name, value=value),
                tuple(choices),
            )
        )


def _allowed_kinds(formats: Sequence[str]) -> set[str] | None:
    """How dates may be written by these formats; None when no format was named."""
    if not formats:
        return None
    allowed = {"typed"}
    for each in formats:
        if "%b" in each or "%B" in each:
            allowed.add("month")
        elif each.lstrip().startswith(("%Y", "%F")):
            allowed.add("iso")
        elif "%d" in each and "%m" in each:
            allowed |= set("-/. ")
    return allowed


def _looks_like(dates: DateColumn) -> str | None:
    """The format that a column has, where it has only one."""
    if len(dates.kinds) != 1:
        return None
    kind = next(iter(dates.kinds))
    if kind == "iso":
        return "%Y-%m-%d"
    if kind not in "-/. " or len(dates.orders) != 1:
        return None
    year = "%y" if dates.short_year else "%Y"
    return kind.join({"d": "%d", "m": "%m", "y": year}[letter] for letter in dates.orders[0])


def text_of(cell: Cell) -> str | None:
    """A cell as text: of a number in a workbook the number without idle decimals."""
    match cell:
        case None:
            return None
        case str():
            return cell or None
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}".rstrip("0").rstrip(".") if "." in f"{cell:f}" else f"{cell:f}"
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
