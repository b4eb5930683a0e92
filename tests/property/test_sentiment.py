"""Without the sales lexicon English sentiment is VADER's own, whatever is said; both languages keep their promises."""

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.sentiment.vader import VaderConstants
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from processors.analysis.sentiment import compound, explain, segment_sentiment
from processors.analysis.sentiment.english import emoji, nltk_constants, vader_lexicon
from tests.support.marked_text import filled, script_lines
from tests.support.real_text import call_segments, danish_sentences, posts

RULE_WORDS = [
    *(
        "but",
        "least",
        "at",
        "very",
        "so",
        "this",
        "never",
        "kind",
        "of",
        "sort",
        "just",
        "enough",
        "no",
        "No",
        "or",
        "nor",
        "without",
    ),
    *("doubt", "the", "a", "is", "it's", "wasn't", "don’t", "x", "it", "BUT", "Never", "SO", "kind of"),
]
IDIOMS = [idiom for idiom in SPECIAL_CASES for _ in range(2)]
SYMBOLS = [
    "😀",
    "❤️",
    "👍🏽",
    "!",
    "?",
    "...",
    "-",
    "“",
    "İ",
    "ß",
    "ﬁne",
    "\u200b",
    "#great",
    "@bad",
    "http://a.b/?c!",
]
WHITE_SPACE = [" ", " ", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\x1c", "\x85"]
MARKS = [*".,;:!?'-", "...", "?!?", "!!", "!!!!", "!!!!!", "????", "?!", ",,", "...", '!"', "…", ")"]
CASES: list[Callable[[str], str]] = [str, str, str, str.upper, str.capitalize, str.title, str.swapcase]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Sentences in which VADER's rules meet: words of its lexicon among everything that changes them."""
    word = st.one_of(
        st.sampled_from(sorted(vader_lexicon())),
        st.sampled_from(sorted(BOOSTER_DICT)),
        st.sampled_from(sorted(NEGATE)),
        st.sampled_from(RULE_WORDS),
        st.sampled_from(IDIOMS),
        st.sampled_from(SYMBOLS),
        st.sampled_from(sorted(emoji())),
        st.text(max_size=5),
    )
    mark = st.one_of(st.just(""), st.just(""), st.just(""), st.sampled_from(MARKS))
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 10))):
        said = draw(st.sampled_from(parts[::2])) if parts and draw(st.integers(0, 5)) == 0 else draw(word)
        dressed = draw(mark) + draw(st.sampled_from(CASES))(said) + draw(mark)
        parts += [dressed, draw(st.sampled_from(WHITE_SPACE))]
    return "".join(parts)


@pytest.fixture(scope="module")
def stock() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def test_the_constants_are_those_that_nltk_would_give() -> None:
    assert nltk_constants() == {
        name: getattr(VaderConstants, name) for name in ("NEGATE", "N_SCALAR", "C_INCR")
    }


def test_the_lexicons_are_read_as_the_package_reads_them(stock: SentimentIntensityAnalyzer) -> None:
    assert vader_lexicon() == stock.lexicon
    assert emoji() == {character: words for character, words in stock.emojis.items() if len(character) == 1}


@given(sentence=sentences())
@settings(max_examples=2000, deadline=None)
def test_english_equals_vader_on_generated_sentences(
    stock: SentimentIntensityAnalyzer, sentence: str
) -> None:
    assert compound(sentence, "en", sales=False) == stock.polarity_scores(sentence)["compound"]


@pytest.mark.real_data(twin="test_english_equals_vader_on_the_screenplays")
def test_english_equals_vader_on_real_sentences(stock: SentimentIntensityAnalyzer, shared_data: Path) -> None:
    danish = (text for text, _ in islice(danish_sentences(shared_data), 0, None, 8))
    real = [*call_segments(shared_data), *posts(shared_data), *danish]
    assert len(real) > 6_900
    assert differing(stock, real) == []


def test_english_equals_vader_on_the_screenplays(stock: SentimentIntensityAnalyzer) -> None:
    said = [filled(line) for language in ("en", "da") for line in script_lines(language)]
    assert len(said) > 2_000
    assert differing(stock, said) == []


def differing(stock: SentimentIntensityAnalyzer, texts: Sequence[str]) -> list[str]:
    return [
        text for text in texts if compound(text, "en", sales=False) != stock.polarity_scores(text)["compound"]
    ]


@given(
    text=st.one_of(sentences(), st.text(max_size=200)),
    language=st.sampled_from(["da", "en"]),
    sales=st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_sentiment_within_bounds_and_keeps_it(text: str, language: str, sales: bool) -> None:
    sentiment = segment_sentiment(text, language, sales=sales)
    if text.strip():
        assert sentiment is not None
        assert -1 <= sentiment <= 1
    else:
        assert sentiment is None
    assert segment_sentiment(text, language, sales=sales) == sentiment


@given(
    text=st.one_of(sentences(), st.text(max_size=200)),
    language=st.sampled_from(["da", "en"]),
    sales=st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_a_compound_has_the_sign_of_the_words_that_explain_it(text: str, language: str, sales: bool) -> None:
    words = explain(text, language, sales=sales)
    total = sum(found.valence for found in words)
    assert compound(text, language, sales=sales) * total >= 0
    if not words:
        assert compound(text, language, sales=sales) == 0
    in_words = " ".join(emoji().get(character, "") for character in text)
    written = text + normalize("NFC", text) + in_words
    assert all(part in written for found in words for part in found.word.split())
