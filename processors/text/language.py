"""Which language a text is in, detected cheaply by its function words: for events that do not say.

Danish and English are what this product analyses; other languages matter only as not being those, so that they get
no sentiment instead of a wrong one. Written words of the languages around Denmark and of the large ones of Europe are
known, other alphabets by their letters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import Final

from processors.lang import foreign
from processors.lang.da import words as danish
from processors.lang.en import words as english
from processors.text.chunks import Chunk, Look, chunks

UNDETERMINED: Final = "und"
"""BCP 47's tag for a language that is none of ours and that cannot be named."""

_CHARACTERS_READ: Final = 600
"""The beginning is enough, however long the text is."""
_HOME_EVIDENCE: Final = 2
_FOREIGN_EVIDENCE: Final = 3
_FOREIGN_LEAD: Final = 3
"""Different words that a language needs, and how many more a foreign one needs than Danish or English: to be wrong
about it costs a call its sentiment, and Norwegian shares most of its short words with Danish."""
_OTHER_ALPHABET_EVIDENCE: Final = 8
_LAST_LATIN_LETTER: Final = "\u024f"
_NOT_LATIN: Final = re.compile("[^\0-\u024f]")

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_FUNCTION_WORDS: Final = {"da": danish.TELLING_WORDS, "en": english.TELLING_WORDS} | foreign.TELLING_WORDS


def _languages_by_word() -> dict[str, tuple[str, ...]]:
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in _FUNCTION_WORDS.items():
        for word in words:
            languages[word].append(language)
    return {word: tuple(spoken) for word, spoken in languages.items()}


_LANGUAGES: Final = _languages_by_word()

_DANISH: Final = 1
"""Of a word, as the bits below: it tells of this language."""
_ENGLISH: Final = 2
_FOREIGN: Final = 4  # any other one


def detect(text: str) -> str | None:
    """The language of `text`: "da", "en", another ISO 639-1 code, or "und" for one in another alphabet.

    None when the text is too little, or too much of two languages, to tell.
    """
    beginning = text[:_CHARACTERS_READ]
    if not beginning.isascii() and _is_other_alphabet(beginning):
        return UNDETERMINED
    telling = {word: tells for found in _TELLING.at(chunks(beginning)) for word, tells in found}
    danish = english = foreign = 0
    for tells in telling.values():
        danish += tells & _DANISH != 0
        english += tells & _ENGLISH != 0
        foreign += tells & _FOREIGN != 0
    # No foreign language has more words than all of them together: mostly these are too few already.
    if foreign > danish and foreign >= english:
        language, most = _most_spoken(telling)
        if most >= _FOREIGN_EVIDENCE and most - max(danish, english) >= _FOREIGN_LEAD:
            return language
        if most > danish and most >= english:
            return None
    if danish == english or max(danish, english) < _HOME_EVIDENCE:
        return None
    return "da" if danish > english else "en"


def _most_spoken(words: Iterable[str]) -> tuple[str, int]:
    """The foreign language that most of the words tell of, and how many do."""
    evidence = Counter(chain.from_iterable(map(_spoken_in, words)))
    del evidence["da"], evidence["en"]
    return max(evidence.items(), key=itemgetter(1))


def _spoken_in(word: str) -> tuple[str, ...]:
    """The languages that have `word` as a function word, or that alone have one of its letters."""
    if word.isascii() or word in _LANGUAGES:
        return _LANGUAGES.get(word, ())
    return next((languages for letter, languages in foreign.LETTERS.items() if letter in word), ())


def _telling(chunk: Chunk) -> tuple[tuple[str, int], ...]:
    """The words of a chunk that tell of languages, each with the bits of these."""
    words = [chunk.word] if chunk.word else _WORD.findall(chunk.lower.replace("’", "'"))
    return tuple([(word, tells) for word in words if (tells := _tells(_spoken_in(word)))])


def _tells(languages: tuple[str, ...]) -> int:
    danish, english = "da" in languages, "en" in languages
    return _DANISH * danish | _ENGLISH * english | _FOREIGN * (len(languages) > danish + english)


_TELLING: Final = Look(_telling)


def _is_other_alphabet(text: str) -> bool:
    """Whether most letters of `text` are not Latin."""
    if _NOT_LATIN.search(text) is None:
        return False
    letters = [character for character in text if character.isalpha()]
    others = sum(letter > _LAST_LATIN_LETTER for letter in letters)
    return others >= _OTHER_ALPHABET_EVIDENCE and 2 * others > len(letters)
