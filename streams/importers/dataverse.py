"""Opportunities from Dataverse (Dynamics 365 Sales): the execution contexts that its webhooks and Service Bus send.

A context has the fields that were set, and all others when the step is registered with a post image.
Format: https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from schemas.events import DealState
from streams.importers.contract import Item, Options
from streams.importers.deal_changes import CENT, ChangeError, DealChange, deal_events
from streams.importers.source import Source

_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_STATES: dict[int, DealState] = {0: "open", 1: "won", 2: "lost"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _known_state(code: int) -> int:
    if code not in _STATES:
        raise ValueError("must be 0 (open), 1 (won) or 2 (lost)")
    return code


def _moment(value: Any) -> Any:
    """Of "/Date(1506384247000)/" the moment; the zone that may follow the milliseconds changes nothing."""
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        return _EPOCH + timedelta(milliseconds=int(found[1]))
    return value


_Moment = Annotated[datetime, BeforeValidator(_moment)]


class _Pair(BaseModel):
    key: str
    value: Any = None


class _Entity(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)

    attributes: list[_Pair] = []
    formatted_values: list[_Pair] = []


class _Context(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)

    primary_entity_name: str
    primary_entity_id: str
    message_name: str
    operation_created_on: _Moment
    input_parameters: list[_Pair] = []
    post_entity_images: list[_Pair] = []


class _Opportunity(BaseModel):
    name: str
    statecode: Annotated[int, AfterValidator(_known_state)]
    ownerid: str
    customerid: str | None = None
    stepname: str | None = None
    """Phase of the business process."""
    salesstage: str | None = None
    """Sales stage, as people read it."""
    estimatedvalue: Decimal | None = None
    estimatedvalue_base: Decimal | None = None
    """In the organisation's currency, as `actualvalue_base`."""
    actualvalue: Decimal | None = None
    actualvalue_base: Decimal | None = None
    closeprobability: Annotated[float, Field(ge=0, le=100)] | None = None
    estimatedclosedate: _Moment | None = None
    actualclosedate: _Moment | None = None

    def deal(self, changed_at: datetime, zone: tzinfo) -> dict[str, Any]:
        state = _STATES[self.statecode]
        estimated = self.estimatedvalue if self.estimatedvalue_base is None else self.estimatedvalue_base
        actual = self.actualvalue if self.actualvalue_base is None else self.actualvalue_base
        deal = {
            "seller_id": self.ownerid,
            "customer_id": self.customerid,
            "name": self.name,
            "stage": self.stepname or self.salesstage or state.capitalize(),
            "state": state,
            # an amount that nobody has given yet is nothing yet
            "estimated_value": (estimated or Decimal()).quantize(CENT),
            "estimated_close_on": self.estimatedclosedate and self.estimatedclosedate.date(),
        }
        if state == "open":
            probability = self.closeprobability
            return deal | {"win_probability": None if probability is None else probability / 100}
        # days are sent as midnight of UTC, whatever the zone
        closed_on = (
            self.actualclosedate.date() if self.actualclosedate else changed_at.astimezone(zone).date()
        )
        value = None if state == "lost" or actual is None else actual.quantize(CENT)
        return deal | {"closed_on": closed_on, "actual_value": value}


class DataverseChanges:
    """Changes of opportunities in Dataverse."""

    name = "Dataverse change events"

    def recognises(self, source: Source, _options: Options) -> bool:
        return {"PrimaryEntityName", "MessageName", "InputParameters"} <= source.first_message().keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        yield from deal_events(self, source, options)

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        context = _Context.model_validate(message)
        if context.primary_entity_name != "opportunity":
            raise ChangeError("PrimaryEntityName: must be opportunity; other records are not read")
        if context.message_name not in ("Create", "Update"):
            raise ChangeError(
                "MessageName: must be Create or Update; other messages change no field of a deal"
            )
        fields: dict[str, Any] = {}
        for pair in (*context.input_parameters, *context.post_entity_images):
            if isinstance(pair.value, dict) and "Attributes" in pair.value:
                fields |= _fields(_Entity.model_validate(pair.value))
        changed_at = _moment(fields.get("modifiedon")) or context.operation_created_on
        created = context.message_name == "Create"
        return [DealChange(context.primary_entity_id, changed_at, fields, created)]

    def opportunity(self, fields: dict[str, Any]) -> _Opportunity:
        return _Opportunity.model_validate(fields)


def _fields(entity: _Entity) -> dict[str, Any]:
    """The attributes with plain values: of money and choices the number, of a reference the id, of a stage its name."""
    fields = {}
    for attribute in entity.attributes:
        value = attribute.value
        if isinstance(value, dict):
            value = value.get("Value", value.get("Id"))
        fields[attribute.key] = value
    shown = {pair.key: pair.value for pair in entity.formatted_values}
    if fields.pop("salesstage", None) is not None and "salesstage" in shown:
        fields["salesstage"] = shown["salesstage"]
    return fields
