"""Words that are counted of a seller, as fillers ("um", "øh", "you know"): a list for each metric that counts some.

Pure and deterministic.
"""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import Final

from clickhouse.schema.metrics import COUNTED_WORDS
from clickhouse.schema.rows import WordCounts
from processors.analysis.trackers import primary_language
from processors.lang.da import counted_words as danish
from processors.lang.en import counted_words as english
from processors.lang.schema import CountedWords
from processors.text.chunks import Chunk, Look, chunks
from processors.text.sentences import WORDS, words

_LISTS: Final = {
    language: [lists[name] for name in COUNTED_WORDS]
    for language, lists in {"da": danish.COUNTED_WORDS, "en": english.COUNTED_WORDS}.items()
}

UNCOUNTED: Final[WordCounts] = tuple([None for _ in COUNTED_WORDS])
"""What is counted of a side or in a language of which nothing is."""
_NOTHING_SAID: Final[WordCounts] = tuple([0 for _ in COUNTED_WORDS])


def count_listed_words(text: str, language: str | None) -> WordCounts:
    """How often `text` says what each metric counts, a phrase counted once; UNCOUNTED in a language without lists."""
    spoken = primary_language(language) or ""
    lists = _LISTS.get(spoken)
    if lists is None:
        return UNCOUNTED
    if not any(_MAY_BE_ONE[spoken].at(chunks(text))):
        return _NOTHING_SAID
    said = [word.lower for word in words(text)]
    return tuple([_count(said, listed) for listed in lists])


def _count(said: list[str], listed: CountedWords) -> int:
    found = 0
    for word in said:
        if word in listed.words:
            found += 1
    before = ""
    for first, second in pairwise(said):
        if (first, second) in listed.pairs and before not in listed.pairs[first, second]:
            found += 1
        before = first
    return found


def _starts(lists: Iterable[CountedWords]) -> frozenset[str]:
    """The words without which nothing is counted."""
    return frozenset().union(*[{*listed.words, *[first for first, _ in listed.pairs]} for listed in lists])


def _may_be_one(starts: frozenset[str], chunk: Chunk) -> bool:
    return any(word.lower in starts for word in WORDS.of(chunk))


_MAY_BE_ONE: Final = {
    language: Look(partial(_may_be_one, _starts(lists))) for language, lists in _LISTS.items()
}
