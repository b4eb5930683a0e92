"""Opportunities from Salesforce Change Data Capture: its messages as JSON, by CometD or decoded from the Pub/Sub API.

Format: https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Any  # Any: JSON as somebody sent it

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal

from schemas.events import DealState, OpportunityChanged
from streams.importers import change_texts as texts
from streams.importers.contract import Item, Options
from streams.importers.deal_changes import CENT, ChangeError, DealChange, deal_events
from streams.importers.source import Source
from streams.importers.words import is_open_stage, sounds_closed, state_of
from streams.language import Text

_BITMAP = re.compile(r"0x([0-9A-Fa-f]+)")
_UNION = frozenset({"string", "double", "long", "int", "boolean"})


def _day(value: Any) -> Any:
    """Of the milliseconds that Avro has for a day, the day; a time behind a day is none of it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000, UTC).date()
    return value[:10] if isinstance(value, str) and value[10:11] == "T" else value


class _Header(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    entity_name: str
    record_ids: list[str]
    change_type: str
    commit_timestamp: int
    """Milliseconds since 1970, though of whole seconds only."""
    sequence_number: int = 1
    """Place among the changes of one transaction, from 1."""
    nulled_fields: list[str] = []
    changed_fields: list[str] = []


class _Opportunity(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)

    name: str
    stage_name: str
    owner_id: str
    is_closed: bool | None = None
    is_won: bool | None = None
    account_id: str | None = None
    amount: Decimal | None = None
    currency_iso_code: str | None = None
    probability: Annotated[float, Field(ge=0, le=100)] | None = None
    close_date: Annotated[date | None, BeforeValidator(_day)] = None

    @property
    def _state(self) -> DealState:
        if self.is_closed is None:
            state = state_of(self.stage_name)
            return state if state in ("won", "lost") else "open"
        if not self.is_closed:
            return "open"
        return "won" if self.is_won else "lost"

    def deal(self, changed_at: datetime, zone: tzinfo) -> dict[str, Any]:
        state = self._state
        # an amount that nobody has given yet is nothing yet
        amount = (self.amount or Decimal()).quantize(CENT)
        deal = {
            "seller_id": self.owner_id,
            "customer_id": self.account_id,
            "name": self.name,
            "stage": self.stage_name,
            "state": state,
            "estimated_value": amount,
        }
        if self.currency_iso_code:
            deal["currency"] = self.currency_iso_code
        if state == "open":
            return deal | {
                "win_probability": None if self.probability is None else self.probability / 100,
                "estimated_close_on": self.close_date,
            }
        changed_on = changed_at.astimezone(zone).date()
        return deal | {
            "actual_value": amount if state == "won" else None,
            # a closing day ahead is when it was to close; it was closed when it changed
            "closed_on": min(self.close_date or changed_on, changed_on),
        }


def _plain(value: Any) -> Any:
    """A value without what Avro's JSON wraps around the members of a union: of {"string": "GTX"}, "GTX"."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in _UNION:
            return next(iter(value.values()))
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _changed(payload: dict[str, Any], header: _Header) -> dict[str, Any]:
    """The fields that a message changes. By the Pub/Sub API it has all fields, and null where nothing changed."""
    fields = {name: _plain(value) for name, value in payload.items() if name != "ChangeEventHeader"}
    nulled = _names(header.nulled_fields, payload)
    if header.change_type == "UNDELETE":
        # what it was when it was deleted; by the Pub/Sub API all that is empty or not repeated is null
        fields = {name: value for name, value in fields.items() if value is not None}
    elif header.change_type == "UPDATE":
        changed = _names(header.changed_fields, payload)
        kept = {name: value for name, value in fields.items() if value is not None}
        if changed and not set(kept) & SalesforceChanges.FIELDS - changed:
            kept = {name: value for name, value in fields.items() if name in changed}
        fields = kept
    return fields | dict.fromkeys(nulled)


def _names(listed: list[str], payload: dict[str, Any]) -> set[str]:
    """The fields that a header names, plain or as a bitmap over the order of the message's fields."""
    order = list(payload)
    names: set[str] = set()
    for each in listed:
        if found := _BITMAP.fullmatch(each):
            bits = int(found[1], 16)
            if bits.bit_length() > len(order):
                raise ChangeError(texts.BITMAP)
            names |= {name for place, name in enumerate(order) if bits >> place & 1}
        elif "-" not in each:  # a part of a compound field, as an address: no deal has any that counts
            names.add(each)
    return names - {"ChangeEventHeader"}


class SalesforceChanges:
    """Changes of opportunities in Salesforce."""

    name = "Salesforce change events"
    FIELDS = frozenset(to_pascal(name) for name in _Opportunity.model_fields)

    def recognises(self, source: Source, _options: Options) -> bool:
        return _payload(source.first_message()) is not None

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        yield from deal_events(self, source, options)

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        payload = _payload(message)
        if payload is None:
            raise ChangeError(texts.NO_HEADER)
        header = _Header.model_validate(_plain(payload["ChangeEventHeader"]))
        if header.entity_name != "Opportunity":
            raise ChangeError(texts.NO_OPPORTUNITY, field="entityName", name="Opportunity")
        if header.change_type not in ("CREATE", "UPDATE", "UNDELETE", "DELETE"):
            raise ChangeError(texts.GAP)
        changed_at = datetime.fromtimestamp(header.commit_timestamp / 1000, UTC)
        changed_at += timedelta(milliseconds=header.sequence_number - 1)
        created = header.change_type == "CREATE"
        deleted = header.change_type == "DELETE"
        fields = {} if deleted else _changed(payload, header)
        restored = header.change_type == "UNDELETE"
        return [
            DealChange(record_id, changed_at, fields, created, deleted, restored)
            for record_id in header.record_ids
        ]

    def merged(self, before: dict[str, Any], change: DealChange) -> dict[str, Any]:
        """All fields after a change. A stage without flags has those that its words say, else those before."""
        changed = change.fields
        fields = before | changed
        stage = changed.get("StageName")
        if isinstance(stage, str) and changed.get("IsClosed") is None:
            if changed.get("IsWon"):
                fields["IsClosed"] = True
            elif state_of(stage) is not None or is_open_stage(stage):
                fields |= {"IsClosed": None, "IsWon": None}
        return fields

    def notes(self, _before: dict[str, Any], _change: DealChange, fields: dict[str, Any]) -> Iterator[Text]:
        stage = fields["StageName"]
        if fields.get("IsClosed") is None and state_of(stage) is None and sounds_closed(stage):
            yield texts.SOUNDS_CLOSED.filled(stage=stage[:60])

    def fields_of(self, deal: OpportunityChanged) -> dict[str, Any]:
        is_open = deal.state == "open"
        amount = deal.estimated_value if deal.actual_value is None else deal.actual_value
        return {
            "Name": deal.name,
            "StageName": deal.stage,
            "OwnerId": deal.seller_id,
            "AccountId": deal.customer_id,
            # of a deleted one only the stage tells what it was
            "IsClosed": None if deal.state == "removed" else deal.state in ("won", "lost"),
            "IsWon": None if deal.state == "removed" else deal.state == "won",
            "Amount": amount,
            "CurrencyIsoCode": deal.currency,
            "Probability": None if deal.win_probability is None else deal.win_probability * 100,
            "CloseDate": deal.estimated_close_on if is_open else deal.closed_on or deal.estimated_close_on,
        }

    def opportunity(self, fields: dict[str, Any]) -> _Opportunity:
        return _Opportunity.model_validate(fields)


def _payload(message: dict[str, Any]) -> dict[str, Any] | None:
    """Where header and fields are: bare, in the message, or in what CometD wraps around it."""
    data = message.get("data")
    wrapped = data.get("payload") if isinstance(data, dict) else None
    for value in (message, message.get("payload"), wrapped):
        if isinstance(value, dict) and "ChangeEventHeader" in value:
            return value
    return None
