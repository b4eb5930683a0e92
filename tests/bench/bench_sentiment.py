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
NEEDED_SPEED_UP = 2.5
MOST_TIMES = 2.5
"""As long as without it does a sentence take with the sales lexicon."""
MOST_TIMES_COLD = 2.5
MOST_MICROSECONDS = 40.0
"""Several times what a sentence takes, for machines that are slow or busy."""


def microseconds(work: Callable[[str], object], texts: Sequence[str], repeat: int) -> float:
    """Mean cost of a text in one round, that is `repeat` times all of them: the time of this process alone."""
    started = time.process_time()
    for _ in range(repeat):
        for text in texts:
            work(text)
    return (time.process_time() - started) / (repeat * len(texts)) * 1e6


@pytest.fixture(scope="module")
def english(shared_data: Path) -> list[str]:
    return [sentence for segment in call_segments(shared_data) for sentence in sentences(segment)]


@pytest.fixture(scope="module")
def danish(shared_data: Path) -> list[str]:
    """Danish sentences about as long as a spoken one."""
    return [text for text, _ in islice(danish_sentences(shared_data), 4000) if 3 <= count_words(text) <= 15]


def test_english_is_faster_than_vaders_own_package(english: list[str], costs: Costs) -> None:
    stock = SentimentIntensityAnalyzer()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
        ours.append(microseconds(partial(compound, language="en", sales=False), english, 8))
        theirs.append(microseconds(stock.polarity_scores, english, 1))
    speed_up = [their / own for their, own in zip(theirs, ours, strict=True)]
    costs.add("English sentiment", {"ours": ours, "vaderSentiment": theirs}, "us a sentence")
    costs.add("English sentiment, ours", {"speed-up": speed_up}, "times")
    assert median(speed_up) >= NEEDED_SPEED_UP


def test_what_a_sentence_costs_in_either_language(
    english: list[str], danish: list[str], costs: Costs
) -> None:
    for language, texts in (("en", english), ("da", danish)):
        length = sum(map(count_words, texts)) / len(texts)
        rounds: dict[str, list[float]] = {"without the sales lexicon": [], "with it": []}
        for _ in range(ROUNDS):  # in turn
            for name, sales in zip(rounds, (False, True), strict=True):
                score = partial(
                    segment_sentiment, language=language, side="customer", sales=sales, questions=()
                )
                rounds[name].append(microseconds(score, texts, 3))
        costs.add(f"Sentiment, {language}, {length:.1f} words", rounds, "us a sentence")
        assert min(rounds["with it"]) <= MOST_MICROSECONDS
        with_it = [much / little for little, much in zip(*rounds.values(), strict=True)]
        assert median(with_it) <= MOST_TIMES


def test_what_a_sentence_costs_whose_words_are_new(shared_data: Path, costs: Costs) -> None:
    """A stream of ever new real sentences, after 15,000 others: words that no memo has seen, as a worker meets them."""
    sentences_of = [text for text, _ in danish_sentences(shared_data)]
    score = partial(segment_sentiment, language="da", side="customer", questions=())
    for text in sentences_of[:15_000]:
        score(text)
    new = sentences_of[15_000:]
    cold = [microseconds(score, new[at::3], 1) for at in range(3)]
    warm = [microseconds(score, new[at::3], 1) for at in range(3)]
    costs.add("Sentiment, Danish sentences never seen", {"cold": cold, "warm": warm}, "us a sentence")
    assert median(cold) <= MOST_TIMES_COLD * median(warm)


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
