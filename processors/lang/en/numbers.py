"""English numbers as they are said."""

from typing import Final

from processors.lang.schema import Numerals

# fmt: off
NUMERALS: Final = Numerals(
    small=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    tens=("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    hundred="hundred", thousand="thousand", conjunction="and",
)
# fmt: on
