"""How the columns of a table are read: decided from all that was seen of them, or refused, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from streams.importers import texts
from streams.importers.columns import Column, Columns
from streams.importers.findings import Choice, Question, shown
from streams.importers.tables.dates import DateColumn, Order, read_date
from streams.importers.tables.numbers import DECIMALS, Decimals, number_of


class Decisions:
    """Decides for each column of a table how its numbers and dates are read."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._mapping = columns.mapping
        self._find = columns.findings

    def decide(self) -> None:
        """Decide how numbers and dates are read; what cannot be decided is refused or asked."""
        for column in self._columns:
            if column.role in ("money", "share", "rate", "duration"):
                self._decide_numbers(column)
            elif column.role == "date":
                self._decide_dates(column)
        self._decide_by_others()

    def _decide_numbers(self, column: Column) -> None:
        numbers, find, given = column.numbers, self._find, self._mapping.decimal
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
        self._find.questions.append(
            Question(
                column.name,
                line,
                self._find.say(texts.WHICH_DECIMAL, column=column.name, value=value),
                choices,
            )
        )

    def _decide_dates(self, column: Column) -> None:
        dates, find = column.dates, self._find
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
        dates, find = column.dates, self._find
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
            self._refuse_all_orders(column)
        elif len(possible) == 1 or dates.differs is None:
            column.order = possible[0]

    def _refuse_all_orders(self, column: Column) -> None:
        """No order reads all of a column: because one date is none in any, or because two need different ones."""
        against = column.dates.against
        other, second = against["dmy"]
        line, first = against.get("mdy", against["dmy"])
        if first == second:
            self._find.refuse(other, texts.NOT_A_DATE, column=column.name, value=shown(second))
        else:
            self._find.refuse(
                line, texts.NO_ORDER, column=column.name, first=first, second=second, other=other
            )

    def _decide_by_others(self) -> None:
        """What a column itself leaves open, others of the same file may tell; else it is asked."""
        decided = {
            sign
            for column in self._columns
            if (sign := column.numbers.decimals) and column.role in ("money", "share")
        }
        for column in self._columns:
            if column.numbers.is_open and not self._mapping.decimal:
                if len(decided) == 1:
                    self._take_decimals(column, next(iter(decided)))
                else:
                    self._ask_decimals(column)
        for column in self._columns:
            if self._order_is_open(column):
                orders = {
                    other.order: other.name
                    for other in self._columns
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
        other = next(each.name for each in self._columns if each.numbers.decimals == sign)
        self._find.unsure.append(
            self._find.say(
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
        self._find.unsure.append(
            self._find.say(
                texts.ORDER_AS_IN,
                column=column.name,
                value=value,
                other=other,
                order=self._reading(value, order),
            )
        )

    def _reading(self, value: str, order: Order) -> str:
        when = read_date(value, order, UTC)
        return self._find.say(texts.ORDERS[order], date=when.day.isoformat() if when else "-")

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
        self._find.questions.append(
            Question(
                column.name,
                line,
                self._find.say(texts.WHICH_ORDER, column=column.name, value=value),
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
