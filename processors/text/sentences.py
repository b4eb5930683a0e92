"""Text basics that every analysis shares: sentences, word tokens with their place, the word count.

Rule based and pure: no model, no download. Speech-to-text may come with or without punctuation; without
any, a segment is one sentence. Text is expected in Unicode NFC, as speech-to-text services write it.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from processors.lang.da import abbreviations as danish
from processors.lang.en import abbreviations as english
from processors.text.chunks import Chunk, Look, chunks
from processors.text.marks import without_marks

NEVER_FINAL: Final = english.NEVER_FINAL | danish.NEVER_FINAL
SOMETIMES_FINAL: Final = english.SOMETIMES_FINAL | danish.SOMETIMES_FINAL

_BREAK: Final = re.compile(
    # It begins with the set itself, and looks behind later, since only then does `re` leap to such characters.
    r"(?P<stop>[.!?…](?<![.!?…]{2})[.!?…]*+)(?P<closing>[\"'”’»)\]]*+)\s++"
    r"(?=[\"'“„‘«»(\[\-–—*#$€£¿¡]*+(?P<next>[^\W_]))"
)
_MAYBE_BREAK: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
_WORD: Final = re.compile(r"[^\W_]+(?:(?:['’\-‑]|(?<=\d)[.,](?=\d))[^\W_]+)*")

_LAST_TEXTS: Final = 8
"""The analyses of a segment ask for the same text one after another."""


class Word(NamedTuple):
    """A word in a text: what was written, the offset of its first character, its lower-case form."""

    surface: str
    start: int
    lower: str


def sentences(text: str) -> list[str]:
    """The sentences of `text` in order, stripped, none empty; nothing but white space between them is lost.

    A sentence ends with `.`, `!`, `?` or an ellipsis before white space and the next word. The full stop of
    an abbreviation ("f.eks.", "Mr."), an initial, an ordinal ("den 3. maj") or a list number ends none, nor
    does an ellipsis or a quoted question in front of a lower-case word.
    """
    return list(_sentences(text))


@lru_cache(_LAST_TEXTS)
def _sentences(text: str) -> tuple[str, ...]:
    found: list[str] = []
    start = 0
    for match in _BREAK.finditer(text):
        if _ends_sentence(text, start, match):
            found.append(text[start : match.end()].strip())
            start = match.end()
    rest = text[start:].strip()
    if rest:
        found.append(rest)
    return tuple(found)


_MARKS_BEHIND: Final = frozenset(".,!?:;")


def words(text: str) -> list[Word]:
    """The words of `text` with their place.

    A word is a run of letters and digits, joined by inner apostrophes and hyphens ("don't", "3D-printere")
    and, in numbers, by inner points and commas ("1.234,5").
    """
    if (alone := text[:-1] if text[-1:] in _MARKS_BEHIND else text).isalnum():
        return [Word(alone, 0, alone.lower())]  # most chunks
    return [Word(surface := match[0], match.start(), surface.lower()) for match in _WORD.finditer(text)]


def words_of(chunk: Chunk) -> list[Word]:
    """The words of a chunk with their place in it."""
    if chunk.word:
        return [Word(chunk.text[: len(chunk.word)], 0, chunk.word)]
    return words(chunk.text)


def count_words(text: str) -> int:
    """Number of words for the talking speed: tokens between white space that hold a letter or a digit; no marks."""
    return sum(_IS_WORD.at(chunks(without_marks(text))))


def goes_on(text: str, following: str) -> bool:
    """Whether the last sentence of `text` goes on in `following`, as far as punctuation and letters tell."""
    before, after = sentences(without_marks(text)), sentences(without_marks(following))
    return bool(before and after) and len(sentences(f"{before[-1]} {after[0]}")) == 1


def may_end_sentence(chunk: str) -> bool:
    """Whether a chunk ends like a sentence; `sentences` knows whether it does end one."""
    return not chunk[-1:].isalnum() and _MAYBE_BREAK.search(chunk) is not None


WORDS: Final = Look(words_of)
"""The words of a chunk with their place in it."""
_IS_WORD: Final = Look(lambda chunk: chunk.word != "" or _LETTER_OR_DIGIT.search(chunk.text) is not None)
"""Whether a chunk has a letter or a digit."""


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the punctuation of `match` ends the sentence that began at `start`."""
    stop = match["stop"]
    lower_follows = match["next"].islower()
    if not _LETTER_OR_DIGIT.search(text, start, match.start()):
        return False  # punctuation before the first word belongs to it
    if match["closing"] and lower_follows:
        return False  # "Really?" she asked
    if stop != ".":
        return not (lower_follows and ("…" in stop or stop.endswith("..")))
    last = _last_token(text, start, match.start())
    if last.isdecimal():
        ordinal = lower_follows or (match["next"].isdigit() and len(last) <= 2)
        list_number = text[start : match.start()].strip() == last
        return not (ordinal or list_number)
    if len(last) == 1 and last not in "Iiåø":
        return False  # an initial, or one part of an abbreviation written with blanks ("f. eks.")
    lower = last.lower()
    if lower in NEVER_FINAL:
        return False
    return not (lower in SOMETIMES_FINAL and lower_follows)


def _last_token(text: str, start: int, end: int) -> str:
    """The characters before `end` back to white space, without opening punctuation."""
    token = text[start:end].rsplit(None, 1)[-1]
    return token.lstrip("\"'“„‘«»([-–—")
