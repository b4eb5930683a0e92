"""Where a name of a company, a product or an organization may stand in a text.

Runs of capitalised words, well-known brands in any case and, in text without capitals, odd words in a telling
phrase ("we switched to ..."). `evidence` then weighs them. Pure.
"""

import re
from dataclasses import dataclass
from typing import Final

from processors.analysis.names.evidence import (
    BRANDS,
    EVERYDAY,
    LONG_BRANDS,
    Candidate,
    is_ordinary,
    without_genitive,
)
from processors.lang import word_set
from processors.lang.da import names as danish_names
from processors.lang.da import words as danish
from processors.lang.en import names as english_names
from processors.lang.en import words as english
from processors.lang.names import persons, places
from processors.text.cache import Memo
from processors.text.chunks import Chunk, Look, chunks, parts
from processors.text.sentences import WORDS

MAX_WORDS: Final = 5  # of a name
MAX_CHUNK_LENGTH: Final = 100  # characters
MIN_CAPITALS_SHARE: Final = 0.7  # of a text's words: from here its capitals say nothing

_IN_ADDRESS: Final = r"(?:://|www\.|\.com\b|\.dk\b|@\w)"
_HAS_ADDRESS: Final = re.compile(_IN_ADDRESS)
_ADDRESS: Final = re.compile(rf"\S*{_IN_ADDRESS}\S*")
_SENTENCE_END: Final = re.compile(r"[.!?:;…\"“”»«()\[\]\n]|^\s*-|- ")
_JOINING_GAP: Final = re.compile(r" |-| ?& ?| ?/ ?|\. ?")
# Not as a speech-to-text service with punctuation writes: lower case, addresses, tags, emoji, "!!".
_UNTIDY: Final = re.compile(r"[#@_|*~<>^=\\\U00010000-\U0010ffff]|https?:|\bRT\b|[!?.]{2}")
_UNTIDY_BEGINNING: Final = re.compile(r"\W*[^\W\d_A-ZÆØÅ]")
_INNER_WORD: Final = re.compile(r"\w+")
_BEGIN_ADDRESS: Final = ("www", "http", "https")
_BEYOND_PLAIN: Final = "\U00010000"
_INSIDE_NAMES: Final = english_names.CONTEXT.inside | danish_names.CONTEXT.inside | word_set("de du la")
_FUNCTION: Final = english.FUNCTION_WORDS | danish.FUNCTION_WORDS
_LONG_BRAND_FIRSTS: Final = frozenset(name[0] for name in LONG_BRANDS)
_LONG_BRAND_STARTS: Final = _LONG_BRAND_FIRSTS - EVERYDAY
_BRAND_WORDS: Final = BRANDS | _LONG_BRAND_FIRSTS

# What stands before a name that is recognised by it alone.
_PHRASE: Final = re.compile(
    rf"(?:{english_names.CONTEXT.phrase}|{danish_names.CONTEXT.phrase})"
    rf"(?:{english_names.CONTEXT.phrase_end}|{danish_names.CONTEXT.phrase_end})?$"
)
_CUES: Final = english_names.CONTEXT.cues | danish_names.CONTEXT.cues

_BRAND: Final = 1  # of a word, as the bits below: the list that it is on
_BEGINS_BRAND: Final = 2  # and nothing else
_EVERYDAY: Final = 4
_FIRST_NAME: Final = 8
_PLACE: Final = 16
_CALENDAR: Final = 32
_CUE: Final = 64


def listed() -> dict[str, int]:
    """Each word that is on a list, with its lists: so that a new word is looked up once."""
    lists = {
        _BRAND: _BRAND_WORDS,
        _BEGINS_BRAND: BRANDS | _LONG_BRAND_STARTS,
        _EVERYDAY: EVERYDAY,
        _FIRST_NAME: persons.FIRST_NAMES,
        _PLACE: places.PLACES | places.NATIONALITIES,
        _CALENDAR: places.CALENDAR,
        _CUE: _CUES,
    }
    found: dict[str, int] = {}
    for bit, words in lists.items():
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


