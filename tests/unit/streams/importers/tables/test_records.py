"""Records in JSON as the interfaces of CRMs answer: in lists, in lines, in pages one behind the other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.events import OpportunityChanged
from streams.importers import Item, Options, Problem, Source, read
from streams.importers.contract import Memory
from streams.importers.totals import DealTotals


def found_in(folder: Path, text: str) -> tuple[dict[str, Any], list[Problem], list[Item]]:
    path = folder / "deals.json"
    path.write_text(text, encoding="utf-8")
    now = datetime(2026, 11, 26, 14, tzinfo=UTC)
    items = list(read(Source(path), Options(reporting_currency="DKK", now=now, memory=Memory())))
    totals = DealTotals()
    for item in items:
        if isinstance(item, OpportunityChanged):
            totals.add(item)
    return totals.totals.as_json(), [item for item in items if isinstance(item, Problem)], items


def _salesforce(number: int) -> dict[str, Any]:
    return {
        "attributes": {"type": "Opportunity"}, "Id": f"006{number}", "Name": f"D{number}", "StageName": "Closed Won",
        "Amount": 100, "CloseDate": "2026-10-13", "Owner": {"Name": "Mia"},
    }  # fmt: skip


def _dynamics(number: int) -> dict[str, Any]:
    return {
        "opportunityid": f"b{number}", "name": "GTX", "statecode": 1, "actualvalue": 100,
        "actualclosedate": "2026-11-20", "_ownerid_value": "75c2",
    }  # fmt: skip


def _hubspot(number: int) -> dict[str, Any]:
    properties = {
        "dealname": f"D{number}", "dealstage": "closedwon", "amount": "100", "closedate": "2026-10-13T00:00:00Z",
        "hubspot_owner_id": "9",
    }  # fmt: skip
    return {"id": str(number), "properties": properties}


def _pipedrive(number: int) -> dict[str, Any]:
    return {
        "id": number, "title": f"D{number}", "status": "won", "value": 100, "currency": "DKK",
        "won_time": "2026-10-13 10:00:00", "user_id": {"id": 1, "name": "Mia"},
    }  # fmt: skip


def _zoho(number: int) -> dict[str, Any]:
    return {
        "id": str(number), "Deal_Name": f"D{number}", "Stage": "Closed Won", "Amount": 100,
        "Closing_Date": "2026-10-13", "Owner": {"name": "Mia", "id": "1"},
    }  # fmt: skip


PAGES: dict[str, list[dict[str, Any]]] = {
    "salesforce": [
        {"totalSize": 3, "done": False, "nextRecordsUrl": "/n", "records": [_salesforce(1), _salesforce(2)]},
        {"totalSize": 3, "done": True, "records": [_salesforce(3)]},
    ],
    "salesforce command": [
        {"status": 0, "result": {"totalSize": 3, "done": False, "records": [_salesforce(1), _salesforce(2)]}},
        {"status": 0, "result": {"totalSize": 3, "done": True, "records": [_salesforce(3)]}},
    ],
    "dynamics": [
        {"@odata.context": "c", "value": [_dynamics(1), _dynamics(2)], "@odata.nextLink": "https://x.example"},
        {"@odata.context": "c", "value": [_dynamics(3)]},
    ],
    "hubspot": [
        {"results": [_hubspot(1), _hubspot(2)], "paging": {"next": {"after": "2", "link": "l"}}},
        {"results": [_hubspot(3)]},
    ],
    "pipedrive": [
        {
            "success": True,
            "data": [_pipedrive(1), _pipedrive(2)],
            "additional_data": {"pagination": {"more_items_in_collection": True, "next_start": 2}},
        },
        {"success": True, "data": [_pipedrive(3)], "additional_data": {"pagination": {"start": 2}}},
    ],
    "pipedrive by cursor": [
        {"data": [_pipedrive(1), _pipedrive(2)], "additional_data": {"next_cursor": "abc"}},
        {"data": [_pipedrive(3)], "additional_data": {"next_cursor": None}},
    ],
    "zoho": [
        {"data": [_zoho(1), _zoho(2)], "info": {"per_page": 2, "count": 2, "page": 1, "more_records": True}},
        {"data": [_zoho(3)], "info": {"per_page": 2, "count": 1, "page": 2, "more_records": False}},
    ],
}  # fmt: skip


@pytest.mark.parametrize("pages", PAGES.values(), ids=PAGES)
def test_pages_are_read_one_behind_the_other_and_a_part_of_them_is_refused(
    pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    records = [
        record for page in pages for key in ("records", "value", "results", "data")
        for record in page.get("result", page).get(key, [])
    ]  # fmt: skip
    whole = [
        json.dumps(pages), "".join(map(json.dumps, pages)), "\n".join(map(json.dumps, pages)) + "\n",
        "\n".join(json.dumps(page, indent=1) for page in pages), json.dumps(records),
        "\n".join(map(json.dumps, records)),
    ]  # fmt: skip
    for text in whole:
        totals, problems, _ = found_in(tmp_path, text)
        assert (totals["won"], totals["revenue"], problems) == (3, 300, []), text
    for text, said in (
        (json.dumps(pages[0]), "is one page, 2 records"),
        (json.dumps(pages[0], indent=1), "is one page, 2 records"),
        (json.dumps([pages[0], pages[0]]), "holds 2 pages, 4 records"),
    ):
        _, (problem,), items = found_in(tmp_path, text)
        assert len(items) == 1
        assert said in problem.reason
        assert "fetch all pages into one file" in problem.reason


def test_a_last_page_is_no_whole_where_it_tells_how_many_there_are(tmp_path: Path) -> None:
    _, (problem,), _ = found_in(tmp_path, json.dumps(PAGES["salesforce"][1]))
    assert "is one page, 1 records of 3, and says that there are more" in problem.reason


def test_change_messages_in_a_list_are_no_records(tmp_path: Path) -> None:
    header = {
        "entityName": "Opportunity", "recordIds": ["006A"], "changeType": "CREATE",
        "commitTimestamp": 1_795_000_000_000,
    }  # fmt: skip
    message = _salesforce(1) | {"ChangeEventHeader": header, "OwnerId": "9"}
    *_, items = found_in(tmp_path, json.dumps([message]))
    assert [item.opportunity_id for item in items if isinstance(item, OpportunityChanged)] == ["006A"]
