"""Numbers written in digits: together, in groups, one by one, as people and machines put marks between them."""

import re
from collections.abc import Callable
from typing import Final

from processors.analysis.masking.kinds import (
    CARD,
    CPR,
    CPR_DIGITS,
    IBAN,
    MAX_CARD_DIGITS,
    MAX_IBAN,
    MIN_CARD_DIGITS,
    MIN_DIGITS,
    MIN_IBAN,
    PHONE,
    SSN,
    is_card,
    is_cpr,
    is_day,
    is_iban,
    is_phone,
    is_ssn,
)
from processors.analysis.masking.spoken import (
    CPR_GROUPS,
    DANISH_PHONE_DIGITS,
    DATE,
    also_called_a_phone,
    is_counting,
    is_cued,
)
from processors.analysis.masking.tokens import ascii_digits
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH

_BLANK: Final = r"[^\S\r\n]"
_MARK: Final = r"[-‐‑‒–—−./()]"
# Groups of digits with what stands between them. A comma ends a run: `spoken` joins over it.
_RUN: Final = re.compile(
    rf"(?:(?<![\w@])|(?<=tlf)|(?<=tel)|(?<=mob)|(?<=mobil)|(?<=telefon)|(?<=phone)|(?<=cpr)|(?<=nr))(?<!\w/)"
    rf"(?<!\d[.,:])(?<!//)(?<![^\W_]-)(?:\+{_BLANK}?|\()?\d(?:(?:{_BLANK}?{_MARK}{_BLANK}?|{_BLANK}{{1,2}})?\d)*(?![\w@])",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(r"\d+")
_LONG_CPR: Final = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](?:19|20)?(\d\d) ?[-–] ?(\d{4})(?!\d)")
_AMOUNT_SHAPE: Final = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*|\d+\.\d{1,2}")
_LOCAL_PHONE: Final = re.compile(r"[2-9]\d\d[-– ]\d{4}")
_DANISH_PAIRS: Final = re.compile(rf"\d\d(?:{_BLANK}\d\d){{3}}")  # as Danes write it; fictional numbers too
_HOURS: Final = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?: ?[-–] ?(?:[01]?\d|2[0-4])[.:][0-5]\d)+")
_MINUTES: Final = re.compile(r":\d\d")
_DECIMALS: Final = re.compile(r"\d\.\d{3,}(?:\W+\d\.\d{3,})*")
_SSN_SHAPE: Final = re.compile(r"\d{3}-\d\d-\d{4}")
_NINO: Final = re.compile(r"(?<![^\W_])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d\d ?){3}[A-D](?![^\W_])")
_MONEY_OR_COUNT_AFTER: Final = re.compile(
    r" ?(?:%|€|\$|£|kr\b|kroner|dkk|eur|usd|gbp|dollars?|pounds?|percent|procent|mio|million|thousand|tusind"
    r"|m(?:åneder|onths?)|years?|år\b|stk|styk|pieces|units|users?|brugere|licen[sc]|seats|timer|hours)",
    re.IGNORECASE,
)
_MONEY_BEFORE: Final = re.compile(r"(?:[€$£]|\b(?:kr\.?|dkk|eur|usd|gbp)) ?$", re.IGNORECASE)
_NUMBER_OF: Final = (
    rf"[ -]?(?:s?(?:{DANISH.number}|{ENGLISH.number})|id|#)?\.?"
    r"(?: (?:is|was|er|var|hedder|på|the|lyder))?[:#]? ?$"
)
_REFERENCE_BEFORE: Final = re.compile(
    rf"\b(?:{DANISH.reference_labels}|{ENGLISH.reference_labels}){_NUMBER_OF}", re.IGNORECASE
)
_PERSON_BEFORE: Final = re.compile(
    rf"\b(?:{DANISH.person_labels}|{ENGLISH.person_labels}){_NUMBER_OF}", re.IGNORECASE
)
_CARD_BEFORE: Final = re.compile(
    rf"(?<![^\W\d_])(?:{DANISH.card_label}|{ENGLISH.card_label}){_NUMBER_OF}", re.IGNORECASE
)
_USUAL_CARD_DIGITS: Final = 16
_OF_PRICES: Final = frozenset({"00", "25", "49", "50", "75", "90", "95", "98", "99"})
_CALLED_CPR: Final = re.compile(r"(?<!\w)(?:cpr|personnummer|sygesikring)", re.IGNORECASE)
_IBAN_START: Final = re.compile(r"(?<![^\W_])[A-Za-z]{2} ?\d{2}")
_IBAN_GROUP: Final = re.compile(r"[ -]?([A-Za-z0-9]+)")
_REACH: Final = 40  # characters of what is said before or behind a number


