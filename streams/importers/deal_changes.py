"""Changes of deals as CRM systems announce them: only the fields that changed, so what was before is kept here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any, Protocol  # Any: JSON as somebody sent it

from pydantic import ValidationError

from schemas.events import OpportunityChanged
from streams.importers import change_texts as texts
from streams.importers import file_texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import Source, UnreadableError
from streams.importers.validation import event_reason, reason_of
from streams.language import Text

CENT = Decimal("0.01")


class ChangeError(ValueError):
    """A message tells no change of a deal; the text says why."""

    def __init__(self, reason: Text, **values: object) -> None:
        self.reason = reason.filled(**values) if values else reason
        super().__init__(self.reason.en)


@dataclass(frozen=True, slots=True)
class DealChange:
    """What a message says of a deal: the CRM's own fields that changed; None of one that is empty from now on."""

    opportunity_id: str
    changed_at: datetime
    fields: dict[str, Any]
    is_whole: bool = False
    """Whether these are all fields that the deal has, as when it was created."""
    is_removed: bool = False
    """Whether the deal was deleted."""
    is_restored: bool = False
    """Whether it was deleted, and is there again."""

    def tells(self, fields: Collection[str]) -> bool:
        """Whether it says anything of these fields."""
        return (
            self.is_whole or self.is_removed or self.is_restored or not self.fields.keys().isdisjoint(fields)
        )


class Opportunity(Protocol):
    """All fields of a deal as its CRM has them."""

    def deal(self, changed_at: datetime, zone: tzinfo) -> dict[str, Any]:
        """The same as fields of OpportunityChanged; without a currency where the CRM does not tell it."""


class Crm(Protocol):
    """How a CRM announces changes."""

    FIELDS: frozenset[str]
    """The fields that a deal is made of; a message that changes no other tells nothing."""

    def changes(self, message: dict[str, Any]) -> list[DealChange]:
        """What a message says. Raises ChangeError, or pydantic's ValidationError."""

    def merged(self, before: dict[str, Any], change: DealChange) -> dict[str, Any]:
        """All fields of a deal after a change."""

    def notes(self, before: dict[str, Any], change: DealChange, fields: dict[str, Any]) -> Iterator[Text]:
        """What of all `fields` after a change is taken to mean what they do not say."""

    def opportunity(self, fields: dict[str, Any]) -> Opportunity:
        """A deal from all that is known of it. Raises pydantic's ValidationError."""

    def fields_of(self, deal: OpportunityChanged) -> dict[str, Any]:
        """The CRM's own fields of a deal as it is stored: from where a file goes on that does not begin with it."""


def deal_events(crm: Crm, source: Source, options: Options) -> Iterator[Item]:
    """The deals as they are after each message; messages are taken in their order.

    What was before is known from earlier files of this import, else from the store.
    """
    known = options.memory.fields_by_deal
    for number, (line, message) in enumerate(source.messages()):
        place = "" if line else str(number)
        try:
            changes = _changes(crm, message)
        except ChangeError as error:
            yield Problem(source.path, line, source.say(error.reason, place))
            continue
        for change in changes:
            if not change.tells(crm.FIELDS):
                continue
            try:
                before = {} if change.is_whole else _before(crm, change.opportunity_id, options)
                fields = crm.merged(before, change)
                yield _event(crm, change, fields, options)
                for note in () if change.is_removed else crm.notes(before, change, fields):
                    options.memory.note(source.path, line, source.say(note))
            except ChangeError as error:
                yield Problem(source.path, line, source.say(error.reason, place))
            else:
                known[change.opportunity_id] = fields


def _before(crm: Crm, deal_id: str, options: Options) -> dict[str, Any]:
    memory = options.memory
    if deal_id not in memory.fields_by_deal and memory.stored_deal is not None:
        stored = memory.stored_deal(deal_id)
        if stored is not None:
            return crm.fields_of(stored)
    return memory.fields_by_deal.get(deal_id, {})


def _changes(crm: Crm, message: Any) -> list[DealChange]:
    if isinstance(message, UnreadableError):
        raise ChangeError(message.reason)
    if not isinstance(message, dict):
        raise ChangeError(file_texts.NOT_AN_OBJECT)
    try:
        return crm.changes(message)
    except ValidationError as error:
        raise ChangeError(reason_of(error)) from None


def _event(crm: Crm, change: DealChange, fields: dict[str, Any], options: Options) -> OpportunityChanged:
    try:
        opportunity = crm.opportunity(fields)
    except ValidationError as error:
        if any(problem["type"] == "missing" for problem in error.errors()):
            names = ", ".join(
                str(problem["loc"][-1]) for problem in error.errors() if problem["type"] == "missing"
            )
            raise ChangeError(texts.NOT_KNOWN_BEFORE, names=names) from None
        raise ChangeError(reason_of(error)) from None
    deal = {"currency": options.currency} | opportunity.deal(change.changed_at, options.zone)
    if change.is_removed:
        deal |= {"state": "removed", "actual_value": None, "closed_on": None}
    try:
        return OpportunityChanged(
            revision=options.revision,
            opportunity_id=change.opportunity_id,
            changed_at=change.changed_at,
            **deal,
        )
    except ValidationError as error:
        raise ChangeError(event_reason(error)) from None
