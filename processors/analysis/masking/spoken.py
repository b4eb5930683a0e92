"""Numbers said as words ("double five, oh one", "første i første halvfems, tolv fireogtredive") or with words between.

Each language reads its own number words: an English "to" is no digit, a Danish one is. A run is a row of numbers with
nothing between them but blanks, light marks and words such as "og så" and "dash"; it is judged by its digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from processors.analysis.masking.kinds import (
    CARD,
    CPR,
    CPR_DIGITS,
    MAX_CARD_DIGITS,
    MIN_DIGITS,
    PHONE,
    is_card,
    is_cpr,
    is_phone,
)
from processors.analysis.masking.tokens import MARKS_WITHIN, Token, ascii_digits, tokenise
from processors.lang.da.numbers import NUMERALS as DANISH_NUMERALS
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en.numbers import NUMERALS as ENGLISH_NUMERALS
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH
from processors.lang.schema import Numerals, PrivateNumbers
from processors.text.chunks import Chunk, Look, chunks

MAX_JOINERS: Final = 4
"""Tokens between two parts of one number: ", og så"."""
DANISH_PHONE_DIGITS: Final = 8
_CUE_REACH: Final = 40  # characters before a run
_CENTURY: Final = 19
"""Of years of birth: "nitten hundrede og halvfems"."""

CPR_GROUPS: Final = frozenset({(6, 4), (6, 2, 2), (2, 2, 2, 4), (2, 2, 2, 2, 2), (10,), (1,) * CPR_DIGITS})
_PHONE_CUE: Final = re.compile(rf"(?<!\w)(?:{DANISH.phone_cue}|{ENGLISH.phone_cue})(?!\w)")
_ALSO_PHONE: Final = re.compile(rf"(?<!\w)(?:{DANISH.also_phone}|{ENGLISH.also_phone})(?!\w)")
_CPR_CUE: Final = re.compile(rf"(?<!\w)(?:{DANISH.cpr_cue}|{ENGLISH.cpr_cue})")
_LITTLE: Final = (DANISH.ambiguous & {"to", "en", "et"}) | ENGLISH.ambiguous
THOUSANDS: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
"""A sum grouped by thousands."""
UNIT_BEHIND: Final = re.compile(rf"\W{{0,3}}(?:%|€|\$|£|(?:{DANISH.units}|{ENGLISH.units})(?!\w))")
"""What makes an amount of the number before it, in lower case."""

DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d(?P<a>[-./ ])\d{1,2}(?P=a)\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[-–/ ] ?\d{1,2}(?:\.\d\d)?)(?!\d)"  # also 2025-26, and "3. maj 2025 14.30"
)
"""A date in digits."""


class Item(NamedTuple):
    """One number of a run: its digits, the tokens it is said in (first, and behind the last), how it is said."""

    digits: str
    first: int
    beyond: int
    kind: str
    """"digits", "words", "repeated" ("double five"), "ordinal" (day or month of a date) or "month"."""


@dataclass(frozen=True, slots=True)
class Run:
    """A row of numbers of one text, and whether only blanks and hyphens stand between them."""

    items: list[Item]
    plain: bool


class Reader:
    """Reads numbers in one language."""

    def __init__(self, numerals: Numerals, said: PrivateNumbers) -> None:
        others = said.other_numbers
        self._ones = {word: value for value, word in enumerate(numerals.small[:10]) if value}
        self._ones.update({word: value for word, value in others.items() if 0 < value < 10})
        self._tens = {word: 10 * value for value, word in enumerate(numerals.tens, 2)}
        self._tens.update({word: value for word, value in others.items() if value >= 20})
        self.values: dict[str, int] = {word: value for value, word in enumerate(numerals.small)}
        self.values.update(self._tens)
        self.values.update(others)
        if numerals.ones_first:
            self.values.update(
                (f"{one}{numerals.conjunction}{ten}", value + more)
                for ten, value in self._tens.items()
                for one, more in self._ones.items()
            )
        self._ordinals = {word: value for value, word in enumerate(said.ordinals, 1)} | said.other_ordinals
        self._months = {word: value for value, word in enumerate(said.months, 1)}
        self._hundreds = said.hundreds
        self._glued_hundreds = {
            f"{one}{word}": value for one, value in self._ones.items() for word in said.hundreds
        }
        self._glued_hundreds |= {f"{numerals.small[_CENTURY]}{word}": _CENTURY for word in said.hundreds}
        self._and = numerals.conjunction
        self._ones_first = numerals.ones_first
        self._repeats = said.repeats
        self._joiners = said.joiners
        self._scales = said.scales
        self._last, self._behind_last = said.last, said.behind_last
        self._four = frozenset({numerals.small[4], "4"})
        self.ambiguous = said.ambiguous
        self.weights = (
            {word: 1 + (value >= 10) for word, value in self.values.items()}
            | dict.fromkeys((*self._ordinals, *self._months), 2)
            | dict.fromkeys((*self._repeats, *self._hundreds, *self._glued_hundreds), 3)
        )

    def weight(self, word: str) -> int:
        """How many digits of a number a word may at least be the sign of; 0 for a word that is none."""
        return self.weights.get(word, 0)

    def joins(self, word: str) -> bool:
        """Whether the word may stand between two parts of one number."""
        return word in self._joiners

    def last_digits_end(self, tokens: list[Token], at: int) -> int:
        """The place behind "sidste fire [cifre] [er]" that begins at `at`, or `at` when it does not."""
        if self._lower(tokens, at) != self._last or self._lower(tokens, at + 1) not in self._four:
            return at
        beyond = at + 2
        while self._lower(tokens, beyond) in self._behind_last:
            beyond += 1
        return beyond

    def item(self, tokens: list[Token], at: int) -> Item | None:
        """The number that begins at the token `at`, None when none does."""
        word = tokens[at].lower
        if word.isdecimal():
            return Item(ascii_digits(word), at, at + 1, "digits")
        if word not in self.weights:
            return None
        if (times := self._repeats.get(word)) and at + 1 < len(tokens):
            following = tokens[at + 1].lower
            digit = ascii_digits(following) if following.isdecimal() else str(self.values.get(following, ""))
            return Item(digit * times, at, at + 2, "repeated") if len(digit) == 1 else None
        if (hundreds := self._glued_hundreds.get(word)) is not None:
            return self._hundred(tokens, at, at + 1, hundreds)
        if word in self._months:
            return Item(f"{self._months[word]:02d}", at, at + 1, "month")
        if word in self._ordinals:
            return Item(f"{self._ordinals[word]:02d}", at, at + 1, "ordinal")
        value = self.values.get(word)
        if value is None:
            return None
        if (value < 10 or value == _CENTURY) and self._lower(tokens, at + 1) in self._hundreds:
            return self._hundred(tokens, at, at + 2, value)
        return self._below_hundred(tokens, at, value)

    def _lower(self, tokens: list[Token], at: int) -> str:
        return tokens[at].lower if at < len(tokens) else ""

    def _hundred(self, tokens: list[Token], first: int, beyond: int, hundreds: int) -> Item:
        """ "five hundred [and fifty five]"; the rest belongs to it where it is not a new number's beginning."""
        at = beyond + (self._lower(tokens, beyond) == self._and)
        value = self.values.get(self._lower(tokens, at))
        if value is None or not (at > beyond or value >= 10):
            return Item(f"{hundreds}00", first, beyond, "words")
        rest = self._below_hundred(tokens, at, value)
        return Item(f"{hundreds}{int(rest.digits):02d}", first, rest.beyond, "words")

    def _below_hundred(self, tokens: list[Token], at: int, value: int) -> Item:
        """ "twenty-two", "fem og tyve": tens and ones that are written apart."""
        word = tokens[at].lower
        if self._ones_first:
            ten = self._tens.get(self._lower(tokens, at + 2))
            if ten and word in self._ones and self._lower(tokens, at + 1) == self._and:
                return Item(str(ten + value), at, at + 3, "words")
        elif word in self._tens:
            place = at + 1 + (self._lower(tokens, at + 1) in ("-", "‑"))
            following = self._lower(tokens, place)
            if following in self._ones and self._lower(tokens, place + 1) not in self._hundreds:
                return Item(str(value + self._ones[following]), at, place + 1, "words")
            if self._ordinals.get(following, 10) < 10:
                return Item(str(value + self._ordinals[following]), at, place + 1, "ordinal")
        return Item(str(value), at, at + 1, "words")

    def runs(self, tokens: list[Token]) -> list[Run]:
        """The rows of numbers, none overlapping."""
        found: list[Run] = []
        at = 0
        while at < len(tokens):
            item = self.item(tokens, at)
            if item is None:
                at += 1
                continue
            items = [item]
            plain = True
            while (following := self._following(tokens, items[-1])) is not None:
                plain = plain and not any(
                    token.lower == "," or token.lower[0].isalpha()
                    for token in tokens[items[-1].beyond : following.first]
                )
                items.append(following)
            at = items[-1].beyond
            if self._lower(tokens, at) in self._scales:
                items.pop()  # "... fifty thousand"
            if items:
                found.append(Run(items, plain))
        return found

    def _following(self, tokens: list[Token], item: Item) -> Item | None:
        at = item.beyond
        for _ in range(MAX_JOINERS + 1):
            if at >= len(tokens):
                return None
            if (behind := self.last_digits_end(tokens, at)) > at:
                at = behind
                continue
            following = self.item(tokens, at)
            if following is not None:
                return following
            word = tokens[at].lower
            if word not in MARKS_WITHIN and word not in self._joiners:
                return None
            at += 1
            if word == "," and at < len(tokens) and tokens[at].start == tokens[at - 1].end:
                return None  # "1,5"
        return None


