"""How a number in a product's name is said: "360" is "three sixty", "three hundred sixty", "tre tres", ..."""

from functools import lru_cache
from typing import Final

from processors.lang.da import numbers as danish
from processors.lang.en import numbers as english
from processors.lang.schema import Numerals

Reading = tuple[str, ...]


_NUMERALS: Final = (english.NUMERALS, danish.NUMERALS)


@lru_cache(maxsize=1024)
def readings(digits: str) -> tuple[Reading, ...]:
    """The ways to say a number, English and Danish, as sequences of lower-case words.

    Digit by digit ("three six five"), in two groups ("three sixty five", "twenty ten"), as a cardinal number
    ("three hundred sixty five", "tre hundrede og femogtres"). More than four digits, or a leading zero: only
    digit by digit.
    """
    found: set[Reading] = set()
    for numerals in _NUMERALS:
        found.add(tuple(numerals.small[int(digit)] for digit in digits))
        if len(digits) > 4 or digits.startswith("0"):
            continue
        number = int(digits)
        found |= _cardinals(numerals, number)
        head, tail = divmod(number, 100)
        if head and tail >= 10:
            found.add(_below_hundred(numerals, head) + _below_hundred(numerals, tail))
    return tuple(sorted(found))


def _below_hundred(numerals: Numerals, number: int) -> Reading:
    if number < 20:
        return (numerals.small[number],)
    tens, one = divmod(number, 10)
    if not one:
        return (numerals.tens[tens - 2],)
    if numerals.ones_first:
        return (f"{numerals.small[one]}{numerals.conjunction}{numerals.tens[tens - 2]}",)
    return numerals.tens[tens - 2], numerals.small[one]


def _cardinals(numerals: Numerals, number: int) -> set[Reading]:
    """With and without "and", for numbers below 10,000."""
    thousands, below_thousand = divmod(number, 1000)
    hundreds, rest = divmod(below_thousand, 100)
    large: Reading = (numerals.small[thousands], numerals.thousand) if thousands else ()
    large += (numerals.small[hundreds], numerals.hundred) if hundreds else ()
    if not rest and large:
        return {large}
    small = _below_hundred(numerals, rest)
    return {(*large, *small), (*large, numerals.conjunction, *small)} if large else {small}
