"""Reading messages: the events in them, and why the others hold none that is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar, cast  # Any: pipelines of any kind of fact

from schemas.events import AnyEvent, TrackerChanged
from schemas.rejections import Reason, Rejection
from streams.kafka.messages import Message, Rules, read
from streams.worker.defects import report, unprocessable
from streams.worker.erased import Erased
from streams.worker.facts import holds_private_number
from streams.worker.outcome import Outcome
from streams.worker.turns import Turns

E = TypeVar("E", bound=AnyEvent)

_PRIVATE = Rejection(
    Reason.INVALID_FIELD,
    "name, aliases: a number or an address of somebody's is not tracked: texts do not keep it",
)
_ERASED = Rejection(Reason.ERASED, "this was erased: it is not taken again")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long facts are kept, and the currency of money: what a message is judged by besides the contract."""

    currency: str
    segments_kept: timedelta
    crm_kept: timedelta


class Reader(Generic[E]):
    """Reads the messages of one topic. `now` is the clock that says which facts are too old."""

    def __init__(self, topic: str, retention: Retention, now: Callable[[], datetime], erased: Erased) -> None:
        self._topic = topic
        self._retention = retention
        self._now = now
        self._erased = erased

    async def read(self, messages: Sequence[Message]) -> Outcome[E]:
        """The events in messages, and which messages hold none that is taken."""
        now = self._now()
        rules = Rules(
            self._retention.currency, now - self._retention.segments_kept, now - self._retention.crm_kept
        )
        outcome: Outcome[Any] = Outcome()
        turns = Turns()
        for message in messages:
            if turns.due():
                await turns.yield_()
            try:
                event = read(message, rules)
                if isinstance(event, TrackerChanged) and not event.removed and holds_private_number(event):
                    raise _PRIVATE
                outcome.accepted.append((message, event))
            except Rejection as rejection:
                outcome.rejected.append((message, rejection))
            except MemoryError:
                raise
            except Exception as defect:
                report(defect)
                outcome.rejected.append((message, unprocessable()))
        if self._erased:
            self._reject_erased(messages, outcome)
        return cast(Outcome[E], outcome)

    def _reject_erased(self, messages: Iterable[Message], outcome: Outcome[Any]) -> None:
        """Reject what is about an erased call, deal, activity or seller, also where it is rejected already: for another
        reason it would be repeated among the dead letters."""
        erased = self._erased.keys(self._topic, {message.key for message in messages})
        accepted, outcome.accepted = outcome.accepted, []
        outcome.rejected = [
            (
                message,
                _ERASED if message.key in erased or self._erased.is_named_in(message.value) else why,
            )
            for message, why in outcome.rejected
        ]
        for message, event in accepted:
            if event.revision <= erased.get(message.key, 0) or self._erased.is_activity(event):
                outcome.rejected.append((message, _ERASED))
            else:
                outcome.accepted.append((message, event))
