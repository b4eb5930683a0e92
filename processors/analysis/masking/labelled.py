"""Numbers that are private for what they are called: "reg nr 3409 konto 12345678", "passport number C01X00T47".

Behind a label and a few words such as "nummer er" the number is read as it is written or said, letters included.
"""

import re
from typing import Final

from processors.analysis.masking.kinds import CARD, IBAN, MIN_CARD_DIGITS, SSN
from processors.analysis.masking.spoken import READERS, THOUSANDS, UNIT_BEHIND, Reader
from processors.analysis.masking.tokens import MARKS_WITHIN, Token, tokenise
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH
from processors.lang.schema import NumberLabel

MAX_FILLERS: Final = 8
"""Tokens between a label and its number."""
MAX_TOKENS: Final = 60
"""Of a number: an IBAN's 34 characters said one by one, and what is said between them."""
MAX_LETTERS: Final = 5
"""Of a number's own letters in a row: those of a British driving licence."""
_FEWEST_OF_IBAN: Final = 10
_LAST_REACH: Final = 45  # characters: "the last four of my social security are 6789"
_FEWEST_OF_LAST: Final = 4
"""Digits that are enough behind "the last four"."""

_LABELS: Final = (NumberLabel(IBAN, "iban", _FEWEST_OF_IBAN), *DANISH.labels, *ENGLISH.labels)
_LABEL: Final = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<k{at}>{each.label})" for at, each in enumerate(_LABELS))
    + r")(?![^\W\d_])"
)
_LABEL_START: Final = re.compile(
    r"(?<![^\W_])(?:iban|cpr|person(?:nu|nr)|syge|sund|føds|[a-zæøå]*konto|reg|pas|kørekort|fører|social|forsikring"
    r"|acc|sort|routing|bsb|passport|driv|licen|ssn|national|insurance|ni(?:no)?(?![^\W_])|cv[vc]|security|card|digits|cifre|[a-zæøå]*kort|sikkerhedskod|kontrol[ck])"
)
_DIGIT: Final = re.compile(r"\d")
_FILLERS: Final = DANISH.fillers | ENGLISH.fillers
_LAST: Final = re.compile(rf"{DANISH.last_digits}|{ENGLISH.last_digits}")


def may_be_label(lower: str) -> bool:
    """Whether a label may begin in a chunk in lower case."""
    return _LABEL_START.search(lower) is not None


def mask_labelled(text: str) -> str:
    """`text` with each number behind a label replaced by the label's mask."""
    lower = text.lower()
    labels = list(_LABEL.finditer(lower)) if len(lower) == len(text) else []
    if not labels:
        return text
    tokens = tokenise(text)
    pieces: list[str] = []
    end = at = 0
    for label in labels:
        while at < len(tokens) and tokens[at].start < label.end():
            at += 1
        kind = _LABELS[int((label.lastgroup or "k0")[1:])]
        if label.start() < end or not (found := _number(text, lower, tokens, at, kind)):
            continue
        first, beyond = found
        pieces += [text[end : tokens[first].start], kind.mask]
        end = tokens[beyond - 1].end
    return "".join((*pieces, text[end:])) if pieces else text


def _number(
    text: str, lower: str, tokens: list[Token], at: int, label: NumberLabel
) -> tuple[int, int] | None:
    """The tokens, first and behind the last, of the number behind a label that ends before `at`."""
    for first in range(at, min(at + MAX_FILLERS, len(tokens))):
        beyond, digits = _value_end(text, tokens, first)
        if digits:
            around = lower[max(0, tokens[at].start - _LAST_REACH) : tokens[first].start]
            fewest = label.fewest
            if label.mask == SSN and _LAST.search(around):
                fewest = _FEWEST_OF_LAST
            value = lower[tokens[first].start : tokens[beyond - 1].end]
            if label.mask == CARD and digits >= MIN_CARD_DIGITS and _DIGIT.search(value):
                return None  # the date of its end may stand behind it: `written` knows a card's groups
            is_count = THOUSANDS.fullmatch(value) or UNIT_BEHIND.match(lower, tokens[beyond - 1].end)
            return (first, beyond) if digits >= fewest and is_count is None else None
        word = tokens[first].lower
        if word[0].isalnum() and word not in _FILLERS:
            return None
    return None


def _value_end(text: str, tokens: list[Token], first: int) -> tuple[int, int]:
    """The token behind the number that begins at `first`, and how many digits it has: 0 where there is no number."""
    best = (first, 0)
    for reader in READERS:
        beyond, digits = _read(text, tokens, first, reader)
        if digits > best[1]:
            best = (beyond, digits)
    return best


def _read(text: str, tokens: list[Token], first: int, reader: Reader) -> tuple[int, int]:
    at = beyond = first
    digits = 0
    idle = 0  # tokens since the last that belongs to the number for sure
    while at < min(first + MAX_TOKENS, len(tokens)) and idle <= 4:
        if (behind := reader.last_digits_end(tokens, at)) > at:
            at = behind
            continue
        item = reader.item(tokens, at)
        if item is not None:
            digits += len(item.digits)
            at = beyond = item.beyond
            idle = 0
        elif _is_own_letters(text, tokens, at, reader):
            at += 1
            idle += 1
            if digits and _closes(text, tokens, at - 1):
                beyond = at
        elif at > first and (
            tokens[at].lower in MARKS_WITHIN or tokens[at].lower == ":" or reader.joins(tokens[at].lower)
        ):
            at += 1
            idle += 1
        else:
            break
    return beyond, digits


def _is_own_letters(text: str, tokens: list[Token], at: int, reader: Reader) -> bool:
    """Whether letters are part of a number: "DK50", "QQ 12", "WEST 1234", "c 0 1 x"."""
    token = tokens[at]
    if not token.lower.isalpha() or len(token.lower) > MAX_LETTERS:
        return False
    glued_before = at > 0 and tokens[at - 1].end == token.start and tokens[at - 1].lower.isdecimal()
    glued_behind = (
        at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].lower.isdecimal()
    )
    if glued_before or glued_behind:
        return True
    if text[token.start : token.end].isupper() and token.lower != "i":
        return True
    if len(token.lower) > 1 or at + 1 == len(tokens):
        return False
    behind = tokens[at + 1].lower
    return len(behind) == 1 or reader.item(tokens, at + 1) is not None


def _closes(text: str, tokens: list[Token], at: int) -> bool:
    """Whether letters behind a number's digits end it: "QQ 12 34 56 C", "9IJ"."""
    token = tokens[at]
    glued = tokens[at - 1].end == token.start
    return glued or (len(token.lower) <= 2 and text[token.start : token.end].isupper() and token.lower != "i")
