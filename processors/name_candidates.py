"""Where a name of a company, a product or an organization may stand in a text.

Runs of capitalised words, well-known brands in any case and, in text without capitals, odd words in a telling
phrase ("we switched to ..."). `name_evidence` then weighs them. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from processors.name_evidence import BRANDS, EVERYDAY, LONG_BRANDS, Candidate, is_ordinary, without_genitive
from processors.text import words
from processors.wordlists import danish, english, persons, places, word_set

MAX_WORDS: Final = 5  # of a name
MAX_CHUNK_LENGTH: Final = 100  # characters
MIN_CAPITALS_SHARE: Final = 0.7  # of a text's words: from here its capitals say nothing

_IN_ADDRESS: Final = r"(?:://|www\.|\.com\b|\.dk\b|@\w)"
_HAS_ADDRESS: Final = re.compile(_IN_ADDRESS)
_ADDRESS: Final = re.compile(rf"\S*{_IN_ADDRESS}\S*")
_SENTENCE_END: Final = re.compile(r"[.!?:;…\"“”»«()\[\]\n]|^\s*-|- ")
_JOINING_GAP: Final = re.compile(r" |-| ?& ?| ?/ ?|\. ?")
# Not as a speech-to-text service with punctuation writes: lower case, addresses, tags, emoji, "!!".
_UNTIDY: Final = re.compile(r"^\W*[^\W\d_A-ZÆØÅ]|[#@_|*~<>^=\\\U00010000-\U0010ffff]|https?:|\bRT\b|[!?.]{2}")
_INSIDE_NAMES: Final = frozenset({"of", "the", "for", "de", "du", "la"})
_FUNCTION: Final = english.FUNCTION_WORDS | danish.FUNCTION_WORDS
_LONG_BRAND_FIRSTS: Final = frozenset(name[0] for name in LONG_BRANDS)
_LONG_BRAND_STARTS: Final = _LONG_BRAND_FIRSTS - EVERYDAY
_BRAND_WORDS: Final = BRANDS | _LONG_BRAND_FIRSTS
# A text in which only these have a capital has no name worth a closer look.
_NEVER_A_BRAND: Final = persons.FIRST_NAMES | places.PLACES | places.NATIONALITIES | places.CALENDAR

# What stands before a name that is recognised by it alone.
_PHRASE: Final = re.compile(
    r"(?:\b(?:we|they|i|you|people|everyone)(?: also| now| already| still| currently)? use|\busing"
    r"|\b(?:switched|moved|migrated|changed)(?: over)? (?:to|from)|\bgave up on|\bintegration (?:with|to|til|med)"
    r"|\b(?:company|tool|product|system|vendor|supplier|provider|competitor)(?: is| was)? called"
    r"|\b(?:competitor|vendor|provider|supplier)(?: is| was)?|\b(?:quote|offer|calling|here) from"
    r"|\b(?:vi|de|i) (?:bruger|anvender|benytter|kører)(?: også| allerede| stadig| nu)?"
    r"|\bskifte[rt]? (?:til|fra)|\bgået over til|\bopgav"
    r"|\b(?:tilbud|ringer) fra|\b(?:firmaet|leverandøren|konkurrenten|systemet|løsningen)"
    r"|\b(?:der|system(?:et)?|løsning(?:en)?|firma(?:et)?|program(?:met)?|leverandør(?:en)?) hedder)"
    r"(?: (?:the|a|an|en|et|det|den))?$"
)
_CUES: Final = word_set(
    "use using switched moved migrated changed gave integration from called competitor vendor provider supplier bruger"
    " anvender benytter kører skifte skifter skiftet gået opgav fra hedder firmaet leverandøren konkurrenten systemet"
    " løsningen"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to before `beyond` of a text, as a candidate."""

    first: int
    beyond: int
    candidate: Candidate


