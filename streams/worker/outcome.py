"""What becomes of the messages of a batch: each is stored, recognised as a duplicate, or rejected with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Generic, TypeVar

from schemas.events import AnyEvent
from schemas.fields import EARLIEST
from schemas.rejections import Reason, Rejection
from streams.kafka.messages import Message

E = TypeVar("E", bound=AnyEvent)


@dataclass(slots=True)
class Outcome(Generic[E]):
    """What became of the messages of a batch so far."""

    accepted: list[tuple[Message, E]] = field(default_factory=list)
    """Understood, and not rejected yet."""
    stored: int = 0
    duplicates: int = 0
    rejected: list[tuple[Message, Rejection]] = field(default_factory=list)

    def reject(self, reason_for: Callable[[E], str | None], reason: Reason = Reason.REFUSED_BY_STORE) -> None:
        """Reject the accepted events that there is something against, and begin to count anew."""
        accepted, self.accepted = self.accepted, []
        for message, event in accepted:
            if (detail := reason_for(event)) is None:
                self.accepted.append((message, event))
            else:
                self.rejected.append((message, Rejection(reason, detail)))
        self.stored = self.duplicates = 0


class Batch(Generic[E]):
    """Messages on their way, and what became of them so far."""

    def __init__(self, messages: Sequence[Message], after: asyncio.Event | None = None) -> None:
        self.messages = messages
        self.after = after
        """`settled` of the batch before, in whose place it must not be acknowledged."""
        self.begun = perf_counter()
        self.outcome: Outcome[E] = Outcome()
        self.generation = 0
        """The generation of the state that it was folded into; 0 before it was folded."""
        self.stored_at = EARLIEST
        """When ClickHouse had acknowledged its rows: from then on queries find them."""
        self.finished = asyncio.Event()
        """Set when its facts are stored and its dead letters are sent: the next batch may be written."""
        self.settled = asyncio.Event()
        """Set when all that follows from it is up to date, too."""