def mask_written(text: str) -> str:
    """`text` with each IBAN, phone, card, CPR and social security number in digits replaced by its kind."""
    text = _mask_ibans(text)
    text = _NINO.sub(SSN, text)
    text = _LONG_CPR.sub(_mask_long_cpr, text)
    return _RUN.sub(_mask_run, text)


def _mask_ibans(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for start in _IBAN_START.finditer(text):
        if start.start() >= end and (beyond := _iban_end(text, start.start())):
            pieces += [text[end : start.start()], IBAN]
            end = beyond
    return "".join((*pieces, text[end:])) if pieces else text


def _iban_end(text: str, start: int) -> int:
    """Where the longest IBAN that begins at `start` ends, 0 when none does."""
    written = ""
    found = 0
    at = start
    while len(written) <= MAX_IBAN and (group := _IBAN_GROUP.match(text, at)):
        written += group[1]
        at = group.end()
        if len(written) >= MIN_IBAN and is_iban(written):
            found = at
    return found


def _mask_long_cpr(match: re.Match[str]) -> str:
    day, month, year, serial = match.groups()
    return CPR if is_cpr(day.zfill(2) + month.zfill(2) + year + serial) else match[0]


def _mask_run(match: re.Match[str]) -> str:
    """One run of digits and marks with the numbers in it replaced."""
    run = match[0]
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    text, start = match.string, match.start()
    if _MINUTES.match(text, match.end()):
        groups.pop()  # the hour of a time: "04/25/01 12:42"
    if sum(end - start for start, end in groups) < MIN_DIGITS:
        return run
    of_card = groups[:-1] if _ends_with_count(text, match.end(), groups) else groups
    if (masked := _replace(run, of_card, _is_card, CARD, MIN_CARD_DIGITS, MAX_CARD_DIGITS)) != run:
        return masked
    before = text[max(0, start - _REACH) : start]
    if _CARD_BEFORE.search(before) and (beyond := _called_card(groups)):
        return CARD + run[groups[beyond - 1][1] :]
    referenced = _REFERENCE_BEFORE.search(before) is not None
    if DATE.search(run):
        return _mask_beside_dates(run)
    called_cpr = (
        referenced and _CALLED_CPR.search(text, max(0, start - _REACH), match.end() + _REACH) is not None
    )
    if not (referenced and run.isdecimal() and not called_cpr):
        masked = _replace(run, groups, _is_cpr, CPR, CPR_DIGITS, CPR_DIGITS)
        if masked != run:
            return masked
    if _SSN_SHAPE.fullmatch(run) and is_ssn(_digits(run)):
        return SSN
    named = referenced or _PERSON_BEFORE.search(before) is not None
    if named and also_called_a_phone(text[match.end() : match.end() + _REACH].lower()):
        named = False
    if named or _is_amount(text, start, match.end(), run) or _is_span_or_day(run):
        return run
    values = [run[first:beyond] for first, beyond in groups]
    if (
        len(groups) > 3
        and not is_cued(before)
        and (is_counting(list(map(int, values))) or _is_prices(values))
    ):
        return run
    if _is_phone(run) or (len(_digits(run)) == DANISH_PHONE_DIGITS and len(groups) > 3 and is_cued(before)):
        return PHONE
    # A number beside another one ("2 22 34 56 78") is only believed in forms that are recognised by their shape.
    return _replace(run, groups, _looks_like_phone, PHONE, 8, 8) if len(groups) > 1 else run


def _is_prices(groups: list[str]) -> bool:
    """Whether they are prices of one ending, in more digits than a number has: "29 95 34 95 39 95", "99 95 149 95"."""
    endings = set(groups[1::2])
    many = len(groups) > DANISH_PHONE_DIGITS // 2 and len(groups) % 2 == 0
    return many and len(endings) == 1 and endings <= _OF_PRICES


def _called_card(groups: list[tuple[int, int]]) -> int:
    """How many of the groups are a card's number behind the word for one, whose check digit need not fit: sixteen
    digits, or all where they are as many as some card has; 0 where they are none."""
    digits = 0
    for at, (start, end) in enumerate(groups):
        digits += end - start
        if digits == _USUAL_CARD_DIGITS:
            return at + 1
    return len(groups) if MIN_CARD_DIGITS <= digits <= MAX_CARD_DIGITS else 0


def _ends_with_count(text: str, end: int, groups: list[tuple[int, int]]) -> bool:
    """Whether the last group counts what stands behind `end`, "… 6467 2 licences": it is no part of a card's number."""
    if len(groups) < 2 or _MONEY_OR_COUNT_AFTER.match(text, end) is None:
        return False
    (first, beyond), (begin, close) = groups[-2:]
    return close - begin < min(4, beyond - first)


def _mask_beside_dates(run: str) -> str:
    """`run` with what stands between the dates in it judged by itself."""
    pieces = []
    end = 0
    for day in DATE.finditer(run):
        pieces += [_RUN.sub(_mask_run, run[end : day.start()]), day[0]]
        end = day.end()
    return "".join((*pieces, _RUN.sub(_mask_run, run[end:])))


def _replace(
    run: str,
    groups: list[tuple[int, int]],
    fits: Callable[[str], bool],
    mask_: str,
    fewest: int,
    most: int,
) -> str:
    """`run` with each row of whole digit groups that `fits` replaced, from the left, the longest first.

    A row has `fewest` to `most` digits, so that few rows begin at each group.
    """
    pieces = []
    end = first = 0
    while first < len(groups):
        start = groups[first][0]
        beyond = _longest(run, groups, first, fits, fewest, most)
        if beyond > first:
            pieces += [run[end:start], mask_]
            end = groups[beyond - 1][1]
            first = beyond
        else:
            first += 1
    return "".join((*pieces, run[end:]))


def _longest(
    run: str, groups: list[tuple[int, int]], first: int, fits: Callable[[str], bool], fewest: int, most: int
) -> int:
    """The group behind the longest row from `first` on that `fits`, or `first` when none does."""
    digits = 0
    found = first
    for at in range(first, len(groups)):
        digits += groups[at][1] - groups[at][0]
        if digits > most:
            break
        if digits >= fewest and fits(run[groups[first][0] : groups[at][1]]):
            found = at + 1
    return found


def _digits(part: str) -> str:
    return "".join([ascii_digits(group) for group in _GROUP.findall(part)])


def _is_card(part: str) -> bool:
    return is_card(_digits(part))


def _is_cpr(part: str) -> bool:
    lengths = tuple([len(group) for group in _GROUP.findall(part)])
    return lengths in CPR_GROUPS and is_cpr(_digits(part))


def _is_amount(text: str, start: int, end: int, run: str) -> bool:
    """Whether the run is a sum of money or a count: grouped by thousands, or with a unit beside it."""
    return (
        _AMOUNT_SHAPE.fullmatch(run) is not None
        or _DECIMALS.fullmatch(run) is not None
        or _MONEY_OR_COUNT_AFTER.match(text, end) is not None
        or _MONEY_BEFORE.search(text, max(0, start - 8), start) is not None
    )


def _is_span_or_day(run: str) -> bool:
    """Whether the run is a row of years (2020-2021), from-to (3800-4300) or a day (20261124, 24112026)."""
    if _HOURS.fullmatch(run):
        return True
    groups = _GROUP.findall(run)
    if all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups):
        return True
    if len(groups) == 2 and " " not in run and all(group.endswith("00") for group in groups):
        return int(groups[0]) < int(groups[1])
    if len(run) != 8 or len(groups) > 1:
        return False
    forms = ((run[:4], run[4:6], run[6:]), (run[4:], run[2:4], run[:2]))
    return any(
        year[:2] in {"19", "20"} and is_day(int(year), int(month), int(day)) for year, month, day in forms
    )


def _looks_like_phone(part: str) -> bool:
    if part.isdecimal():
        return is_phone(ascii_digits(part))
    return _DANISH_PAIRS.fullmatch(part) is not None


def _is_phone(run: str) -> bool:
    """Whether the run is a phone number: by its form, or valid for libphonenumber in a country near."""
    if _DANISH_PAIRS.fullmatch(run) or _LOCAL_PHONE.fullmatch(run):
        return True
    return is_phone(_digits(run), international=run.startswith("+"))
