"""English sentiment is NLTK's VADER, whatever is said; Danish holds its promises for any text."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from processors.analysis.sentiment import compound, explain, segment_sentiment
from processors.analysis.sentiment.english import lexicon
from tests.support.marked_text import filled, script_lines
from tests.support.stock_vader import call_segments, danish_sentences, posts, stock_vader

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
        "without",
    ),
    *("doubt", "the", "a", "is", "it's", "wasn't", "don’t", "x", "it", "BUT", "Never", "SO", "kind of"),
]
IDIOMS = [idiom for idiom in VaderConstants.SPECIAL_CASE_IDIOMS for _ in range(2)]
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
MARKS = [*VaderConstants.PUNC_LIST, "!!!!", "!!!!!", "????", "?!", ",,", "...", '!"', "…", ")"]
CASES: list[Callable[[str], str]] = [str, str, str, str.upper, str.capitalize, str.title, str.swapcase]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Sentences in which VADER's rules meet: words of its lexicon among everything that changes them."""
    word = st.one_of(
        st.sampled_from(sorted(lexicon())),
        st.sampled_from(sorted(VaderConstants.BOOSTER_DICT)),
        st.sampled_from(sorted(VaderConstants.NEGATE)),
        st.sampled_from(RULE_WORDS),
        st.sampled_from(IDIOMS),
        st.sampled_from(SYMBOLS),
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
def stock(tmp_path_factory: pytest.TempPathFactory) -> SentimentIntensityAnalyzer:
    return stock_vader(tmp_path_factory.mktemp("nltk_data"))


def test_the_lexicon_is_read_as_nltk_reads_it(stock: SentimentIntensityAnalyzer) -> None:
    assert lexicon() == stock.lexicon


@given(sentence=sentences())
@settings(max_examples=1000, deadline=None)
def test_english_equals_vader_on_generated_sentences(
    stock: SentimentIntensityAnalyzer, sentence: str
) -> None:
    assert compound(sentence, "en") == stock.polarity_scores(sentence)["compound"]


@pytest.mark.real_data(twin="test_english_equals_vader_on_the_screenplays")
def test_english_equals_vader_on_real_sentences(stock: SentimentIntensityAnalyzer, shared_data: Path) -> None:
    danish = (text for text, _ in islice(danish_sentences(shared_data), 0, None, 8))
    real = [*call_segments(shared_data), *posts(shared_data), *danish]
    assert len(real) > 6_900
    assert [text for text in real if compound(text, "en") != stock.polarity_scores(text)["compound"]] == []


def test_english_equals_vader_on_the_screenplays(stock: SentimentIntensityAnalyzer) -> None:
    said = [filled(line) for language in ("en", "da") for line in script_lines(language)]
    assert len(said) > 2_000
    assert [text for text in said if compound(text, "en") != stock.polarity_scores(text)["compound"]] == []


@given(text=st.one_of(sentences(), st.text(max_size=200)), language=st.sampled_from(["da", "en"]))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_sentiment_within_bounds_and_keeps_it(text: str, language: str) -> None:
    sentiment = segment_sentiment(text, language)
    if text.strip():
        assert sentiment is not None
        assert -1 <= sentiment <= 1
    else:
        assert sentiment is None
    assert segment_sentiment(text, language) == sentiment


@given(text=st.one_of(sentences(), st.text(max_size=200)), language=st.sampled_from(["da", "en"]))
@settings(max_examples=300, deadline=None)
def test_a_compound_has_the_sign_of_the_words_that_explain_it(text: str, language: str) -> None:
    words = explain(text, language)
    total = sum(valence for _, valence in words)
    assert compound(text, language) * total >= 0
    if not words:
        assert compound(text, language) == 0
    written = text + normalize("NFC", text)
    assert all(part in written for word, _ in words for part in word.split())