_LISTS: Final = listed()


NAME: Final = 1
"""Of a chunk, as the bits below: it may be a name, or a part of one."""
CUE: Final = 2
"""It may be part of a phrase before a name."""
ODD: Final = 4
"""It is a word on no list: a name where a phrase stands before it."""


def may_have_names(text: str) -> bool:
    """Whether `candidates` may find something, as far as the chunks tell."""
    kinds = 0
    for part in _HEARD.at(chunks(text)):
        kinds |= part.kind
    return kinds & NAME != 0 or kinds == CUE | ODD


def candidates(text: str) -> list[Candidate]:
    """The candidates of a text, in order, none overlapping."""
    heard = Heard(text)
    cased = has_telling_capitals(heard)
    tidy = cased and not heard.untidy and _UNTIDY_BEGINNING.match(text) is None
    only_capital = heard.capitals == [0]
    found = []
    beyond = 0
    for at, word in enumerate(heard.words):
        if at < beyond or not (word.brand or (word.capital if cased else word.odd)) or heard.in_address(at):
            continue
        beyond = _name_end(heard, at, cased=cased)
        if beyond == at and not cased:
            beyond = _phrase_end(heard, at)
        if beyond > at and not (word.plain and beyond == at + 1 and heard.opens(at)):
            found.append(heard.candidate(at, beyond, tidy=tidy, only_capital=only_capital))
    return found


def variants(candidate: Candidate) -> list[Candidate]:
    """The candidate, and what is left of it without the everyday words in front and at both ends."""
    bares = candidate.bares
    front, end = 0, len(bares)
    while front < end and bares[front] in EVERYDAY and (candidate.opens_sentence or not candidate.tidy):
        front += 1
    if front == end:
        return [candidate]
    found = [candidate]
    if front:
        found.append(_trimmed(candidate, front, end))
    while bares[end - 1] in EVERYDAY and not candidate.tidy:
        end -= 1
    if front < end < len(bares):
        found.append(_trimmed(candidate, front, end))
    return found


def _trimmed(candidate: Candidate, front: int, end: int) -> Candidate:
    """What is left of a candidate from its word `front` to before its word `end`."""
    bares = candidate.bares
    return Candidate(
        first=candidate.first + front,
        beyond=candidate.first + end,
        surfaces=candidate.surfaces[front:end],
        bares=bares[front:end],
        starts=candidate.starts[front:end],
        before=("", bares[front - 1]) if front else candidate.before,
        after=bares[end] if end < len(bares) else candidate.after,
        opens_sentence=candidate.opens_sentence,
        tidy=candidate.tidy,
        only_capital=candidate.only_capital and not front,
        in_phrase=candidate.in_phrase,
    )


class _Word:
    """A word, wherever it is said; `start` is its offset in the part of a text that it was heard in."""

    __slots__ = ("bare", "brand", "capital", "cue", "in_address", "lower", "odd", "plain", "start", "surface")

    def __init__(
        self,
        surface: str,
        start: int,
        lower: str,
        bare: str,  # without a genitive's ending
        capital: bool,
        brand: bool,  # or the first word of one
        plain: bool,  # no name where it opens a sentence alone: most capitals are that
        odd: bool,  # on no list, so that it may be a name
        cue: bool,  # part of a phrase before a name
        in_address: bool,
    ) -> None:
        self.surface = surface
        self.start = start
        self.lower = lower
        self.bare = bare
        self.capital = capital
        self.brand = brand
        self.plain = plain
        self.odd = odd
        self.cue = cue
        self.in_address = in_address