READERS: Final = (Reader(DANISH_NUMERALS, DANISH), Reader(ENGLISH_NUMERALS, ENGLISH))


def number_weight(word: str) -> int:
    """How many digits of a number a word may at least be the sign of, in one language or the other."""
    return _WEIGHTS.get(word, 0)


_WEIGHTS: Final = {
    word: max([reader.weight(word) for reader in READERS]) for reader in READERS for word in reader.weights
}


def mask_spoken(text: str) -> str:
    """`text` with each phone, card and CPR number that is said in words, or with words or commas within, replaced."""
    if not _may_be_said(text):
        return text
    tokens = tokenise(text)
    for reader in _by_words(tokens):
        pieces: list[str] = []
        end = 0
        for run in reader.runs(tokens):
            if all(item.kind == "digits" for item in run.items) and (
                run.plain or _has_date(text, tokens, run)
            ):
                continue  # the rules for written numbers have seen it
            for first, beyond, mask in _judge(text, tokens, run, reader):
                pieces += [text[end : tokens[first].start], mask]
                end = tokens[beyond - 1].end
        if pieces:
            text = "".join((*pieces, text[end:]))
            tokens = tokenise(text)
    return text


def _may_be_said(text: str) -> bool:
    """Whether a number may be said in words, or have words or commas within: most texts with digits have neither."""
    little = 0
    for weight in _WORDS_OF_NUMBERS.at(chunks(text)):
        if weight > 1:
            return True
        little += weight
    return little >= _MIN_LITTLE or _JOINED.search(text) is not None


