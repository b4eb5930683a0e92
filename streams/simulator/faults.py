"""What goes wrong between a producer and the worker: messages out of order, twice, and some that nobody can take."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any  # Any: JSON

from schemas.events import AnyEvent, CallEvent, CallSegment, OpportunityChanged, PeriodChanged, serialize
from schemas.rejections import Reason
from schemas.topics import SOURCES, topic_of
from streams.kafka.messages import MAX_MESSAGE_BYTES
from streams.replay import RawMessage

_COPIES_WITHIN = 500
"""A message that is sent twice comes again at most so many messages later, or as late as shuffling moves it."""


def faulty(
    events: Iterable[AnyEvent], rng: Random, *, repeat: float = 0.0, poison: float = 0.0, shuffle: int = 0
) -> Iterator[RawMessage]:
    """The messages of events, with faults.

    Each message is moved back by up to `shuffle` places, sent a second time with the probability `repeat`, and
    followed with the probability `poison` by a message that must be rejected. Memory grows with `shuffle`.
    """
    waiting: list[tuple[float, int, AnyEvent]] = []
    numbers = count()
    for place, event in enumerate(events):
        heappush(waiting, (place + rng.uniform(0, shuffle), next(numbers), event))
        if rng.random() < repeat:
            heappush(waiting, (place + rng.uniform(0, max(shuffle, _COPIES_WITHIN)), next(numbers), event))
        while waiting and waiting[0][0] <= place:
            yield from _messages(heappop(waiting)[2], rng, poison)
    while waiting:
        yield from _messages(heappop(waiting)[2], rng, poison)


def _messages(event: AnyEvent, rng: Random, poison: float) -> Iterator[RawMessage]:
    yield RawMessage(topic_of(event).name, event.key.encode(), serialize(event), None)
    if rng.random() < poison:
        # behind the event that it spoils: so an identity is known before something contradicts it
        yield _poison(event, rng)


def _poison(event: AnyEvent, rng: Random) -> RawMessage:
    topic, key = topic_of(event).name, event.key.encode()
    reason = rng.choice([reason for reason, (kinds, _) in _SPOILED.items() if isinstance(event, kinds)])
    if reason is Reason.EMPTY:
        return RawMessage(topic, key, None, reason)
    if reason is Reason.NOT_JSON:
        whole = serialize(event)
        return RawMessage(
            topic, key, rng.choice((whole[: len(whole) // 2], b"\xff" + whole, b"[" + whole + b"]")), reason
        )
    if reason is Reason.WRONG_TOPIC:
        other = rng.choice([source.name for source in SOURCES if source.name != topic])
        return RawMessage(other, key, serialize(event), reason)
    if reason is Reason.WRONG_KEY:
        return RawMessage(topic, rng.choice((None, key + b"-2")), serialize(event), reason)
    content = json.loads(serialize(event))
    _SPOILED[reason][1](content, rng)
    return RawMessage(topic, key, json.dumps(content, ensure_ascii=False).encode(), reason)


def _leave(_content: dict[str, Any], _rng: Random) -> None:
    """Nothing in the event is wrong; the message is."""


def _make_too_large(content: dict[str, Any], _rng: Random) -> None:
    content["text"] = "så " * (MAX_MESSAGE_BYTES // 3)


def _rename_type(content: dict[str, Any], rng: Random) -> None:
    content["type"] = rng.choice(("call_paused", "Call_Segment", "", None, 7))


def _raise_version(content: dict[str, Any], _rng: Random) -> None:
    content["schema_version"] = 2


def _add_field(content: dict[str, Any], _rng: Random) -> None:
    content["mood"] = "glad"


_REQUIRED = ("call_started_at", "segment_id", "consent", "name", "currency", "started_at")
_NEVER_NEGATIVE = ("start_ms", "duration_ms", "seller_id", "name", "period_id")


def _break_field(content: dict[str, Any], rng: Random) -> None:
    match rng.randrange(3):
        case 0:
            content["revision"] = rng.choice((0, "1"))
        case 1:
            del content[rng.choice([name for name in _REQUIRED if name in content])]
        case _:
            content[rng.choice([name for name in _NEVER_NEGATIVE if name in content])] = -1


def _change_currency(content: dict[str, Any], rng: Random) -> None:
    content["currency"] = rng.choice(("EUR", "SEK"))


def _change_identity(content: dict[str, Any], rng: Random) -> None:
    if rng.random() < 0.5:
        content["seller_id"] = "seller-of-another-call"
    else:
        content["call_started_at"] = content["call_started_at"][:16] + ":59.999Z"


def _move_to_the_past(content: dict[str, Any], _rng: Random) -> None:
    content["call_started_at"] = "2005" + content["call_started_at"][4:]


def _move_to_the_future(content: dict[str, Any], _rng: Random) -> None:
    content["call_started_at"] = "2079" + content["call_started_at"][4:]


_Spoil = Callable[[dict[str, Any], Random], None]
_ANY: tuple[type, ...] = (object,)
_SPOILED: dict[Reason, tuple[tuple[type, ...], _Spoil]] = {
    Reason.EMPTY: (_ANY, _leave),
    Reason.TOO_LARGE: ((CallSegment,), _make_too_large),
    Reason.NOT_JSON: (_ANY, _leave),
    Reason.UNKNOWN_TYPE: (_ANY, _rename_type),
    Reason.UNKNOWN_VERSION: (_ANY, _raise_version),
    Reason.UNKNOWN_FIELD: (_ANY, _add_field),
    Reason.INVALID_FIELD: (_ANY, _break_field),
    Reason.WRONG_TOPIC: (_ANY, _leave),
    Reason.WRONG_KEY: (_ANY, _leave),
    Reason.WRONG_CURRENCY: ((OpportunityChanged, PeriodChanged), _change_currency),
    Reason.IDENTITY_CONFLICT: ((CallEvent,), _change_identity),
    Reason.BEYOND_RETENTION: ((CallEvent,), _move_to_the_past),
    Reason.IN_THE_FUTURE: ((CallEvent,), _move_to_the_future),
}
"""What a producer can do wrong: to which events, and how it spoils their content. The other reasons need a call
of tens of thousands of segments, an erasure, a store that refuses a row, or a defect."""
