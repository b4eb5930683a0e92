"""How a number in a product's name is said: "360" is "three sixty", "three hundred sixty", "tre tres", ..."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Reading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Numerals:
    """The number words of a language, and how tens and ones are joined."""

    small: tuple[str, ...]
    tens: tuple[str, ...]
    hundred: str
    thousand: str
    conjunction: str
    ones_first: bool = False

    def below_hundred(self, number: int) -> Reading:
        if number < 20:
            return (self.small[number],)
        tens, one = divmod(number, 10)
        if not one:
            return (self.tens[tens - 2],)
        if self.ones_first:
            return (f"{self.small[one]}{self.conjunction}{self.tens[tens - 2]}",)
        return self.tens[tens - 2], self.small[one]

    def cardinals(self, number: int) -> set[Reading]:
        """With and without "and", for numbers below 10,000."""
        thousands, below_thousand = divmod(number, 1000)
        hundreds, rest = divmod(below_thousand, 100)
        large: Reading = (self.small[thousands], self.thousand) if thousands else ()
        large += (self.small[hundreds], self.hundred) if hundreds else ()
        if not rest and large:
            return {large}
        small = self.below_hundred(rest)
        return {(*large, *small), (*large, self.conjunction, *small)} if large else {small}


# fmt: off
_ENGLISH: Final = _Numerals(
    small=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    tens=("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    hundred="hundred", thousand="thousand", conjunction="and",
)
_DANISH: Final = _Numerals(
    small=("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve",
           "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"),
    tens=("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"),
    hundred="hundrede", thousand="tusind", conjunction="og", ones_first=True,
)
# fmt: on


@lru_cache(maxsize=1024)
def readings(digits: str) -> tuple[Reading, ...]:
    """The ways to say a number, English and Danish, as sequences of lower-case words.

    Digit by digit ("three six five"), in two groups ("three sixty five", "twenty ten"), as a cardinal number
    ("three hundred sixty five", "tre hundrede og femogtres"). More than four digits, or a leading zero: only
    digit by digit.
    """
    found: set[Reading] = set()
    for numerals in (_ENGLISH, _DANISH):
        found.add(tuple(numerals.small[int(digit)] for digit in digits))
        if len(digits) > 4 or digits.startswith("0"):
            continue
        number = int(digits)
        found |= numerals.cardinals(number)
        head, tail = divmod(number, 100)
        if head and tail >= 10:
            found.add(numerals.below_hundred(head) + numerals.below_hundred(tail))
    return tuple(sorted(found))
