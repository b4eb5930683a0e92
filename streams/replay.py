"""Sends events to Kafka at a rate or each at its time: of files and of a simulated world."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from schemas.events import AnyEvent, CallSegment
from schemas.rejections import Reason
from schemas.topics import SETTINGS, topic_of

if TYPE_CHECKING:
    from streams.kafka.producer import EventProducer

_BURST = 250


class TimedEvent(NamedTuple):
    """An event, and when it is sent."""

    at: datetime
    event: AnyEvent


class RawMessage(NamedTuple):
    """A message as it goes to Kafka, and why it must be rejected, if it must."""

    topic: str
    key: bytes | None
    value: bytes | None
    reason: Reason | None


class WorldClock:
    """The time in what is played from `start` on at `speed`, and never ahead of the real time."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start, self._speed = start, speed
        self._began = time.monotonic()

    def seconds_until(self, moment: datetime) -> float:
        """How long to wait in real seconds until it is `moment`; negative when it is past."""
        played = time.monotonic() - self._began
        by_speed = (moment - self._start).total_seconds() / self._speed - played
        return max(by_speed, (moment - datetime.now(UTC)).total_seconds())


def settings_first(events: Iterable[TimedEvent]) -> tuple[list[TimedEvent], Iterator[TimedEvent]]:
    """The settings that events begin with (sellers, trackers, periods), and all the rest: calls need them known."""
    settings: list[TimedEvent] = []
    rest = iter(events)
    for timed in rest:
        if topic_of(timed.event) is not SETTINGS:
            return settings, chain([timed], rest)
        settings.append(timed)
    return settings, rest


async def send_history(
    events: Iterable[TimedEvent], producer: EventProducer, *, rate: float, stop: asyncio.Event
) -> None:
    """Send events one after another, at most `rate` a second, until they end or `stop` is set."""
    pace = _Pace(rate)
    for timed in events:
        await producer.send(timed.event)
        if await pace.step(stop):
            return


async def send_messages(
    messages: Iterable[RawMessage], producer: EventProducer, *, rate: float, stop: asyncio.Event
) -> None:
    """Send messages as they are, good and bad ones, at most `rate` a second."""
    pace = _Pace(rate)
    for message in messages:
        await producer.send_message(message.topic, message.key, message.value)
        if await pace.step(stop):
            return


async def send_live(
    events: Iterable[TimedEvent], producer: EventProducer, *, clock: WorldClock, stop: asyncio.Event
) -> None:
    """Send each event when the clock has come to it, until `stop` is set; segments say when they were sent."""
    for timed in events:
        while (wait := clock.seconds_until(timed.at)) > 0:
            if await _stopped(stop, wait):
                return
        await producer.send(_stamped(timed.event))
        if stop.is_set():
            return


def _stamped(event: AnyEvent) -> AnyEvent:
    if isinstance(event, CallSegment):
        return event.model_copy(update={"produced_at": datetime.now(UTC)})
    return event


async def _stopped(stop: asyncio.Event, within: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), within)
    except TimeoutError:
        return False
    return True


class _Pace:
    """Keeps a sender below a rate, and lets the event loop turn."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._began, self._steps = time.monotonic(), 0

    async def step(self, stop: asyncio.Event) -> bool:
        """After each message: wait as the rate asks. Whether to stop."""
        self._steps += 1
        if self._steps % _BURST:
            return False
        ahead = self._steps / self._rate - (time.monotonic() - self._began)
        if ahead > 0:
            return await _stopped(stop, ahead)
        await asyncio.sleep(0)
        return stop.is_set()
