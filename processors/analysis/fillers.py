"""Fillers: sounds and phrases that fill a pause ("um", "øh", "you know"), counted for filler words per minute.

Pure and deterministic; the memo only saves time.
"""

from functools import partial
from itertools import pairwise
from typing import Final

from processors.analysis.trackers import primary_language
from processors.lang.da import fillers as danish
from processors.lang.en import fillers as english
from processors.lang.schema import Fillers
from processors.text.cache import Memo
from processors.text.sentences import chunks, words

_FILLERS: Final = {"da": danish.FILLERS, "en": english.FILLERS}


def count_fillers(text: str, language: str | None) -> int | None:
    """How many fillers are in `text`, a phrase counted once; None for a language of which no fillers are known."""
    spoken = primary_language(language) or ""
    fillers = _FILLERS.get(spoken)
    if fillers is None:
        return None
    if not any(map(_MAY_BE_ONE[spoken].__getitem__, chunks(text))):
        return 0
    said = [word.lower for word in words(text)]
    return sum(word in fillers.words for word in said) + _phrases(said, fillers)


def _phrases(said: list[str], fillers: Fillers) -> int:
    found = 0
    before = ""
    for first, second in pairwise(said):
        if (first, second) in fillers.pairs and before not in fillers.pairs[first, second]:
            found += 1
        before = first
    return found


def _may_be_one(fillers: Fillers, chunk: str) -> bool:
    firsts = {first for first, _ in fillers.pairs}
    return any(word.lower in fillers.words or word.lower in firsts for word in words(chunk))


_MAY_BE_ONE: Final = {language: Memo(partial(_may_be_one, fillers)) for language, fillers in _FILLERS.items()}
