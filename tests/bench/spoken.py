"""Text that repeats as real text does: fresh sentences of words that people use, between them "ja", "okay", "uh-huh".

A store of some thousand sentences read over and over would be known by heart after the first of them. So a sentence is
made of the beginning of a real one and the end of another, and is new nearly every time, while its words are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.bench.talk import Saying
from tests.support.real_text import call_segments, danish_sentences, posts

SHORT_SHARE = 0.2
"""Utterances that only show that somebody listens, agrees or disagrees: about a fifth in telephone speech."""
_SHORT = {
    "da": (
        "ja",
        "okay",
        "nej",
        "mm",
        "ja ja",
        "nå",
        "nemlig",
        "præcis",
        "det er fint",
        "ja, det kan jeg godt se",
    ),
    "en": ("yeah", "okay", "uh-huh", "right", "no", "yes", "I see", "sure", "exactly", "that makes sense"),
}
_LONGEST = 24


def real_sentences(shared_data: Path) -> dict[str, list[str]]:
    """Sentences of the public data by language; see docs/development.md, Real data."""
    return {
        "en": [*call_segments(shared_data), *posts(shared_data)],
        "da": [text for text, _ in danish_sentences(shared_data)],
    }


def spoken(sentences: dict[str, list[str]], count: int, rng: Random) -> list[Saying]:
    """So many utterances, half of them in each language, half of which say which."""
    halves = {
        language: [words for text in texts if len(words := text.split()[:_LONGEST]) > 3]
        for language, texts in sentences.items()
    }
    said = []
    for number in range(count):
        language = "da" if number % 2 else "en"
        if rng.random() < SHORT_SHARE:
            text = rng.choice(_SHORT[language])
        else:
            first, second = rng.choice(halves[language]), rng.choice(halves[language])
            text = " ".join((*first[: len(first) // 2], *second[len(second) // 2 :]))
        said.append(Saying(text, language if number % 4 < 2 else None))
    return said


def repeated(items: Iterable[str]) -> float:
    """The share of items that came before."""
    seen: set[str] = set()
    before = total = 0
    for item in items:
        before += item in seen
        total += 1
        seen.add(item)
    return before / total


def words(said: Sequence[Saying]) -> Iterator[str]:
    """What stands between blanks, one after another."""
    return (word for one in said for word in one.text.split())
