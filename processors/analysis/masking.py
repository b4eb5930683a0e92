"""Masks personal numbers and addresses before anything is stored: e-mail, phone, payment card, Danish CPR.

Speech-to-text writes digits together, in groups, one by one ("0 1 0 1 9 0 ...") or as words ("five five
five"): each is read as one run of digits and judged as a whole. Amounts, dates, years, percentages and what
is called an order, invoice or case number stay. Pure; a text without any of these costs about 1 us.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import phonenumbers

from processors.lang.da import numbers as danish
from processors.lang.en import numbers as english
from processors.text.cache import Memo
from processors.text.sentences import chunks

EMAIL: Final = "[email]"
PHONE: Final = "[phone]"
CARD: Final = "[card]"
CPR: Final = "[cpr]"

MIN_DIGITS: Final = 7  # the shortest number that is masked: a local phone number, 555-0123
MIN_DIGIT_WORDS: Final = 4  # the shortest when said as words: a Danish phone number in four pairs
MAX_GROUPS: Final = 24  # of one number: a card's 19 digits said one by one, and some to spare
MAX_PHONE_DIGITS: Final = 15  # ITU-T E.164

_NOT_DIGIT_OR_AT: Final = bytes(set(range(256)) - set(b"0123456789@"))

_DIGIT_WORDS: Final = english.DIGIT_WORDS | danish.DIGIT_WORDS
_TELLING_WORDS: Final = frozenset(_DIGIT_WORDS) - english.AMBIGUOUS_DIGIT_WORDS - danish.AMBIGUOUS_DIGIT_WORDS
_SPELT: Final = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_SPELT_RUN: Final = re.compile(rf"(?<!\w)(?:{_SPELT})(?:[ ,-]{{1,2}}(?:{_SPELT})){{3,}}(?!\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")

_LABEL: Final = r"[^\W_][\w-]{0,62}"
_AT_ADDRESS: Final = re.compile(  # with blanks around the "@" only when it ends like an address
    rf"[^\s@<>()\[\],;:\"]{{1,64}}(?:@{_LABEL}(?:\.{_LABEL}){{0,8}}"
    rf"| ?@ ?{_LABEL}(?:\.{_LABEL}){{0,8}}\.[^\W\d_]{{2,24}})"
)
_SPOKEN_ADDRESS: Final = re.compile(
    r"(?<!\w)[\w.+-]+(?: (?:dot|punktum|underscore|dash|bindestreg) [\w.+-]+){0,6}"
    r" (?:at|snabel[ -]?a) [\w-]+(?: (?:dot|punktum) [\w-]+){0,6}?"
    r" (?:dot|punktum) (?:com|net|org|dk|eu|io|se|no|de|uk|co dot uk)(?!\w)",
    re.IGNORECASE,
)

# Groups of digits with what people and machines put between them. A comma ends a run: it separates numbers.
_RUN: Final = re.compile(
    r"(?<![\w@])(?<!\w/)(?<!\d[.,])(?<![^\W_]-)(?:\+ ?|\()?\d(?:(?: ?[-–./()] ?| {1,2})?\d)*(?![\w@])"
)
_GROUP: Final = re.compile(r"\d+")
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d(?P<a>[-./ ])\d{1,2}(?P=a)\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[-–/ ] ?\d{1,2}(?:\.\d\d)?)(?!\d)"  # also 2025-26, and "3. maj 2025 14.30"
)
_CPR_SHAPE: Final = re.compile(r"(?:\d{6}|\d\d([ .-])\d\d\1\d\d)(?: ?[-–]? ?\d{4}| \d\d \d\d)|\d(?: ?\d){9}")
_AMOUNT_SHAPE: Final = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*|\d+\.\d{1,2}")
_LOCAL_PHONE: Final = re.compile(r"[2-9]\d\d[-– ]\d{4}")
_DANISH_PHONE: Final = re.compile(r"\d\d(?: \d\d){3}")  # as Danes write it; fictional numbers too
_MONEY_OR_COUNT_AFTER: Final = re.compile(
    r" ?(?:%|€|\$|£|kr\b|kroner|dkk|eur|usd|gbp|dollars?|pounds?|percent|procent|mio|million|thousand|tusind"
    r"|m(?:åneder|onths?)|years?|år\b|stk|styk|pieces|units|users?|brugere|licen[sc]|seats|timer|hours)",
    re.IGNORECASE,
)
_MONEY_BEFORE: Final = re.compile(r"(?:[€$£]|\b(?:kr\.?|dkk|eur|usd|gbp)) ?$", re.IGNORECASE)
_REFERENCE_BEFORE: Final = re.compile(
    r"(?:order|ordre|kunde|customer|account|konto|policy|police|invoice|faktura|case|sag|sags|ticket|tracking|reference|ref|quote|tilbud|tilbuds|po|sku|part"
    r"|serial|serie|vare|item|product|produkt|cvr|ean|version|model|contract|kontrakt)"
    r"[ -]?(?:s?nummer(?:et)?|nr\.?|no\.?|numbers?|id|#)?(?: (?:is|was|er|var|hedder|på|the))?[:#]? ?$",
    re.IGNORECASE,
)

# Issuer prefixes of the cards in use here, Dankort among them.
_CARD_PREFIX: Final = re.compile(
    r"4|5[0-8]|6(?:011|22|4[4-9]|5|7|3)|3(?:[47]|0[0-5]|[689]|5)|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"
)


def mask(text: str) -> str:
    """`text` with e-mail addresses, phone, card and CPR numbers replaced by [email], [phone], [card], [cpr].

    Idempotent: `mask(mask(x)) == mask(x)`. What is left of a run of digits that was partly masked is looked
    at again, until nothing changes.
    """
    if sum(map(_digits_told, chunks(text))) >= MIN_DIGITS:
        while (masked := _mask_once(text)) != text:
            text = masked
    return text


def _digits_and_ats(text: str) -> bytes:
    # Deleting all other bytes is several times faster than a regular expression's search for one of these.
    return text.encode(errors="replace").translate(None, _NOT_DIGIT_OR_AT)


def _may_tell(chunk: str) -> int:
    """How many digits of a number the chunk may be; enough for one when it may be private whatever stands around."""
    telling = _digits_and_ats(chunk)
    private = b"@" in telling or chunk in _TELLING_WORDS or chunk in ("dot", "punktum")
    return MIN_DIGITS if private else len(telling)


_digits_told: Final = Memo(_may_tell).__getitem__


def _mask_once(text: str) -> str:
    if telling := _digits_and_ats(text):
        if b"@" in telling:
            text = _AT_ADDRESS.sub(EMAIL, text)
        if len(telling) >= MIN_DIGITS:
            text = _RUN.sub(_mask_run, text)
    if " dot " in text or " punktum " in text:
        text = _SPOKEN_ADDRESS.sub(EMAIL, text)
    if (
        not _TELLING_WORDS.isdisjoint(chunks(text))
        and sum(map(_digit_words, chunks(text))) >= MIN_DIGIT_WORDS
    ):
        text = _SPELT_RUN.sub(_mask_spelt, text)
    return text


def _count_digit_words(chunk: str) -> int:
    return sum(word in _DIGIT_WORDS for word in _WORD.findall(chunk.lower()))


_digit_words: Final = Memo(_count_digit_words).__getitem__


def _mask_run(match: re.Match[str]) -> str:
    """One run of digits and separators with the numbers in it replaced."""
    run = match[0]
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    if sum(end - start for start, end in groups) < MIN_DIGITS:
        return run
    text, start = match.string, match.start()
    if (masked := _replace(run, groups, _is_card, CARD)) != run:
        return masked
    referenced = _REFERENCE_BEFORE.search(text, max(0, start - 40), start) is not None
    if _DATE.search(run):
        return _mask_beside_dates(run)
    if not (referenced and run.isdecimal()) and (masked := _replace(run, groups, _is_cpr, CPR)) != run:
        return masked
    if referenced or _is_amount(text, start, match.end(), run) or _is_span_or_day(run):
        return run
    if _is_phone(run):
        return PHONE
    # A number beside another one ("2 22 34 56 78") is only believed in forms that are told by their looks.
    return _replace(run, groups, _looks_like_phone, PHONE) if len(groups) > 1 else run


def _mask_beside_dates(run: str) -> str:
    """`run` with what stands between the dates in it judged by itself."""
    pieces = []
    end = 0
    for day in _DATE.finditer(run):
        pieces += [_RUN.sub(_mask_run, run[end : day.start()]), day[0]]
        end = day.end()
    return "".join((*pieces, _RUN.sub(_mask_run, run[end:])))


def _replace(run: str, groups: list[tuple[int, int]], fits: Callable[[str], bool], mask_: str) -> str:
    """`run` with each row of whole digit groups that `fits` replaced, from the left, the longest first."""
    pieces = []
    end = first = 0
    while first < len(groups):
        start = groups[first][0]
        for length in range(min(MAX_GROUPS, len(groups) - first), 0, -1):
            beyond = groups[first + length - 1][1]
            if beyond - start >= MIN_DIGITS and fits(run[start:beyond]):
                pieces += [run[end:start], mask_]
                end = beyond
                first += length
                break
        else:
            first += 1
    return "".join((*pieces, run[end:]))


def _mask_spelt(match: re.Match[str]) -> str:
    """The replacement of a run of digits said as words; judged like the same digits written together."""
    said = _WORD.findall(match[0].lower())
    digits = "".join(_DIGIT_WORDS[word] for word in said)
    if _is_card(digits):
        return CARD
    if _is_cpr(digits):
        return CPR
    counting = digits in "0123456789" and len(said) == len(digits)
    return PHONE if MIN_DIGITS <= len(digits) <= MAX_PHONE_DIGITS and not counting else match[0]


def _digits(part: str) -> str:
    return "".join(_GROUP.findall(part))


def _is_card(part: str) -> bool:
    """Whether `part` has an issuer's prefix and a fitting check digit (ISO/IEC 7812-1, annex B: Luhn)."""
    digits = _digits(part)
    if not (13 <= len(digits) <= 19 and _CARD_PREFIX.match(digits)):
        return False
    total = sum(int(digit) for digit in digits[-1::-2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def _is_cpr(part: str) -> bool:
    """Whether `part` is a date of birth DDMMYY and four digits. Since 2007 the check digit need not fit."""
    if not _CPR_SHAPE.fullmatch(part):
        return False
    digits = _digits(part)
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > 60:
        day -= 60  # replacement number of somebody without a Danish address
    return _is_day(2000 + year, month, day) or _is_day(1900 + year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_amount(text: str, start: int, end: int, run: str) -> bool:
    """Whether the run is a sum of money or a count: grouped by thousands, or with a unit beside it."""
    return (
        _AMOUNT_SHAPE.fullmatch(run) is not None
        or _MONEY_OR_COUNT_AFTER.match(text, end) is not None
        or _MONEY_BEFORE.search(text, max(0, start - 8), start) is not None
    )


def _is_span_or_day(run: str) -> bool:
    """Whether the run is a row of years (2020-2021), from-to (3800-4300) or a day (20261124, 24112026)."""
    groups = _GROUP.findall(run)
    if all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups):
        return True
    if len(groups) == 2 and " " not in run and all(group.endswith("00") for group in groups):
        return int(groups[0]) < int(groups[1])
    if len(run) != 8 or len(groups) > 1:
        return False
    forms = ((run[:4], run[4:6], run[6:]), (run[4:], run[2:4], run[:2]))
    return any(
        year[:2] in {"19", "20"} and _is_day(int(year), int(month), int(day)) for year, month, day in forms
    )


def _looks_like_phone(part: str) -> bool:
    if len(part) == 8 and part.isdecimal():
        return _is_phone(part)
    return _DANISH_PHONE.fullmatch(part) is not None


def _is_phone(run: str) -> bool:
    """Whether the run is a phone number: by its form, or valid for libphonenumber in a country near."""
    if _DANISH_PHONE.fullmatch(run) or _LOCAL_PHONE.fullmatch(run):
        return True
    digits = _digits(run)
    if run.startswith("+"):
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
