"""What the numbers of a column mean: the sign before decimals is decided over the whole column, never by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

Decimals = Literal[",", "."]
DECIMALS: tuple[Decimals, Decimals] = (",", ".")
CENT = Decimal("0.01")

_NUMBER = re.compile(r"(?P<before>(?:[^\d.,()+\-]+\.?)?)(?P<open>\()?(?P<sign>[+-]?)(?P<inside>(?:[^\d.,()+\-]+\.?)?)"
                     r"(?P<digits>[.,]?\d[\d.,']*)(?P<after>.*)", re.DOTALL)  # fmt: skip
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2019": "'", "\u00b4": "'"})
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)

CROWNS = frozenset({"DKK", "NOK", "SEK", "ISK"})
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})
_SIGNS: dict[str, frozenset[str]] = {
    "kr": CROWNS,
    "kr.": CROWNS,
    "dkr": frozenset({"DKK"}),
    "dkr.": frozenset({"DKK"}),
    "$": DOLLARS,
    "us$": frozenset({"USD"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "zł": frozenset({"PLN"}),
}
_ISO = (
    "DKK NOK SEK ISK EUR GBP USD CAD AUD NZD CHF PLN CZK HUF RON BGN TRY INR JPY CNY SGD HKD MXN BRL ZAR AED"
)
_CODES = frozenset(_ISO.split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written: its digits with their signs, and what stands around them."""

    digits: str
    negative: bool
    currencies: frozenset[str] | None
    """The currencies that the sign beside it may mean; None where there is none."""
    percent: bool
    decimals: Decimals | None
    """The sign before decimals, where the number itself shows it; None where both are possible, or there is no sign."""
    ambiguous: bool
    """Whether its value depends on what the sign before decimals is."""

    def value(self, decimals: Decimals) -> Decimal:
        """The number, with this sign before decimals."""
        thousands = "." if decimals == "," else ","
        plain = self.digits.replace("'", "").replace(thousands, "").replace(decimals, ".")
        return -Decimal(plain) if self.negative else Decimal(plain)


@lru_cache(maxsize=100_000)
def number_of(text: str) -> Number | None:
    """A number from a cell, with whatever CRMs write around it; None when it is none."""
    plain = _BLANKS.sub("", text.translate(_MINUSES))
    if _SCIENTIFIC.fullmatch(plain):
        return None  # a spreadsheet has thrown digits away
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    digits, after = found["digits"], found["after"]
    negative = found["sign"] == "-" or bool(found["open"])
    if found["open"]:
        head, closed, after = after.partition(")")
        if not closed or head:
            return None
    forced: Decimals | None = None
    if digits[-1] in DECIMALS and after.startswith("-"):  # 1.234,- as prices are written
        forced = "," if digits[-1] == "," else "."
        digits, after = digits[:-1], after.lstrip("-")
    elif after.startswith("-"):
        negative, after = True, after[1:]
    percent = "%" in after or "%" in found["before"]
    signs = [each.strip("%") for each in (found["before"], found["inside"], after)]
    currencies = _currencies([sign for sign in signs if sign])
    if currencies is False:
        return None
    shape = _shape(digits)
    if shape is None:
        return None
    decimals, ambiguous = shape
    if forced is not None:
        if decimals not in (None, forced):
            return None
        decimals, ambiguous = forced, False
    return Number(digits, negative, currencies, percent, decimals, ambiguous)


def currency_of(sign: str, default: str) -> str | None:
    """The currency that a sign or a code means, one of several as it is the `default` one; None when it is neither."""
    meant = _SIGNS.get(sign.casefold()) or frozenset({sign.upper()} & _CODES)
    if not meant or default in meant:
        return default if meant else None
    return "USD" if meant == DOLLARS else "DKK" if meant == CROWNS else sorted(meant)[0]


def _currencies(signs: list[str]) -> frozenset[str] | Literal[False] | None:
    """What the signs beside a number may mean; None without any, False when they are no currency."""
    found: frozenset[str] | None = None
    for sign in signs:
        meant = _SIGNS.get(sign.casefold())
        if meant is None and sign.upper() in _CODES:
            meant = frozenset({sign.upper()})
        if meant is None:
            return False
        found = meant if found is None else found & meant
    return found


def _shape(digits: str) -> tuple[Decimals | None, bool] | None:
    """Which sign must stand before decimals, and whether that is open though it matters; None when nothing fits."""
    digits = digits.replace("'", "")
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return None, False
    if points and commas:
        last: Decimals = "." if digits.rfind(".") > digits.rfind(",") else ","
        other = "," if last == "." else "."
        whole, _, tail = digits.partition(last)
        return (last, False) if tail.isdecimal() | (tail == "") and _grouped(whole, other) else None
    sign: Decimals = "." if points else ","
    rest: Decimals = "," if points else "."
    if points + commas > 1:
        return (rest, False) if _grouped(digits, sign) else None
    head, _, tail = digits.partition(sign)
    if len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0"):
        return None, True
    return sign, False


def _grouped(whole: str, sign: str) -> bool:
    """Whether signs stand where thousands end; of commas also as in India, 12,34,567."""
    first, *groups = whole.split(sign)
    if not 1 <= len(first) <= 3 or not groups or len(groups[-1]) != 3:
        return False
    if all(len(group) == 3 for group in groups):
        return True
    return sign == "," and len(first) <= 2 and all(len(group) == 2 for group in groups[:-1])


@dataclass(slots=True)
class NumberColumn:
    """What is seen of a column of numbers, cell by cell; then how it is to be read."""

    shares: bool = False
    """Whether it holds shares of a whole, none above 100 %."""
    forced: dict[Decimals, tuple[int, str]] = field(default_factory=dict)
    """The first cell that shows a sign before decimals."""
    ambiguous: tuple[int, str] | None = None
    """The first cell whose value depends on the sign."""
    ambiguous_signs: set[str] = field(default_factory=set)
    unreadable: list[tuple[int, str]] = field(default_factory=list)
    unreadable_count: int = 0
    typed: bool = False

    def add(self, line: int, cell: str | Decimal) -> None:
        """Look at a cell that is not empty."""
        if isinstance(cell, Decimal):
            self.typed = True
            return
        number = number_of(cell)
        if number is None:
            self.unreadable_count += 1
            if len(self.unreadable) < 5:
                self.unreadable.append((line, cell))
        elif number.decimals is not None:
            self.forced.setdefault(number.decimals, (line, cell))
        elif number.ambiguous:
            sign: Decimals = "." if "." in number.digits else ","
            if self.shares and number.value("," if sign == "." else ".") > 100:
                self.forced.setdefault(sign, (line, cell))
                return
            self.ambiguous = self.ambiguous or (line, cell)
            self.ambiguous_signs.add(sign)

    @property
    def decimals(self) -> Decimals | None:
        """The sign before decimals that the column itself shows; None where it shows none, or both."""
        return next(iter(self.forced)) if len(self.forced) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether two readings are possible and differ."""
        return not self.forced and self.ambiguous is not None


def cents(value: Decimal) -> Decimal:
    """An amount of money to the cent."""
    return value.quantize(CENT, ROUND_HALF_UP)
