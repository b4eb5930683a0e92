"""Finds names of companies, products and organizations that nobody listed, in Danish and English speech.

`candidates` says where one may stand, `evidence` weighs what speaks for and against it: letters and
digits in it, the words around it, and on the other side first names, places, the calendar and everyday words. What
this reaches stands in docs/accuracy.md.

Pure: a text's names depend on that text alone, so that they do not change with the order of events.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from processors.analysis.names.candidates import candidates, may_have_names, variants
from processors.analysis.names.evidence import BRANDS, Candidate, is_private, score, without_genitive
from processors.lang.da import names as danish
from processors.lang.en import names as english
from processors.text.cache import Memo
from processors.text.sentences import words

LEADING_LETTERS: Final = 5
"""A company's first word is its short name from so many letters on: "Klintholm Friskole" is said "Klintholm"."""
LIST_BONUS: Final = 15  # tenths of score for standing beside a name: "HubSpot, Pipedrive og Dinero"

_LEGAL_FORM: Final = re.compile(
    r"[ ,]+(?:inc|ltd|llc|llp|corp|plc|gmbh|aps|a/s|p/s|k/s|i/s|incorporated|limited|corporation)\.?$",
    re.IGNORECASE,
)
_CONJUNCTIONS: Final = english.CONTEXT.conjunctions | danish.CONTEXT.conjunctions


class NameMention(NamedTuple):
    """A name was said: readable `name`, `key` that all its spellings share, `surface` and offset in the text."""

    name: str
    key: str
    surface: str
    start: int


_WORD_BEFORE: Final = re.compile(r"(\w+)[ -]$")
_WORD_BEHIND: Final = re.compile(r"[ -](\w+)")
_BEFORE_AND: Final = re.compile(r"(?:the )?[\w'’-]{3,}(?: ?[&+]| (?:og|and) )", re.IGNORECASE)
"""How a company of a family begins: "Hede & Søn" is said "Hede"."""


class NameFinder:
    """Finds names; those of `known`, the trackers' names and aliases, are left to their trackers, and `own`, the own
    company and its products, are nobody else's."""

    def __init__(self, known: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        self._known = frozenset(key for name in known if (key := name_key(name)))
        self._known |= frozenset[str]().union(*(company_keys(name) for name in own))

    def find(self, text: str, language: str | None) -> list[NameMention]:
        """The names in `text` that are not known, in order.

        They are looked for alike in every language: Danes use English names in Danish sentences, and other ones.
        """
        if not may_have_names(text):
            return []
        found = []
        behind_last = -2
        for candidate in candidates(text):
            if is_private(candidate):
                continue
            in_list = candidate.first == behind_last or (
                candidate.first == behind_last + 1 and candidate.before[1] in _CONJUNCTIONS
            )
            best, reached = _best(candidate)
            if reached + LIST_BONUS * in_list > 0:
                behind_last = candidate.beyond
                mention = _mention(text, best)
                if mention.key and not self._is_known(best) and not self._is_broken(text, mention):
                    found.append(mention)
        return found

    def _is_broken(self, text: str, mention: NameMention) -> bool:
        """Whether it is half of a known name that speech-to-text heard as two words: "Pap rio" for Paprio."""
        before, behind = text[: mention.start], text[mention.start + len(mention.surface) :]
        next_to_it = (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind))
        halves = [each[1].lower() if each else "" for each in next_to_it]
        joined = (halves[0] + mention.key, mention.key + halves[1])
        return any(name != mention.key and name in self._known for name in joined)

    def _is_known(self, candidate: Candidate) -> bool:
        """Whether it or a part of it is a tracker's name, also in the genitive: "Contoso CRM", "Contosos"."""
        keys = [_key_of(surface) for surface in candidate.surfaces]
        for first in range(len(keys)):
            joined = ""
            for key in keys[first:]:
                joined += key
                if joined in self._known or joined.removesuffix("s") in self._known:
                    return True
        return False


def name_key(name: str) -> str:
    """What all spellings of a name share: "Da Vinci 3D" and "DaVinci 3D" are "davinci3d", "Contoso A/S" "contoso"."""
    said = [without_genitive(word.lower) for word in words(_LEGAL_FORM.sub("", name))]
    if len(said) > 1 and said[0] == "the":
        said = said[1:]
    return re.sub(r"\W", "", "".join(said))


def company_keys(name: str) -> frozenset[str]:
    """The keys under which a company, or a product, is said: "Hede & Søn Tandklinik ApS" also "Hede & Søn", each with
    Danish endings ("Fjordteks"). Its first word alone only from LEADING_LETTERS letters on, or in front of an "&"."""
    said = [without_genitive(word.lower) for word in words(_LEGAL_FORM.sub("", name))]
    if len(said) > 1 and said[0] == "the":
        said = said[1:]
    keys = {
        "".join(said[:length])
        for length in range(1, len(said) + 1)
        if length > 1 or len(said) == 1 or len(said[0]) >= LEADING_LETTERS or _BEFORE_AND.match(name)
    }
    return _inflected(keys)


def person_keys(name: str) -> frozenset[str]:
    """The keys under which somebody is said: the whole name, and each part of it."""
    said = [word.lower for word in words(name)]
    return _inflected({"".join(said), *(word for word in said if len(word) > 2)})


def own_keys(customer: str, participants: Iterable[str]) -> frozenset[str]:
    """The keys of what a call's people call themselves: never somebody else's brand."""
    return company_keys(customer).union(*(person_keys(name) for name in participants))


def _inflected(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(
        re.sub(r"\W", "", key) + ending
        for key in keys
        if key
        for ending in ("", "s", "en", "ens", "et", "ets")
    )


_key_of: Final = Memo(name_key).__getitem__


def _best(candidate: Candidate) -> tuple[Candidate, int]:
    """The first of its variants that reaches the highest score, and this."""
    best, highest = candidate, score(candidate)
    for variant in variants(candidate)[1:]:
        reached = score(variant)
        if reached > highest:
            best, highest = variant, reached
    return best, highest


def _mention(text: str, candidate: Candidate) -> NameMention:
    start = candidate.starts[0]
    surface = text[start : candidate.starts[-1] + len(candidate.surfaces[-1])]
    readable = without_genitive(surface)
    if readable == readable.lower():
        readable = " ".join(word if word in BRANDS else word.capitalize() for word in readable.split(" "))
    return NameMention(readable, _key_of(surface), surface, start)
