"""What the English and the Danish analysis share: VADER's emphasis by punctuation and its scale from -1 to 1.

Formulas: Hutto & Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text", as implemented in vaderSentiment.
"""

from math import sqrt
from typing import Final, NamedTuple

EXCLAMATION: Final = 0.292
MOST_EXCLAMATIONS: Final = 4
QUESTION: Final = 0.18
MANY_QUESTIONS: Final = 0.96
_ALPHA: Final = 15
"""Approximates the largest sum of valences that a sentence reaches."""


class Contribution(NamedTuple):
    """A word or phrase of a sentence and the valence that it adds, after boosters, negation and the rest."""

    word: str
    valence: float
    why: str = ""
    """What the sales lexicon says of it."""


def to_compound(total: float, text: str) -> float:
    """Compound of a sentence in [-1, 1], 4 decimals, from its words' valences added up and the marks in its text."""
    if total > 0:
        total += _emphasis(text)
    elif total < 0:
        total -= _emphasis(text)
    return round(total / sqrt(total * total + _ALPHA), 4)


def _emphasis(text: str) -> float:
    """What exclamation marks (up to four) and repeated question marks add to either side's strength."""
    emphasis = min(text.count("!"), MOST_EXCLAMATIONS) * EXCLAMATION
    questions = text.count("?")
    if questions > 3:
        return emphasis + MANY_QUESTIONS
    if questions > 1:
        return emphasis + questions * QUESTION
    return emphasis
