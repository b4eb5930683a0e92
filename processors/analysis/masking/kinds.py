"""What a number may be, by its digits alone: payment card, Danish CPR number, IBAN, phone number, social security."""

import re
from datetime import date
from typing import Final

import phonenumbers
from stdnum import iban, luhn
from stdnum.us import ssn

EMAIL: Final = "[email]"
PHONE: Final = "[phone]"
CARD: Final = "[card]"
CPR: Final = "[cpr]"
IBAN: Final = "[iban]"
ACCOUNT: Final = "[account]"
PASSPORT: Final = "[passport]"
LICENCE: Final = "[licence]"
SSN: Final = "[ssn]"
MASKS: Final = (EMAIL, PHONE, CARD, CPR, IBAN, ACCOUNT, PASSPORT, LICENCE, SSN)
"""All that masking writes."""

MIN_DIGITS: Final = 7
"""The shortest number that is masked for its own sake: a local phone number, 555-0123."""
MAX_PHONE_DIGITS: Final = 15  # ITU-T E.164
MIN_CARD_DIGITS: Final = 13
MAX_CARD_DIGITS: Final = 19  # ISO/IEC 7812
CPR_DIGITS: Final = 10
MIN_IBAN: Final = 15
MAX_IBAN: Final = 34

# Issuer prefixes of the cards in use here, Dankort among them.
_CARD_PREFIX: Final = re.compile(
    r"4|5[0-8]|6(?:011|22|4[4-9]|5|7|3)|3(?:[47]|0[0-5]|[689]|5)|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"
)
_MOST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_card(digits: str) -> bool:
    """Whether the digits have an issuer's prefix and a fitting check digit (ISO/IEC 7812-1, annex B: Luhn)."""
    if not MIN_CARD_DIGITS <= len(digits) <= MAX_CARD_DIGITS:
        return False
    if len(digits) == MIN_CARD_DIGITS and not digits.startswith("4"):
        return False  # an article's number, EAN-13
    return _CARD_PREFIX.match(digits) is not None and luhn.is_valid(digits)


def is_cpr(digits: str) -> bool:
    """Whether the digits are a date of birth DDMMYY and four more. Since 2007 the check digit need not fit.

    Not python-stdnum's test: that asks today's date, and knows no replacement numbers, whose day is 60 too high.
    """
    if len(digits) != CPR_DIGITS:
        return False
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > 60:
        day -= 60  # replacement number of somebody without a Danish address
    if not (1 <= month <= 12 and 1 <= day <= _MOST_DAYS[month - 1]):
        return False
    return (month, day) != (2, 29) or year % 4 == 0


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_iban(written: str) -> bool:
    """Whether letters and digits without blanks are an IBAN: its country's form and ISO 13616's check, mod 97."""
    return MIN_IBAN <= len(written) <= MAX_IBAN and iban.is_valid(written, check_country=False)


def is_ssn(digits: str) -> bool:
    """Whether nine digits may be an American social security number."""
    return ssn.is_valid(digits)


def is_phone(digits: str, *, international: bool = False) -> bool:
    """Whether the digits are a phone number that libphonenumber holds valid in a country near."""
    if international:
        return MIN_DIGITS < len(digits) <= MAX_PHONE_DIGITS
    regions: tuple[str | None, ...] = ("DK", "US", "NO")
    if digits.startswith("00"):
        regions, digits = (None,), "+" + digits[2:]
    elif digits.startswith("0"):
        regions = ("GB", "SE", "DE", "NL", "FR")
    return MIN_DIGITS < len(digits) <= MAX_PHONE_DIGITS and any(_is_valid(digits, at) for at in regions)


def _is_valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
