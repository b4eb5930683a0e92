"""Reading a batch: what cannot be taken is refused with its reason, and no message stops the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from schemas.events import CallEnded, TrackerChanged, parse, serialize
from schemas.rejections import Reason
from schemas.topics import CALLS, SETTINGS
from streams.kafka.messages import Message
from streams.worker.erased import Erased
from streams.worker.reader import Reader, Retention
from tests.support.memory_store import MemoryStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEPT = timedelta(days=400)


def ended(call_id: str) -> bytes:
    return serialize(
        CallEnded(
            type="call_ended",
            call_id=call_id,
            call_started_at=NOW,
            seller_id="s1",
            duration_ms=1000,
            revision=1,
        )
    )


def at(offset: int, key: str, value: bytes) -> Message:
    return Message(CALLS.name, 0, offset, key.encode(), value, NOW, NOW)


@pytest.fixture
def reader() -> Reader[Any]:
    return Reader(CALLS.name, Retention("DKK", KEPT, KEPT), lambda: NOW, Erased(MemoryStore()))


@pytest.fixture
def a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validation that fails on one message, as a defect of ours or of a library would."""

    def failing(payload: bytes | str) -> Any:
        if b"odd" in bytes(payload if isinstance(payload, bytes) else payload.encode()):
            raise IndexError("Karen said so")
        return parse(payload)

    monkeypatch.setattr("streams.kafka.messages.parse", failing)


@pytest.mark.usefixtures("a_defect")
async def test_a_message_that_code_fails_on_is_refused_and_the_others_are_read(reader: Reader[Any]) -> None:
    with capture_logs() as logged:
        outcome = await reader.read([at(n, key, ended(key)) for n, key in enumerate(("c1", "odd", "c2"))])
    assert [event.call_id for _, event in outcome.accepted] == ["c1", "c2"]
    ((message, refusal),) = outcome.rejected
    assert (message.key, refusal.reason) == (b"odd", Reason.UNPROCESSABLE)
    assert "Karen" not in refusal.detail + str(logged)
    assert [line["error"] for line in logged] == ["IndexError"]


async def test_a_number_that_no_text_keeps_is_not_tracked() -> None:
    tracked = [
        TrackerChanged(tracker_id="t", name=name, kind="keyword", aliases=("printer", alias), removed=removed)
        for name, alias, removed in (
            *(("Print", "20 30 40 51", False), ("karen77@firma.dk", "p", False)),
            *(("Print", "p", False), ("karen77@firma.dk", "p", True)),
        )
    ]
    reader: Reader[Any] = Reader(
        SETTINGS.name, Retention("DKK", KEPT, KEPT), lambda: NOW, Erased(MemoryStore())
    )
    messages = [
        Message(SETTINGS.name, 0, number, b"tracker:t", serialize(event), NOW, NOW)
        for number, event in enumerate(tracked)
    ]
    outcome = await reader.read(messages)
    assert [event for _, event in outcome.accepted] == tracked[2:]
    assert {rejection.reason for _, rejection in outcome.rejected} == {Reason.INVALID_FIELD}
    assert all("karen" not in rejection.detail for _, rejection in outcome.rejected)
