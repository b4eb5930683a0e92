"""Salesforce's change events tell only what changed: deals are put together from them, in their order."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.events import OpportunityChanged
from streams.importers import Item, Options, Problem, Source, read

FILE = Path(__file__).parents[3] / "data" / "importers" / "salesforce.jsonl"


def fresh() -> Options:
    """Options of an import of its own, which knows nothing of others."""
    return Options(currency="DKK")


def deals(found: list[Item]) -> list[OpportunityChanged]:
    return [each for each in found if isinstance(each, OpportunityChanged)]


def written(folder: Path, *messages: Any) -> list[Item]:
    path = folder / "changes"
    path.write_text("".join(json.dumps(each) + "\n" for each in messages))
    return list(read(Source(path), fresh()))


def created(**fields: Any) -> dict[str, Any]:
    header = {
        "entityName": "Opportunity", "recordIds": ["006"], "changeType": "CREATE", "commitTimestamp": 1789106400000,
    }  # fmt: skip
    required = {"Name": "Printers", "StageName": "Prospecting", "OwnerId": "005"}
    return required | fields | {"ChangeEventHeader": header}


def updated(**fields: Any) -> dict[str, Any]:
    header = created()["ChangeEventHeader"] | {"changeType": "UPDATE"}
    return fields | {"ChangeEventHeader": header}


def test_a_deal_is_followed_from_its_creation_to_its_end() -> None:
    created, moved, negotiated, sold_on, won = deals(list(read(Source(FILE), fresh())))
    assert created.model_dump(exclude_none=True) == {
        "type": "opportunity_changed",
        "schema_version": 1,
        "revision": 1,
        "opportunity_id": "006xx0000012ABC",
        "seller_id": "005xx000001Sv6A",
        "customer_id": "001xx000003DGb2",
        "name": "GTX Pro for Nordlys",
        "stage": "Prospecting",
        "state": "open",
        "estimated_value": Decimal("48210.50"),
        "currency": "DKK",
        "win_probability": 0.1,
        "estimated_close_on": date(2026, 10, 30),
        "changed_at": datetime(2026, 9, 9, 6, tzinfo=UTC),
    }
    assert (moved.estimated_close_on, moved.stage) == (date(2026, 11, 15), "Prospecting")
    assert (negotiated.stage, negotiated.estimated_close_on) == ("Negotiation/Review", date(2026, 11, 15))
    assert sold_on.customer_id == "001xx000003DGb3"
    assert (won.state, won.stage, won.closed_on) == ("won", "Closed Won", date(2026, 9, 12))
    assert won.actual_value == 47_000
    assert (won.customer_id, won.win_probability, won.estimated_close_on) == (None, None, None)


def test_two_changes_in_one_transaction_are_two_and_in_order() -> None:
    _, moved, negotiated, *_ = deals(list(read(Source(FILE), fresh())))
    assert moved.changed_at < negotiated.changed_at
    assert moved.fact_id != negotiated.fact_id


def test_what_tells_no_change_of_a_known_deal_is_told_with_its_line() -> None:
    problems = [each for each in read(Source(FILE), fresh()) if isinstance(each, Problem)]
    assert [each.line for each in problems] == [4, 5, 6, 7]
    unknown, broken, gap, account = (each.reason for each in problems)
    assert unknown.startswith(
        "Name, StageName, OwnerId: what it was before is not known: import a list of the deals"
    )
    assert broken == "is no JSON object"
    assert gap.startswith("changeType: is a gap, which holds no fields")
    assert account.startswith("entityName: must be Opportunity")


def test_an_own_closed_stage_is_known_by_its_flags_and_a_standard_one_by_its_name(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        created(StageName="Vundet", IsClosed=True, IsWon=True, Amount=100.5, CloseDate="2026-09-11"),
        created(StageName="Tabt", IsClosed=True, IsWon=False),
        created(StageName="Closed Lost"),
        created(),
        updated(StageName="Closed Won", CloseDate="2026-09-11"),
        updated(IsClosed=False),
        updated(StageName="Closed Lost"),
    )
    assert [each.state for each in deals(found)] == ["won", "lost", "lost", "open", "won", "open", "lost"]
    assert deals(found)[0].actual_value == Decimal("100.50")
    assert deals(found)[1].closed_on == date(2026, 9, 11)
    assert deals(found)[3].estimated_value == 0


def test_a_closed_stage_without_flags_is_known_by_its_words(tmp_path: Path) -> None:
    stages = ("Closed - Won", "Vundet", "Lukket, tabt", "Not won yet", "Proposal", "Closed")
    found = deals(written(tmp_path, *(created(StageName=stage, Amount=100) for stage in stages)))
    assert [deal.state for deal in found] == ["won", "won", "lost", "open", "open", "open"]
    assert found[0].actual_value == 100


def test_values_beyond_the_contract_are_told(tmp_path: Path) -> None:
    found = written(tmp_path, created(Amount=-5), created(Probability=250), created(CurrencyIsoCode="kroner"))
    assert [each.reason.partition(": ")[0] for each in found if isinstance(each, Problem)] == [
        "estimated_value",
        "Probability",
        "currency",
    ]
