"""Finds names of companies, products and organizations that nobody listed, in Danish and English speech.

Candidates are runs of capitalised words, well-known brands in any case and, in text without capitals, odd words in
a telling phrase ("we switched to ..."). Each is weighed by the evidence in `name_evidence`: letters and digits in it,
the words around it, and on the other side first names, places, the calendar and everyday words. What this reaches
stands in docs/accuracy.md.

Pure: a text's names depend on that text alone, so that they do not change with the order of events.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from processors.name_evidence import (
    BRANDS,
    EVERYDAY,
    LONG_BRANDS,
    Candidate,
    is_ordinary,
    score,
)
from processors.text import Word, words
from processors.wordlists import danish, english, persons, places, word_set

MAX_MEMO: Final = 50_000  # entries; a full memo starts anew
MAX_WORDS: Final = 5  # of a name
MIN_CAPITALS_SHARE: Final = 0.7  # of a text's words: from here its capitals say nothing
LIST_BONUS: Final = 1.5  # score for standing beside a name: "HubSpot, Pipedrive og Dinero"

_LEGAL_FORM: Final = re.compile(
    r"[ ,]+(?:inc|ltd|llc|llp|corp|plc|gmbh|aps|a/s|p/s|k/s|i/s|incorporated|limited|corporation)\.?$",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\S*(?:://|www\.|\.com\b|\.dk\b|@\w)\S*")
_SENTENCE_END: Final = re.compile(r"[.!?:;…\"“”»«()\[\]\n]|^\s*-|- ")
_JOINING_GAP: Final = re.compile(r" |-| ?& ?| ?/ ?|\. ?")
# Not as a speech-to-text service with punctuation writes: lower case, addresses, tags, emoji, "!!".
_UNTIDY: Final = re.compile(r"^\W*[^\W\d_A-ZÆØÅ]|[#@_|*~<>^=\\\U00010000-\U0010ffff]|https?:|\bRT\b|[!?.]{2}")
_INSIDE_NAMES: Final = frozenset({"of", "the", "for", "de", "du", "la"})
_CONJUNCTIONS: Final = frozenset({"and", "or", "og", "eller", "samt"})
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
class NameMention:
    """A name was said: readable `name`, `key` that all its spellings share, `surface` and offset in the text."""

    name: str
    key: str
    surface: str
    start: int


class NameFinder:
    """Finds names; those of `known`, the trackers' names and aliases, are left to their trackers."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = frozenset(key for name in known if (key := name_key(name)))
        self._kinds: dict[str, str] = {}  # memo: what stands between blanks, see _kind

    def find(self, text: str, language: str | None) -> list[NameMention]:
        """The names in `text` that are not known, in order.

        They are looked for alike in every language: Danes use English names in Danish sentences, and other ones.
        """
        kinds = {self._kinds.get(chunk) or self._learn(chunk) for chunk in text.split()}
        if "name" not in kinds and not {"cue", "odd"} <= kinds:
            return []
        found = []
        behind_last = -2
        for run in _runs(_tokens(text), tidy=_UNTIDY.search(text) is None):
            in_list = run.first == behind_last or (
                run.first == behind_last + 1 and run.candidate.before[1] in _CONJUNCTIONS
            )
            best = max(_variants(run.candidate), key=score)
            if score(best) + LIST_BONUS * in_list > 0:
                behind_last = run.first + len(run.candidate.words)
                mention = _mention(text, best)
                if mention.key and not self._is_known(best):
                    found.append(mention)
        return found

    def memo_size(self) -> int:
        """Entries of the memo: at most MAX_MEMO."""
        return len(self._kinds)

    def _learn(self, chunk: str) -> str:
        if len(self._kinds) >= MAX_MEMO:
            self._kinds.clear()
        kind = self._kinds[chunk] = _kind(chunk)
        return kind

    def _is_known(self, candidate: Candidate) -> bool:
        """Whether it or a part of it is a tracker's name: "Contoso CRM" belongs to the tracker Contoso."""
        keys = [name_key(word.surface) for word in candidate.words]
        return any(
            "".join(keys[first:beyond]) in self._known
            for first in range(len(keys))
            for beyond in range(first + 1, len(keys) + 1)
        )


