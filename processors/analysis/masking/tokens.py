"""Numbers and addresses cut into the pieces that speech-to-text writes: words, groups of digits, single marks."""

import re
from typing import Final

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
MARKS_WITHIN: Final = frozenset("-‐‑‒–—−./(),")
"""Marks that stand between the parts of one number, beside blanks."""


class Token:
    """A piece of a text: in lower case, the offset of its first character and the one behind its last."""

    __slots__ = ("end", "lower", "start")

    def __init__(self, lower: str, start: int, end: int) -> None:
        self.lower = lower
        self.start = start
        self.end = end


def tokenise(text: str) -> list[Token]:
    """The words, digit groups and marks of `text` in order; blanks are what lies between them."""
    return [Token(match[0].lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def ascii_digits(token: str) -> str:
    """The token's digits as 0 to 9, whatever script they are written in."""
    return token if token.isascii() else "".join([str(int(digit)) for digit in token])
