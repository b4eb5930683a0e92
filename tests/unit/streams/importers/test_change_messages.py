"""Change messages as the platforms send them: bitmaps, unions, Win and Lose, batches, money in two currencies."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.events import OpportunityChanged
from streams.importers import Item, Options, Problem, Source, read
from streams.importers.contract import Memory


def deals(
    folder: Path, messages: list[dict[str, Any]], memory: Memory | None = None
) -> list[OpportunityChanged]:
    found = items(folder, messages, memory)
    assert not [item for item in found if isinstance(item, Problem)], found
    return [item for item in found if isinstance(item, OpportunityChanged)]


def items(folder: Path, messages: list[dict[str, Any]], memory: Memory | None = None) -> list[Item]:
    path = folder / "messages.json"
    path.write_text(json.dumps(messages), encoding="utf-8")
    return list(read(Source(path), Options(memory=memory or Memory())))


def salesforce(kind: str, hours: int, fields: dict[str, Any], **header: Any) -> dict[str, Any]:
    told = {
        "entityName": "Opportunity", "recordIds": ["006A"], "changeType": kind,
        "commitTimestamp": 1_795_000_000_000 + hours * 3_600_000, "sequenceNumber": 1,
    }  # fmt: skip
    return {"replayId": hours, "payload": {"ChangeEventHeader": told | header, **fields}}


WHOLE = {
    "AccountId": "001A", "Name": "GTX", "StageName": "Prospecting", "Amount": 48210.5, "Probability": 10.0,
    "CloseDate": 1_798_588_800_000, "IsClosed": False, "IsWon": False, "OwnerId": "005A",
}  # fmt: skip
ORDER = ["ChangeEventHeader", *WHOLE]


def bitmap(*names: str) -> str:
    return f"0x{sum(1 << ORDER.index(name) for name in names):X}"


class TestSalesforce:
    def test_bitmaps_name_what_changed_by_the_order_of_the_fields(self, tmp_path: Path) -> None:
        nothing = dict.fromkeys(WHOLE)
        created, moved, emptied = deals(
            tmp_path,
            [
                salesforce("CREATE", 0, WHOLE),
                salesforce(
                    "UPDATE",
                    1,
                    nothing | {"StageName": "Closed Won", "IsWon": True, "Amount": 50_000},
                    changedFields=[bitmap("StageName", "IsWon", "Amount")],
                ),
                salesforce(
                    "UPDATE",
                    2,
                    nothing,
                    changedFields=[bitmap("AccountId")],
                    nulledFields=[bitmap("AccountId")],
                ),
            ],
        )
        assert created.estimated_close_on == date(2026, 12, 30)
        assert (moved.state, moved.actual_value, moved.name) == ("won", Decimal(50_000), "GTX")
        assert (emptied.customer_id, emptied.state, emptied.actual_value) == (None, "won", Decimal(50_000))

    def test_a_bitmap_without_its_fields_is_told(self, tmp_path: Path) -> None:
        found = items(
            tmp_path,
            [
                salesforce("CREATE", 0, WHOLE),
                salesforce("UPDATE", 1, {"StageName": "Closed Won"}, changedFields=["0xFF00"]),
            ],
        )
        (reason,) = (item.reason for item in found if isinstance(item, Problem))
        assert reason.startswith(
            "1: changedFields, nulledFields: a bitmap names fields that the message has not"
        )

    def test_unions_as_avro_writes_them_are_plain_values(self, tmp_path: Path) -> None:
        wrapped = WHOLE | {"Name": {"string": "GTX"}, "Amount": {"double": 5.5}, "IsWon": {"boolean": False}}
        (created,) = deals(tmp_path, [salesforce("CREATE", 0, wrapped)])
        assert (created.name, created.estimated_value) == ("GTX", Decimal("5.50"))

    def test_a_message_about_nothing_that_counts_states_nothing(self, tmp_path: Path) -> None:
        found = deals(
            tmp_path,
            [
                salesforce("CREATE", 0, WHOLE),
                salesforce("UPDATE", 1, {"NextStep": "call"}, changedFields=["NextStep", "LastModifiedDate"]),
            ],
        )
        assert len(found) == 1

    def test_deleted_and_brought_back(self, tmp_path: Path) -> None:
        states = [
            deal.state
            for deal in deals(
                tmp_path,
                [
                    salesforce("CREATE", 0, WHOLE),
                    salesforce("DELETE", 1, {}),
                    salesforce("UNDELETE", 2, WHOLE),
                ],
            )
        ]
        assert states == ["open", "removed", "open"]

    def test_brought_back_with_nothing_told_it_is_what_it_was(self, tmp_path: Path) -> None:
        nothing = dict.fromkeys(WHOLE)
        won = {"StageName": "Closed Won", "IsClosed": True, "IsWon": True, "Amount": 50_000}
        messages = [
            salesforce("CREATE", 0, WHOLE),
            salesforce("UPDATE", 1, won),
            salesforce("DELETE", 2, {}),
            salesforce("UNDELETE", 3, nothing),
        ]
        *_, removed, back = deals(tmp_path, messages)
        assert (back.state, back.stage, back.actual_value, back.name) == (
            "won",
            "Closed Won",
            Decimal(50_000),
            "GTX",
        )
        memory = Memory(stored_deal={"006A": removed}.get)
        (stored,) = deals(tmp_path, [salesforce("UNDELETE", 3, nothing)], memory)
        assert (stored.state, stored.actual_value, stored.seller_id) == ("won", Decimal(50_000), "005A")
        (changed,) = deals(
            tmp_path,
            [salesforce("UNDELETE", 3, nothing | {"Amount": 7}, nulledFields=["AccountId"])],
            Memory(stored_deal={"006A": removed}.get),
        )
        assert (changed.actual_value, changed.customer_id) == (Decimal(7), None)
        (unknown,) = items(tmp_path, [salesforce("UNDELETE", 3, nothing)])
        assert isinstance(unknown, Problem)
        assert "what it was before is not known" in unknown.reason

    def test_a_stage_that_sounds_closed_without_flags_is_open_and_noted(self, tmp_path: Path) -> None:
        flagless = {name: value for name, value in WHOLE.items() if name not in ("IsClosed", "IsWon")}
        memory = Memory()
        (deal,) = deals(tmp_path, [salesforce("CREATE", 0, flagless | {"StageName": "Closed"})], memory)
        assert deal.state == "open"
        ((_, reason),) = memory.notes
        assert reason.startswith('StageName: "Closed" sounds closed, and neither IsClosed nor IsWon')
        for stage in ("Closed Won", "Tabt", "Negotiation/Review"):
            memory = Memory()
            deals(tmp_path, [salesforce("CREATE", 0, flagless | {"StageName": stage})], memory)
            assert not memory.notes

    def test_flags_that_did_not_change_still_hold_of_a_stage_whose_words_say_nothing(
        self, tmp_path: Path
    ) -> None:
        won = {"StageName": "Kontrakt i hus", "IsClosed": True, "IsWon": True}
        *_, won_deal, lost = deals(
            tmp_path,
            [
                salesforce("CREATE", 0, WHOLE),
                salesforce("UPDATE", 1, won),
                salesforce("UPDATE", 2, {"StageName": "Bortfaldet", "IsWon": False}),
            ],
        )
        assert (won_deal.state, lost.state) == ("won", "lost")

    def test_several_records_of_one_message_are_several_deals(self, tmp_path: Path) -> None:
        found = deals(tmp_path, [salesforce("CREATE", 0, WHOLE, recordIds=["006A", "006B"])])
        assert [deal.opportunity_id for deal in found] == ["006A", "006B"]

    def test_it_goes_on_from_what_is_stored(self, tmp_path: Path) -> None:
        (stored,) = deals(tmp_path, [salesforce("CREATE", 0, WHOLE)])
        memory = Memory(stored_deal={"006A": stored}.get)
        (moved,) = deals(tmp_path, [salesforce("UPDATE", 1, {"StageName": "Negotiation/Review"})], memory)
        assert (moved.name, moved.seller_id, moved.estimated_value) == ("GTX", "005A", Decimal("48210.50"))
        assert (moved.stage, moved.state, moved.win_probability) == ("Negotiation/Review", "open", 0.1)

    def test_a_closing_day_ahead_is_when_it_was_closed(self, tmp_path: Path) -> None:
        won = {"StageName": "Closed Won", "IsClosed": True, "IsWon": True}
        _, closed = deals(tmp_path, [salesforce("CREATE", 0, WHOLE), salesforce("UPDATE", 24, won)])
        assert closed.closed_on == closed.changed_at.date()


def dataverse(name: str, minutes: int, parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "PrimaryEntityName": "opportunity",
        "PrimaryEntityId": "b011",
        "MessageName": name,
        "OperationCreatedOn": f"/Date({1_795_000_000_000 + minutes * 60_000})/",
        "InputParameters": [{"key": key, "value": value} for key, value in parameters.items()],
        "PostEntityImages": [],
    } | more


def entity(identity: str | None = None, **attributes: Any) -> dict[str, Any]:
    told = {
        "Attributes": [{"key": key, "value": value} for key, value in attributes.items()],
        "FormattedValues": [],
    }
    return told | ({"Id": identity} if identity else {})


def reference(identity: str) -> dict[str, Any]:
    return {"Id": identity, "LogicalName": "x", "Name": "x"}


CREATED = dataverse(
    "Create", 0,
    {"Target": entity(
        name="GTX", statecode={"Value": 0}, ownerid=reference("75c2"), customerid=reference("ec0c"),
        estimatedvalue={"Value": 1000}, estimatedvalue_base={"Value": 7460}, exchangerate=0.134,
    )},
)  # fmt: skip


DAY = "/Date(1795046400000)/"


class TestDataverse:
    def test_win_lose_and_open_again(self, tmp_path: Path) -> None:
        close = entity(
            opportunityid=reference("b011"), actualrevenue={"Value": 6_000}, actualend="/Date(1795046400000)/"
        )
        _, won, opened, lost = deals(
            tmp_path,
            [
                CREATED,
                dataverse(
                    "Win", 1, {"OpportunityClose": close, "Status": {"Value": 3}}, PrimaryEntityId=None
                ),
                dataverse("SetState", 2, {"EntityMoniker": reference("b011"), "State": {"Value": 0}}),
                dataverse("Lose", 3, {"OpportunityClose": entity(opportunityid=reference("b011"))}),
            ],
        )
        assert (won.opportunity_id, won.state, won.actual_value, won.closed_on) == (
            "b011",
            "won",
            Decimal("44776.12"),  # 6000 / 0.134
            date(2026, 11, 19),
        )
        assert (opened.state, opened.actual_value, opened.closed_on) == ("open", None, None)
        assert (lost.state, lost.actual_value) == ("lost", None)

    def test_won_without_an_amount_takes_the_estimate(self, tmp_path: Path) -> None:
        _, won = deals(tmp_path, [CREATED, dataverse("Win", 1, {"Status": {"Value": 3}})])
        assert (won.state, won.actual_value) == ("won", Decimal("7460.00"))

    def test_assigned_and_deleted(self, tmp_path: Path) -> None:
        _, assigned, removed = deals(
            tmp_path,
            [
                CREATED,
                dataverse("Assign", 1, {"Target": reference("b011"), "Assignee": reference("99ff")}),
                dataverse("Delete", 2, {"Target": reference("b011")}),
            ],
        )
        assert (assigned.seller_id, removed.seller_id, removed.state) == ("99ff", "99ff", "removed")

    def test_a_value_that_comes_without_its_base_is_converted(self, tmp_path: Path) -> None:
        changed = dataverse("Update", 1, {"Target": entity(estimatedvalue={"Value": 2000})})
        first, second = deals(tmp_path, [CREATED, changed])
        assert first.estimated_value == 7460
        assert second.estimated_value == Decimal("14925.37")  # 2000 / 0.134
        created = json.loads(json.dumps(CREATED))
        attributes = created["InputParameters"][0]["value"]["Attributes"]
        attributes[:] = [pair for pair in attributes if pair["key"] != "exchangerate"]
        _, second = deals(tmp_path, [created, changed])
        assert second.estimated_value == 14920  # by the rate of the value before
        attributes[:] = [pair for pair in attributes if pair["key"] != "estimatedvalue_base"]
        _, second = deals(tmp_path, [created, changed])
        assert second.estimated_value == 2000

    def test_a_first_value_without_its_base_is_converted(self, tmp_path: Path) -> None:
        created = json.loads(json.dumps(CREATED))
        attributes = created["InputParameters"][0]["value"]["Attributes"]
        attributes[:] = [pair for pair in attributes if pair["key"] != "estimatedvalue_base"]
        (first,) = deals(tmp_path, [created])
        assert first.estimated_value == Decimal("7462.69")  # 1000 / 0.134

    def test_the_revenue_of_a_closing_counts_in_the_currency_of_reports(self, tmp_path: Path) -> None:
        created = json.loads(json.dumps(CREATED))
        attributes = created["InputParameters"][0]["value"]["Attributes"]
        attributes[:] = [pair for pair in attributes if pair["key"] != "exchangerate"]
        close: dict[str, Any] = {"actualrevenue": {"Value": 900}}
        won = dataverse("Win", 1, {"OpportunityClose": entity(None, **close)})
        assert deals(tmp_path, [created, won])[-1].actual_value == 6714  # as the estimate: 900 * 7460 / 1000
        told = dataverse(
            "Win", 1, {"OpportunityClose": entity(None, **close, actualrevenue_base={"Value": 6700})}
        )
        assert deals(tmp_path, [created, told])[-1].actual_value == 6700

    def test_an_amount_of_which_nobody_knows_the_rate_counts_as_it_stands_and_is_noted(
        self, tmp_path: Path
    ) -> None:
        (stored,) = deals(tmp_path, [CREATED])
        close = entity(None, actualrevenue={"Value": 900})
        memory = Memory(stored_deal={"b011": stored}.get)
        (won,) = deals(tmp_path, [dataverse("Win", 1, {"OpportunityClose": close})], memory)
        assert (won.state, won.estimated_value, won.actual_value) == ("won", Decimal(7460), Decimal(900))
        ((_, reason),) = memory.notes
        assert reason.startswith(
            "actualvalue: comes without its _base, and nothing known of the deal has a rate"
        )
        for more, value in (({"exchangerate": 0.134}, Decimal("6716.42")), ({}, 7460)):
            memory = Memory(stored_deal={"b011": stored}.get)
            closing = {"OpportunityClose": close} if more else {}
            message = dataverse("Win", 1, closing | {"Target": entity(None, **more)})
            (won,) = deals(tmp_path, [message], memory)
            assert (won.actual_value, memory.notes) == (value, {})

    def test_batches(self, tmp_path: Path) -> None:
        whole = {
            "name": "A",
            "statecode": {"Value": 0},
            "ownerid": reference("75c2"),
            "estimatedvalue": {"Value": 5},
        }
        created = {"Targets": {"Entities": [entity("d1", **whole), entity("d2", **whole)]}}
        updated = {"Targets": {"Entities": [entity("d1", estimatedvalue={"Value": 7})]}}
        found = deals(
            tmp_path, [dataverse("CreateMultiple", 0, created), dataverse("UpdateMultiple", 1, updated)]
        )
        assert [(deal.opportunity_id, deal.estimated_value) for deal in found] == [
            ("d1", Decimal(5)),
            ("d2", Decimal(5)),
            ("d1", Decimal(7)),
        ]