def kind(chunk: str) -> str:
    """Whether what stands between two blanks may be a "name", is a "cue" for one, an "odd" word, or "plain"."""
    found = "plain"
    if chunk.startswith("[") or len(chunk) > MAX_CHUNK_LENGTH:
        return found  # what masking left, or no words at all
    for word in words(chunk):
        lower = without_genitive(word.lower)
        if lower in BRANDS or lower in _LONG_BRAND_STARTS:
            return "name"
        if lower in _CUES:
            found = "cue"
        elif lower in EVERYDAY or lower in _NEVER_A_BRAND:
            continue
        elif word.surface != word.lower:
            return "name"
        elif found == "plain":
            found = "odd"
    return found


def runs(text: str) -> Iterator[Run]:
    """The candidates of a text, in order, none overlapping."""
    heard = _Heard(text)
    cased = _has_telling_capitals(heard)
    only_capital = heard.capitals == [0]
    beyond = 0
    for at in heard.promising if cased else range(len(heard)):
        if at < beyond or heard.in_address(at):
            continue
        beyond = _name_end(heard, at, cased=cased)
        if beyond == at and not cased:
            beyond = _phrase_end(heard, at)
        if beyond > at and not _is_plain_opening(heard, at, beyond):
            tidy = cased and _UNTIDY.search(text) is None
            yield Run(at, beyond, heard.candidate(at, beyond, tidy=tidy, only_capital=only_capital))


def variants(candidate: Candidate) -> list[Candidate]:
    """The candidate, and what is left of it without the everyday words in front and at both ends."""
    lowers = [without_genitive(word.lower) for word in candidate.words]
    first, beyond = 0, len(lowers)
    while first < beyond and lowers[first] in EVERYDAY and (candidate.opens_sentence or not candidate.tidy):
        first += 1
    if first == beyond:
        return [candidate]
    found = [candidate]
    if first:
        candidate = replace(
            candidate, words=candidate.words[first:], before=("", lowers[first - 1]), only_capital=False
        )
        found.append(candidate)
    while lowers[beyond - 1] in EVERYDAY and not candidate.tidy:
        beyond -= 1
    if first < beyond < len(lowers):
        found.append(replace(candidate, words=candidate.words[: beyond - first], after=lowers[beyond]))
    return found


