"""Dataverse's execution contexts: typed values, dates in their own form, a post image or only what changed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.events import OpportunityChanged
from streams.importers import Item, Options, Problem, Source, read

FILE = Path(__file__).parents[3] / "data" / "importers" / "dataverse.json"


def fresh() -> Options:
    """Options of an import of its own, which knows nothing of others."""
    return Options(currency="DKK")


def deals(found: list[Item]) -> list[OpportunityChanged]:
    return [each for each in found if isinstance(each, OpportunityChanged)]


def test_a_deal_is_followed_from_its_creation_to_its_end() -> None:
    created, proposed, won, removed = deals(list(read(Source(FILE), fresh())))
    assert created.model_dump(exclude_none=True) == {
        "type": "opportunity_changed",
        "schema_version": 1,
        "revision": 1,
        "opportunity_id": "b01138c5-0000-4da7-a2ca-31cf180d0b80",
        "seller_id": "75c2dd85-e89e-e711-8122-000d3aa2331c",
        "customer_id": "ec0cc9bf-0000-4a11-9a11-000d3a544190",
        "name": "GTX Pro til Nordlys",
        "stage": "2-Develop",
        "state": "open",
        "estimated_value": Decimal("48210.50"),
        "currency": "DKK",
        "win_probability": 0.1,
        "estimated_close_on": date(2026, 10, 30),
        "changed_at": datetime(2026, 9, 9, 5, 59, 59, tzinfo=UTC),
    }
    assert (proposed.name, proposed.stage, proposed.win_probability) == (
        "GTX Pro til Nordlys A/S",
        "Propose",
        0.6,
    )
    assert proposed.changed_at == datetime(2026, 9, 10, 6, tzinfo=UTC)
    assert (won.state, won.closed_on, won.actual_value) == ("won", date(2026, 9, 12), Decimal("47000.00"))
    assert won.estimated_close_on == date(2026, 10, 30)
    assert (removed.state, removed.closed_on, removed.actual_value) == ("removed", None, None)


def test_other_records_and_messages_are_told_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "changes.json"
    messages = json.loads(FILE.read_text())
    path.write_text(json.dumps([*messages, messages[0] | {"MessageName": "Retrieve"}]))
    problems = [str(each.reason) for each in read(Source(path), fresh()) if isinstance(each, Problem)]
    assert problems == [
        "3: PrimaryEntityName: must be opportunity; other records are not read",
        "5: MessageName: must be one of Assign, Create, Delete, Lose, SetState, SetStateDynamicEntity, Update, Win",
    ]


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("statecode", {"Value": 7}, "statecode: must be 0 (open), 1 (won) or 2 (lost) (got 7)"),
        ("estimatedclosedate", "soon", "estimatedclosedate: "),
        ("ownerid", 5, "ownerid: "),
    ],
)
def test_what_is_wrong_is_named(attribute: str, value: Any, said: str, tmp_path: Path) -> None:
    message = json.loads(FILE.read_text())[0]
    attributes = message["InputParameters"][0]["value"]["Attributes"]
    next(pair for pair in attributes if pair["key"] == attribute)["value"] = value
    path = tmp_path / "change.json"
    path.write_text(json.dumps(message))
    (problem,) = read(Source(path), fresh())
    assert isinstance(problem, Problem)
    assert said in problem.reason
    assert problem.line == 1
