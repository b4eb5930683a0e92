"""A manager tracks keywords and competitors; here is what of a call counts for them."""

import unicodedata
from typing import Any

import pytest

from processors.analysis.trackers import Mention, Tracker, TrackerIndex


def keyword(name: str, *aliases: str, **options: Any) -> Tracker:
    return Tracker(name, name, "keyword", aliases, **options)


def competitor(name: str, *aliases: str, **options: Any) -> Tracker:
    return Tracker(name, name, "competitor", aliases, **options)


def said(text: str, *trackers: Tracker, language: str | None = "da", side: str = "customer") -> list[str]:
    return [mention.surface for mention in TrackerIndex(trackers).find(text, language, side)]


def test_a_mention_tells_what_was_said_and_where() -> None:
    text = "Ja, 3D-printeren er fin, og 3D-printere er dyre."

    found = TrackerIndex([Tracker("t1", "3D-printer", "keyword")]).find(text, "da-DK", "customer")

    assert found == [Mention("t1", "3D-printeren", 4), Mention("t1", "3D-printere", 28)]
    assert all(text[m.start : m.start + len(m.surface)] == m.surface for m in found)


@pytest.mark.parametrize(
    "form", ["printer", "PRINTER", "printeren", "printere", "printerne", "printers", "Printernes"]
)
def test_danish_forms_count(form: str) -> None:
    assert said(f"vores {form}, altså", keyword("printer")) == [form]


@pytest.mark.parametrize(
    ("name", "form"),
    [("licens", "licensen"), ("licens", "licenserne"), ("rabat", "rabatterne"), ("aftale", "aftalernes")],
)
def test_danish_forms_whose_stems_differ_count_too(name: str, form: str) -> None:
    assert said(f"med {form} i dag", keyword(name)) == [form]


@pytest.mark.parametrize("form", ["price", "prices", "Pricing", "priced", "price's"])
def test_english_forms_count(form: str) -> None:
    assert said(f"the {form} is", keyword("price"), language="en-US") == [form.removesuffix("'s")]


def test_a_competitors_name_only_takes_a_genitive_or_plural_in_english() -> None:
    assert said("slacking off on Slack, Slack's bots", competitor("Slack"), language="en") == [
        "Slack",
        "Slack",
    ]


def test_word_forms_and_compounds_can_be_switched_off() -> None:
    text = "printer, printeren, printersalget"

    assert said(text, keyword("printer", word_forms=False, compounds=False)) == ["printer"]
    assert said(text, keyword("printer", compounds=False)) == ["printer", "printeren"]


@pytest.mark.parametrize(
    ("name", "compound"),
    [
        ("3D-printer", "3D-printersalget"),
        ("printer", "laserprinterne"),
        ("pris", "listepriserne"),
        ("pris", "prissætning"),
        ("aftale", "kundeaftalen"),
        ("rabat", "mængderabatter"),
        ("drift", "driftsudgifter"),
    ],
)
def test_danish_compounds_count(name: str, compound: str) -> None:
    assert said(f"om {compound} igen", keyword(name)) == [compound]


@pytest.mark.parametrize(
    ("name", "other_word"),
    [
        ("bil", "billig"),
        ("lager", "indlagt"),
        ("licens", "publiceret"),
        ("løsning", "opløsning"),
        ("salg", "udsalget"),
        ("kontrakt", "kontraktlige"),
        ("system", "systematisk"),
        ("sikkerhed", "sikker"),
        ("produkt", "produktionen"),
        ("uddannelse", "uddannet"),
    ],
)
def test_another_danish_word_is_no_compound_and_no_form(name: str, other_word: str) -> None:
    assert said(f"det er {other_word} nu", keyword(name)) == []


