"""Danish sentiment: VADER's rules over the Danish AFINN lexicon of the wheel afinn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from unicodedata import normalize

from processors.sentiment.memo import Memo
from processors.sentiment.scale import Contribution, to_compound

NEGATIONS: Final = frozenset(
    ["ikke", "ik", "aldrig", "ingen", "intet", "ingenting", "hverken", "uden", "næppe", "mangler"]
)
BOOSTERS: Final = dict.fromkeys(
    ["meget", "rigtig", "rigtigt", "virkelig", "super", "vildt", "ekstremt", "utrolig", "utroligt"], 0.293
)
_NEGATED: Final = -0.74
_BY_DISTANCE: Final = (1.0, 0.95, 0.9)
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """What the rules ask of a token, none of which depends on its neighbours."""

    text: str
    lower: str
    valence: float | None
    booster: float
    negates: bool


def compound(sentence: str) -> float:
    """The compound of a Danish sentence, in [-1, 1]."""
    tokens = _tokens(sentence)
    valences = [valence for _, valence in _valences(tokens)]
    return to_compound(valences, sentence) if valences else 0.0


def explain(sentence: str) -> list[Contribution]:
    """The words that make up the compound, with the valence of each."""
    tokens = _tokens(sentence)
    return [Contribution(tokens[i].text, valence) for i, valence in _valences(tokens) if valence]


@cache
def lexicon() -> dict[str, float]:
    """The Danish AFINN: lower-case word to its valence in [-5, 5]."""
    lines = files("afinn").joinpath("data", "AFINN-da-32.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.strip().split("\t") for line in lines)
    return {word: float(valence) for word, valence in entries}


def _token(raw: str) -> Token:
    match = _WORD.search(raw)
    text = match[0] if match else raw
    lower = text.lower()
    return Token(text, lower, lexicon().get(lower), BOOSTERS.get(lower, 0.0), lower in NEGATIONS)


_memo: Final = Memo(_token)


def _tokens(sentence: str) -> list[Token]:
    return [_memo[raw] for raw in normalize("NFC", sentence).split()]


def _valences(tokens: Sequence[Token]) -> list[tuple[int, float]]:
    """Index and valence of each token that is in the lexicon."""
    found = [(i, _valence(tokens, i)) for i, token in enumerate(tokens) if token.valence is not None]
    for but, token in enumerate(tokens if found else ()):
        if token.lower == "men":
            return [(i, valence * (0.5 if i < but else 1.5)) for i, valence in found]
    return found


def _valence(tokens: Sequence[Token], i: int) -> float:
    valence = tokens[i].valence
    assert valence is not None
    for distance in range(1, min(i, 3) + 1):
        before = tokens[i - distance]
        if before.booster and before.valence is None:
            valence += (before.booster if valence > 0 else -before.booster) * _BY_DISTANCE[distance - 1]
        if before.negates:
            valence *= _NEGATED
    return valence
