"""The valence of a Danish word: AFINN, our own words, and what follows from them.

AFINN lists some inflections of a word and not others, and few of the compounds that Danish makes as it goes. A word
in neither list therefore takes the valence of its stem ("skuffelserne"), of a compound's last part
("leveringsproblemer"), or of what its first or last syllable does to the rest ("superfint", "fejlfri").
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import Final

from Stemmer import Stemmer

from processors.analysis.sentiment.phrases import Line, plain
from processors.analysis.sentiment.tokens import key_of

_STRENGTHENING: Final = (
    "super",
    "mega",
    "kanon",
    "top",
    "hammer",
    "smadder",
    "aller",
    "skide",
    "pisse",
    "møg",
)
_STRENGTHENED: Final = 0.5
_ENDING: Final = re.compile(r"(?P<rest>.{4,}?)s?(?P<ending>løs|fuld|fri)(?:t|e|se)?")
_ENDINGS: Final = tuple(ending + more for ending in ("løs", "fuld", "fri") for more in ("", "t", "e", "se"))
_FREE_OF: Final = 1.5
"""Being free of something bad is good, whatever the thing."""
_UN: Final = -2.0
_SHORTEST_STEM: Final = 4
"""Letters; shorter stems are shared by words that have nothing to do with each other."""
_SHORTEST_FIRST_PART: Final = 3
_DERIVATION: Final = re.compile(r"(?:l?ig|els|løs|n?ing|som)?(?:hed)?")
_stem: Final = Stemmer("danish").stemWord


class Words:
    """Valences of words in lower case; 0 for those without feeling."""

    def __init__(self, valences: Mapping[str, float]) -> None:
        self._last_parts = {entry[1:]: valence for entry, valence in valences.items() if entry[0] == "-"}
        self._longest_part = max(map(len, self._last_parts), default=0)
        self._valences = {entry: valence for entry, valence in valences.items() if entry[0] != "-"}
        self._by_stem = _agreeing(self._valences)
        # Most words are known by their first or last letters to be akin to none that carries sentiment.
        self._beginnings = frozenset(lemma[:_SHORTEST_STEM] for lemma in self._by_stem)
        self._shortest_part = min(map(len, self._last_parts), default=0)
        self._ends = frozenset(part[-self._shortest_part :] for part in self._last_parts)

    def valence(self, word: str) -> float:
        """The valence of a word, in [-5.5, 5.5]."""
        if word in self._valences:
            return self._valences[word]
        inflected = self._inflected(word)
        return self._derived(word) if inflected is None else inflected

    def _inflected(self, word: str) -> float | None:
        """The valence that a word has as a form of another, None when it is a form of none."""
        if word[:_SHORTEST_STEM] not in self._beginnings:
            return None
        lemma = _lemma(word)
        return None if lemma is None else self._by_stem.get(lemma)

    def _derived(self, word: str) -> float:
        """The valence of a word that is made of another one, 0 when none is known."""
        for prefix in _STRENGTHENING if word.startswith(_STRENGTHENING) else ():
            if word.startswith(prefix) and (valence := self._valences.get(word[len(prefix) :])):
                return valence + (_STRENGTHENED if valence > 0 else -_STRENGTHENED)
        if (match := _ENDING.fullmatch(word) if word.endswith(_ENDINGS) else None) and (
            valence := self._valences.get(match["rest"])
        ):
            if match["ending"] == "fuld":
                return valence
            if match["ending"] == "løs":
                return -valence
            return _FREE_OF if valence < 0 else 0.0
        if word.startswith("u") and (self._inflected(word[1:]) or 0.0) > 0:
            return _UN
        if word[-self._shortest_part :] not in self._ends:
            return 0.0
        for start in range(max(_SHORTEST_FIRST_PART, len(word) - self._longest_part), len(word)):
            if (valence := self._last_parts.get(word[start:])) is not None:
                return valence
        return 0.0


@cache
def general_lines() -> list[Line]:
    """AFINN's Danish words, expressions and emoticons with our own words over them."""
    valences = afinn_valences("AFINN-emoticon-8.txt") | afinn_valences("AFINN-da-32.txt") | dict(_own())
    return [
        plain(key_of(entry).split() if " " in entry else [entry], valence)
        for entry, valence in valences.items()
    ]


def afinn_valences(name: str) -> dict[str, float]:
    """A list of the wheel afinn: word, expression or emoticon to its valence in [-5, 5]."""
    # found without importing the package: its lists are free, its code calls itself GPL
    path = Path(str(distribution("afinn").locate_file(f"afinn/data/{name}")))
    entries = (line.rpartition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {word.strip(): float(valence) for word, _, valence in entries}


def _own() -> Iterator[tuple[str, float]]:
    for line in files("processors.lang.da").joinpath("valences.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            valence, *words = line.split()
            for word in words:
                yield word.replace("_", " "), float(valence)


def _lemma(word: str) -> str | None:
    """What the inflections of a word share: its stem, with the syllables that make another word of it ("-hed").

    Without those, "far" (father) would lend its valence to "farlig" (dangerous).
    """
    stem = _stem(word)
    if not word.startswith(stem):
        return None
    derivation = _DERIVATION.match(word, len(stem))
    assert derivation is not None  # it matches the empty string
    lemma = stem + derivation[0]
    return lemma if len(lemma) >= _SHORTEST_STEM else None


def _agreeing(words: Mapping[str, float]) -> dict[str, float]:
    """Lemma to the weakest valence of its words, where all have a feeling and the same one."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for word, valence in words.items():
        if lemma := _lemma(word):
            found[lemma].append(valence)
    return {
        lemma: min(valences, key=abs)
        for lemma, valences in found.items()
        if all(valence > 0 for valence in valences) or all(valence < 0 for valence in valences)
    }
