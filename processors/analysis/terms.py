"""Words and two-word terms of what a seller says, counted to find what top sellers say more often than others.

Stop words, fillers, numbers, company forms, first names and what the caller excludes (trackers, names) are left out;
inflected forms count as one ("priserne", "pris"), under the lemma that simplemma's dictionaries know, else under what
is left without the commonest endings. The form that was said goes beside it: what is said most is what people read.

Size: of a call the store keeps the terms that are said most, at most MAX_TERMS. 400 sellers with six calls on 250
days are 600,000 calls, so at most 72 million rows of (seller, hour, term, count) a year before calls of one hour fall
together. Sorted by seller and hour with the term in a dictionary such a row takes some four bytes on disk: under
300 MB a year, beside some 120 million stored segments with their text. What is cut off a call is what was said once in
it, and that only where the call has more than MAX_TERMS terms; a two-word term must be said twice in a call to be kept
at all.

Pure and deterministic.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Final, NamedTuple

from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

from processors.analysis.trackers import primary_language
from processors.lang.da import small_talk as danish_small_talk
from processors.lang.da import words as danish
from processors.lang.en import small_talk as english_small_talk
from processors.lang.en import words as english
from processors.lang.names import brands, persons, places
from processors.text.chunks import Chunk, Look, parts
from processors.text.sentences import WORDS, words

MAX_TERMS: Final = 120  # a call
MIN_LETTERS: Final = 3
MIN_PAIR_COUNT: Final = 2

_STOP_WORDS: Final = (
    english.FUNCTION_WORDS
    | danish.FUNCTION_WORDS
    | english_small_talk.SMALL_TALK
    | danish_small_talk.SMALL_TALK
    | persons.FIRST_NAMES
    | english_small_talk.ADVERBS
    | danish_small_talk.ADVERBS
    | english_small_talk.LIGHT_WORDS
    | danish_small_talk.LIGHT_WORDS
    | english_small_talk.EVALUATIVES
    | danish_small_talk.EVALUATIVES
    | english_small_talk.PHRASES
    | danish_small_talk.PHRASES
    | persons.TITLES
    | brands.LEGAL_FORMS
    | places.PLACES
    | places.CALENDAR
)
_DANISH_ENDINGS: Final = (
    "ernes",
    "erne",
    "enes",
    "ene",
    "erens",
    "eren",
    "ens",
    "ets",
    "en",
    "et",
    "ers",
    "er",
)
_ENDING_OF_ADVERBS: Final = {"en": "ly", "da": "vis"}
_NO_ADVERBS: Final = frozenset(
    (
        "reply", "supply", "apply", "family", "assembly", "rely", "comply", "imply", "multiply", "anomaly", "italy",
        "fly", "ally", "rally", "tally", "bully", "july", "bevis", "avis", "vis", "henvis", "opvis", "novis", "servis",
    )
)  # fmt: skip
"""End like adverbs and are none."""
_NOUN_ENDINGS: Final = ("ing", "ion", "itet", "hed", "ment", "ent", "ant", "ik", "um", "ur", "else")


_MEANT_LANGUAGES: Final = ("da", "en")
_MEANT: Final = {"prise": "pris", "datum": "data", "aftælle": "aftale"}
"""Lemmas that a dictionary gives a form that, in sales talk, is another word's."""


class _Said:
    """A word: the term that it is, None when it is not counted, and whether only a blank follows."""

    __slots__ = ("joins", "term")

    def __init__(self, term: "Term | None", *, joins: bool) -> None:
        self.term = term
        self.joins = joins


class Term(NamedTuple):
    """A word or two-word term: its lemma, or the lemmas with a blank between, and the words as they were said."""

    base: str
    form: str


def terms(text: str, language: str | None, exclude: frozenset[str]) -> list[Term]:
    """The words and two-word terms of `text`, in order; a term said twice is in it twice.

    `language` is a BCP 47 tag; outside Danish and English words count as they are said. `exclude` holds lower-case
    words (see `excluded_words`): they are left out, alone and in pairs. A pair is two kept words side by side.
    """
    said_in = _SAID.get(primary_language(language) or "", _SAID[""])
    found: list[Term] = []
    before: Term | None = None
    for said in said_in.at(parts(text)):
        for word in said:
            term = word.term
            if term is None or term.form in exclude or term.base in exclude:
                before = None
                continue
            found.append(term)
            if before is not None:
                found.append(Term(f"{before.base} {term.base}", f"{before.form} {term.form}"))
            before = term if word.joins else None
    return found


def _said(language: str, part: Chunk) -> tuple[_Said, ...]:
    """The words of a part of a text between two single blanks."""
    found = []
    for word in WORDS.of(part):
        masked = part.text[word.start - 1 : word.start] == "["
        base = "" if masked else _counted_form(word.lower, language)
        joins = word.start + len(word.surface) == len(part.text)
        found.append(_Said(Term(base, word.lower) if base else None, joins=joins))
    return tuple(found)


_SAID: Final = {language: Look(partial(_said, language)) for language in ("da", "en", "")}


def excluded_words(names: Iterable[str]) -> frozenset[str]:
    """What `terms` takes as `exclude` so that none of `names` is counted: their words, lower case."""
    return frozenset(word.lower for name in names for word in words(name))


def base_form(word: str, language: str) -> str:
    """The lemma of a lower-case word; of one that no dictionary has, the word without its ending."""
    lemmas = dictionary(language)
    if lemmas is None:
        return word
    lemma = lemmas.get(word)
    if lemma is None:
        return _english_singular(word) if language == "en" else _danish_indefinite(word)
    return _MEANT.get(lemma, lemma.lower())


def prepare() -> None:
    """Read the dictionaries, which takes half a second the first time: a worker does it before it begins."""
    for language in _MEANT_LANGUAGES:
        dictionary(language)


@lru_cache
def dictionary(language: str) -> Mapping[str, str] | None:
    """Forms to lemmas, None for a language that has none here.

    As simplemma ships them, in runs of sorted forms: a lookup takes some 8 us, but all 970,000 forms together 12 MB
    instead of 110. A word is looked up once, then `_SAID` knows it.
    """
    if language not in _MEANT_LANGUAGES:
        return None
    return StreamDictionaryFactory().get_dictionary(language)


def _counted_form(word: str, language: str) -> str:
    """The base form of a word; empty for one that is not counted."""
    if word in _STOP_WORDS or len(word) < MIN_LETTERS or not word.replace("-", "").isalpha():
        return ""
    base = base_form(word, language)
    return "" if base in _STOP_WORDS or _is_adverb(base, language) else base


def _is_adverb(base: str, language: str) -> bool:
    ending = _ENDING_OF_ADVERBS.get(language)
    return ending is not None and base.endswith(ending) and base not in _NO_ADVERBS


def _english_singular(word: str) -> str:
    """Harman's S stemmer: "policies" to "policy", "licenses" to "license"; "business", "status" stay."""
    if word.endswith("ies") and word[-4:-3] not in ("e", "a"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word


def _danish_indefinite(word: str) -> str:
    """Without the ending of the definite or plural: "kontrakterne" to "kontrakt", "rabatten" to "rabat"."""
    for ending in _DANISH_ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > MIN_LETTERS:
            if ending in ("er", "ers") and not base.endswith(_NOUN_ENDINGS):
                return word  # "sikker" is no plural
            return base[:-1] if base[-1] == base[-2] else base
    return word
