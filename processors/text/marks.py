"""Marks that a transcriber sets where nothing is said: `[noise]`, `(laughs)`, `<unk>`, `♪`.

They are no words, and a segment of nothing else is no speech. What stands for words that were said and are withheld
(`[phone]`, `[PII]`, `[NAME_1]`) is none of them.
"""

import re
from functools import lru_cache
from typing import Final

from processors.lang.da import marks as danish
from processors.lang.en import marks as english

_LONGEST: Final = 48
"""Characters between the brackets; what is longer is somebody's remark."""
_MOST_WORDS: Final = 4

_OPENS: Final = re.compile(r"[\[<(*♪♫♬]")
_MARK: Final = re.compile(
    rf"\[(?P<square>[^\[\]]{{0,{_LONGEST}}})\]"
    rf"|<(?P<angle>[|/]?[^\W\d_][^<>]{{0,{_LONGEST}}})>"
    rf"|\((?P<round>[^()]{{1,{_LONGEST}}})\)"
    rf"|(?<!\w)\*{{1,2}}(?P<star>[^*]{{1,{_LONGEST}}})\*{{1,2}}(?!\w)"
    r"|[♪♫♬]+"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPOKEN: Final = re.compile(r"[.,;:!?…]")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")

_NOISES: Final = english.NOISES | danish.NOISES
_AROUND: Final = english.AROUND | danish.AROUND
_WITHHELD: Final = english.WITHHELD | danish.WITHHELD


@lru_cache(8)
def without_marks(text: str) -> str:
    """`text` with blanks in the place of its marks, so that every other character keeps its offset."""
    if _OPENS.search(text) is None:
        return text
    return _MARK.sub(_blank, text)


def is_speech(text: str) -> bool:
    """Whether anything is said: False for marks alone. Text that is withheld, or that nobody wrote, may be speech."""
    said = without_marks(text)
    return said == text or _LETTER_OR_DIGIT.search(said) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0]) if _is_mark(found) else found[0]


def _is_mark(found: re.Match[str]) -> bool:
    kind = found.lastgroup
    if kind is None:
        return True
    content = found[kind]
    words = [word.lower() for word in _WORD.findall(content.replace("_", " "))]
    if len(words) > _MOST_WORDS:
        return False
    if any(word in _NOISES for word in words):
        return all(word in _NOISES or word in _AROUND for word in words) or kind in ("square", "angle")
    if kind in ("round", "star") or any(word in _WITHHELD for word in words):
        return False
    if not words:
        return ":" in content  # a time
    if content.startswith("_") or all(word in _AROUND for word in words):
        return True
    # a label in capitals withholds words; with punctuation it is somebody's remark
    return not (content.isupper() or _SPOKEN.search(content) is not None)
