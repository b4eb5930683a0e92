"""What becomes of a call that is stored already: sent, rejected with what to do, or put in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clickhouse.erasure import RetentionFloor
from schemas.events import CallEnded, CallFact, CallSegment, CallStarted, serialize
from schemas.fields import MAX_REVISION
from streams.importers import Options, Source, read
from streams.jobs.call_corrections import ERASED, CallCorrections, Decision, Stored, Words, decide

STARTED = datetime(2026, 11, 26, 8, tzinfo=UTC)


def call(*texts: str, **changes: Any) -> list[CallFact]:
    identity: dict[str, Any] = {
        "call_id": "c",
        "call_started_at": STARTED,
        "seller_id": "anna",
        "revision": 1,
    } | changes
    return [
        CallStarted(**identity, channel="meeting"),
        *(
            CallSegment(
                **identity,
                segment_id=str(number),
                consent=True,
                speaker="seller",
                start_ms=0,
                end_ms=1000,
                text=text,
            )
            for number, text in enumerate(texts)
        ),
        CallEnded(**identity, duration_ms=1000),
    ]


def stored(*texts: str, revision: int = 1) -> Stored:
    words = {str(number): Words("seller", 0, 1000, True, text) for number, text in enumerate(texts)}
    return Stored("anna", STARTED, revision, words, 1000, ("", "", "", "meeting"))


def test_a_call_that_is_not_stored_or_is_as_it_is_stored_is_sent() -> None:
    assert decide(None, call("Hello.")) == Decision()
    assert decide(stored("Hello."), call("Hello.")) == Decision()
    assert decide(stored("Hello."), call("Hello.", "Yes.")) == Decision(), "an import was broken off"
    masked = stored("Ring [phone].")
    assert decide(masked, call("Ring 20 30 40 50.")) == Decision()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (call("Hello!"), "is stored already, and 1 of its 1 segments differ: --revision 2 corrects it"),
        (call(), "is stored already, and 1 of its 1 segments differ: --revision 2 corrects it"),
        (
            call("Hello.", seller_id="bo"),
            "is stored as a call of 'anna', and not of 'bo': --revision 2 moves it",
        ),
        (
            call("Hello.", call_started_at=datetime(2026, 11, 26, 9, tzinfo=UTC)),
            "is stored as begun at 2026-11-26T08:00:00Z, and not at 2026-11-26T09:00:00Z: --revision 2 moves it",
        ),
    ],
)
def test_what_the_same_revision_would_not_change_is_told_with_what_to_do(
    changed: list[CallFact], reason: str
) -> None:
    refused = decide(stored("Hello."), changed).rejected
    assert refused is not None
    assert refused.en == reason
    assert refused.da != reason


def test_a_higher_revision_corrects_and_replaces_where_it_must() -> None:
    assert decide(stored("Hello."), call("Hello!", revision=2)) == Decision()
    assert decide(stored("Hello.", "Yes."), call("Hello!", revision=2)) == Decision(replaces=True)
    assert decide(stored("Hello."), call("Hello.", seller_id="bo", revision=2)) == Decision(replaces=True)
    later = call("Hello.", call_started_at=datetime(2026, 11, 26, 9, tzinfo=UTC), revision=2)
    assert decide(stored("Hello."), later) == Decision(replaces=True)
    assert "--revision 3" in str(decide(stored("Hello.", revision=2), later).rejected)


def test_what_is_refused_by_the_workers_is_told_before_it_is_sent() -> None:
    assert decide(None, call("Hello."), MAX_REVISION).rejected == ERASED
    assert "--revision 3 replaces" in str(decide(None, call("Hello.", revision=2), 2).rejected)
    assert decide(None, call("Hello.", revision=3), 2) == Decision()


def test_our_own_events_are_passed_on_for_they_may_tell_a_part_of_a_call(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(serialize(fact) + b"\n" for fact in call("Hello.", revision=2)))
    no_store: Any = None
    corrections = CallCorrections(no_store, RetentionFloor(STARTED, STARTED), lambda: None, print, "test")
    assert len(list(corrections.checked(read(Source(path), Options()), Source(path)))) == 3
