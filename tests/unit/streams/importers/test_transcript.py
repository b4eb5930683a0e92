"""From a transcript to the events of a call: what files leave open, what options say, what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.events import CallEnded, CallSegment, CallStarted
from streams.importers import Item, Options, Problem, Source
from streams.importers.transcript import Transcript, Utterance, call_events, call_identity

STARTED = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
OPTIONS = Options(consent=True, seller_id="seller-17", started_at=STARTED)
ROLES: Transcript = Transcript("c", (), sides={"AGENT": "seller", "CUSTOMER": "customer"})


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "call"
    path.write_text("any")
    return Source(path)


def said(number: int, speaker: str, start: int, end: int, text: str = "hello", place: str = "") -> Utterance:
    return Utterance(str(number), speaker, start, end, text, place=place)


def segments(events: Iterable[Item]) -> list[CallSegment]:
    return [each for each in events if isinstance(each, CallSegment)]


def test_segments_come_in_the_order_in_which_they_end_between_start_and_end(source: Source) -> None:
    spoken = (said(1, "AGENT", 0, 5000), said(2, "CUSTOMER", 1000, 1500), said(3, "AGENT", 6000, 7000))
    started, *between, ended = call_events(replace(ROLES, utterances=spoken), source, OPTIONS)
    assert isinstance(started, CallStarted)
    assert [each.segment_id for each in segments(between)] == ["2", "1", "3"]
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 7000


def test_what_the_file_tells_goes_before_the_options(source: Source) -> None:
    told = replace(ROLES, started_at=STARTED - timedelta(days=1), language="da-DK", duration_ms=9000)
    started, ended = call_events(told, source, replace(OPTIONS, language="en"))
    assert isinstance(started, CallStarted)
    assert (started.call_started_at, started.language) == (STARTED - timedelta(days=1), "da-DK")
    assert isinstance(ended, CallEnded)
    assert ended.duration_ms == 9000


def test_a_call_taken_as_if_now_is_a_call_of_its_own(source: Source) -> None:
    now = replace(OPTIONS, start_now=lambda length: STARTED - length)
    spoken = replace(ROLES, utterances=[said(1, "AGENT", 0, 60_000)], started_at=STARTED)
    events = list(call_events(spoken, source, now))
    assert {each.call_id for each in segments(events)} == {"c@20260914T082900Z"}
    assert {each.call_started_at for each in segments(events)} == {STARTED - timedelta(minutes=1)}


def test_everything_that_is_missing_is_said_at_once(source: Source) -> None:
    spoken = [said(1, "spk_0", 0, 1000), said(2, "spk_1", 0, 1000)]
    (problem,) = call_events(Transcript("c", spoken), source, Options())
    assert isinstance(problem, Problem)
    assert problem.reason == (
        "the file does not say whether the call may be analysed: --consent or --no-consent; "
        "nor who sells: --seller-speaker with one of spk_0, spk_1; "
        "nor which seller it is: --seller with their id; "
        "nor when the call began: --started-at, or --as-if-now"
    )


def test_names_of_speakers_are_not_in_what_is_said(source: Source) -> None:
    meeting = Transcript("c", [said(1, "Karen Holm", 0, 1000)], names={"Karen Holm": "Karen Holm"})
    (problem,) = call_events(meeting, source, OPTIONS)
    assert isinstance(problem, Problem)
    assert "who sells: --seller-speaker with the seller's name as the file has it" in problem.reason
    assert "Holm" not in problem.reason


def test_a_seller_without_an_id_is_known_by_the_name_of_who_speaks_most(source: Source) -> None:
    names = {name: name for name in ("Molly Clark", "Moses Frase", "Karen Holm")}
    spoken = [
        said(1, "Karen Holm", 0, 9000),
        said(2, "Molly Clark", 0, 1000),
        said(3, "Moses Frase", 0, 2000),
        said(4, "Molly Clark", 3000, 5000),
    ]
    sellers = frozenset(["molly clark", "MOSES FRASE", "Somebody Else"])
    started, *_ = call_events(
        Transcript("c", spoken, names=names),
        source,
        Options(consent=True, started_at=STARTED, seller_speakers=sellers),
    )
    assert isinstance(started, CallStarted)
    assert started.seller_id == "Molly Clark"
    assert {each.name: each.side for each in started.participants} == {
        "Molly Clark": "seller",
        "Moses Frase": "seller",
        "Karen Holm": "customer",
    }


def test_what_the_contract_does_not_take_is_told_with_its_place_and_without_its_words(source: Source) -> None:
    spoken = [
        said(1, "AGENT", 0, 1000),
        said(2, "CUSTOMER", 5000, 4000, "my secret", place="turns.1"),
        said(3, "CUSTOMER", 0, 1000, "secret " * 3000, place="turns.2"),
        said(1, "CUSTOMER", 0, 1000, "secret", place="turns.3"),
        said(5, "CUSTOMER", 1500, 2000),
    ]
    events = list(call_events(replace(ROLES, utterances=spoken), source, OPTIONS))
    assert [each.segment_id for each in segments(events)] == ["1", "5"]
    reasons = [each.reason for each in events if isinstance(each, Problem)]
    assert reasons == [
        "turns.3: the id 1 is taken by an utterance before it",
        "turns.2: text: String should have at most 20000 characters",
        "turns.1: Value error, end_ms (4000) must not be before start_ms (5000)",
    ]
    assert isinstance(events[-1], CallEnded)


def test_a_call_that_cannot_be_is_one_problem(source: Source) -> None:
    endless = replace(ROLES, duration_ms=10**9, utterances=[said(1, "AGENT", 0, 1)])
    problems = [each for each in call_events(endless, source, OPTIONS) if isinstance(each, Problem)]
    assert len(problems) == 1
    assert problems[0].reason.startswith("duration_ms: ")


def test_a_correction_states_a_higher_revision(source: Source) -> None:
    events = call_events(
        replace(ROLES, utterances=[said(1, "AGENT", 0, 1)]), source, replace(OPTIONS, revision=2)
    )
    assert {each.revision for each in events if not isinstance(each, Problem)} == {2}


def test_an_identity_is_what_the_system_says_when_it_can_be_an_id() -> None:
    assert call_identity("bucket", "2026/call.wav") == "bucket/2026/call.wav"
    long = call_identity("bucket", "x" * 200)
    assert len(long) == 32
    assert long == call_identity("bucket", "x" * 200) != call_identity("bucket", "y" * 200)
    assert len(call_identity(" a\n")) == 32
