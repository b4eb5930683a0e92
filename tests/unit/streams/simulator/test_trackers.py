"""Trackers of either language, and competitors however they are heard."""

from __future__ import annotations

from collections import Counter
from random import Random

from streams.simulator.catalogue import BRANDS, SpokenLanguage
from streams.simulator.trackers import (
    COMPETITORS,
    KEYWORDS,
    TRACKERS,
    heard_in,
    mentions,
    spoken_competitor,
)

LANGUAGES: tuple[SpokenLanguage, ...] = ("da", "en")


def test_each_language_has_twenty_keywords_and_every_id_is_its_own() -> None:
    for language in LANGUAGES:
        assert sum(tracker in KEYWORDS for tracker in heard_in(language)) == 20
    assert 5 <= len(COMPETITORS) <= 8
    assert len({tracker.tracker_id for tracker in TRACKERS}) == len(TRACKERS)
    assert all(
        (tracker.event.name, tracker.event.language) == (tracker.name, tracker.language)
        for tracker in TRACKERS
    )


def test_a_form_belongs_to_one_tracker_of_a_language() -> None:
    for language in LANGUAGES:
        forms = Counter(form for tracker in heard_in(language) for form in tracker.forms)
        assert set(forms.values()) == {1}


def test_mentions_are_whole_words_and_the_longest_form_at_a_place() -> None:
    assert mentions("Vi så på Kontrona 360 og på kontrona tre tres.", "da") == [
        "kontrona-360",
        "kontrona-360",
    ]
    assert mentions("Serviceaftalen og prisen, ikke printkontrakten.", "da") == ["serviceaftale", "pris"]
    assert mentions("En 3D-printer og follow-me print", "da") == ["3d-printer", "follow-me-print"]
    assert mentions("tonerne i stereoanlægget", "da") == []


def test_a_language_is_listened_to_for_its_own_words() -> None:
    said = "The price of the contract, prisen, and one toner."

    assert mentions(said, "en") == ["price", "contract", "toner"]
    assert mentions(said, "da") == ["pris", "toner"]


def test_however_a_competitor_is_heard_it_is_the_same_competitor() -> None:
    rng = Random(1)

    for competitor in COMPETITORS:
        for language in LANGUAGES:
            heard = {spoken_competitor(rng, language, competitor.name) for _ in range(50)}
            assert {tuple(mentions(name, language)) for name in heard} == {(competitor.tracker_id,)}
    assert not any(mentions(brand, language) for brand in BRANDS for language in LANGUAGES)
