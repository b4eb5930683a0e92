"""What is never a brand's name: numbers, addresses, illnesses, faiths, parties, people, the own names."""

from datetime import UTC, datetime

import pytest

from processors.analysis.analyser import Analyser
from processors.analysis.masking import mask
from processors.analysis.names.extraction import NameFinder, company_keys, own_keys, person_keys
from processors.analysis.trackers import TrackerIndex
from processors.conversation.rows import name_rows
from processors.conversation.state import Conversation
from schemas.events import CallSegment, CallStarted, Participant

STARTED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Vores IBAN er DK50 0040 0440 1162 43, reg nr 3409 konto 12345678"),
        ("da", "Min mand har Parkinson, så vi venter"),
        ("da", "Han har fået Alzheimers og Bechterew"),
        ("da", "Vi bor på Nørregade 12 i Brønderslev"),
        ("da", "Kontoret ligger på Strandvejen 42"),
        ("da", "Min kollega Fatima Al-Hassan ringer"),
        ("da", "Spørg Birgitte Skovgaard om det"),
        ("da", "Vi stemmer på Socialdemokratiet eller Enhedslisten"),
        ("da", "Han er med i Jehovas Vidner"),
        ("da", "Varen hedder AB 4711"),
        ("en", "My wife has Crohn's and my son has Tourette Syndrome"),
        ("en", "She is a Jehovah's Witness and votes for the Democrats"),
        ("en", "We moved from 14 Baker Street to Oxford Road 7"),
        ("en", "The order is XK-20456"),
        ("en", "I talked to my boss Priya Raman"),
        ("en", "We close for Diwali."),
    ],
)
def test_what_is_private_is_no_brand(language: str, said: str) -> None:
    assert [mention.name for mention in NameFinder().find(mask(said), language)] == []


def test_the_own_company_and_its_products_are_no_other_brands_however_they_are_said() -> None:
    finder = NameFinder(own=["Fjordtek ApS", "Fjord 500", "Fjord Studio"])

    for said in (
        "Vi har købt Fjordteks nye Fjord 500",
        "we use Fjord Studio and Fjordtek",
        "Vi skiftede til Fjordtek",
    ):
        assert [mention.name for mention in finder.find(said, "da")] == []


@pytest.mark.parametrize(
    "said", ["Pap rio ringede så sent som i går", "De er hos pap Rio", "Pap-rio er dyre"]
)
def test_half_of_a_trackers_name_that_was_heard_as_two_words_is_no_brand(said: str) -> None:
    assert NameFinder(known=["Paprio"]).find(said, "da") == []


def test_a_companys_name_is_also_its_first_words_and_a_persons_each_part() -> None:
    assert {"hedesøn", "hedesøntandklinik", "hedesøns"} <= company_keys("Hede & Søn Tandklinik ApS")
    assert {"hede", "hedes"} <= company_keys("Hede & Søn Tandklinik ApS")
    assert "alm" not in company_keys("Alm Brand")
    assert {"klintholm", "klintholms"} <= company_keys("Klintholm Friskole A/S")
    assert {"karen", "holm", "karenholm"} <= person_keys("Karen Holm")
    assert own_keys("", ()) == frozenset()


def _call(*events: CallSegment | CallStarted) -> Conversation:
    analyser = Analyser(TrackerIndex(()), NameFinder(), frozenset())
    conversation = Conversation("call-1", "seller-1", STARTED_AT)
    for event in events:
        conversation.apply(event, STARTED_AT, analyser)
    conversation.resolve_language(analyser)
    return conversation


def _segment(text: str) -> CallSegment:
    return CallSegment(
        call_id="call-1",
        call_started_at=STARTED_AT,
        seller_id="seller-1",
        consent=True,
        segment_id="s-1",
        speaker="customer",
        start_ms=0,
        end_ms=3000,
        text=text,
        language="da",
    )


def _started(customer: str, *people: str) -> CallStarted:
    return CallStarted(
        call_id="call-1",
        call_started_at=STARTED_AT,
        seller_id="seller-1",
        customer_id="account-81",
        customer_name=customer,
        participants=tuple(
            Participant(participant_id=f"p{number}", side="customer", name=name)
            for number, name in enumerate(people)
        ),
    )


def test_a_customers_own_name_is_never_counted_whatever_comes_first() -> None:
    said = _segment("Vi hos Trivento bruger Trustbox og Visma")
    started = _started("Trivento ApS", "Bo Trustbox")
    first, last = _call(started, said), _call(said, started)

    for conversation in (first, last):
        shown = {row.name: row for row in name_rows(conversation, 1) if row.mentions_customer}
        assert shown.keys() == {"Visma"}
        assert shown["Visma"].customer == "account-81"
    assert {row.name_key for row in name_rows(first, 1)} == {"visma"}


def test_a_corrected_customer_makes_the_name_another_brand_again() -> None:
    conversation = _call(_started("Trivento ApS"), _segment("Vi skiftede fra Trivento til Visma"))
    conversation.mark_persisted()
    correction = _started("Nordlys A/S").model_copy(update={"revision": 2})
    conversation.apply(correction, STARTED_AT, Analyser(TrackerIndex(()), NameFinder(), frozenset()))

    assert {row.name for row in name_rows(conversation, 1) if row.mentions_customer} == {"Trivento", "Visma"}
