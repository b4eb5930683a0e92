"""The call scripts themselves: complete, performable, and honest about the keywords in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import get_args

import pytest
from Stemmer import Stemmer

from streams.simulator.briefs import CallBrief, Kind
from streams.simulator.calendar import midnight
from streams.simulator.catalogue import PRODUCTS, SpokenLanguage, make_customer
from streams.simulator.dialogue import Mood
from streams.simulator.fashion import Fashion
from streams.simulator.people import hire
from streams.simulator.screenplay import PAUSE, WAIT, Cue, Fill, Passage, Repertoire, Template, Turn, load
from streams.simulator.slots import Slots
from streams.simulator.trackers import heard_in, mentions

DAY = date(2026, 11, 24)
FAMILIES = sorted({product.family for product in PRODUCTS})
WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@pytest.fixture(params=["da", "en"])
def language(request: pytest.FixtureRequest) -> SpokenLanguage:
    language: SpokenLanguage = request.param
    return language


@pytest.fixture
def repertoire(language: SpokenLanguage) -> Repertoire:
    return load(language)


def passages(repertoire: Repertoire) -> Iterator[Passage]:
    yield from (script.passage for script in repertoire.scripts)
    for alternatives in repertoire.scenes.values():
        yield from alternatives


def templates(repertoire: Repertoire) -> Iterator[Template]:
    yield from (script.title for script in repertoire.scripts)
    for passage in passages(repertoire):
        for turn in passage:
            if isinstance(turn, Turn):
                for wordings in turn.wordings.values():
                    yield from wordings


def slots(language: SpokenLanguage, rng: Random) -> Slots:
    brief = CallBrief(
        call_id="call-1",
        seller=hire(1)[0],
        customer=make_customer(rng, language),
        kind="cold",
        product=PRODUCTS[0],
        started_at=midnight(DAY),
        mood=Mood(0.0, "steady"),
        direction="outbound",
    )
    return Slots(brief, Fashion(1, DAY), DAY, rng)


def test_there_are_several_dozen_scripts_for_every_kind_of_call_and_product(repertoire: Repertoire) -> None:
    assert len(repertoire.scripts) >= 40
    assert len({script.script_id for script in repertoire.scripts}) == len(repertoire.scripts)
    for kind in get_args(Kind):
        for family in FAMILIES:
            assert repertoire.of_kind(kind, family), f"no script for {kind} about {family}"


def test_both_languages_can_hold_the_same_calls() -> None:
    danish, english = load("da"), load("en")

    assert [script.kind for script in danish.scripts] == [script.kind for script in english.scripts]
    assert danish.scenes.keys() == english.scenes.keys()


def test_every_scene_that_is_called_for_exists(repertoire: Repertoire) -> None:
    for family in FAMILIES:
        scripts = [script for kind in get_args(Kind) for script in repertoire.of_kind(kind, family)]
        for fill in (part for script in scripts for part in script.passage if isinstance(part, Fill)):
            assert all(repertoire.group(group, family) for group in fill.groups), f"@until about {family}"
        for cue in (part for script in scripts for part in script.passage if isinstance(part, Cue)):
            of_family = f"{cue.name}.{family}" in repertoire.scenes
            if cue.name not in (WAIT, PAUSE, *repertoire.scenes) and not of_family:
                assert len(repertoire.group(cue.name, family)) >= cue.count, f"@{cue.name} about {family}"


def test_every_alternative_and_slot_can_be_filled(repertoire: Repertoire, language: SpokenLanguage) -> None:
    rng = Random(7)
    fill = slots(language, rng)

    for template in templates(repertoire):
        text = template.render(rng, fill)
        assert not re.search(r"[<>{}|]", text), text
        assert re.search(r"\w", text)
        assert text == text.strip()
        assert "  " not in text


def test_a_customer_can_be_glad_and_annoyed_nearly_everywhere(repertoire: Repertoire) -> None:
    customers = [
        turn
        for passage in passages(repertoire)
        for turn in passage
        if isinstance(turn, Turn) and turn.side == "customer"
    ]

    assert sum("+" in turn.wordings for turn in customers) > 0.6 * len(customers)
    assert sum("-" in turn.wordings for turn in customers) > 0.6 * len(customers)


def test_whatever_a_tracker_may_find_in_a_script_is_known_as_its_form(
    repertoire: Repertoire, language: SpokenLanguage
) -> None:
    """Inflections by a stemmer, and in Danish compounds: a word that either would find must be a listed form."""
    stem = Stemmer("danish" if language == "da" else "english").stemWord
    names = [
        name.lower()
        for tracker in heard_in(language)
        for name in (tracker.name, *tracker.aliases)
        if " " not in name
    ]
    stems = {stem(name) for name in names}

    for template in templates(repertoire):
        for word in WORDS.findall(template.text.lower()):
            found = stem(word) in stems or (language == "da" and any(word.startswith(name) for name in names))
            assert not found or mentions(word, language), f"{word!r} in {template.text!r}"


def test_texts_hold_nobody_s_real_address(repertoire: Repertoire, language: SpokenLanguage) -> None:
    rng = Random(3)
    fill = slots(language, rng)

    for template in templates(repertoire):
        addresses = re.findall(r"\S+@\S+", template.render(rng, fill))
        assert all(address.rstrip(".,?").endswith(".example") for address in addresses)


def test_a_second_person_speaks_only_where_there_is_one(repertoire: Repertoire) -> None:
    for passage in passages(repertoire):
        for turn in passage:
            if isinstance(turn, Turn) and turn.second:
                assert turn.condition == {"customer": "&", "seller": "%"}[turn.side]


def test_sellers_show_things_at_length_and_customers_tell(repertoire: Repertoire) -> None:
    def longest(group: str, side: str) -> list[float]:
        return [
            max(turn.words for turn in passage if isinstance(turn, Turn) and turn.side == side)
            for name, alternatives in repertoire.scenes.items()
            if name.startswith(group)
            for passage in alternatives
        ]

    for family in FAMILIES:
        assert len(repertoire.group("show", family)) >= 11
    assert min(longest("show.", "seller")) > 90
    assert min(longest("story.", "customer")) > 60
