"""The search over all calls: what is found, with its neighbours, over rows made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema.rows import CallRow, SegmentRow, SellerRow
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated,
)
from tests.support.sample_rows import World, insert, row

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = {
    "old": ("Hej.", "Prisen er for høj.", "Det forstår jeg.", "Vi priser os lykkelige. Prisaftale?"),
    "new": ("Hello.", "The price is fine (really).", "And the prices next year?", "", "C++ is 100% ours."),
}
ASKED = {
    "words": "",
    "customer": "",
    "least_minutes": 0,
    **{name: [""] for name in ("speakers", "sentiments", "trackers", "kinds", "directions", "languages")},
    "teams": [""],
    "sellers": [""],
    "from": NOW - timedelta(days=30),
    "to": NOW,
}


def a_world() -> World:
    world = World()
    for number, (call_id, texts) in enumerate(SAID.items()):
        seller_id, started_at = f"s{number}", NOW - timedelta(days=10 - 5 * number)
        world.add(
            row(
                SellerRow,
                seller_id=seller_id,
                revision=1,
                name=f"Seller {number}",
                team=f"T{number}",
                received_at=NOW,
            )
        )
        world.add(
            row(
                CallRow,
                seller_id=seller_id,
                call_started_at=started_at,
                call_id=call_id,
                version=1,
                title=f"Call {number}",
                kind="demo" if number else "complaint",
                direction="outbound" if number else "inbound",
                language="en" if number else "da",
                customer_id=f"account-{number}",
                customer_name="Brandt & Søn" if number else "Åse's",
                duration_ms=(number + 1) * 600_000,
                ended=True,
                last_event_at=started_at,
            )
        )
        for place, text in enumerate(texts):
            world.add(
                row(
                    SegmentRow,
                    call_id=call_id,
                    segment_id=f"x{9 - place}",
                    version=1,
                    revision=1,
                    seller_id=seller_id,
                    call_started_at=started_at,
                    speaker="customer" if place % 2 else "seller",
                    start_ms=place * 5_000,
                    end_ms=place * 5_000 + 4_000,
                    text=text,
                    compound_e4=-5_000 if "høj" in text else 0,
                    mention_trackers=["pris"] if "ris" in text else [],
                    received_at=started_at,
                )
            )
    return world


@pytest.fixture(scope="module")
def client(clickhouse_server: RunningClickHouse) -> Iterator[Client]:
    migrated(clickhouse_server)
    writer = connect(clickhouse_server.writer)
    insert(writer, a_world().rows)
    reader = connect(clickhouse_server.with_database("salgspuls").reader)
    yield reader
    reader.close()
    writer.close()


def search(client: Client, **asked: Any) -> list[dict[str, Any]]:
    values = ASKED | asked
    arguments = ", ".join(f"{name} = {_literal(value)}" for name, value in values.items())
    return list(client.query(f"SELECT * FROM salgspuls.search({arguments})").named_results())


def _literal(value: object) -> str:
    if isinstance(value, datetime):
        return f"toDateTime64('{value:%Y-%m-%d %H:%M:%S}', 3, 'UTC')"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return str(value)


def texts(rows: list[dict[str, Any]]) -> list[str]:
    return [each["text"] for each in rows]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"price"', ["The price is fine (really)."]),
        ("PRICE", ["The price is fine (really).", "And the prices next year?"]),
        ('"prisen"', ["Prisen er for høj."]),
        ("prisen", ["Prisen er for høj.", "Vi priser os lykkelige. Prisaftale?"]),
        ("pris", ["Prisen er for høj.", "Vi priser os lykkelige. Prisaftale?"]),
        ("fine the", ["The price is fine (really)."]),
        ('"fine the"', []),
        ('"is fine" price', ["The price is fine (really)."]),
        ("rice", []),
        ("HØJ", ["Prisen er for høj."]),
        ("c++", ["C++ is 100% ours."]),
        ('"(really) .* [a-z]"', []),
        ("100%", ["C++ is 100% ours."]),
        ("' OR 1=1 --", []),
        ("%", []),
        ("_", []),
        ("🙂 !?", []),
        ('"%"', []),
        ('"', [text for texts in reversed(SAID.values()) for text in texts if text]),
    ],
)
def test_words_are_found_in_any_form_and_quoted_ones_as_said(
    client: Client, words: str, found: list[str]
) -> None:
    assert texts(search(client, words=words)) == found


def test_a_hit_has_its_neighbours_and_its_call(client: Client) -> None:
    (hit,) = search(client, words="forstår")
    assert (hit["text_before"], hit["text_after"]) == (
        "Prisen er for høj.",
        "Vi priser os lykkelige. Prisaftale?",
    )
    assert (hit["call_id"], hit["start_ms"], hit["seller_id"]) == ("old", 10_000, "s0")
    assert (hit["title"], hit["customer_name"], hit["duration_ms"], hit["kind"]) == (
        "Call 0",
        "Åse's",
        600_000,
        "complaint",
    )
    first, last = search(client, words="hello")[0], search(client, words="ours")[0]
    assert (first["text_before"], last["text_after"]) == ("", "")


@pytest.mark.parametrize(
    ("asked", "calls"),
    [
        ({"speakers": ["customer"]}, {"old", "new"}),
        ({"sentiments": ["negative", "positive"]}, {"old"}),
        ({"trackers": ["pris", "x"]}, {"old"}),
        ({"customer": "account-1"}, {"new"}),
        ({"customer": "åse'S"}, {"old"}),
        ({"kinds": ["demo"]}, {"new"}),
        ({"least_minutes": 11}, {"new"}),
        ({"least_minutes": 10.5}, {"new"}),
        ({"least_minutes": 9.5}, {"new", "old"}),
        ({"directions": ["inbound"]}, {"old"}),
        ({"languages": ["en", "de"]}, {"new"}),
        ({"teams": ["T0"]}, {"old"}),
        ({"sellers": ["s1"]}, {"new"}),
        ({"from": NOW - timedelta(days=6)}, {"new"}),
        ({"to": NOW - timedelta(days=6)}, {"old"}),
        ({"to": NOW - timedelta(days=60)}, set()),
    ],
)
def test_every_filter_narrows(client: Client, asked: dict[str, Any], calls: set[str]) -> None:
    assert {each["call_id"] for each in search(client, **asked)} == calls
    if "speakers" in asked:
        assert {each["speaker"] for each in search(client, **asked)} == {"customer"}
