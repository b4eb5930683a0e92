"""What the dates of a column mean: their order of day and month is decided over the whole column, never by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import combinations
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]

_TIME = (
    r"(?:,?(?:[T\s]+(?:kl\.?\s*)?|(?<=\d)T)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:[A-Za-zÆØÅæøå]{2,9}\.?,?\s+(?:d\.\s*|den\s+)?)?"
_ISO = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + _TIME)
_NUMERIC = re.compile(
    _WEEKDAY + r"(?P<a>\d{1,2})(?P<sep>[-/. ])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})" + _TIME
)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(?P<d>\d{1,2})\.?[-\s/]+(?P<name>[^\W\d_]{3,9})\.?[-\s/,]+(?P<y>\d{4}|\d{2})" + _TIME
)
_MONTH_DAY = re.compile(
    _WEEKDAY + r"(?P<name>[^\W\d_]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + _TIME
)
_COMPACT = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_NO_DATE = re.compile(r"0{4}-0{2}-0{2}(?: 0{2}:0{2}:0{2})?|0+")

_MONTHS = {
    name[:3]: number
    for number, names in enumerate(
        (
            "january januar", "february februar", "march marts märz", "april", "may maj mai", "june juni", "july juli",
            "august", "september", "october oktober", "november", "december dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SERIAL_ZERO = datetime(1899, 12, 30)
_CACHE_SIZE = 100_000
_EARLIEST_YEAR = 10
"""Of two digits, from which on a list may have deals."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the moment where a time stands beside it."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date as it is written. Numeric ones have their two first numbers in their order."""

    kind: str
    """What all dates of a column must share: how it is written."""
    first: int = 0
    second: int = 0
    year: int = 0
    short_year: bool = False
    clock: tuple[int, int, int] | None = None
    zone: str | None = None
    done: datetime | None = None


@lru_cache(maxsize=16_384)  # one date often stands in several columns of a row
def _parts(text: str) -> _Parts | None:
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _Parts("iso", int(found["m"]), int(found["d"]), int(found["y"]), False, *_clock(found))
    if found := _NUMERIC.fullmatch(text):
        year = found["y"]
        return _Parts(
            found["sep"], int(found["a"]), int(found["b"]), int(year), len(year) == 2, *_clock(found)
        )
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        if found := pattern.fullmatch(text):
            month = _MONTHS.get(found["name"].casefold()[:3])
            if month is None:
                return None
            year = found["y"]
            full = 2000 + int(year) if len(year) == 2 else int(year)
            return _Parts("month", month, int(found["d"]), full, False, *_clock(found))
    if found := _COMPACT.fullmatch(text):
        return _Parts("iso", int(found["m"]), int(found["d"]), int(found["y"]))
    if _SERIAL.fullmatch(text):
        days = float(text.replace(",", "."))
        if 36_526 <= days < 66_000:
            return _Parts("serial", done=_SERIAL_ZERO + timedelta(seconds=round(days * 86_400)))
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return _Parts("epoch", done=datetime.fromtimestamp(seconds, UTC))
    return None


def _clock(found: re.Match[str]) -> tuple[tuple[int, int, int] | None, str | None]:
    if found["hour"] is None:
        return None, None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    return (hour, int(found["minute"]), int(found["second"] or 0)), found["zone"]


def _day(parts: _Parts, order: Order) -> date | None:
    """The day in this order; None where there is no such day."""
    numbers = (parts.first, parts.second, parts.year)
    match order:
        case "dmy":
            day, month, year = numbers
        case "mdy":
            month, day, year = numbers
        case "ymd":
            year, month, day = numbers
    if parts.short_year:
        year += 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(parts: _Parts, day: date, zone: tzinfo) -> When | None:
    if parts.clock is None:
        return When(day)
    try:
        at = datetime(day.year, day.month, day.day, *parts.clock, tzinfo=_zone(parts.zone, zone))
    except ValueError:
        return None
    return When(at.astimezone(zone).date(), at)


def _zone(written: str | None, otherwise: tzinfo) -> tzinfo:
    if written is None:
        return otherwise
    if written[0] not in "+-":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def order_of(date_format: str) -> Order | None:
    """The order of day, month and year in a format of strptime; None where it has not all three as numbers."""
    letters = "".join(re.findall(r"%([dmyY])", date_format)).lower()
    return letters if letters in ("dmy", "mdy", "ymd") else None  # type: ignore[return-value]  # one of the three


def is_no_date(text: str) -> bool:
    """Whether a system writes this where it has no date."""
    return bool(_NO_DATE.fullmatch(text.strip()))


@dataclass(slots=True)
class DateColumn:
    """What is seen of a column of dates, cell by cell; then how it is to be read."""

    formats: tuple[str, ...] = ()
    """Formats of strptime that a mapping names; a time may follow where they have none."""
    kinds: dict[str, tuple[int, str]] = field(default_factory=dict)
    """How dates are written, each with the first that is."""
    against: dict[Order, tuple[int, str]] = field(default_factory=dict)
    """The first date that an order cannot read."""
    unreadable: list[tuple[int, str]] = field(default_factory=list)
    unreadable_count: int = 0
    short_year: bool = False
    latest_year: int = 2030
    """Up to when a list may have deals, where it is asked what is a year at all."""
    _seen: set[str] = field(default_factory=set)
    _in_front: set[int] = field(default_factory=set)
    """The first numbers of dates with a year of two digits, and the last ones."""
    _at_end: set[int] = field(default_factory=set)
    _differing: dict[tuple[Order, Order], tuple[int, str]] = field(default_factory=dict)
    """For two orders the first date that is another day in each."""

    def add(self, line: int, cell: str | datetime | date) -> None:
        """Look at a cell that is not empty."""
        if not isinstance(cell, str):
            self.kinds.setdefault("typed", (line, f"{cell:%Y-%m-%d}"))
            return
        if cell in self._seen:
            return
        if len(self._seen) < _CACHE_SIZE:
            self._seen.add(cell)
        if is_no_date(cell):
            return
        parts = _parts(cell)
        if parts is None:
            if not self._by_format(cell):
                self._refuse(line, cell)
            return
        if parts.kind in ("iso", "month") and _day(_iso(parts), "ymd") is None:
            self._refuse(line, cell)
            return
        if parts.clock is not None and _moment(parts, date(2026, 1, 1), UTC) is None:
            self._refuse(line, cell)
            return
        self.kinds.setdefault(parts.kind, (line, cell))
        if parts.kind in "-/. ":
            self._weigh(parts, line, cell)

    def _refuse(self, line: int, cell: str) -> None:
        self.unreadable_count += 1
        if len(self.unreadable) < 5:
            self.unreadable.append((line, cell))

    def _by_format(self, cell: str) -> bool:
        return any(_strptime(cell, each) is not None for each in self.formats)

    def _weigh(self, parts: _Parts, line: int, cell: str) -> None:
        if parts.short_year:
            self.short_year = True
            self._in_front.add(parts.first)
            self._at_end.add(parts.year)
        else:
            self.against.setdefault("ymd", (line, cell))
        days = {order: _day(parts, order) for order in self._possible(parts)}
        for order, day in days.items():
            if day is None:
                self.against.setdefault(order, (line, cell))
        for pair in combinations(days, 2):
            if pair not in self._differing and days[pair[0]] != days[pair[1]]:
                self._differing[pair] = (line, cell)

    def _possible(self, parts: _Parts) -> tuple[Order, ...]:
        if parts.kind == ".":
            return ("dmy",)  # nobody writes month.day
        return ("dmy", "mdy", "ymd") if parts.short_year else ("dmy", "mdy")

    @property
    def numeric(self) -> bool:
        """Whether day and month are numbers whose order is a question."""
        return any(kind in "-/. " for kind in self.kinds)

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders that can read all its dates."""
        if set(self.kinds) & set("-/. ") == {"."}:
            return () if "dmy" in self.against else ("dmy",)
        usual: tuple[Order, ...] = ("dmy", "mdy")
        found = tuple(order for order in usual if order not in self.against)
        return (*found, "ymd") if self._year_may_lead(is_only=not found) else found

    def _year_may_lead(self, *, is_only: bool) -> bool:
        """Whether a year of two digits may stand in front: because no other order is left, or beside others.

        Beside others where what stands there may be years, and varies no more than what stands at the end, as years
        do, or where what stands at the end is hardly a year.
        """
        if not self.short_year or "ymd" in self.against:
            return False
        years = set(range(_EARLIEST_YEAR, self.latest_year - 1999))
        varies_less = len(self._in_front) <= len(self._at_end)
        return is_only or (self._in_front <= years and (varies_less or not self._at_end <= years))

    @property
    def differs(self) -> tuple[int, str] | None:
        """The first date that is another day in another of its orders."""
        pairs = combinations(self.orders, 2)
        found = [self._differing[pair] for pair in pairs if pair in self._differing]
        return min(found, default=None)

    @property
    def given_orders(self) -> tuple[Order, ...]:
        """The orders that its formats have, for dates in numbers that do not begin with a whole year."""
        return tuple(
            order
            for each in self.formats
            if (order := order_of(each)) and not ("%Y" in each and order == "ymd")
        )


