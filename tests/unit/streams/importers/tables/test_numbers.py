"""Numbers as they are written: what their signs can mean, one by one and as a column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from streams.importers.tables.numbers import Decimals, NumberColumn, number_of


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("1.234,50 kr.", ",", "1234.50"),
        ("kr. 1.234,50", ",", "1234.50"),
        ("1.234,-", ",", "1234"),
        ("1,234.-", ".", "1234"),
        ("48,210.50", ".", "48210.50"),
        ("12,34,567.00", ".", "1234567.00"),
        ("1'234.50", ".", "1234.50"),
        ("1 234,50", ",", "1234.50"),
        ("1\u202f234,50", ",", "1234.50"),
        ("\u22121.234,50", ",", "-1234.50"),
        ("(1,234.50)", ".", "-1234.50"),
        ("100-", None, "-100"),
        ("0,125", ",", "0.125"),
        ("1234.567", ".", "1234.567"),
        ("1.234.567", ",", "1234567"),
        ("900", None, "900"),
        ("USD 5", None, "5"),
        ("75 %", None, "75"),
        (",5", ",", "0.5"),
    ],
)
def test_a_number_shows_its_sign_and_its_value(text: str, decimals: Decimals | None, value: str) -> None:
    number = number_of(text)
    assert number is not None
    assert number.decimals == decimals
    assert not number.ambiguous
    assert number.value(decimals or ".") == Decimal(value)


@pytest.mark.parametrize("text", ["1.900", "12,000", "1,234 kr."])
def test_three_digits_behind_one_sign_can_be_two_numbers(text: str) -> None:
    number = number_of(text)
    assert number is not None
    assert number.ambiguous
    assert number.value(",") != number.value(".")


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2M", "12k", "1.2E+06", "#VALUE!", "1.23.4,5", "1,23,4", "12 pcs", "(5"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


def column(*cells: str, shares: bool = False) -> NumberColumn:
    seen = NumberColumn(shares=shares)
    for line, cell in enumerate(cells, start=2):
        seen.add(line, cell)
    return seen


def test_a_column_is_decided_by_what_one_cell_shows() -> None:
    assert column("1.900", "12.000", "900,50").decimals == ","
    assert column("1.900", "12.5").decimals == "."
    assert column("1.900", "12.000").is_open
    assert column("900", "12").decimals is None
    assert not column("900", "12").is_open
    assert column("900,50", "12.5").decimals is None, "both are shown: it is refused"
    assert column("12.500", shares=True).decimals == ".", "no share is 12,500 percent"


def test_currencies_beside_numbers() -> None:
    for text, wanted in (("€ 5", {"EUR"}), ("5 DKK", {"DKK"}), ("kr 5", {"DKK", "NOK", "SEK", "ISK"})):
        number = number_of(text)
        assert number is not None
        assert number.currencies == frozenset(wanted)
