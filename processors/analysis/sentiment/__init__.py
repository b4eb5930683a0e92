"""Sentiment of what is said, in English (VADER) and Danish (VADER's rules over AFINN), and a lexicon of sales talk.

The sales lexicon of a language (processors/lang/<language>/sales_lexicon.tsv) is on unless one asks for `sales=False`.
With it a question says what it says only by whole phrases ("is it easy to set up" is no praise), and an answer of
nothing but "yes", "no" and the like says nothing. What a seller asks is neutral always: who explores a need asks about
problems.

The lexicons are read when a language is first used, so that importing this package costs nothing.
"""

from collections.abc import Sequence
from functools import cache, partial
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from typing import Final, Literal, Protocol, cast

from processors.analysis.questions import Question, find_questions, is_tag_question
from processors.analysis.sentiment.phrases import Line, read
from processors.analysis.sentiment.scale import Contribution
from processors.text.cache import Memo
from processors.text.chunks import Chunk, chunks
from processors.text.sentences import sentences

__all__ = [
    "NEGATIVE_UP_TO",
    "POSITIVE_FROM",
    "Contribution",
    "Sentiment",
    "classify",
    "compound",
    "explain",
    "rules_fingerprint",
    "sales_lexicon",
    "segment_sentiment",
]

POSITIVE_FROM: Final = 0.05
NEGATIVE_UP_TO: Final = -0.05

Sentiment = Literal["positive", "neutral", "negative"]
Side = Literal["seller", "customer"]

_MODULES: Final = {
    "da": "processors.analysis.sentiment.danish",
    "en": "processors.analysis.sentiment.english",
}


class _Analysis(Protocol):
    """What each language's module makes by `analysis`."""

    def may_feel(self, said: Sequence[Chunk]) -> bool: ...
    def compound(self, sentence: str, *, only_phrases: bool = False) -> float: ...
    def explain(self, sentence: str, *, only_phrases: bool = False) -> list[Contribution]: ...
    def is_answer(self, sentence: str) -> bool: ...


def segment_sentiment(
    text: str,
    language: str | None,
    side: Side | None = None,
    *,
    sales: bool = True,
    questions: Sequence[Question] | None = None,
) -> float | None:
    """The mean compound of the sentences of `text`, in [-1, 1].

    None when the language (a BCP 47 tag) is neither Danish nor English, or when the text is empty: no
    sentiment rather than a wrong one. `questions` are those of the text, where they are known already.
    """
    analysis = _analysis(language, sales=sales)
    said = chunks(text)
    if analysis is None or language is None or not said:
        return None
    if not analysis.may_feel(said):
        return 0.0
    found = sentences(text)
    heard = [_heard(analysis, sentence, language, side, questions, sales=sales) for sentence in found]
    return sum(heard) / len(found)


def classify(compound: float) -> Sentiment:
    """The class of a compound, of a sentence, a segment or a call."""
    if compound >= POSITIVE_FROM:
        return "positive"
    return "negative" if compound <= NEGATIVE_UP_TO else "neutral"


def compound(sentence: str, language: str, *, sales: bool = True) -> float:
    """The compound of one sentence in [-1, 1], 4 decimals, whoever says it.

    Raises ValueError for a language without analysis.
    """
    return _heard(_required(language, sales=sales), sentence, language, None, None, sales=sales)


def explain(sentence: str, language: str, *, sales: bool = True) -> list[Contribution]:
    """The words and phrases behind a sentence's compound and the valence that each adds, in their order.

    Raises ValueError for a language without analysis.
    """
    analysis = _required(language, sales=sales)
    if sales and analysis.is_answer(sentence):
        return []
    return analysis.explain(sentence, only_phrases=sales and _asks(sentence, language, None))


def sales_lexicon(language: str) -> list[Line]:
    """The lines of a language's sales lexicon ("da", "en")."""
    data = files(f"processors.lang.{language}").joinpath("sales_lexicon.tsv")
    return read(data.read_text(encoding="utf-8").splitlines())


def rules_fingerprint(*, sales: bool) -> str:
    """Eight characters that differ whenever the lexicons of this project do, or whether the sales lexicon is on."""
    digest = sha256(b"sales" if sales else b"")
    for language in sorted(_MODULES):
        folder = files(f"processors.lang.{language}")
        digest.update(folder.joinpath("valences.txt").read_bytes())
        if sales:
            digest.update(folder.joinpath("sales_lexicon.tsv").read_bytes())
    return digest.hexdigest()[:8]


def _heard(
    analysis: _Analysis,
    sentence: str,
    language: str,
    side: Side | None,
    questions: Sequence[Question] | None,
    *,
    sales: bool,
) -> float:
    """The compound of a sentence, in the light of what kind of sentence it is and who says it."""
    compound = analysis.compound(sentence)
    if not compound or not (sales or side == "seller"):
        return compound
    if sales and analysis.is_answer(sentence):
        return 0.0
    if not _asks(sentence, language, questions):
        return compound
    return 0.0 if side == "seller" else analysis.compound(sentence, only_phrases=True)


def _asks(sentence: str, language: str, questions: Sequence[Question] | None) -> bool:
    """Whether the whole of `sentence` asks; one with a tag behind it ("it's great, isn't it?") states."""
    whole = sentence.strip()
    found = find_questions(sentence, language) if questions is None else questions
    return any(question.sentence == whole for question in found) and not is_tag_question(whole, language)


def _analysis(language: str | None, *, sales: bool) -> _Analysis | None:
    """The analysis for a BCP 47 tag ("da", "en-US")."""
    if language is None:
        return None
    return _WITH_SALES[language] if sales else _WITHOUT_SALES[language]


@cache
def _made(language: str, *, sales: bool) -> _Analysis:
    """The analysis of a language of ours."""
    make = import_module(_MODULES[language]).analysis
    return cast(_Analysis, make(sales_lexicon(language) if sales else None))


def _of_tag(tag: str, *, sales: bool) -> _Analysis | None:
    language = tag.replace("_", "-").split("-", 1)[0].lower()
    return _made(language, sales=sales) if language in _MODULES else None


_WITH_SALES: Final = Memo(partial(_of_tag, sales=True))
_WITHOUT_SALES: Final = Memo(partial(_of_tag, sales=False))


def _required(language: str, *, sales: bool) -> _Analysis:
    analysis = _analysis(language, sales=sales)
    if analysis is None:
        raise ValueError(
            f"language: {language!r} has no sentiment analysis; use one of {', '.join(_MODULES)}"
        )
    return analysis
