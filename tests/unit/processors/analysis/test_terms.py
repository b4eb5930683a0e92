"""Which words of a seller are counted, in which form, and how many of a call are kept."""

from collections import Counter
from itertools import islice

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from processors.analysis import terms as analysis
from processors.analysis.terms import Term, base_form, excluded_words

NOTHING: frozenset[str] = frozenset()


def terms(text: str, language: str, exclude: frozenset[str]) -> list[str]:
    return [term.base for term in analysis.terms(text, language, exclude)]


@pytest.mark.parametrize(
    ("forms", "language", "base"),
    [
        ("price prices priced", "en", "price"),
        ("company companies", "en", "company"),
        ("plan plans planned", "en", "plan"),
        ("goes", "en", "go"),
        ("species", "en", "species"),
        ("businesses", "en", "business"),
        ("patches", "en", "patch"),
        ("betydet", "da", "betyde"),
        ("irriteret", "da", "irritere"),
        ("modtaget", "da", "modtage"),
        ("klokken", "da", "klokke"),
        ("konkret", "da", "konkret"),
        ("begyndelsen", "da", "begyndelse"),
        ("tegnestuen", "da", "tegnestue"),
        ("overfladen", "da", "overflade"),
        ("vundet", "da", "vinde"),
        ("rutinen rutiner rutinerne", "da", "rutine"),
        ("warranty warranties", "en", "warranty"),
        ("digits", "en", "digit"),
        ("business", "en", "business"),
        ("status", "en", "status"),
        ("pris prisen priser priserne prisernes", "da", "pris"),
        ("aftale aftalen aftaler aftalerne", "da", "aftale"),
        ("løsning løsningen løsninger", "da", "løsning"),
        ("rabat rabatten rabatterne", "da", "rabat"),
        ("kvittering kvitteringen kvitteringerne", "da", "kvittering"),
        ("preise", "de", "preise"),
    ],
)
def test_inflected_forms_share_a_readable_base_form(forms: str, language: str, base: str) -> None:
    assert {base_form(form, language) for form in forms.split()} == {base}


@pytest.mark.parametrize("language", ["da", "en"])
def test_lemmas_are_those_of_the_dictionary_read_as_a_whole(language: str) -> None:
    """Every 50th form of the dictionary, and forms that it lacks."""
    whole = DefaultDictionaryFactory().get_dictionary(language)
    lemmas = analysis.dictionary(language)
    assert lemmas is not None
    assert len(lemmas) == len(whole)
    forms = [*islice(whole, 0, None, 50), "", "a", "zzzz", "qwxz", "ååååå", "printeren's"]
    assert {form: lemmas.get(form) for form in forms} == {form: whole.get(form) for form in forms}


def test_words_and_pairs_of_neighbouring_words_are_counted() -> None:
    assert terms("Our license agreements, and the prices.", "en-US", NOTHING) == [
        "license",
        "agreement",
        "license agreement",
        "price",
    ]
    assert terms("Vi laver en driftssikker løsning til jer", "da", NOTHING)[-3:] == [
        "driftssikker",
        "løsning",
        "driftssikker løsning",
    ]


def test_a_pair_does_not_reach_over_punctuation_or_a_word_left_out() -> None:
    assert terms("price, discount", "en", NOTHING) == ["price", "discount"]
    assert terms("price and discount", "en", NOTHING) == ["price", "discount"]


@pytest.mark.parametrize(
    "text",
    [
        "yeah okay um you know",
        "ja altså det er jo sådan lidt",
        "12 1.250 2026 3D",
        "[email] [phone]",
        "Sarah, Mette, Copenhagen on Monday",
        "hinanden velkommen simpelthen aps",
        "we've got it, that's it",
        "",
    ],
)
def test_stop_words_numbers_masks_and_names_are_not_counted(text: str) -> None:
    assert terms(text, "en", NOTHING) == terms(text, "da", NOTHING) == []


def test_trackers_and_names_are_left_out_alone_and_in_pairs() -> None:
    exclude = excluded_words(["Contoso 360", "Rabat"])

    assert exclude == {"contoso", "360", "rabat"}
    assert terms("Contoso giver rabatter på kontrakten", "da", exclude) == ["kontrakt"]


def test_a_term_said_twice_is_there_twice() -> None:
    assert Counter(terms("price, price", "en", NOTHING)) == {"price": 2}


def test_a_term_keeps_the_words_as_they_were_said() -> None:
    assert analysis.terms("Our license agreements", "en", NOTHING) == [
        Term("license", "license"),
        Term("agreement", "agreements"),
        Term("license agreement", "license agreements"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Det er vigtigt og værd at tage med på råd, og jeg er utryg kontra stolt i en periode."),
        ("da", "Vi har aldrig været glade for den dato, og det giver mening eksempelvis om sommeren."),
        ("da", "Klokken er mange, men det er i hvertfald fedt, fede folk og vidunderligt."),
        ("en", "It makes sense, it's uncomfortable, I appreciate that and I'm proud in the meantime."),
        ("en", "Roughly and freely compared, that's a fair and important share of the season."),
    ],
)
def test_feelings_phrases_seasons_and_adverbs_are_no_habits(language: str, text: str) -> None:
    assert terms(text, language, NOTHING) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "reply supply family", ["reply", "supply", "reply supply", "family", "supply family"]),
        ("da", "aftalt", ["aftale"]),
    ],
)
def test_what_looks_like_an_adverb_and_is_none_stays(language: str, text: str, expected: list[str]) -> None:
    assert terms(text, language, NOTHING) == expected