class _Heard:
    """The words of a text, with what their places say worked out where it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = words(text)
        self._bare = [without_genitive(lower) for _, _, lower in self._words]
        self.capitals = [
            at for at, (surface, _, lower) in enumerate(self._words) if surface != lower and surface != "I"
        ]
        self._addresses = (
            [match.span() for match in _ADDRESS.finditer(text)] if _HAS_ADDRESS.search(text) else []
        )
        brands = [at for at, bare in enumerate(self._bare) if bare in _BRAND_WORDS]
        # Where a name may begin in a text whose capitals say something.
        self.promising = sorted({*self.capitals, *brands}) if brands else self.capitals

    def __len__(self) -> int:
        return len(self._words)

    def surface(self, at: int) -> str:
        return self._words[at].surface

    def lower(self, at: int) -> str:
        """The word in lower case; empty outside the text."""
        return self._words[at].lower if 0 <= at < len(self._words) else ""

    def bare(self, at: int) -> str:
        return self._bare[at]

    def has_capital(self, at: int) -> bool:
        surface, _, lower = self._words[at]
        return surface != lower and surface != "I"

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        before = self._words[at - 1] if at else None
        return self._text[before.start + len(before.surface) if before else 0 : self._words[at].start]

    def opens(self, at: int) -> bool:
        """Whether the word opens a sentence."""
        return at == 0 or ((gap := self.gap(at)) != " " and _SENTENCE_END.search(gap) is not None)

    def joined(self, at: int) -> bool:
        """Whether nothing that ends a name stands before the word."""
        if not 0 < at < len(self._words):
            return False
        gap = self.gap(at)
        return gap == " " or (_JOINING_GAP.fullmatch(gap) is not None and _SENTENCE_END.search(gap) is None)

    def in_address(self, at: int) -> bool:
        """Whether the word is part of an address, "#word", "@word" or what masking left."""
        start = self._words[at].start
        return self.gap(at).rstrip()[-1:] in ("#", "@", "[") or any(
            begin <= start < beyond for begin, beyond in self._addresses
        )

    def capital_follows(self, at: int) -> bool:
        return self.joined(at + 1) and self.has_capital(at + 1)

    def in_phrase(self, at: int) -> bool:
        return _PHRASE.search(" ".join(self.lower(each) for each in range(max(0, at - 4), at))) is not None

    def candidate(self, first: int, beyond: int, *, tidy: bool, only_capital: bool) -> Candidate:
        opens = self.opens(first)
        capital = any(self.has_capital(at) for at in range(first, beyond))
        return Candidate(
            words=tuple(self._words[first:beyond]),
            before=("", "") if opens else (self.lower(first - 2), self.lower(first - 1)),
            after=self.lower(beyond) if self.joined(beyond) else "",
            opens_sentence=opens,
            tidy=tidy,
            only_capital=only_capital and first == 0,
            in_phrase=not capital and self.in_phrase(first),
        )


def _has_telling_capitals(heard: _Heard) -> bool:
    """Whether a capital says something: there are some, and not all over the text."""
    if len(heard.capitals) < 4:
        return bool(heard.capitals)
    inner = sum(not heard.opens(at) for at in heard.capitals)
    return inner < 4 or inner / len(heard) < MIN_CAPITALS_SHARE


def _is_plain_opening(heard: _Heard, at: int, beyond: int) -> bool:
    """Whether it is the one everyday word, or first name, that a sentence opens with: most capitals are that."""
    word = heard.bare(at)
    everyday = (word in EVERYDAY or word in persons.FIRST_NAMES) and word not in _BRAND_WORDS
    return everyday and beyond == at + 1 and heard.opens(at)


def _name_end(heard: _Heard, at: int, *, cased: bool) -> int:
    """The place behind the brand or the capitalised name that may begin at `at`, or `at` when none does."""
    beyond = at
    if heard.bare(at) in _LONG_BRAND_FIRSTS:
        for length in (3, 2):
            if tuple(heard.lower(each) for each in range(at, at + length)) in LONG_BRANDS:
                beyond = at + length
                break
    if beyond == at and heard.bare(at) in BRANDS:
        beyond = at + 1
    if beyond == at and cased and heard.has_capital(at):
        named_within = not heard.opens(at) and heard.capital_follows(at)
        beyond = at + 1 if named_within or heard.lower(at) not in _FUNCTION else at
    while at < beyond < at + MAX_WORDS and heard.bare(beyond - 1) == heard.lower(beyond - 1):
        step = _continuation(heard, beyond, cased=cased)
        if not step:
            break
        beyond += step
    return beyond


def _continuation(heard: _Heard, at: int, *, cased: bool) -> int:
    """How many words from `at` on belong to the name before them."""
    if not heard.joined(at) or heard.in_address(at):
        return 0
    surface = heard.surface(at)
    if (cased and heard.has_capital(at)) or (surface.isdecimal() and len(surface) <= 4):
        return 1
    return 2 if cased and heard.lower(at) in _INSIDE_NAMES and heard.capital_follows(at) else 0


def _phrase_end(heard: _Heard, at: int) -> int:
    """The same in text without capitals: an odd word in a telling phrase, and one more if it is odd too."""
    if not _is_odd(heard, at) or is_ordinary(heard.bare(at)) or not heard.in_phrase(at):
        return at
    return at + 2 if heard.joined(at + 1) and _is_odd(heard, at + 1) else at + 1


def _is_odd(heard: _Heard, at: int) -> bool:
    word = heard.bare(at)
    if not word.isalpha() or len(word) < 3 or heard.in_address(at):
        return False
    return not any(
        word in known for known in (EVERYDAY, persons.FIRST_NAMES, places.PLACES, places.NATIONALITIES)
    )
