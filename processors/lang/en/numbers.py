"""English numbers as they are said."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import Numerals

# fmt: off
NUMERALS: Final = Numerals(
    small=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    tens=("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    hundred="hundred", thousand="thousand", conjunction="and",
)

DIGIT_WORDS: Final = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}
# fmt: on

AMBIGUOUS_DIGIT_WORDS: Final = word_set("one oh")
"""Everyday words too: they alone do not make a text worth a closer look."""