def test_english_text_has_no_compounds() -> None:
    assert said("a printersale", keyword("printer"), language="en") == []


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("Contoso 360", "contoso three sixty"),
        ("Contoso 360", "Contoso three hundred and sixty"),
        ("Contoso 360", "contoso tre tres"),
        ("Contoso 360", "Contoso360"),
        ("Office 365", "office three-sixty-five"),
        ("3D-printer", "3 D printer"),
        ("3D-printer", "3dprinter"),
        ("SharePoint", "share point"),
        ("Da Vinci 3D", "DaVinci 3D"),
        ("GTXPro", "GTX Pro"),
        ("McDonald's", "mcdonalds"),
        ("Nestlé", "Nestle"),
    ],
)
def test_names_are_found_as_speech_to_text_writes_them(name: str, heard: str) -> None:
    assert said(f"we use {heard} today", competitor(name), language="en") == [heard]


def test_an_alias_is_as_good_as_the_name() -> None:
    trackers = [Tracker("c1", "Contoso 360", "competitor", ("the purple suite", "CRM three sixty"))]

    found = TrackerIndex(trackers).find("The purple suite, or crm three sixty", "en", "customer")

    assert [(m.tracker_id, m.surface) for m in found] == [
        ("c1", "The purple suite"),
        ("c1", "crm three sixty"),
    ]


def test_only_whole_words_count() -> None:
    assert said("sapling, re-SAP, saps, SAP-system", competitor("SAP")) == ["SAP", "saps", "SAP"]


def test_the_longest_name_of_a_kind_wins_and_kinds_do_not_see_each_other() -> None:
    trackers = [competitor("Contoso"), competitor("Contoso CRM"), keyword("CRM"), keyword("CRM system")]

    found = TrackerIndex(trackers).find("Contoso CRM system og Contoso", "da", "customer")

    assert [(m.tracker_id, m.surface) for m in found] == [
        ("Contoso CRM", "Contoso CRM"),
        ("CRM system", "CRM system"),
        ("Contoso", "Contoso"),
    ]


def test_two_trackers_of_the_very_same_words_both_count_once() -> None:
    trackers = [Tracker("b", "rabat", "keyword", ("Rabat", "rabatten")), Tracker("a", "rabat", "keyword")]

    found = TrackerIndex(trackers).find("rabatten", "da", "customer")

    assert [m.tracker_id for m in found] == ["a", "b"]


def test_a_trackers_side_and_language_limit_it() -> None:
    trackers = [
        keyword("pris", side="customer"),
        keyword("price", language="en"),
        keyword("preis", language="de"),
    ]
    index = TrackerIndex(trackers)

    def heard(language: str | None, side: str) -> list[str]:
        return [m.surface for m in index.find("pris price preis", language, side)]

    assert heard("da", "customer") == ["pris"]
    assert heard("da", "seller") == []
    assert heard("en-GB", "seller") == ["price"]
    assert heard("de-AT", "customer") == ["pris", "preis"]
    assert heard("fr", "customer") == ["pris"]
    assert heard(None, "customer") == ["pris", "price", "preis"]


def test_a_longer_name_of_the_other_side_hides_nothing() -> None:
    trackers = [keyword("rabat"), keyword("rabat på alt", side="seller")]

    assert said("rabat på alt", *trackers, side="customer") == ["rabat"]
    assert said("rabat på alt", *trackers, side="seller") == ["rabat på alt"]


def test_what_masking_left_is_no_word_that_was_said() -> None:
    assert said("skriv til [email], det er min email", keyword("email")) == ["email"]


def test_names_without_a_letter_or_digit_find_nothing() -> None:
    assert said("- ! ?", keyword("-"), keyword(""), keyword("!?")) == []


def test_text_without_trackers_is_empty() -> None:
    assert TrackerIndex([]).find("hvad som helst", "da", "customer") == []


@pytest.mark.timeout(10)
def test_a_text_without_blanks_takes_no_time() -> None:
    assert said("printer" * 2_800, keyword("printer")) == []


def test_decomposed_letters_are_the_callers_duty() -> None:
    # Speech-to-text writes NFC; the schema is where that could be changed, so that offsets stay true.
    assert said(unicodedata.normalize("NFC", "løsningen på år"), keyword("løsning")) == ["løsningen"]