class _Part:
    """What a text has between two single blanks; `kind` is NAME, CUE or ODD, or 0 where it is none of these."""

    __slots__ = ("kind", "untidy", "words")

    def __init__(self, words: list[_Word], kind: int, untidy: bool) -> None:
        self.words = words
        self.kind = kind
        self.untidy = untidy


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two words."""

    ends_sentence: bool
    joins: bool  # nothing in it ends a name
    marks: bool  # the next word is no name: "#word", "@word" or what masking left


def _hear(chunk: Chunk) -> _Part:
    part = chunk.text
    plain = _is_plain(chunk)
    addresses: list[tuple[int, int]] = []
    if not plain and _HAS_ADDRESS.search(part):
        addresses = [match.span() for match in _ADDRESS.finditer(part)]
    heard = []
    kinds = 0
    for surface, start, lower in WORDS.of(chunk):
        bare = without_genitive(lower)
        lists = _LISTS.get(bare, 0)
        brand = lists & _BRAND != 0
        cue = (lists if bare == lower else _LISTS.get(lower, 0)) & _CUE != 0
        kinds |= _kind(lists, lower_case=surface == lower)
        heard.append(
            _Word(
                surface,
                start,
                lower,
                bare,
                capital=surface != lower and surface != "I",
                brand=brand,
                plain=lists & (_EVERYDAY | _FIRST_NAME) != 0 and not brand,
                odd=lists & (_EVERYDAY | _FIRST_NAME | _PLACE) == 0 and len(bare) >= 3 and bare.isalpha(),
                cue=cue or not (lower.isalnum() or _CUES.isdisjoint(_INNER_WORD.findall(lower))),
                in_address=bool(addresses) and any(begin <= start < beyond for begin, beyond in addresses),
            )
        )
    if part.startswith("[") or len(part) > MAX_CHUNK_LENGTH:
        kinds = 0  # what masking left, or no words at all
    kind = kinds & NAME or kinds & CUE or kinds
    return _Part(heard, kind, not plain and _UNTIDY.search(part) is not None)


def _kind(lists: int, *, lower_case: bool) -> int:
    """NAME, CUE or ODD, or 0, for a word on these lists."""
    if lists & _BEGINS_BRAND:
        return NAME
    if lists & _CUE:
        return CUE
    if lists & (_EVERYDAY | _FIRST_NAME | _PLACE | _CALENDAR):
        return 0
    return ODD if lower_case else NAME


def _is_plain(chunk: Chunk) -> bool:
    """Whether nothing in a chunk is untidy or an address: a word with at most one mark behind it."""
    word = chunk.word
    if not word or word == "rt" or word.endswith(_BEGIN_ADDRESS):
        return False
    return word.isascii() or max(word) < _BEYOND_PLAIN


def _tell_gap(gap: str) -> _Gap:
    ends = _SENTENCE_END.search(gap) is not None
    joins = not ends and _JOINING_GAP.fullmatch(gap) is not None
    return _Gap(ends, joins, gap.rstrip()[-1:] in ("#", "@", "["))


_HEARD: Final = Look(_hear)
_gaps: Final = Memo(_tell_gap)


class Heard:
    """The words of a text, with what their places say worked out where it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[_Word] = []
        self.starts: list[int] = []
        self.untidy = False  # whatever it begins with
        self.capitals: list[int] = []  # places of words that have one
        words, starts, capitals = self.words, self.starts, self.capitals
        offset = 0
        for chunk in parts(text):
            part = _HEARD.of(chunk)
            for word in part.words:
                if word.capital:
                    capitals.append(len(words))
                words.append(word)
                starts.append(offset + word.start)
            if part.untidy:
                self.untidy = True
            offset += len(chunk.text) + 1

    def lower(self, at: int) -> str:
        """The word in lower case; empty outside the text."""
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def gap(self, at: int) -> _Gap:
        """What stands between a word and the one before it."""
        before = self.starts[at - 1] + len(self.words[at - 1].surface) if at else 0
        return _gaps[self.text[before : self.starts[at]]]

    def between(self, at: int) -> str:
        """What stands between a word and the next one."""
        return self.text[self.starts[at] + len(self.words[at].surface) : self.starts[at + 1]]

    def opens(self, at: int) -> bool:
        """Whether the word opens a sentence."""
        return at == 0 or self.gap(at).ends_sentence

    def joined(self, at: int) -> bool:
        """Whether nothing that ends a name stands before the word."""
        return 0 < at < len(self.words) and self.gap(at).joins

    def in_address(self, at: int) -> bool:
        """Whether the word is part of an address, "#word", "@word" or what masking left."""
        return self.words[at].in_address or self.gap(at).marks

    def capital_follows(self, at: int) -> bool:
        return self.joined(at + 1) and self.words[at + 1].capital

    def in_phrase(self, at: int) -> bool:
        """Whether a telling phrase stands right before the word."""
        before = self.words[max(0, at - 4) : at]
        if not any(word.cue for word in before):
            return False
        return _PHRASE.search(" ".join([word.lower for word in before])) is not None

    def candidate(self, first: int, beyond: int, *, tidy: bool, only_capital: bool) -> Candidate:
        said = self.words[first:beyond]
        opens = self.opens(first)
        return Candidate(
            first=first,
            beyond=beyond,
            surfaces=[word.surface for word in said],
            bares=[word.bare for word in said],
            starts=self.starts[first:beyond],
            before=("", "") if opens else (self.lower(first - 2), self.lower(first - 1)),
            after=self.lower(beyond) if self.joined(beyond) else "",
            opens_sentence=opens,
            tidy=tidy,
            only_capital=only_capital and first == 0,
            in_phrase=not any(word.capital for word in said) and self.in_phrase(first),
        )


