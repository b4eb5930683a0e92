"""Stages, people and warnings of deals, over rows made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from clickhouse_connect.driver import Client

from clickhouse.client import connect
from clickhouse.schema.rows import (
    ActivityRow,
    CallKeywordRow,
    CallRow,
    OpportunityChangeRow,
    SellerRow,
    TrackerRow,
)
from tests.support.embedded_clickhouse import (
    RunningClickHouse,
    clickhouse_server,
    migrated,
)
from tests.support.sample_rows import World, insert, row

__all__ = ["clickhouse_server"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVERYBODY = "teams = [''], sellers = ['']"


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def change(
    deal: str, days: float, stage: str, state: str = "open", closes_in: int = 10
) -> OpportunityChangeRow:
    return row(
        OpportunityChangeRow,
        opportunity_id=deal,
        changed_at=days_ago(days),
        revision=1,
        seller_id="s1",
        name=deal,
        stage=stage,
        state=state,
        estimated_value=Decimal(100),
        actual_value=Decimal(100) if state == "won" else None,
        currency="DKK",
        estimated_close_on=NOW.date() + timedelta(days=closes_in),
        closed_on=days_ago(days).date() if state != "open" else None,
        received_at=NOW,
    )


def call(deal: str, days: float, *people: str, call_id: str = "") -> CallRow:
    return row(
        CallRow,
        seller_id="s1",
        call_started_at=days_ago(days),
        call_id=call_id or f"{deal}-{days}",
        version=1,
        opportunity_id=deal,
        participant_ids=[f"p{number}" for number in range(len(people) + 1)],
        participant_sides=["seller", *["customer"] * len(people)],
        participant_names=["Molly", *people],
        ended=True,
        duration_ms=600_000,
        last_event_at=days_ago(days),
    )


def a_world() -> World:
    world = World()
    for number in range(10):  # ten won deals: 1, 2 ... 10 days in Propose
        world.add(change(f"won-{number}", 40 + number + 1, "Propose"))
        world.add(change(f"won-{number}", 40, "Propose", "won"))
    for deal, stage_days, closes_in in (
        ("fine", 5, 10),
        ("overdue", 5, -1),
        ("silent", 5, 10),
        ("never", 5, 10),
        ("one", 5, 10),
        ("stalled", 9.5, 10),
        ("rival", 5, 10),
    ):
        world.add(change(deal, 12, "Qualify"))
        world.add(change(deal, 11.5, "Qualify", closes_in=closes_in))
        world.add(change(deal, stage_days, "Propose", closes_in=closes_in))
    for deal in ("fine", "overdue", "stalled", "rival"):
        world.add(call(deal, 3, "Karen", "Søren"))
    world.add(call("silent", 14.5, "Karen", "Søren"))
    world.add(call("one", 2, "Karen"))
    world.add(call("one", 3, "Karen"))
    world.add(
        row(
            ActivityRow,
            activity_id="a1",
            revision=1,
            seller_id="s1",
            opportunity_id="never",
            kind="email",
            started_at=days_ago(1),
            with_customer=False,
            received_at=NOW,
        )
    )
    world.add(
        row(SellerRow, seller_id="s1", revision=1, name="Molly", team="Nord", active=True, received_at=NOW)
    )
    for kind, side in (("competitor", "customer"), ("competitor", "seller"), ("keyword", "customer")):
        tracker = f"{kind}-{side}"
        world.add(row(TrackerRow, tracker_id=tracker, revision=1, name=tracker, kind=kind, received_at=NOW))
        world.add(
            row(
                CallKeywordRow,
                seller_id="s1",
                call_started_at=days_ago(3),
                call_id="rival-3" if side == "customer" else "fine-3",
                tracker_id=tracker,
                version=1,
                mentions_customer=int(side == "customer"),
                mentions_seller=int(side == "seller"),
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


def warnings(client: Client, at: datetime = NOW) -> dict[str, dict[str, Any]]:
    rows = client.query(
        f"SELECT * FROM salgspuls.deal_warnings(at = '{at:%Y-%m-%d %H:%M:%S}', tz = 'Europe/Copenhagen', {EVERYBODY})"
    ).named_results()
    return {each["opportunity_id"]: each for each in rows}


def test_each_warning_is_for_the_deal_that_earns_it(client: Client) -> None:
    found = {deal: each["warnings"] for deal, each in warnings(client).items()}
    assert found == {
        "fine": [],
        "overdue": ["overdue"],
        "silent": ["silent"],
        "never": ["no_contact"],
        "one": ["one_person"],
        "stalled": ["stalled"],
        "rival": ["competitor"],
    }


def test_the_numbers_behind_the_warnings(client: Client) -> None:
    found = warnings(client)
    assert found["rival"]["competitors"] == ["competitor-customer"]
    assert (found["one"]["people"], found["one"]["calls"]) == (1, 2)
    assert found["fine"]["people"] == 2
    assert found["stalled"]["days_in_stage"] == pytest.approx(9.5)
    assert found["stalled"]["usual_days_in_stage"] == pytest.approx(9.1)  # of 1 to 10 days, inclusive
    assert found["fine"]["currency"] == "DKK"


def test_warnings_are_those_of_the_moment(client: Client) -> None:
    then = warnings(client, days_ago(11))
    assert then["silent"]["warnings"] == []
    assert then["stalled"]["warnings"] == ["no_contact"]
    assert then["stalled"]["days_in_stage"] == pytest.approx(1)


def test_a_stay_in_a_stage_ends_with_the_next_stage_or_the_deal(client: Client) -> None:
    rows = client.query(
        "SELECT stage, entered_at, left_at FROM salgspuls.deal_stages WHERE opportunity_id IN ('fine', 'won-3') "
        "ORDER BY entered_at"
    ).result_rows
    naive = NOW.replace(tzinfo=None)
    assert rows == [
        ("Propose", naive - timedelta(days=44), naive - timedelta(days=40)),
        ("Qualify", naive - timedelta(days=12), naive - timedelta(days=5)),
        ("Propose", naive - timedelta(days=5), None),
    ]


def test_people_of_a_deal_are_the_customers(client: Client) -> None:
    rows = client.query(
        "SELECT name, calls FROM salgspuls.deal_people WHERE opportunity_id IN ('one', 'fine') ORDER BY ALL"
    ).result_rows
    assert rows == [("Karen", 1), ("Karen", 2), ("Søren", 1)]
