"""Sentences, words and their count, as speech-to-text writes them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.text.sentences import Word, count_words, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That would be awesome. Thank you so much!", ["That would be awesome.", "Thank you so much!"]),
        ("Hvad koster den? Den er dyr.", ["Hvad koster den?", "Den er dyr."]),
        ("What?! No!!! Really", ["What?!", "No!!!", "Really"]),
        ("(Yes.) And no.", ["(Yes.)", "And no."]),
        ('"Deal." She signed.', ['"Deal."', "She signed."]),
        ("Send it.\nI'll sign", ["Send it.", "I'll sign"]),
        ("hello. how are you", ["hello.", "how are you"]),
        ("I 2014. Det var året", ["I 2014.", "Det var året"]),
    ],
)
def test_sentences_end_at_their_punctuation(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "so yeah i was thinking that we could maybe talk next week",
        "vi har f.eks. printere, bl.a. 3D-printere, og f. eks. skannere",
        "Mr. Smith and Dr. Jones use it, e.g. for 3.5 mio. kr. om året",
        "Can I give you a P. O. Box?",
        "Vi ses den 3. maj eller d. 24. 12. kl. 10",
        "It is in the U.S. market at 5 p.m. today",
        "1. First we look at it",
        "well... maybe not",
        "hun sagde: 'Hvad?' og gik",
        "... and then it broke",
        "Version 2.0.1 costs 1.234,50 kr.",
        "Great! :)",
    ],
)
def test_some_punctuation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_may_close_a_sentence() -> None:
    assert sentences("Vi sælger printere mv. Hvad gør I?") == ["Vi sælger printere mv.", "Hvad gør I?"]
    assert sentences("We met at 5 p.m. Then he left.") == ["We met at 5 p.m.", "Then he left."]


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u00a0"])
def test_nothing_said_is_no_sentence(text: str) -> None:
    assert sentences(text) == []
    assert words(text) == []
    assert count_words(text) == 0


@given(st.text(alphabet=st.sampled_from("aÆb. !?…\n\"')(1-“ I"), max_size=60))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence and sentence == sentence.strip() for sentence in found)


def test_words_have_their_place_and_lower_form() -> None:
    assert words("Don't buy ÆBLER") == [
        Word("Don't", 0, "don't"),
        Word("buy", 6, "buy"),
        Word("ÆBLER", 10, "æbler"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3D-printeren, A4-papir og e-mail", ["3D-printeren", "A4-papir", "og", "e-mail"]),
        ("Lars’ pris: 1.234,5 kr. (24/7)", ["Lars", "pris", "1.234,5", "kr", "24", "7"]),
        ("contoso_360 & AT&T", ["contoso", "360", "AT", "T"]),
        ("it's we'll o'clock 'quoted'", ["it's", "we'll", "o'clock", "quoted"]),
        ("slut.Ny sætning", ["slut", "Ny", "sætning"]),
        ("- ... :) ", []),
    ],
)
def test_words_are_letters_and_digits_with_what_joins_them(text: str, expected: list[str]) -> None:
    assert [word.surface for word in words(text)] == expected


@given(st.text(max_size=80))
def test_a_word_stands_where_it_says(text: str) -> None:
    for surface, start, lower in words(text):
        assert text[start : start + len(surface)] == surface
        assert lower == surface.lower()


def test_talking_speed_counts_tokens_that_hold_a_letter_or_a_digit() -> None:
    assert count_words("well - it's 3.5 kr., right? :)") == 5
    assert count_words("[PII] e-mail 24/7 …") == 3


@given(st.text(max_size=80))
def test_words_are_counted_as_tokens_between_white_space(text: str) -> None:
    assert count_words(text) == sum(any(character.isalnum() for character in token) for token in text.split())


@pytest.mark.parametrize("unit", [".", ". ", '."', ". -", "f.eks. ", "a.b. ", "-", "1.", "!?", "x. "])
@pytest.mark.alone
def test_odd_text_of_the_greatest_length_costs_milliseconds(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    started = time.perf_counter()
    sentences(text)
    words(text)
    count_words(text)
    assert time.perf_counter() - started < 0.5
