"""Messages with faults, each rejected for the reason it says."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from schemas.events import AnyEvent, serialize
from schemas.rejections import Reason, Rejection
from schemas.topics import topic_of
from streams.kafka.messages import Message, Rules, read
from streams.replay import RawMessage
from streams.simulator import World, faulty

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULES = Rules(currency="DKK", oldest_call=NOW - timedelta(days=400))
NOT_A_PRODUCER_S = {
    Reason.TOO_MANY_SEGMENTS,
    Reason.ERASED,
    Reason.REFUSED_BY_STORE,
    Reason.UNPROCESSABLE,
}


@pytest.fixture(scope="module")
def events() -> list[AnyEvent]:
    world = World.create(3, NOW, days=3, length=0.1)
    return [event for _, event in world.history(NOW - timedelta(days=2), NOW)]


def rejection(message: RawMessage) -> Reason | None:
    received = Message(message.topic, 0, 0, message.key, message.value, NOW)
    try:
        read(received, RULES)
    except Rejection as rejected:
        return rejected.reason
    return None


def test_without_faults_every_event_goes_to_its_topic_once_in_order(events: list[AnyEvent]) -> None:
    messages = list(faulty(events, Random(1)))

    assert messages == [
        RawMessage(topic_of(event).name, event.key.encode(), serialize(event), None) for event in events
    ]


def test_poison_of_every_kind_is_refused_for_its_reason_and_nothing_else_is(events: list[AnyEvent]) -> None:
    messages = list(faulty(events, Random(2), poison=0.3))

    poison = [message for message in messages if message.reason]
    assert {message.reason for message in poison} == set(Reason) - NOT_A_PRODUCER_S
    assert 0.25 < len(poison) / len(events) < 0.35
    for message in messages:
        # whether an identity contradicts another, only who knows the call can tell
        known_alone = message.reason is not Reason.IDENTITY_CONFLICT
        assert rejection(message) is (message.reason if known_alone else None), message.key


def test_a_conflicting_identity_comes_after_the_call_is_known(events: list[AnyEvent]) -> None:
    known: set[bytes | None] = set()
    for message in faulty(events, Random(3), poison=0.2, shuffle=300):
        if message.reason is Reason.IDENTITY_CONFLICT:
            assert message.key in known
        elif message.reason is None:
            known.add(message.key)


def test_shuffled_and_repeated_every_event_arrives_and_some_twice(events: list[AnyEvent]) -> None:
    sent = Counter(serialize(event) for event in events)
    arrived = Counter(message.value for message in faulty(events, Random(4), repeat=0.3, shuffle=len(events)))

    assert arrived.keys() == sent.keys()
    assert 0.25 < arrived.total() / sent.total() - 1 < 0.35
    assert max(arrived[value] - sent[value] for value in sent) == 1


def test_a_message_is_moved_no_further_than_the_window(events: list[AnyEvent]) -> None:
    window = 50
    values = [serialize(event) for event in events]
    places = {value: place for place, value in enumerate(values)}
    moved = [
        place - places[message.value or b""]
        for place, message in enumerate(faulty(events, Random(5), shuffle=window))
    ]

    assert max(moved) <= window + 1
    assert min(moved) >= -window - 1
    assert sum(distance != 0 for distance in moved) > 0.8 * len(moved)
