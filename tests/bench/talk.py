"""People who talk at a given rate: events of calls that are in progress now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from time import monotonic
from typing import Any  # Any: fields that pydantic checks

from schemas.events import AnyEvent, CallEnded, CallSegment, CallStarted, Side
from streams.kafka.producer import EventProducer

SEGMENTS_OF_A_CALL = 40
_SECONDS_BETWEEN = 3.0
"""From one segment of a call to its next."""
_SIDES: tuple[Side, Side] = ("seller", "customer")


@dataclass(frozen=True, slots=True)
class Saying:
    """Words and their language."""

    text: str
    language: str | None


def talk(rate: float, sayings: Sequence[Saying], name: str, began: datetime) -> Iterator[AnyEvent]:
    """Events without end, as many calls at once as make so many segments a second; each belongs to another seller.

    A call starts, says 40 segments, ends, and another one follows it. `began` is when the first ones began.
    """
    at_once = max(1, round(rate * _SECONDS_BETWEEN))
    words = iter(count())
    calls = [_call(f"{name}-{line}", line, sayings, words, began) for line in range(at_once)]
    while True:
        for call in calls:
            yield next(call)


def _call(
    name: str, line: int, sayings: Sequence[Saying], words: Iterator[int], began: datetime
) -> Iterator[AnyEvent]:
    for number in count():
        call_id = f"{name}-{number}"
        at = began + number * timedelta(seconds=_SECONDS_BETWEEN * SEGMENTS_OF_A_CALL)
        seller = f"seller-{line}"
        identity: dict[str, Any] = {"call_id": call_id, "call_started_at": at, "seller_id": seller}
        yield CallStarted(**identity, customer_name=f"Customer {line}", opportunity_id=f"opp-{line}")
        for place in range(line % SEGMENTS_OF_A_CALL if number == 0 else 0, SEGMENTS_OF_A_CALL):
            said = sayings[next(words) % len(sayings)]
            yield CallSegment(
                **identity,
                segment_id=f"s-{place}",
                consent=True,
                speaker=_SIDES[place % 2],
                start_ms=place * 3000,
                end_ms=place * 3000 + 2500,
                text=said.text,
                language=said.language,
            )
        yield CallEnded(**identity, duration_ms=SEGMENTS_OF_A_CALL * 3000)


Sent = dict[tuple[str, str], datetime]
"""When segments were produced, by call and segment."""


async def send(
    producer: EventProducer,
    events: Iterator[AnyEvent],
    rate: float,
    seconds: float,
    rng: Random | None = None,
) -> tuple[int, Sent]:
    """Send events for so many seconds; returns how many, and when each segment of them.

    With `rng` they come at any moment, as people speak, so many a second in the mean; else evenly.
    """
    begun, sent = monotonic(), 0
    due = begun
    produced: Sent = {}
    while (now := monotonic()) < begun + seconds:
        while due <= now:
            event = next(events)
            if isinstance(event, CallSegment):
                produced[event.call_id, event.segment_id] = datetime.now(UTC)
            await producer.send(event)
            sent += 1
            due += 1 / rate if rng is None else rng.expovariate(rate)
        await producer.flush()
        await asyncio.sleep(max(0.001, due - monotonic()))
    return sent, produced
