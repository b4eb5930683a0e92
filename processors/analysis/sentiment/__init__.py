"""Sentiment of what is said, in English (NLTK's VADER) and Danish (VADER's rules over AFINN).

The lexicons are read when a language is first used, so that importing this package costs nothing.
"""

from importlib import import_module
from typing import Final, Literal, Protocol, cast

from processors.analysis.sentiment.scale import Contribution
from processors.text.cache import Memo
from processors.text.sentences import chunks, sentences

__all__ = [
    "NEGATIVE_UP_TO",
    "POSITIVE_FROM",
    "Contribution",
    "Sentiment",
    "classify",
    "compound",
    "explain",
    "segment_sentiment",
]

POSITIVE_FROM: Final = 0.05
NEGATIVE_UP_TO: Final = -0.05

Sentiment = Literal["positive", "neutral", "negative"]

_MODULES: Final = {
    "da": "processors.analysis.sentiment.danish",
    "en": "processors.analysis.sentiment.english",
}


class _Analysis(Protocol):
    may_feel: Memo[bool]

    def compound(self, sentence: str) -> float: ...
    def explain(self, sentence: str) -> list[Contribution]: ...


def segment_sentiment(text: str, language: str | None) -> float | None:
    """The mean compound of the sentences of `text`, in [-1, 1].

    None when the language (a BCP 47 tag) is neither Danish nor English, or when the text is empty: no
    sentiment rather than a wrong one.
    """
    analysis = _analysis(language)
    said = chunks(text)
    if analysis is None or not said:
        return None
    may_feel = analysis.may_feel
    for chunk in said:
        if may_feel[chunk]:
            found = sentences(text)
            return sum([analysis.compound(sentence) for sentence in found]) / len(found)
    return 0.0


def classify(compound: float) -> Sentiment:
    """The class of a compound, of a sentence, a segment or a call."""
    if compound >= POSITIVE_FROM:
        return "positive"
    return "negative" if compound <= NEGATIVE_UP_TO else "neutral"


def compound(sentence: str, language: str) -> float:
    """The compound of one sentence in [-1, 1], 4 decimals.

    Raises ValueError for a language without analysis.
    """
    return _required(language).compound(sentence)


def explain(sentence: str, language: str) -> list[Contribution]:
    """The words behind a sentence's compound and the valence that each adds, in their order.

    Raises ValueError for a language without analysis.
    """
    return _required(language).explain(sentence)


def _analysis(language: str | None) -> _Analysis | None:
    """The analysis for a BCP 47 tag ("da", "en-US")."""
    return None if language is None else _ANALYSES[language]


def _imported(language: str) -> _Analysis | None:
    module = _MODULES.get(language.replace("_", "-").split("-", 1)[0].lower())
    return cast(_Analysis, import_module(module)) if module else None


_ANALYSES: Final = Memo(_imported)


def _required(language: str) -> _Analysis:
    analysis = _analysis(language)
    if analysis is None:
        raise ValueError(
            f"language: {language!r} has no sentiment analysis; use one of {', '.join(_MODULES)}"
        )
    return analysis
