"""Masks personal numbers and addresses before anything is stored.

E-mail addresses, phone, payment card and CPR numbers, IBANs, account, passport, driving licence and social security
numbers, written or said, in Danish and English. Amounts, dates, years, quantities and what is called an order, invoice
or case number stay. Pure; no text takes more than linear time.
"""

import re
from typing import Final

from processors.analysis.masking.begun import mask_begun
from processors.analysis.masking.emails import mask_emails
from processors.analysis.masking.kinds import MIN_DIGITS
from processors.analysis.masking.labelled import label_weight, mask_labelled
from processors.analysis.masking.spoken import READERS, mask_spoken
from processors.analysis.masking.written import mask_written
from processors.lang import word_set
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH
from processors.text.cache import Memo
from processors.text.sentences import chunks

MAX_PASSES: Final = 6
"""What is left of a number's surroundings is looked at again, but not for ever."""

_PIECE: Final = re.compile(r"\d+|[^\W\d_]+")
_ADDRESS_HINT: Final = re.compile(r"[@\uff20\ufe6b]|%40|[^\W_]\.[^\W\d_]{2,}|[\[({]at[\])}]", re.IGNORECASE)
_ADDRESS_WORDS: Final = (
    DANISH.dots
    | ENGLISH.dots
    | word_set("gmail hotmail outlook yahoo icloud")
    | frozenset(said.split()[0] for said in DANISH.at_signs)
)


def mask(text: str) -> str:
    """`text` with what is private replaced by its kind: [email], [phone], [card], [cpr], [iban], [account], [passport],
    [licence], [ssn].

    Masking what was masked changes nothing.
    """
    if sum(map(_weight, chunks(text))) >= MIN_DIGITS:
        for _ in range(MAX_PASSES):
            masked = mask_begun(mask_written(mask_spoken(mask_labelled(mask_emails(text)))))
            if masked == text:
                break
            text = masked
    return text


def _weigh(chunk: str) -> int:
    """How many digits of a number the chunk may be; enough for one when it may be private whatever stands around."""
    if _ADDRESS_HINT.search(chunk):
        return MIN_DIGITS
    lower = chunk.lower()
    pieces = _PIECE.findall(lower)
    weight = label_weight(lower) + (len(pieces) > 1)  # letters and digits in one: "AB123456C"
    for piece in pieces:
        if piece in _ADDRESS_WORDS:
            return MIN_DIGITS
        weight += len(piece) if piece.isdecimal() else max(reader.weight(piece) for reader in READERS)
    return weight


_weight: Final = Memo(_weigh).__getitem__
