"""Trackers, competitors, customers."""

from __future__ import annotations

from random import Random

from streams.simulator.catalogue import (
    BRANDS,
    COMPETITORS,
    KEYWORDS,
    TRACKERS,
    make_customer,
    mentions,
    spoken_competitor,
)


def test_there_is_enough_to_listen_for_and_every_id_is_its_own() -> None:
    assert len(KEYWORDS) == 20
    assert 5 <= len(COMPETITORS) <= 8
    assert len({tracker.tracker_id for tracker in TRACKERS}) == len(TRACKERS)
    assert all(tracker.event.name == tracker.name for tracker in TRACKERS)


def test_a_form_belongs_to_one_tracker() -> None:
    forms = [form for tracker in TRACKERS for form in tracker.forms]

    assert len(set(forms)) == len(forms)


def test_mentions_are_whole_words_and_the_longest_form_at_a_place() -> None:
    assert mentions("Vi så på Kontrona 360 og på kontrona tre tres.") == ["kontrona-360", "kontrona-360"]
    assert mentions("Serviceaftalen og prisen, ikke printkontrakten.") == ["serviceaftale", "pris"]
    assert mentions("En 3D-printer og follow-me print") == ["3d-printer", "follow-me-print"]
    assert mentions("tonerne i stereoanlægget") == []


def test_however_a_competitor_is_heard_it_is_the_same_competitor() -> None:
    rng = Random(1)

    for competitor in COMPETITORS:
        for language in ("da", "en"):
            heard = {spoken_competitor(rng, language, competitor.name) for _ in range(50)}
            assert {tuple(mentions(name)) for name in heard} == {(competitor.tracker_id,)}
    assert not any(mentions(brand) for brand in BRANDS)


def test_the_same_company_is_always_called_the_same_and_answered_by_the_same_person() -> None:
    rng = Random(5)
    known: dict[str, tuple[str, str]] = {}

    for _ in range(2_000):
        customer = make_customer(rng, "da")
        assert known.setdefault(customer.customer_id, (customer.name, customer.contact)) == (
            customer.name,
            customer.contact,
        )
    assert len({name for name, _ in known.values()}) == len(known) > 200
