"""Sentiment of a segment: its language, its sentences, its class, and the words that made it."""

import subprocess
import sys
import time

import pytest

from processors.analysis.sentiment import (
    NEGATIVE_UP_TO,
    POSITIVE_FROM,
    classify,
    compound,
    explain,
    segment_sentiment,
)


def test_a_segment_has_the_mean_of_its_sentences() -> None:
    happy, sad = "I love it!", "The delivery was late and terrible."
    assert compound(happy, "en") > 0 > compound(sad, "en")
    mean = (compound(happy, "en") + compound(sad, "en") + compound("We meet on Monday.", "en")) / 3
    assert segment_sentiment(f"{happy} {sad} We meet on Monday.", "en") == pytest.approx(mean)


@pytest.mark.parametrize("tag", ["en", "en-US", "EN-gb", "en_GB"])
def test_english_goes_by_every_english_tag(tag: str) -> None:
    assert segment_sentiment("This is great.", tag) == compound("This is great.", "en") > 0


@pytest.mark.parametrize("tag", ["da", "da-DK", "DA"])
def test_danish_goes_by_every_danish_tag(tag: str) -> None:
    assert segment_sentiment("Det er fantastisk.", tag) == compound("Det er fantastisk.", "da") > 0


@pytest.mark.parametrize("tag", [None, "", "de", "nb-NO", "und", "english", "dan", "x-en"])
def test_a_third_language_has_no_sentiment_rather_than_a_wrong_one(tag: str | None) -> None:
    assert segment_sentiment("Great, fantastisk, toll!", tag) is None


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_said_has_no_sentiment(text: str) -> None:
    assert segment_sentiment(text, "en") is None


def test_a_language_without_analysis_is_refused_with_what_there_is() -> None:
    with pytest.raises(ValueError, match="language: 'de' has no sentiment analysis; use one of da, en"):
        compound("Toll!", "de")
    with pytest.raises(ValueError, match="language: 'de'"):
        explain("Toll!", "de")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "positive"),
        (POSITIVE_FROM, "positive"),
        (0.0499, "neutral"),
        (0.0, "neutral"),
        (-0.0499, "neutral"),
        (NEGATIVE_UP_TO, "negative"),
        (-1.0, "negative"),
    ],
)
def test_classes_meet_at_five_hundredths(value: float, expected: str) -> None:
    assert (POSITIVE_FROM, NEGATIVE_UP_TO) == (0.05, -0.05)
    assert classify(value) == expected


def test_a_compound_leads_to_the_words_that_made_it() -> None:
    said = "The price is not good, but everybody here does love the printer."
    assert [(word, round(valence, 4)) for word, valence, _ in explain(said, "en", sales=False)] == [
        ("good", -0.703),
        ("love", 4.8),
    ]
    sagt = "Vi er ikke tilfredse, men prisen er fin."
    assert [(word, round(valence, 4)) for word, valence, _ in explain(sagt, "da", sales=False)] == [
        ("tilfredse", -0.74),
        ("fin", 3.0),
    ]
    assert explain("We meet on Monday.", "en") == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("unit", ["a", "å", "!", "good ", "ikke godt ", "GOD ", "s", ".,", "good,but "])
@pytest.mark.alone
def test_odd_text_of_the_greatest_length_costs_milliseconds(unit: str, language: str) -> None:
    text = (unit * 20_000)[:20_000]
    started = time.perf_counter()
    assert segment_sentiment(text, language) is not None
    assert time.perf_counter() - started < 0.5


def test_importing_the_package_reads_no_lexicon() -> None:
    loaded = (
        "import sys, processors.analysis.sentiment as it;"
        "print([module for module in it._MODULES.values() if module in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    ).stdout
    assert printed == "[]\n"
