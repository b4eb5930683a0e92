"""The number in "Contoso 360" and how people say it."""

import pytest

from processors.text.numerals import readings


@pytest.mark.parametrize(
    ("digits", "spoken"),
    [
        ("7", "seven"),
        ("3", "tre"),
        ("21", "twenty one"),
        ("21", "enogtyve"),
        ("90", "halvfems"),
        ("360", "three sixty"),
        ("360", "three hundred sixty"),
        ("360", "three hundred and sixty"),
        ("360", "three six zero"),
        ("365", "tre hundrede og femogtres"),
        ("365", "tre femogtres"),
        ("2010", "twenty ten"),
        ("2000", "two thousand"),
        ("2500", "two thousand five hundred"),
        ("007", "zero zero seven"),
        ("12345", "one two three four five"),
    ],
)
def test_a_number_is_said_in_several_ways(digits: str, spoken: str) -> None:
    assert tuple(spoken.split()) in readings(digits)


def test_a_round_hundred_is_not_said_as_two_numbers() -> None:
    assert ("three", "zero") not in readings("300")


def test_a_long_number_is_said_digit_by_digit_only() -> None:
    assert set(readings("12345")) == {
        ("one", "two", "three", "four", "five"),
        ("en", "to", "tre", "fire", "fem"),
    }
