"""Danish sentiment: what negations, boosters, "men", word forms, compounds and expressions do."""

import unicodedata

import pytest

from processors.analysis.sentiment import Contribution, Sentiment, classify, compound, explain


def leaning(sentence: str) -> Sentiment:
    return classify(compound(sentence, "da"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Det er en rigtig god løsning",
        "Vi er meget tilfredse med jeres service",
        "Det var fedt!",
        "Det er ikke dårligt",
        "Det er slet ikke så dårligt",
        "Ikke værst!",
        "Jeg kan godt lide den",
        "Vi ser frem til at komme i gang",
        "Den er supergod og brugervenlig",
        "Han er ikke kun dygtig, han er også venlig",
        "Det er dyrt, men fantastisk",
        "Der er færre fejl end før",
        "Jeg er glad for det, ikke?",
    ],
)
def test_a_happy_customer_is_heard(sentence: str) -> None:
    assert leaning(sentence) == "positive"


@pytest.mark.parametrize(
    "sentence",
    [
        "Det er ikke godt",
        "Jeg er ikke særlig glad for det",
        "Det virker ikke",
        "Det hjælper ikke",
        "Vi elsker det ikke",
        "Vi har leveringsproblemer igen",
        "Printeren er i stykker",
        "Det er alt for dyrt",
        "Jeg er ked af det",
        "Vi er utilfredse og skuffede",
        "Den er hverken god eller hurtig",
        "Den er flot, men den er elendig at bruge",
        "Det er spild af tid",
        "JEG ER VRED",
    ],
)
def test_an_unhappy_customer_is_heard(sentence: str) -> None:
    assert leaning(sentence) == "negative"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kan du ringe til mig, når mødet er slut?",
        "Det kan godt være",
        "Det ved jeg godt",
        "Vi har godt 20 printere",
        "Der er ingen tvivl om det",
        "Ja, det er klart",
        "Nej, det gør jeg på grund af aftalen",
        "Jeg sender et tilbud på mandag",
        "Vi betaler skat af det",
        "Vi undgår fejl",
    ],
)
def test_small_talk_and_plain_facts_lean_nowhere(sentence: str) -> None:
    assert leaning(sentence) == "neutral"


def test_boosters_strengthen_and_weaken() -> None:
    weak, plain, strong = (compound(f"Det er {how} godt", "da") for how in ("lidt", "nu", "virkelig"))
    assert 0 < weak < plain < strong


def test_exclamation_marks_and_capitals_strengthen() -> None:
    plain = compound("Det er godt", "da")
    assert compound("Det er godt!!!", "da") > plain
    assert compound("Det er GODT", "da") > plain


def test_what_follows_men_weighs_more() -> None:
    assert compound("Den er god, men dårlig", "da") < 0 < compound("Den er dårlig, men god", "da")


def test_a_negation_ends_at_men() -> None:
    assert compound("Den er ikke billig, men god", "da") > 0


@pytest.mark.parametrize(
    ("word", "valence"),
    [
        ("problemet", -2),  # an inflection that AFINN lacks
        ("skuffelserne", -2),
        ("farlig", -3),  # not "far", father
        ("netværksproblemer", -2),  # a compound's last part
        ("arbejdsglæde", 3),
        ("rekordfangst", 0),  # a catch, no "angst"
        ("superfint", 2.5),
        ("fejlfrit", 1.5),
        ("smertefuldt", -2),
        ("talentløs", -2),
        ("ukompetent", -2),
        ("ringe", 0),  # to phone
        ("bordet", 0),
    ],
)
def test_words_that_follow_from_others(word: str, valence: float) -> None:
    assert sum(found.valence for found in explain(word, "da")) == valence


def test_an_expression_counts_as_one_word() -> None:
    ((said, valence, _),) = explain("Han er ikke så vild med den", "da", sales=False)
    assert said == "vild med"
    assert valence == pytest.approx((2 + 0.293) * -0.74)
    assert explain("den er I STYKKER.", "da") == [Contribution("I STYKKER", -2)]


def test_letters_written_as_two_characters_are_the_same_letters() -> None:
    sentence = "Det er dårligt"
    decomposed = unicodedata.normalize("NFD", sentence)
    assert decomposed != sentence
    assert compound(decomposed, "da") == compound(sentence, "da") < 0