def _iso(parts: _Parts) -> _Parts:
    return _Parts("iso", parts.year, parts.first, parts.second)


def _strptime(text: str, date_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, date_format)
    except ValueError:
        return None


@lru_cache(maxsize=100_000)
def read_date(
    cell: str | datetime | date, order: Order, zone: tzinfo, formats: tuple[str, ...] = ()
) -> When | None:
    """The day of a cell, and the moment where it tells one; None where it is no date. What has no zone is in `zone`."""
    if isinstance(cell, datetime):
        if (cell.hour, cell.minute, cell.second) == (0, 0, 0) and cell.tzinfo is None:
            return When(cell.date())
        at = cell if cell.tzinfo else cell.replace(tzinfo=zone)
        return When(at.astimezone(zone).date(), at)
    if isinstance(cell, date):
        return When(cell)
    parts = _parts(cell)
    if parts is None:
        stated = next((found for each in formats if (found := _strptime(cell, each)) is not None), None)
        return None if stated is None else read_date(stated, order, zone)
    if parts.done is not None:
        return read_date(parts.done, order, zone)
    is_written_out = parts.kind in ("iso", "month")
    day = _day(_iso(parts), "ymd") if is_written_out else _day(parts, order)
    return None if day is None else _moment(parts, day, zone)
