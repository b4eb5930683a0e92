"""Opportunities from Dataverse (Dynamics 365 Sales): the execution contexts that its webhooks and Service Bus send.

A context has the fields that were set, and all others when the step is registered with a post image.
Format: https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Any  # Any: JSON as somebody sent it

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from schemas.events import DealState, OpportunityChanged
from streams.importers import change_texts as texts
from streams.importers.contract import Item, Options
from streams.importers.deal_changes import CENT, ChangeError, DealChange, deal_events
from streams.importers.source import Source
from streams.language import Text

_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_STATES: dict[int, DealState] = {0: "open", 1: "won", 2: "lost"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONEY = ("estimatedvalue", "actualvalue")
"""Amounts of a deal. What they are in the organisation's currency stands in `NAME_base`."""


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
    primary_entity_id: str | None = None
    message_name: str
    operation_created_on: _Moment
    input_parameters: list[_Pair] | None = None
    post_entity_images: list[_Pair] | None = None


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
    exchangerate: Decimal | None = None
    """How much of the deal's currency one of the organisation's is."""
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
        # as Dynamics itself takes the estimate when a deal is won without an amount
        actual = estimated if actual is None else actual
        value = None if state == "lost" or actual is None else actual.quantize(CENT)
        return deal | {"closed_on": closed_on, "actual_value": value}


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _in_base(value: Any, name: str, fields: dict[str, Any], before: dict[str, Any]) -> Decimal | None:
    """A value in the organisation's currency: by the deal's rate, else by that of the values before."""
    if value is None:
        return None
    rate = fields.get("exchangerate")
    if rate:
        return Decimal(str(value)) / Decimal(str(rate))
    for amount in (name, *_MONEY):  # all amounts of a deal are in one currency
        known, base = before.get(amount), before.get(f"{amount}_base")
        if known and base:
            return Decimal(str(value)) * Decimal(str(base)) / Decimal(str(known))
    return None


def _attribute(entity: Any, name: str) -> Any:
    """An attribute of an entity, plain."""
    if not isinstance(entity, dict) or "Attributes" not in entity:
        return None
    pairs = _Entity.model_validate(entity).attributes
    return next((pair.value for pair in pairs if pair.key == name), None)


def _reference(value: Any) -> str | None:
    found = value.get("Id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _number(value: Any) -> Any:
    return value.get("Value") if isinstance(value, dict) else value


def _closing(given: dict[str, Any], statecode: int) -> dict[str, Any]:
    close = given.get("OpportunityClose")
    fields: dict[str, Any] = {"statecode": statecode}
    value, day = _number(_attribute(close, "actualrevenue")), _attribute(close, "actualend")
    if value is not None and statecode == 1:
        fields["actualvalue"] = value
        base = _number(_attribute(close, "actualrevenue_base"))
        if base is not None:
            fields["actualvalue_base"] = base
    if day is not None:
        fields["actualclosedate"] = day
    return fields


def _assigned(given: dict[str, Any]) -> dict[str, Any]:
    owner = _reference(given.get("Assignee"))
    if owner is None:
        raise ChangeError(texts.NO_ASSIGNEE)
    return {"ownerid": owner}


def _state_set(given: dict[str, Any]) -> dict[str, Any]:
    state = _number(given.get("State"))
    if not isinstance(state, int):
        raise ChangeError(texts.NO_STATE)
    return {"statecode": state}


_MESSAGES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "Create": lambda _given: {},
    "Update": lambda _given: {},
    "Win": lambda given: _closing(given, 1),
    "Lose": lambda given: _closing(given, 2),
    "SetState": _state_set,
    "SetStateDynamicEntity": _state_set,
    "Assign": _assigned,
    "Delete": lambda _given: {},
}
"""What each message says beside the fields that it carries."""


def _entities(targets: Any) -> list[dict[str, Any]]:
    listed = targets.get("Entities") if isinstance(targets, dict) else None
    if not isinstance(listed, list) or not listed:
        raise ChangeError(texts.NO_ENTITIES)
    return [entity for entity in listed if isinstance(entity, dict)]


