"""Changes of deals as CRM systems announce them: only the fields that changed, so what was before is kept here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any, Protocol

from pydantic import ValidationError

from schemas.events import OpportunityChanged
from schemas.rejections import explain
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source, UnreadableError
from streams.importers.validation import reason_of

CENT = Decimal("0.01")


class ChangeError(ValueError):
    """A message tells no change of a deal; the text says why."""


@dataclass(frozen=True, slots=True)
class DealChange:
    """What a message says of a deal: the CRM's own fields that changed; None of one that is empty from now on."""

    opportunity_id: str
    changed_at: datetime
    fields: dict[str, Any]
    is_whole: bool = False
    """Whether these are all fields that the deal has, as when it was created."""


class Opportunity(Protocol):
    """All fields of a deal as its CRM has them."""

    def deal(self, changed_at: datetime, zone: tzinfo) -> dict[str, Any]:
        """The same as fields of OpportunityChanged; without a currency where the CRM does not tell it."""


class Crm(Protocol):
    """How a CRM announces changes."""

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        """What a message says. Raises ChangeError, or pydantic's ValidationError."""

    def opportunity(self, fields: dict[str, Any]) -> Opportunity:
        """A deal from all that is known of it. Raises pydantic's ValidationError."""


def deal_events(crm: Crm, source: Source, options: Options) -> Iterator[Item]:
    """The deals as they are after each message; messages are taken in their order."""
    known: dict[str, dict[str, Any]] = {}
    for number, (line, message) in enumerate(source.messages()):
        place = "" if line else f"{number}: "
        try:
            changes = _changes(crm, message)
        except ChangeError as error:
            yield Problem(source.path, line, f"{place}{error}")
            continue
        for change in changes:
            before = {} if change.is_whole else known.get(change.opportunity_id, {})
            fields = before | change.fields
            try:
                yield _event(crm, change, fields, options)
            except ChangeError as error:
                yield Problem(source.path, line, f"{place}{error}")
            else:
                known[change.opportunity_id] = fields


def _changes(crm: Crm, message: Any) -> list[DealChange]:
    if isinstance(message, UnreadableError):
        raise ChangeError(str(message))
    if not isinstance(message, dict):
        raise ChangeError("must be a JSON object")
    try:
        return crm.changes(message)
    except ValidationError as error:
        raise ChangeError(reason_of(error)) from None


def _event(crm: Crm, change: DealChange, fields: dict[str, Any], options: Options) -> OpportunityChanged:
    try:
        opportunity = crm.opportunity(fields)
    except ValidationError as error:
        reason = reason_of(error)
        if any(problem["type"] == "missing" for problem in error.errors()):
            reason += ": begin with the message that created the deal"
        raise ChangeError(reason) from None
    deal = {"currency": options.currency} | opportunity.deal(change.changed_at, options.zone)
    try:
        return OpportunityChanged(
            revision=options.revision,
            opportunity_id=change.opportunity_id,
            changed_at=change.changed_at,
            **deal,
        )
    except ValidationError as error:
        raise ChangeError(explain(error).detail) from None
