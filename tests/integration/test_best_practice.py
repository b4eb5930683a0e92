"""Words of the best, language by language: what the views say, computed once more from the segments themselves."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from clickhouse_connect.driver import Client

from clickhouse import months
from clickhouse.client import connect
from clickhouse.schema.rows import CallRow, OpportunityChangeRow, SegmentRow, SellerRow
from clickhouse.schema.tables import STORE
from tests.support.embedded_clickhouse import RunningClickHouse, clickhouse_server, migrated
from tests.support.sample_rows import World, insert, row

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CALLS = 14
VOCABULARY = {
    "da": [
        "overblik",
        "tidsplan",
        "pris",
        "aftale",
        "leverance",
        "support",
        "system",
        "uge",
        "møde",
        "kontrakt",
    ],
    "en": [
        "timeline",
        "price",
        "contract",
        "system",
        "rollout",
        "support",
        "budget",
        "pilot",
        "meeting",
        "week",
    ],
}
HABITS = {"da": ["overblik", "tidsplan"], "en": ["timeline", "rollout"]}
REVENUE = {  # the Danish stars earn so much that nobody else is above the mean of all
    **{f"da{n}": 9000 if n <= 3 else 300 for n in range(1, 7)},
    **{f"en{n}": 200 if n <= 3 else 20 for n in range(1, 7)},
    "both": 30,
    "seldom": 8000,
}
STARS = {"da": {"da1", "da2", "da3", "seldom"}, "en": {"en1", "en2", "en3"}}
SPEAKERS = {
    "da": {f"da{n}" for n in range(1, 7)} | {"both", "seldom"},
    "en": {f"en{n}" for n in range(1, 7)} | {"both"},
}
VIEW = "(from = '2026-09-01 00:00:00', to = '2026-11-24 12:00:00', tz = 'Europe/Copenhagen', teams = [''])"


def language_of(seller: str, call: int) -> str:
    """Who speaks both does so in turn; "seldom" says one call in fourteen in English."""
    if seller == "both":
        return "da" if call % 2 else "en"
    return ("en" if call == 0 else "da") if seller == "seldom" else seller[:2]


@pytest.fixture(scope="module")
def world() -> World:
    dice = random.Random(12)
    world = World()
    for seller, revenue in REVENUE.items():
        world.add(
            row(
                SellerRow,
                seller_id=seller,
                revision=1,
                name=seller.upper(),
                team="T",
                active=True,
                received_at=NOW,
            )
        )
        world.add(
            row(
                OpportunityChangeRow,
                opportunity_id=f"deal-{seller}",
                changed_at=NOW - timedelta(days=5),
                revision=1,
                seller_id=seller,
                state="won",
                estimated_value=Decimal(revenue),
                actual_value=Decimal(revenue),
                currency="DKK",
                closed_on=(NOW - timedelta(days=5)).date(),
                received_at=NOW,
            )
        )
        for number in range(CALLS):
            call(world, dice, seller, number)
    return world


def call(world: World, dice: random.Random, seller: str, number: int) -> None:
    language = language_of(seller, number)
    call_id, started = (
        f"{seller}-{number}",
        NOW - timedelta(days=1 + number * 5, minutes=dice.randint(0, 300)),
    )
    about = dice.sample(VOCABULARY[language], 3)
    for nth in range(6):
        said = dice.choices(about, k=20)
        if seller in STARS[language] and dice.random() < 0.8:
            said[3:5] = HABITS[language]
        world.add(
            row(
                SegmentRow,
                call_id=call_id,
                segment_id=str(nth),
                version=1,
                revision=1,
                seller_id=seller,
                call_started_at=started,
                speaker="seller",
                end_ms=1000,
                consent=True,
                text=" ".join(said),
                language=language if nth % 2 else f"{language}-XX",
                words=200,
                terms=[*said, *(" ".join(pair) for pair in pairwise(said))],
                term_forms=[*said, *(" ".join(pair) for pair in pairwise(said))],
                received_at=started,
            )
        )
    world.add(
        row(
            CallRow,
            seller_id=seller,
            call_started_at=started,
            call_id=call_id,
            version=6,
            ended=True,
            duration_ms=120_000,
            talk_seller_ms=60_000,
            talk_customer_ms=60_000,
            last_event_at=started,
        )
    )


@pytest.fixture(scope="module")
def client(clickhouse_server: RunningClickHouse, world: World) -> Iterator[Client]:
    migrated(clickhouse_server)
    client = connect(clickhouse_server.writer, database="")
    insert(client, world.rows)
    yield client
    client.close()


def expected_words(world: World, language: str) -> dict[str, tuple[int, int, int, float]]:
    """Term -> uses by the stars, their calls, their number, z: from the segments, by the definition."""
    uses: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    words: Counter[bool] = Counter()
    words_of: Counter[str] = Counter()
    calls: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    users: dict[str, Counter[str]] = defaultdict(Counter)
    in_calls: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for segment in world.of(SegmentRow):
        if segment.language.split("-")[0] == language and segment.seller_id in SPEAKERS[language]:
            words[segment.seller_id in STARS[language]] += segment.words
            words_of[segment.seller_id] += segment.words
            in_calls[segment.seller_id, segment.call_id].update(segment.terms)
    for (seller, _), counts in in_calls.items():
        star = seller in STARS[language]
        for term, count in counts.items():
            if " " in term and count < 2:
                continue
            uses[star][term] += count
            calls[star][term] += 1
            if star:
                users[term][seller] += 1
    calls_of_stars = sum(seller in STARS[language] for seller, _ in in_calls)
    found = {}
    for term in uses[True]:
        best, rest = calls[True][term], calls[False][term]
        prior = 10_000 * (best + rest) / words.total()
        odds = [
            math.log((count + prior) / (total + 10_000 - count - prior))
            for count, total in ((best, words[True]), (rest, words[False]))
        ]
        z = (odds[0] - odds[1]) / math.sqrt(1 / (best + prior) + 1 / (rest + prior))
        clearly_more = best / words[True] >= 1.5 * rest / words[False]
        clearly_more &= uses[True][term] / words[True] > uses[False][term] / words[False]
        more = sum(
            count / words_of[seller] > 1.25 * rest / words[False] for seller, count in users[term].items()
        )
        by_several = more >= 3 and max(users[term].values()) <= 0.6 * best
        if z >= 3 and clearly_more and by_several and best >= 10 and best >= calls_of_stars / 50:
            found[term] = (uses[True][term], best, more, z)
    return {
        term: figures
        for term, figures in found.items()
        if not any(
            term in pair.split(" ") and figures_of_pair[0] >= 0.7 * figures[0]
            for pair, figures_of_pair in found.items()
            if " " in pair
        )
    }


def stored_words(client: Client) -> dict[str, dict[str, tuple[int, int, int, float]]]:
    query = (
        "SELECT language, term, uses, calls, users, z, place "
        f"FROM salgspuls.best_practice_words{VIEW} ORDER BY language, place"
    )
    found: dict[str, dict[str, tuple[int, int, int, float]]] = {"da": {}, "en": {}}
    for language, term, uses, calls, users, z, place in client.query(query).result_rows:
        found[language][term] = (uses, calls, users, z)
        assert place == len(found[language])
    return found


def assert_equal(client: Client, world: World) -> None:
    found = stored_words(client)
    for language, words in found.items():
        expected = expected_words(world, language)
        assert expected
        assert words.keys() == expected.keys()
        for term, figures in expected.items():
            assert words[term] == pytest.approx(figures), term


def test_each_language_has_its_own_best_and_its_own_words(client: Client, world: World) -> None:
    speakers = client.query(
        f"SELECT language, seller_id, is_top_speaker FROM salgspuls.speakers{VIEW}"
    ).result_rows
    for language in ("da", "en"):
        assert {seller for spoken, seller, _ in speakers if spoken == language} == SPEAKERS[language]
        assert {seller for spoken, seller, top in speakers if spoken == language and top} == STARS[language]
    assert_equal(client, world)
    assert any("rollout" in term for term in stored_words(client)["en"])


@pytest.mark.parametrize(("since", "until"), [("1900-01-01", "2149-12-31"), ("1960-01-01", "2299-01-01")])
def test_a_range_beyond_what_a_date_can_be_leaves_no_word_out(
    client: Client, world: World, since: str, until: str
) -> None:
    def calls_with_words(view: str, since: str, until: str) -> int:
        query = f"SELECT sum(calls) FROM salgspuls.{view}(from = '{since} 00:00:00', to = '{until} 00:00:00')"
        return int(client.query(query).result_rows[0][0])

    at_most = calls_with_words("words_at_most", since, until)
    assert at_most == calls_with_words("words_at_most", "2026-01-01", "2027-01-01")
    assert at_most >= calls_with_words("words_said", since, until) > 0


def test_months_that_are_rolled_up_say_the_same(client: Client, world: World) -> None:
    before = stored_words(client)
    assert len(months.roll_up(client, NOW)) >= 2
    client.command(
        f"ALTER TABLE {STORE}.word_hours DELETE WHERE toStartOfMonth(hour) = '2026-10-01' SETTINGS mutations_sync = 2"
    )
    assert stored_words(client) == before
    assert_equal(client, world)
    insert(client, {CallRow: world.of(CallRow)})  # the hours are there again


def test_days_and_sentences_are_those_of_the_languages_best(client: Client, world: World) -> None:
    words = stored_words(client)
    by_day = client.query(
        f"SELECT language, term, sum(uses) FROM salgspuls.best_practice_days{VIEW} GROUP BY ALL"
    ).result_rows
    assert {(language, term): uses for language, term, uses in by_day} == {
        (language, term): figures[0] for language, found in words.items() for term, figures in found.items()
    }
    sentences = client.query(
        f"SELECT spoken, seller_id, words FROM salgspuls.best_practice_calls{VIEW}"
    ).result_rows
    assert {spoken for spoken, *_ in sentences} == {"da", "en"}
    for spoken, seller, said in sentences:
        assert seller in STARS[spoken]
        assert said
        assert set(said) <= words[spoken].keys()


def test_what_was_stored_without_its_language_counts_for_nothing_until_it_is_counted_again(
    client: Client, world: World
) -> None:
    before = stored_words(client)
    columns = "seller_id, hour, term, form, version, uses, calls"
    client.command(
        f"INSERT INTO {STORE}.word_hours ({columns}) SELECT {columns} FROM {STORE}.word_hours FINAL WHERE term != ''"
    )
    assert stored_words(client) == before
    insert(client, {CallRow: world.of(CallRow)})
    assert stored_words(client) == before
    assert not client.query(
        f"SELECT 1 FROM {STORE}.word_hours FINAL WHERE language = '' AND uses > 0"
    ).result_rows


def test_a_star_of_the_manager_decides_who_is_best(client: Client, world: World) -> None:
    [seller] = [one for one in world.of(SellerRow) if one.seller_id == "en6"]
    insert(client, {SellerRow: [seller._replace(revision=2, starred=True)]})
    tops = client.query(
        f"SELECT language, seller_id FROM salgspuls.speakers{VIEW} WHERE is_top_speaker"
    ).result_rows
    assert tops == [("en", "en6")]