def _weigh_words(chunk: Chunk) -> int:
    """2 for a chunk with a number's word, 1 where the word is mostly something else, 0 for any other chunk."""
    said = [chunk.word] if chunk.word else _LETTERS.findall(chunk.lower)
    words = [word for word in said if number_weight(word)]
    return 2 if any(word not in _LITTLE_WORDS for word in words) else min(len(words), 1)


_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LITTLE_WORDS: Final = DANISH.ambiguous | ENGLISH.ambiguous
_MIN_LITTLE: Final = 4
_JOINED: Final = re.compile(
    rf"\d\W{{0,3}},\W{{0,3}}\d|\d\W{{1,3}}(?:[^\W\d_]{{1,12}}\W{{1,3}}){{1,4}}\d|\d\W{{1,3}}(?:{'|'.join(sorted(_LITTLE_WORDS))})(?!\w)"
)
_WORDS_OF_NUMBERS: Final = Look(_weigh_words)


def _by_words(tokens: list[Token]) -> list[Reader]:
    """The readers, the one that knows more of the number words first."""
    return sorted(READERS, key=lambda reader: -sum(reader.weight(token.lower) for token in tokens))


def _has_date(text: str, tokens: list[Token], run: Run) -> bool:
    return (
        DATE.search(text, tokens[run.items[0].first].start, tokens[run.items[-1].beyond - 1].end) is not None
    )


