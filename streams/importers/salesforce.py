"""Opportunities from Salesforce Change Data Capture: its messages as JSON, by CometD or decoded from the Pub/Sub API.

Format: https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal

from schemas.events import DealState
from streams.importers.contract import Item, Options
from streams.importers.deal_changes import CENT, ChangeError, DealChange, deal_events
from streams.importers.source import Source

_CLOSED_STAGES: dict[str, DealState] = {"Closed Won": "won", "Closed Lost": "lost"}
"""As Salesforce has them by itself; other closed stages are known by IsClosed and IsWon."""


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
    close_date: date | None = None

    @property
    def _state(self) -> DealState:
        if self.is_closed is None:
            return _CLOSED_STAGES.get(self.stage_name, "open")
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
        return deal | {
            "actual_value": amount if state == "won" else None,
            "closed_on": self.close_date or changed_at.astimezone(zone).date(),
        }


class SalesforceChanges:
    """Changes of opportunities in Salesforce."""

    name = "Salesforce change events"

    def recognises(self, source: Source, _options: Options) -> bool:
        return _payload(source.first_message()) is not None

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        yield from deal_events(self, source, options)

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        payload = _payload(message)
        if payload is None:
            raise ChangeError("has no ChangeEventHeader")
        header = _Header.model_validate(payload["ChangeEventHeader"])
        if header.entity_name != "Opportunity":
            raise ChangeError("entityName: must be Opportunity; other records are not read")
        if header.change_type not in ("CREATE", "UPDATE", "UNDELETE"):
            raise ChangeError(
                "changeType: must be CREATE, UPDATE or UNDELETE; of a gap fetch the record, "
                "and close a deal before it is deleted"
            )
        changed_at = datetime.fromtimestamp(header.commit_timestamp / 1000, UTC)
        changed_at += timedelta(milliseconds=header.sequence_number - 1)
        fields = {name: value for name, value in payload.items() if name != "ChangeEventHeader"}
        fields |= dict.fromkeys(header.nulled_fields)
        if "StageName" in fields:
            # what was known of another stage
            fields = {"IsClosed": None, "IsWon": None} | fields
        created = header.change_type == "CREATE"
        return [DealChange(record_id, changed_at, fields, created) for record_id in header.record_ids]

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
