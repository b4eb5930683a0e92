"""The fold: a set of facts has one result, whatever the order, repetition, batching, or restarts in between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clickhouse.schema.rows import CallRow, SegmentRow, StoredCall
from processors.analysis.analyser import Analyser
from processors.analysis.names.extraction import NameFinder
from processors.analysis.terms import excluded_words
from processors.analysis.trackers import Tracker, TrackerIndex
from processors.conversation.rows import call_row, keyword_rows, name_rows, restore, segment_rows
from processors.conversation.state import Conversation, fold
from schemas.events import CallEnded, CallFact, CallSegment, CallStarted

STARTED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NOW = STARTED_AT + timedelta(hours=1)
IDENTITY: dict[str, Any] = {"call_id": "call-1", "call_started_at": STARTED_AT, "seller_id": "seller-1"}
SAID = (
    "We are very happy with the printer.",
    "Vi er meget glade for printeren, men prisen er alt for høj.",
    "okay",
    "ja",
    "Could you send me an offer for Contoso 360? I hate the old one!",
    "Ring til mig på 20 30 40 50 i morgen.",
    "We use Stratasys now, and Stratasys is slow.",
    "das ist wirklich nicht gut, und wir haben es ihnen gesagt",
    "[noise]",
    "okay [laughter] the price is awful",
    "",
)


@cache
def analyser() -> Analyser:
    trackers = (
        Tracker("printer", "printer", "keyword"),
        Tracker("price", "pris", "keyword", aliases=("price",)),
        Tracker("contoso", "Contoso 360", "competitor", side="customer"),
    )
    names = [tracker.name for tracker in trackers]
    return Analyser(TrackerIndex(trackers), NameFinder(names), excluded_words(names))


_segments = st.builds(
    lambda number, revision, side, start, length, text, consent, language: CallSegment(
        **IDENTITY,
        revision=revision,
        segment_id=f"s{number}",
        speaker=side,
        start_ms=start * 250,
        end_ms=(start + length) * 250,
        text=text,
        consent=consent,
        language=language,
    ),
    st.integers(0, 12),
    st.integers(1, 3),
    st.sampled_from(["seller", "customer"]),
    st.integers(0, 80),
    st.integers(0, 20),
    st.sampled_from(SAID),
    st.sampled_from([True, True, True, True, False]),
    st.sampled_from([None, None, "da", "en-US"]),
)
_started = st.builds(
    lambda revision, title, kind, language: CallStarted(
        **IDENTITY,
        revision=revision,
        title=title,
        kind=kind,
        recording_id=kind and f"rec-{kind}",
        language=language,
    ),
    st.integers(1, 3),
    st.sampled_from(["Renewal", "New machine"]),
    st.sampled_from([None, "demo", "complaint"]),
    st.sampled_from([None, "da", "en"]),
)
_ended = st.builds(
    lambda revision, seconds: CallEnded(**IDENTITY, revision=revision, duration_ms=seconds * 1000),
    st.integers(1, 3),
    st.integers(0, 60),
)


def _one_content_a_revision(facts: list[CallFact]) -> list[CallFact]:
    """Fact and revision name its content: the contract that producers keep."""
    known: dict[tuple[object, ...], CallFact] = {}
    for fact in facts:
        known.setdefault((type(fact), fact.fact_id, fact.revision), fact)
    return list(known.values())


_facts = st.lists(st.one_of(_segments, _segments, _segments, _started, _ended), min_size=1, max_size=40).map(
    _one_content_a_revision
)


def rows_of(conversation: Conversation) -> tuple[object, ...]:
    """All that is written of a call, without what tells when it was received."""
    metrics = call_row(conversation, epoch=1)._replace(last_event_at=NOW)
    trackers, names = conversation.mentioned()
    return (
        metrics,
        [(key, conversation.mentions_of(key)) for key in trackers],
        [(key, conversation.name_of(key), conversation.mentions_of_name(key)) for key in names],
    )


def folded(facts: Sequence[CallFact]) -> Conversation:
    return fold(((fact, NOW) for fact in facts), analyser())["call-1"]


@given(_facts, st.integers(0, 2**32).map(random.Random))
@settings(max_examples=150, deadline=None)
def test_order_and_repetition_do_not_matter(facts: list[CallFact], rng: random.Random) -> None:
    shuffled = facts + rng.sample(facts, k=rng.randint(0, len(facts)))
    rng.shuffle(shuffled)
    assert rows_of(folded(shuffled)) == rows_of(folded(facts))


@given(_facts)
@settings(max_examples=100, deadline=None)
def test_the_version_is_the_sum_of_the_revisions_that_stand(facts: list[CallFact]) -> None:
    highest: dict[tuple[object, ...], int] = {}
    for fact in facts:
        key = (type(fact), fact.fact_id)
        highest[key] = max(highest.get(key, 0), fact.revision)
    assert folded(facts).facts_version == sum(highest.values())


@given(_facts, st.integers(0, 2**32).map(random.Random))
@settings(max_examples=150, deadline=None)
def test_a_restart_anywhere_changes_nothing(facts: list[CallFact], rng: random.Random) -> None:
    """Flush after random batches into a store that keeps the highest version; forget the call now and then."""
    store = _Store()
    conversation: Conversation | None = None
    pending = list(facts)
    rng.shuffle(pending)
    while pending:
        size = rng.randint(1, 5)
        batch, pending = pending[:size], pending[size:]
        if conversation is None:
            conversation = restore(store.read(), analyser(), epoch=1) or Conversation.of(batch[0])
        for fact in batch:
            conversation.apply(fact, NOW, analyser())
        conversation.resolve_language(analyser())
        crashed_before_the_call_was_written = rng.random() < 0.2
        store.write(conversation, segments_only=crashed_before_the_call_was_written)
        conversation.mark_persisted()
        if crashed_before_the_call_was_written:
            pending = batch + pending
        if crashed_before_the_call_was_written or rng.random() < 0.4:
            conversation = None
    if conversation is None:
        conversation = restore(store.read(), analyser(), epoch=1)
        assert conversation is not None
        conversation.resolve_language(analyser())
        store.write(conversation, segments_only=False)

    whole = folded(facts)
    assert rows_of(conversation) == rows_of(whole)
    assert store.call is not None
    assert store.call._replace(last_event_at=NOW) == rows_of(whole)[0]
    expected = {row.segment_id: row._replace(version=0) for row in segment_rows(whole, epoch=1)}
    assert {key: row._replace(version=0) for key, row in store.segments.items()} == expected
    trackers, names = whole.mentioned()
    assert store.mentions("trackers") == {key: _pair(whole.mentions_of(key)) for key in trackers}
    assert store.mentions("names") == {key: _pair(whole.mentions_of_name(key)) for key in names}


def _pair(mentions: Any) -> tuple[int, int]:
    return mentions.seller, mentions.customer


class _Store:
    """What ClickHouse would keep of one call: of each key the highest version, the last one of equals."""

    def __init__(self) -> None:
        self.call: CallRow | None = None
        self.segments: dict[str, SegmentRow] = {}
        self._mentions: dict[str, dict[str, Any]] = {"trackers": {}, "names": {}}

    def write(self, conversation: Conversation, *, segments_only: bool) -> None:
        for row in segment_rows(conversation, epoch=1):
            if row.segment_id not in self.segments or row.version >= self.segments[row.segment_id].version:
                self.segments[row.segment_id] = row
        if segments_only:
            return
        call = call_row(conversation, epoch=1)
        if self.call is None or call.version >= self.call.version:
            self.call = call
        for keyword in keyword_rows(conversation, epoch=1):
            self._put("trackers", keyword.tracker_id, keyword)
        for name in name_rows(conversation, epoch=1):
            self._put("names", name.name_key, name)

    def _put(self, kind: str, key: str, row: Any) -> None:
        known = self._mentions[kind].get(key)
        if known is None or row.version >= known.version:
            self._mentions[kind][key] = row

    def mentions(self, kind: str) -> dict[str, tuple[int, int]]:
        return {
            key: (row.mentions_seller, row.mentions_customer)
            for key, row in self._mentions[kind].items()
            if row.mentions_seller + row.mentions_customer
        }

    def read(self) -> StoredCall:
        return StoredCall(
            self.call,
            tuple(self.segments.values()),
            frozenset(self._mentions["trackers"]),
            frozenset(self._mentions["names"]),
        )
