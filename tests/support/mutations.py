"""Messages that somebody careless or hostile might send: events, damaged in whatever way bytes can be damaged.

Seeded: a seed and a number give the same messages again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from schemas.events import AnyEvent, CallSegment, serialize
from schemas.topics import SOURCES, topic_of
from streams.kafka.messages import Message, from_record
from streams.simulator import World

SECRET = "hemmeligzebra"
"""Said in every segment without consent, and in every odd field."""

_TIMES = (-(2**63), -1, 0, 1, 2**31, 253402300800000, 2**63 - 1)
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.1, -0.0, 1e308, 10**30, 2**63, "", " ", "0", "true", "\x00", "\ud800", "a" * 20_001,
    "å" * 20_000, "👩‍👩‍👧" * 500, "é" * 3_000, "\u202e\u200b", "1" * 5_000, "2026-13-45T99:99:99Z",
    "2044-01-01T00:00:00Z", "2001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "0001-01-01T00:00:00-23:59", [], {}, [[]], {"text": SECRET}, [SECRET], SECRET, f"{SECRET} 20304050",
    "NaN", "Infinity",
    "1e400", "\\", "'; DROP TABLE", "\r\n", "20 30 40 50 " * 800, "four one one one " * 500,
)  # fmt: skip
_FIELDS = (
    "text", "Text", "transcript", "words", "consent", "call_id", "segment_id", "start_ms", "end_ms", "revision", "type",
    "schema_version", "language", "speaker", "seller_id", "call_started_at", "participants", "title", "name", "state",
    "estimated_value", "changed_at", "duration_ms", "kind", "aliases", "closed_on", "confidence", "\x00", SECRET, "",
)  # fmt: skip


class Record:
    """Looks as a record of the Kafka client does."""

    def __init__(
        self, topic: str, offset: int, key: bytes | None, value: bytes | None, timestamp: int
    ) -> None:
        self.topic = topic
        self.partition = 0
        self.offset = offset
        self.key = key
        self.value = value
        self.timestamp = timestamp


def messages(seed: int, count: int, now: datetime) -> Iterator[Message]:
    """Messages of all topics, each with an offset of its own; a third of them are events as they should be."""
    rng = Random(seed)
    events = _events(seed, now)
    for offset in range(count):
        event = rng.choice(events)
        event = event.model_copy(update={"revision": rng.choice((1, offset + 1))})
        topic, key, value, timestamp = (
            topic_of(event).name,
            event.key.encode(),
            serialize(event),
            now.timestamp(),
        )
        record = Record(topic, offset, key, value, int(timestamp * 1000))
        if rng.random() > 0.33:
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                rng.choice(_MUTATIONS)(record, rng)
        yield from_record(record, now)


def _events(seed: int, now: datetime) -> Sequence[AnyEvent]:
    """Events of every kind, of some calls at least; those without consent say the secret."""
    world = World.create(
        seed, now.replace(minute=0, second=0, microsecond=0), days=2, density=3.0, length=0.1
    )
    history = [timed.event for timed in world.history(now - timedelta(hours=8), now)]
    settings = [timed.event for timed in world.history(end=world.begins + timedelta(seconds=1))]
    some = [*settings[:20], *history[:400]]
    rng = Random(seed)
    return [
        event.model_copy(update={"consent": False, "text": f"{SECRET} {event.text}"})
        if isinstance(event, CallSegment) and rng.random() < 0.3
        else event
        for event in some
    ]


def _damage_bytes(record: Record, rng: Random) -> None:
    value = bytearray(record.value or b"{}")
    for _ in range(rng.choice((1, 2, 8))):
        match rng.randrange(4):
            case 0 if value:
                value[rng.randrange(len(value))] = rng.randrange(256)
            case 1 if value:
                del value[rng.randrange(len(value)) :]
            case 2:
                value[rng.randrange(len(value) + 1) : 0] = rng.randbytes(rng.randrange(20))
            case _:
                begin = rng.randrange(len(value) + 1)
                value[begin:begin] = value[begin : begin + rng.randrange(50)]
    record.value = bytes(value)


def _nest(record: Record, rng: Random) -> None:
    depth = rng.choice((10, 150, 250, 1_200, 50_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"text":', b"}")))
    inner = rng.choice((b"", b"1", record.value or b"1"))
    record.value = opening * depth + inner + (closing * depth if rng.random() < 0.5 else b"")


def _change_field(record: Record, rng: Random) -> None:
    try:
        body = json.loads(record.value or b"{}")
    except (ValueError, RecursionError):
        return
    if not isinstance(body, dict):
        return
    match rng.randrange(5):
        case 0 if body:
            del body[rng.choice(sorted(body))]
        case 1:
            body[rng.choice(_FIELDS)] = rng.choice(_VALUES)
        case 2 if body:
            name = rng.choice(sorted(body))
            body[rng.choice(_FIELDS)] = body.pop(name)
        case 3:
            body = {rng.choice(("data", "event", "payload")): body}
        case _ if body:
            body[rng.choice(sorted(body))] = rng.choice(_VALUES)
    record.value = json.dumps(body, ensure_ascii=rng.random() < 0.5).encode(errors="surrogatepass")


def _repeat_field(record: Record, rng: Random) -> None:
    value = record.value or b"{}"
    if value.startswith(b"{"):
        name, said = rng.choice((("consent", True), (rng.choice(_FIELDS), rng.choice(_VALUES))))
        extra = json.dumps({name: said}).encode()[1:-1]
        if rng.random() < 0.5:
            extra = extra.replace(b"n", b"\\u006e", 1) if name == "consent" else extra
        comma = b"," if len(value) > 2 else b""
        record.value = rng.choice((b"{" + extra + comma + value[1:], value[:-1] + comma + extra + b"}"))


def _enlarge(record: Record, rng: Random) -> None:
    size = rng.choice((100_000, 262_143, 262_145, 1_048_480, 3_000_000))
    record.value = rng.choice(
        (
            b"x" * size,
            json.dumps({"consent": False, "text": SECRET * (size // 13)}).encode(),
            "å".encode() * size,
        )
    )


def _change_key(record: Record, rng: Random) -> None:
    record.key = rng.choice(
        (
            None,
            b"",
            b"\x00",
            b"\xff\xfe",
            SECRET.encode(),
            rng.randbytes(40),
            b"k" * 100_000,
            (record.key or b"") + b" ",
        )
    )


def _change_topic(record: Record, rng: Random) -> None:
    record.topic = rng.choice(SOURCES).name


def _change_time(record: Record, rng: Random) -> None:
    record.timestamp = rng.choice((*_TIMES, rng.getrandbits(64) - 2**63))


def _empty(record: Record, _rng: Random) -> None:
    record.value = None


def _other_encoding(record: Record, rng: Random) -> None:
    text = (record.value or b"").decode(errors="replace")
    record.value = rng.choice(
        (
            text.encode("utf-16"),
            b"\xef\xbb\xbf" + text.encode(),
            text.encode("latin-1", "replace"),
            f"[{text}]".encode(),
        )
    )


_MUTATIONS: tuple[Callable[[Record, Random], None], ...] = (
    _damage_bytes, _nest, _change_field, _change_field, _change_field, _repeat_field, _enlarge, _change_key,
    _change_topic, _change_time, _empty, _other_encoding,
)  # fmt: skip