def has_telling_capitals(heard: Heard) -> bool:
    """Whether a capital says something: there are some, and not all over the text."""
    if len(heard.capitals) < 4:
        return bool(heard.capitals)
    inner = len([at for at in heard.capitals if not heard.opens(at)])
    return inner < 4 or inner / len(heard.words) < MIN_CAPITALS_SHARE


def _name_end(heard: Heard, at: int, *, cased: bool) -> int:
    """The place behind the brand or the capitalised name that may begin at `at`, or `at` when none does."""
    word = heard.words[at]
    beyond = _brand_end(heard, at) if word.brand else at
    if beyond == at and cased and word.capital:
        named_within = not heard.opens(at) and heard.capital_follows(at)
        beyond = at + 1 if named_within or word.lower not in _FUNCTION else at
    while at < beyond < at + MAX_WORDS:
        last = heard.words[beyond - 1]
        step = _continuation(heard, beyond, cased=cased) if last.bare == last.lower else 0
        if not step:
            break
        beyond += step
    return beyond


def _brand_end(heard: Heard, at: int) -> int:
    """The place behind the longest well-known brand that begins at `at`, or `at` when none does."""
    for length in (3, 2):
        said = tuple([word.lower for word in heard.words[at : at + length]])
        if said in LONG_BRANDS:
            return at + len(said)
    return at + 1 if heard.words[at].bare in BRANDS else at


def _continuation(heard: Heard, at: int, *, cased: bool) -> int:
    """How many words from `at` on belong to the name before them."""
    if not heard.joined(at) or heard.in_address(at):
        return 0
    word = heard.words[at]
    if (cased and word.capital) or (word.surface.isdecimal() and len(word.surface) <= 4):
        return 1
    return 2 if cased and word.lower in _INSIDE_NAMES and heard.capital_follows(at) else 0


def _phrase_end(heard: Heard, at: int) -> int:
    """The same in text without capitals: an odd word in a telling phrase, and one more if it is odd too."""
    word = heard.words[at]
    if not word.odd or is_ordinary(word.bare) or not heard.in_phrase(at):
        return at
    odd_follows = heard.joined(at + 1) and heard.words[at + 1].odd and not heard.in_address(at + 1)
    return at + 2 if odd_follows else at + 1
