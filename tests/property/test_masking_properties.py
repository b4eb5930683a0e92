"""Masking twice is masking once, and a number in a known form never gets through."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from processors.analysis.masking import mask

NUMBERS_AND_SEPARATORS = st.text(alphabet="0123456789 +-./(),@:kræt", max_size=60)
DIGIT_WORDS = st.sampled_from(
    ["one", "two", "three", "four", "seven", "nul", "en", "fem", "syv", "tolv", "treogtyve", "and"]
)
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))


def luhn_digit(digits: str) -> str:
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@given(st.one_of(NUMBERS_AND_SEPARATORS, st.text(max_size=60), st.lists(DIGIT_WORDS).map(" ".join)))
@example("1234567890123456 12345678")
@example("22345678 22345678@22345678.dk")
@example("\ud800@a.b")
def test_masking_is_idempotent(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(BIRTHDAYS, st.integers(0, 9999), st.sampled_from(["-", " ", "", " - "]))
def test_every_cpr_number_is_masked(birthday: date, serial: int, separator: str) -> None:
    assert mask(f"det er {birthday:%d%m%y}{separator}{serial:04d}.") == "det er [cpr]."


@given(st.integers(0, 10**14 - 1), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_masked(account: int, separator: str) -> None:
    digits = f"4{account:014d}"
    digits += luhn_digit(digits)
    written = separator.join(digits[at : at + 4] for at in range(0, 16, 4))

    assert mask(f"the card is {written} ok") == "the card is [card] ok"


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True), st.sampled_from([(8,), (4, 4), (2, 2, 2, 2)]))
def test_every_phone_number_is_masked_with_its_country_code(digits: str, groups: tuple[int, ...]) -> None:
    parts, at = [], 0
    for size in groups:
        parts.append(digits[at : at + size])
        at += size

    assert mask("ring +45 " + " ".join(parts)) == "ring [phone]"