def _judge(text: str, tokens: list[Token], run: Run, reader: Reader) -> list[tuple[int, int, str]]:
    """The numbers of a run: token of the beginning, the one behind the end, mask."""
    items = run.items
    if sum(len(item.digits) for item in items) < MIN_DIGITS:
        return []
    found: list[tuple[int, int, str]] = []
    at = rest = 0
    while at < len(items):
        length, mask = _card_or_cpr(text, tokens, items, at)
        if length:
            found += _phones(text, tokens, items[rest:at], reader)
            found.append((items[at].first, items[at + length - 1].beyond, mask))
            rest = at + length
        at += length or 1
    return found + _phones(text, tokens, items[rest:], reader)


_USUAL_CARD_DIGITS: Final = 16


def _card_or_cpr(text: str, tokens: list[Token], items: list[Item], at: int) -> tuple[int, str]:
    """How many items from `at` on are a card's or a CPR number, and the mask; 0 when none are."""
    digits = ""
    best = (0, "")
    for length, item in enumerate(items[at : at + MAX_CARD_DIGITS], 1):
        digits += item.digits
        if len(digits) > MAX_CARD_DIGITS:
            break
        if is_card(digits):
            best = (length, CARD)
        elif best[1] == CARD and len(digits) == _USUAL_CARD_DIGITS:
            best = (
                length,
                CARD,
            )  # by chance a shorter number's check digit fits, too: nothing is left of this one
        elif length > 1 and best[1] != CARD:
            row = items[at : at + length]
            if is_cpr(_cpr_digits(tokens, row, digits)) and not _ends_in_time_or_year(text, tokens, row):
                best = (length, CPR)
    return best


def _ends_in_time_or_year(text: str, tokens: list[Token], items: list[Item]) -> bool:
    """Whether the items end like "14.30" or "2002" in digits or with a month: another date's part, no CPR number's."""
    if items[-1].kind == "month" or any(item.kind in ("month", "ordinal") for item in items[3:]):
        return True
    if items[-1].kind == "digits" and len(items[-1].digits) == 4 and items[-1].digits[:2] in ("19", "20"):
        start = tokens[items[0].first].start
        dated = any(item.kind in ("month", "ordinal") for item in items)
        dated = dated and all(item.kind in ("month", "digits") for item in items)
        return dated and _CPR_CUE.search(text[max(0, start - _CUE_REACH) : start].lower()) is None
    hours, minutes = items[-2:]
    between = text[tokens[hours.beyond - 1].end : tokens[minutes.first].start]
    return (
        between in (".", ":")
        and tokens[hours.first].lower.isdecimal()
        and (len(hours.digits), len(minutes.digits)) == (2, 2)
    )


def _cpr_digits(tokens: list[Token], items: list[Item], digits: str) -> str:
    """The ten digits of a CPR number that items may be, the year cut to two: "første maj nitten halvfems tolv ..."."""
    if len(items) > 1 and items[0].kind == "month" and items[1].kind in ("ordinal", "digits", "words"):
        day = items[1].digits.zfill(2)
        digits = day + items[0].digits + digits[len(items[0].digits) + len(items[1].digits) :]
    elif len(items) > 1 and items[1].kind in ("month", "ordinal") and len(items[0].digits) <= 2:
        digits = items[0].digits.zfill(2) + digits[len(items[0].digits) :]
    if len(items) > 2 and _is_digits_and_little_words(tokens, items):
        return ""
    if all(item.kind == "digits" for item in items):
        return digits if tuple(len(item.digits) for item in items) in CPR_GROUPS else ""
    if len(items) > 2 and len(items[2].digits) == 4 and len(digits) == CPR_DIGITS:
        return ""  # a year, and a day's time or some such
    if len(digits) == CPR_DIGITS + 2 and digits[4:6] in ("19", "20"):
        digits = digits[:4] + digits[6:]
    return digits if len(digits) == CPR_DIGITS else ""


def _phones(text: str, tokens: list[Token], items: list[Item], reader: Reader) -> list[tuple[int, int, str]]:
    """The phone numbers among items that are neither a card's nor a CPR number."""
    found: list[tuple[int, int, str]] = []
    begin = 0
    for at in range(len(items) + 1):
        if at == len(items) or items[at].kind in ("ordinal", "month"):
            part = _without_spare_ends(tokens, items[begin:at], reader)
            if part and _is_phone_said(text, tokens, part):
                found.append((part[0].first, part[-1].beyond, PHONE))
            begin = at + 1
    return found


