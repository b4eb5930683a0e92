"""What speech-to-text makes of a recording: doubtful words, missing punctuation, late results, corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from streams.simulator.catalogue import SpokenLanguage

Engine = Literal["punctuated", "plain"]
"""Some engines write sentences, some only words."""

_PUNCTUATION = re.compile(r"[.,!?…:;–]+(?=\s|$)")
_BLANKS = re.compile(r"\s{2,}")


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(" > ", 1) for pair in text.split(", "))


_MISHEARD: Mapping[SpokenLanguage, Mapping[str, str]] = {
    "da": _pairs(
        "kontrakten > kontakten, kontakt > kontrakt, prisen > prinsen, toneren > tonen, toner > tuner, "
        "leasing > læsning, papirstop > papir stop, nedetid > nede tid, scanneren > skanderne, "
        "printer > sprinter, printeren > sprinteren, rabat > rabarber, budgettet > budgetter, "
        "maskinen > masken, tilbud > tilbage, aftalen > aftenen, teknikeren > teknikken, "
        "farveprint > farve sprint, side > siden, papir > papiret, kopier > kopper, servicen > serveren, "
        "tilbuddet > til buddet, kontoret > kontoen"
    ),
    "en": _pairs(
        "contract > contact, contact > contract, price > prize, toner > tuner, lease > least, "
        "scanner > scammer, delivery > the livery, downtime > down time, printer > sprinter, "
        "printers > sprinters, budget > buffet, discount > this count, engineer > in gear, "
        "machine > mission, machines > missions, quote > coat, service > surface, office > offers, "
        "paper > people, pages > patches, support > sport"
    ),
}
_MISHEARABLE: Mapping[SpokenLanguage, re.Pattern[str]] = {
    language: re.compile(r"(?<![\w-])(?:" + "|".join(words) + r")(?![\w-])")
    for language, words in _MISHEARD.items()
}

_MISHEARS = 0.10
_CORRECTS = 0.6
_REVISES_TIMES = 0.01


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What speech-to-text says of a stretch: the text, how sure it is, and how long it took."""

    text: str
    confidence: float
    delay_ms: int
    """After the end of the stretch."""
    shortened_ms: int = 0
    """By how much it took the stretch for shorter than it was."""


def transcribe(
    text: str, length_ms: int, language: SpokenLanguage, engine: Engine, rng: Random
) -> list[Hypothesis]:
    """The hypotheses for a stretch of speech, in order; the last one stands."""
    delay = rng.randint(250, 900) if rng.random() > 0.007 else rng.randint(5_000, 60_000)
    final = _write(text, engine)
    draw = rng.random()
    if draw < _MISHEARS:
        misheard = _MISHEARABLE[language].sub(lambda match: _MISHEARD[language][match[0]], text, count=1)
        if misheard != text:
            first = Hypothesis(_write(misheard, engine), round(rng.uniform(0.42, 0.74), 2), delay)
            if draw < _MISHEARS * _CORRECTS:
                return [first, Hypothesis(final, _confidence(rng), delay + rng.randint(1_500, 15_000))]
            return [first]
    if draw > 1 - _REVISES_TIMES and length_ms > 1_500:
        first = Hypothesis(final, _confidence(rng), delay, shortened_ms=rng.randint(50, 400))
        return [first, Hypothesis(final, _confidence(rng), delay + rng.randint(1_500, 15_000))]
    return [Hypothesis(final, _confidence(rng), delay)]


def _confidence(rng: Random) -> float:
    return round(0.8 + 0.19 * rng.random(), 2)


def _write(text: str, engine: Engine) -> str:
    if engine == "punctuated":
        return text
    return _BLANKS.sub(" ", _PUNCTUATION.sub("", text.lower())).strip()