def _of_entity(context: _Context, entity: dict[str, Any], name: str) -> DealChange:
    fields = _fields(_Entity.model_validate(entity))
    deal_id = entity.get("Id") or fields.get("opportunityid")
    if not isinstance(deal_id, str):
        raise ChangeError(texts.NO_ENTITY_ID)
    changed_at = _moment(fields.get("modifiedon")) or context.operation_created_on
    return DealChange(deal_id, changed_at, fields, name == "CreateMultiple")


class DataverseChanges:
    """Changes of opportunities in Dataverse."""

    name = "Dataverse change events"
    FIELDS = frozenset(_Opportunity.model_fields)

    def recognises(self, source: Source, _options: Options) -> bool:
        return {"PrimaryEntityName", "MessageName"} <= source.first_message().keys()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        yield from deal_events(self, source, options)

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        context = _Context.model_validate(message)
        if context.primary_entity_name != "opportunity":
            raise ChangeError(texts.NO_OPPORTUNITY, field="PrimaryEntityName", name="opportunity")
        name = context.message_name
        given = {pair.key: pair.value for pair in context.input_parameters or []}
        if name in ("CreateMultiple", "UpdateMultiple"):
            return [_of_entity(context, entity, name) for entity in _entities(given.get("Targets"))]
        if name not in _MESSAGES:
            raise ChangeError(texts.UNKNOWN_MESSAGE, known=", ".join(sorted(_MESSAGES)))
        fields: dict[str, Any] = {}
        for pair in (*(context.input_parameters or []), *(context.post_entity_images or [])):
            if pair.key != "OpportunityClose" and isinstance(pair.value, dict) and "Attributes" in pair.value:
                fields |= _fields(_Entity.model_validate(pair.value))
        if name in ("Create", "Update") and not fields:
            raise ChangeError(texts.STRIPPED)
        fields |= _MESSAGES[name](given)
        closed_id = _reference(_attribute(given.get("OpportunityClose"), "opportunityid"))
        deal_id = context.primary_entity_id or ""
        if not deal_id or not deal_id.strip("0-"):
            deal_id = (
                closed_id or _reference(given.get("EntityMoniker")) or _reference(given.get("Target")) or ""
            )
        changed_at = _moment(fields.get("modifiedon")) or context.operation_created_on
        return [DealChange(deal_id, changed_at, fields, name == "Create", name == "Delete")]

    def merged(self, before: dict[str, Any], change: DealChange) -> dict[str, Any]:
        """All fields after a change. Of a value that comes without its `_base`, that follows from the rate."""
        fields = before | change.fields
        for name in _MONEY:
            base = f"{name}_base"
            if name in change.fields and base not in change.fields:
                fields[base] = _in_base(change.fields[name], name, fields, before)
        if change.fields.get("statecode") == 0:
            fields |= dict.fromkeys(("actualvalue", "actualvalue_base", "actualclosedate"))
        return fields

    def notes(self, before: dict[str, Any], change: DealChange, fields: dict[str, Any]) -> Iterator[Text]:
        without_base = [
            name for name in _MONEY if change.fields.get(name) and fields.get(f"{name}_base") is None
        ]
        if without_base and before:
            yield texts.NO_BASE.filled(names=", ".join(without_base))

    def fields_of(self, deal: OpportunityChanged) -> dict[str, Any]:
        codes = {state: code for code, state in _STATES.items()}
        return {
            "name": deal.name,
            "statecode": codes.get(deal.state, 0),
            "ownerid": deal.seller_id,
            "customerid": deal.customer_id,
            "stepname": deal.stage,
            "estimatedvalue": deal.estimated_value,
            "actualvalue": deal.actual_value,
            "closeprobability": None if deal.win_probability is None else deal.win_probability * 100,
            "estimatedclosedate": _midnight(deal.estimated_close_on),
            "actualclosedate": _midnight(deal.closed_on),
        }

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
