"""Which private numbers and addresses a text may have, as far as its chunks tell: most have none."""

import re
from typing import Final

from processors.analysis.masking.emails import AT_WORDS, DOMAIN_WORDS
from processors.analysis.masking.kinds import MIN_DIGITS
from processors.analysis.masking.labelled import may_be_label
from processors.analysis.masking.spoken import number_weight
from processors.text.chunks import Chunk, Look, chunks

FEWEST_WRITTEN: Final = 6
"""Digits of the shortest number that is masked where it is written in digits: a British insurance number, AB123456C."""
_LABEL: Final = 4
"""What a label adds to the digits behind it, so that three are enough."""

_PIECE: Final = re.compile(r"\d+|[^\W\d_]+")
_SIGN: Final = re.compile(r"[@\uff20\ufe6b]|%40")
_WITHIN_ADDRESS: Final = re.compile(r"(?<=.)[.‑_-](?=.)|[\[({<\])}>]")

ADDRESS: Final = 1
"""Of a chunk, as the bits below: it has an "@", or words that mean nothing else."""
AT: Final = 2
"""It has an "at", which is an "@" where the rest of an address follows."""
DOMAIN: Final = 4
"""It may be part of an address behind an "at"."""
LABEL: Final = 8
"""It is what a number is called."""


class _Sign:
    """What a chunk tells: the bits above, how many digits of a number it may be the sign of, and how many are
    written."""

    __slots__ = ("bits", "digits", "weight")

    def __init__(self, bits: int, weight: int, digits: int) -> None:
        self.bits = bits
        self.weight = weight
        self.digits = digits


_ADDRESS_WORDS: Final = dict.fromkeys(DOMAIN_WORDS, DOMAIN) | dict.fromkeys(AT_WORDS, ADDRESS) | {"at": AT}
_NO_SIGN: Final = _Sign(0, 0, 0)


class Signs:
    """What the chunks of a text tell together."""

    __slots__ = ("address", "digits", "label", "number")

    def __init__(self, text: str) -> None:
        bits = weight = digits = 0
        for sign in _SIGNS.at(chunks(text)):
            bits |= sign.bits
            weight += sign.weight
            digits += sign.digits
        self.address = bits & ADDRESS != 0 or bits & (AT | DOMAIN) == AT | DOMAIN
        self.number = weight >= MIN_DIGITS or digits >= FEWEST_WRITTEN
        self.label = bits & LABEL != 0
        self.digits = digits


def _see(chunk: Chunk) -> _Sign:
    lower = chunk.lower
    pieces = [chunk.word] if chunk.word else _PIECE.findall(lower)
    bits = 0
    weight = int(len(pieces) > 1)  # letters and digits in one: "AB123456C"
    digits = 0
    for piece in pieces:
        if piece.isdecimal():
            digits += len(piece)
        else:
            weight += number_weight(piece)
            bits |= _ADDRESS_WORDS.get(piece, 0)
    if not chunk.word:
        if _SIGN.search(lower):
            bits |= ADDRESS
        if _WITHIN_ADDRESS.search(lower):
            bits |= DOMAIN
    if may_be_label(lower):
        bits |= LABEL
        weight += _LABEL
    weight += digits
    return _Sign(bits, weight, digits) if bits or weight else _NO_SIGN


_SIGNS: Final = Look(_see)