def _without_spare_ends(tokens: list[Token], items: list[Item], reader: Reader) -> list[Item]:
    """Without an "en" or "one" at either end that is one digit too many: "har en toogtyve ...", "... en gang"."""
    spare = sum(len(item.digits) for item in items) - DANISH_PHONE_DIGITS
    if 0 < spare <= 2 and len(items) > spare:
        ends = [tokens[item.first].lower for item in (items[0], items[-1])]
        if ends[0] in reader.ambiguous and spare == 1:
            return items[1:]
        if ends[1] in reader.ambiguous and spare == 1:
            return items[:-1]
    return items


def _is_phone_said(text: str, tokens: list[Token], items: list[Item]) -> bool:
    """Whether items that were said together are a phone number."""
    digits = "".join(item.digits for item in items)
    if len(digits) < MIN_DIGITS or len(items) < 2:
        return False
    start, end = tokens[items[0].first].start, tokens[items[-1].beyond - 1].end
    if UNIT_BEHIND.match(text[end : end + _CUE_REACH].lower()):
        return False
    cued = is_cued(text[max(0, start - _CUE_REACH) : start])
    if not cued and (
        _is_digits_and_little_words(tokens, items)
        or is_counting([int(item.digits) for item in items])
        or _is_years(items)
        or _is_times_or_prices(items)
        or _is_repeated(digits)
    ):
        return False
    if all(item.kind == "digits" for item in items):
        if not cued and any(mark in text[start:end] for mark in "./:-–"):
            return False
        lengths = {len(item.digits) for item in items}
        pairs = lengths == {2} and len(digits) >= DANISH_PHONE_DIGITS
        danish_form = len(digits) == DANISH_PHONE_DIGITS and lengths == {4}
        return pairs or (cued and (danish_form or is_phone(digits)))
    return (
        cued
        or len(digits) > MIN_DIGITS
        or any(item.kind == "repeated" for item in items)
        or sum(len(item.digits) == 1 for item in items) >= 3
    )


def _is_digits_and_little_words(tokens: list[Token], items: list[Item]) -> bool:
    """Whether digits stand beside nothing but words like the Danish "to": "2003 to 2007"."""
    said = [tokens[item.first].lower for item in items if item.kind != "digits"]
    return 0 < len(said) < len(items) and all(word in _LITTLE for word in said)


def is_cued(before: str) -> bool:
    """Whether what is said before a number speaks of a phone."""
    return _PHONE_CUE.search(before.lower()) is not None


def is_counting(values: list[int]) -> bool:
    """Whether numbers are counted off: "six seven eight nine", "ten fifteen twenty twenty five", or all round."""
    if len(values) < 3:
        return False
    steps = {after - before for before, after in pairwise(values)}
    if len(steps) == 1 and steps <= {1, 2, 5, 10, 100, -1, -2, -5, -10}:
        return True
    rising = all(before < after for before, after in pairwise(values))
    return rising and all(value % 5 == 0 for value in values)


def _is_years(items: list[Item]) -> bool:
    """Whether the items are years: "nineteen ninety eight, nineteen ninety nine", "twenty twenty four, five"."""
    values = [int(item.digits) for item in items]
    if all(len(item.digits) == 4 and 1900 <= value < 2100 for item, value in zip(items, values, strict=True)):
        return True
    if len(values) >= 3 and values[0] in (19, 20):
        centuries = values[::2]
        if len(values) % 2 == 0 and all(century in (19, 20) for century in centuries):
            return True
        return all(after - before == 1 for before, after in pairwise(values[1:]))
    return False


def _is_times_or_prices(items: list[Item]) -> bool:
    """Whether the items are times of day, "ten thirty eleven forty five", or prices, "nine ninety nine, ..."."""
    values = [int(item.digits) for item in items]
    if values.count(99) > 1 or values.count(95) > 1:
        return True
    if len(values) % 2:
        return False
    hours, minutes = values[::2], values[1::2]
    return (
        all(len(item.digits) == 2 for item in items[1::2])
        and all(minute in (0, 15, 30, 45) for minute in minutes)
        and all(hour <= 24 for hour in hours)
    )


def _is_repeated(digits: str) -> bool:
    """Whether the digits are "1 2 3" over and over, as somebody says to test a line."""
    return digits[:3] == "123" and digits.replace("123", "") == "" and len(digits) > len("123")


def also_called_a_phone(behind: str) -> bool:
    """Whether what is said behind a number calls it a phone's as well: "... det er også min telefon"."""
    return _ALSO_PHONE.search(behind) is not None