def name_key(name: str) -> str:
    """What all spellings of a name share: "Da Vinci 3D" and "DaVinci 3D" are "davinci3d", "Contoso A/S" "contoso"."""
    said = [without_genitive(word.lower) for word in words(_LEGAL_FORM.sub("", name))]
    if len(said) > 1 and said[0] == "the":
        said = said[1:]
    return re.sub(r"\W", "", "".join(said))


def without_genitive(word: str) -> str:
    """The word without an English genitive's ending."""
    return word[:-2] if word[-2:] in ("'s", "’s") else word


class _Token(NamedTuple):
    """A word with what its place says: `first` of its sentence, `joined` to the one before, in an address."""

    word: Word
    bare: str  # lower case, without a genitive's ending
    has_capital: bool
    first: bool
    joined: bool
    in_address: bool  # also "#word", "@word" and what masking left


@dataclass(frozen=True, slots=True)
class _Run:
    """A candidate and the place of its first token."""

    first: int
    candidate: Candidate


def _kind(chunk: str) -> str:
    """Whether what stands between two blanks may be a "name", is a "cue" for one, an "odd" word, or "plain"."""
    kind = "plain"
    if chunk.startswith("["):
        return kind  # what masking left
    for word in words(chunk):
        lower = without_genitive(word.lower)
        if lower in BRANDS or lower in _LONG_BRAND_STARTS:
            return "name"
        if lower in _CUES:
            kind = "cue"
        elif lower in EVERYDAY or lower in _NEVER_A_BRAND:
            continue
        elif word.surface != word.lower:
            return "name"
        elif kind == "plain":
            kind = "odd"
    return kind


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end = 0
    addresses = [(match.start(), match.end()) for match in _ADDRESS.finditer(text)]
    for word in words(text):
        surface, start, lower = word
        gap = text[end:start]
        first = not found
        joined = gap == " "
        in_address = False
        if not joined:
            first = first or _SENTENCE_END.search(gap) is not None
            joined = not first and _JOINING_GAP.fullmatch(gap) is not None
            in_address = gap.rstrip()[-1:] in ("#", "@", "[")
        if addresses:
            in_address = in_address or any(begin <= start < beyond for begin, beyond in addresses)
        has_capital = surface != lower and surface != "I"
        found.append(
            _Token(word, without_genitive(lower), has_capital, first, joined and not first, in_address)
        )
        end = start + len(surface)
    return found


def _runs(tokens: list[_Token], *, tidy: bool) -> Iterator[_Run]:
    capitals = [token.has_capital for token in tokens]
    inner = [capital for capital, token in zip(capitals, tokens, strict=True) if not token.first]
    shouted = len(inner) >= 4 and sum(inner) / len(inner) >= MIN_CAPITALS_SHARE
    cased = any(capitals) and not shouted
    at = 0
    while at < len(tokens):
        beyond = at
        plain = cased and not tokens[at].has_capital and tokens[at].bare not in _BRAND_WORDS
        if not plain and not tokens[at].in_address:
            beyond = _capitalised_end(tokens, at, cased=cased)
            if beyond == at and not cased:
                beyond = _phrase_end(tokens, at)
        if beyond > at and not _is_plain_opening(tokens, at, beyond):
            candidate = _candidate(
                tokens, at, beyond, only_capital=not any(capitals[1:]), tidy=tidy and cased
            )
            yield _Run(at, candidate)
        at = max(at + 1, beyond)


