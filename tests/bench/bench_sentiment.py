"""Sentiment: the cost of a sentence and of a segment, and how much less than VADER's own package in one run."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from processors.analysis.sentiment import compound, segment_sentiment
from processors.text.language import detect
from processors.text.sentences import count_words, sentences, words
from tests.bench.conftest import Costs
from tests.support.real_text import call_segments, danish_sentences

ROUNDS = 9
NEEDED_SPEED_UP = 8
MOST_MICROSECONDS = 40.0
"""Several times what a sentence takes, for machines that are slow or busy."""


def microseconds(work: Callable[[str], object], texts: Sequence[str], repeat: int) -> float:
    """Mean cost of a text in one round, that is `repeat` times all of them."""
    started = time.perf_counter()
    for _ in range(repeat):
        for text in texts:
            work(text)
    return (time.perf_counter() - started) / (repeat * len(texts)) * 1e6


@pytest.fixture(scope="module")
def english(shared_data: Path) -> list[str]:
    return [sentence for segment in call_segments(shared_data) for sentence in sentences(segment)]


@pytest.fixture(scope="module")
def danish(shared_data: Path) -> list[str]:
    """Danish sentences about as long as a spoken one."""
    return [text for text, _ in islice(danish_sentences(shared_data), 4000) if 3 <= count_words(text) <= 15]


def test_english_is_at_least_eight_times_as_fast_as_vaders_own_package(
    english: list[str], costs: Costs
) -> None:
    stock = SentimentIntensityAnalyzer()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
        ours.append(microseconds(partial(compound, language="en"), english, 8))
        theirs.append(microseconds(stock.polarity_scores, english, 1))
    speed_up = [their / own for their, own in zip(theirs, ours, strict=True)]
    costs.add("English sentiment", {"ours": ours, "vaderSentiment": theirs}, "us a sentence")
    costs.add("English sentiment, ours", {"speed-up": speed_up}, "times")
    assert median(speed_up) >= NEEDED_SPEED_UP


def test_what_a_sentence_costs_in_either_language(
    english: list[str], danish: list[str], costs: Costs
) -> None:
    for language, texts in (("en", english), ("da", danish)):
        score = partial(compound, language=language)
        rounds = [microseconds(score, texts, 3) for _ in range(ROUNDS)]
        length = sum(map(count_words, texts)) / len(texts)
        costs.add(f"Sentiment, {language}", {f"{length:.1f} words": rounds}, "us a sentence")
        assert min(rounds) <= MOST_MICROSECONDS


def test_what_the_text_basics_cost(shared_data: Path, costs: Costs) -> None:
    segments = call_segments(shared_data)
    works: dict[str, Callable[[str], object]] = {
        "sentences": sentences,
        "words": words,
        "count_words": count_words,
        "detect": detect,
        "segment_sentiment": partial(segment_sentiment, language="en"),
    }
    spent = {name: [microseconds(work, segments, 5) for _ in range(ROUNDS)] for name, work in works.items()}
    length = sum(map(count_words, segments)) / len(segments)
    costs.add(f"Basics, {length:.1f} words a segment", spent)
    assert all(min(rounds) < 50 for rounds in spent.values())