def _is_plain_opening(tokens: list[_Token], at: int, beyond: int) -> bool:
    """Whether it is the one everyday word, or first name, that a sentence opens with: most capitals are that."""
    token = tokens[at]
    everyday = token.bare in EVERYDAY or token.bare in persons.FIRST_NAMES
    return everyday and token.first and beyond == at + 1 and token.bare not in _BRAND_WORDS


def _candidate(tokens: list[_Token], first: int, beyond: int, *, only_capital: bool, tidy: bool) -> Candidate:
    opens = tokens[first].first
    return Candidate(
        words=tuple(token.word for token in tokens[first:beyond]),
        before=("", "")
        if opens
        else (tokens[first - 2].word.lower if first > 1 else "", tokens[first - 1].word.lower),
        after=tokens[beyond].word.lower if beyond < len(tokens) and tokens[beyond].joined else "",
        opens_sentence=opens,
        tidy=tidy,
        only_capital=opens and only_capital and tokens[first].has_capital,
        in_phrase=not any(token.has_capital for token in tokens[first:beyond]) and _in_phrase(tokens, first),
    )


def _capitalised_end(tokens: list[_Token], at: int, *, cased: bool) -> int:
    """The place behind the name that may begin at `at`, or `at` when none does."""
    token = tokens[at]
    beyond = at
    if token.bare in _LONG_BRAND_FIRSTS:
        for length in (3, 2):
            if tuple(each.word.lower for each in tokens[at : at + length]) in LONG_BRANDS:
                beyond = at + length
                break
    if beyond == at:
        followed = at + 1 < len(tokens) and tokens[at + 1].joined and tokens[at + 1].has_capital
        may_begin = token.word.lower not in _FUNCTION or (followed and not token.first)
        if token.bare in BRANDS or (cased and token.has_capital and may_begin):
            beyond = at + 1
    while at < beyond < min(len(tokens), at + MAX_WORDS):
        step = _continuation(tokens, beyond, cased=cased)
        if not step or tokens[beyond - 1].bare != tokens[beyond - 1].word.lower:
            break
        beyond += step
    return beyond


def _continuation(tokens: list[_Token], at: int, *, cased: bool) -> int:
    """How many tokens from `at` on belong to the name before them."""
    token = tokens[at]
    if not token.joined or token.in_address:
        return 0
    if (cased and token.has_capital) or (token.word.surface.isdecimal() and len(token.word.surface) <= 4):
        return 1
    follows = at + 1 < len(tokens) and tokens[at + 1].joined and tokens[at + 1].has_capital
    return 2 if cased and follows and token.word.lower in _INSIDE_NAMES else 0


def _phrase_end(tokens: list[_Token], at: int) -> int:
    """The same in text without capitals: an odd word in a telling phrase, and one more if it is odd too."""
    if not _is_odd(tokens[at]) or is_ordinary(tokens[at].bare) or not _in_phrase(tokens, at):
        return at
    return at + 2 if at + 1 < len(tokens) and tokens[at + 1].joined and _is_odd(tokens[at + 1]) else at + 1


def _in_phrase(tokens: list[_Token], at: int) -> bool:
    return _PHRASE.search(" ".join(token.word.lower for token in tokens[max(0, at - 4) : at])) is not None


def _is_odd(token: _Token) -> bool:
    lower = token.bare
    return (
        lower.isalpha()
        and len(lower) > 2
        and not token.in_address
        and lower not in EVERYDAY
        and lower not in persons.FIRST_NAMES
        and lower not in places.PLACES
        and lower not in places.NATIONALITIES
    )


def _variants(candidate: Candidate) -> list[Candidate]:
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


def _mention(text: str, candidate: Candidate) -> NameMention:
    start = candidate.words[0].start
    last = candidate.words[-1]
    surface = text[start : last.start + len(last.surface)]
    readable = without_genitive(surface)
    if readable == readable.lower():
        readable = " ".join(word if word in BRANDS else word.capitalize() for word in readable.split(" "))
    return NameMention(readable, name_key(surface), surface, start)
