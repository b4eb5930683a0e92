"""The rows that go out: one NamedTuple a table, whose fields are the table's columns in their order.

A field with one value for each of the metrics that count words has as many columns; `clickhouse.schema.columns` knows.

Rows are absolute. Every table keeps, of the rows with one key, the one with the highest version; a row that is written
twice is the same row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from schemas.events import ActivityKind, DealState, Side, TrackerKind

FIRST_EPOCH = 1
"""Epoch of the analysis before history was ever rebuilt."""

_FACT_BITS = 40
_CONTEXT_BITS = 20  # a revision takes the other twenty

COMPOUND_SCALE = 10_000
"""Compounds are kept as whole ten-thousandths, as VADER rounds them, so that sums do not depend on the order."""


WordCounts = tuple[int | None, ...]
"""How often a segment says what is counted of sellers, in the order of `metrics.COUNTED_WORDS`; None is unknown."""


def row_version(epoch: int, facts_version: int) -> int:
    """The version of a row: what a later epoch of the analysis says wins, then who knew more facts."""
    return (epoch << _FACT_BITS) + facts_version


def segment_version(epoch: int, revision: int, facts_version: int) -> int:
    """The version of a segment's row: what was corrected last wins, then who knew more facts of the call, by which a
    short segment's language is detected. A worker that was overtaken may know more of the call and less of the
    segment."""
    return (epoch << _FACT_BITS) + (revision << _CONTEXT_BITS) + min(facts_version, (1 << _CONTEXT_BITS) - 1)


def epoch_of(version: int) -> int:
    """The epoch in which a row of this version was written."""
    return version >> _FACT_BITS


class SegmentRow(NamedTuple):
    """One segment of speech with what was found in it. Key: call_id, segment_id; version: `version`."""

    call_id: str
    segment_id: str
    version: int
    revision: int
    seller_id: str
    call_started_at: datetime
    speaker: Side
    participant_id: str
    start_ms: int
    end_ms: int
    consent: bool
    text: str
    language: str
    language_told: bool
    confidence: float | None
    words: int
    word_counts: WordCounts
    compound_e4: int | None
    questions_open: int
    questions_closed: int
    mention_trackers: list[str]
    mention_surfaces: list[str]
    mention_starts: list[int]
    name_keys: list[str]
    name_names: list[str]
    name_surfaces: list[str]
    name_starts: list[int]
    questions: list[str]
    actions: list[str]
    terms: list[str]
    term_forms: list[str]
    received_at: datetime


class CallRow(NamedTuple):
    """One call with all its numbers. Key: seller_id, call_started_at, call_id; version: `version`.

    Durations are milliseconds, shares and ratios 0 to 1, compounds -1 to 1; None where nothing is known.
    """

    seller_id: str
    call_started_at: datetime
    call_id: str
    version: int
    title: str
    direction: str
    channel: str
    kind: str
    recording_id: str
    customer_id: str
    customer_name: str
    opportunity_id: str
    language: str
    declared_language: str
    participant_ids: list[str]
    participant_sides: list[str]
    participant_names: list[str]
    started_revision: int
    ended_revision: int
    ended_duration_ms: int
    ended: bool
    consent: bool
    segments: int
    duration_ms: int
    talk_seller_ms: int
    talk_customer_ms: int
    talk_ratio: float | None
    words_seller: int
    words_customer: int
    words_per_minute_seller: float | None
    words_per_minute_customer: float | None
    word_rates: tuple[float | None, ...]
    """By minute of the seller's own talk, in the order of `metrics.COUNTED_WORDS`."""
    switches: int
    switches_per_hour: float | None
    pause_before_speaking_ms: float | None
    longest_monologue_seller_ms: int
    longest_monologue_customer_ms: int
    interruptions_seller: int
    interruptions_customer: int
    silence_ms: int
    questions_seller_open: int
    questions_seller_closed: int
    questions_customer_open: int
    questions_customer_closed: int
    sentiment_compound: float | None
    sentiment_positive_ms: int
    sentiment_neutral_ms: int
    sentiment_negative_ms: int
    sentiment_label: str
    sentiment_direction: float | None
    unknown_language_segments: int
    last_event_at: datetime


class CallKeywordRow(NamedTuple):
    """How often a call mentions a tracker. Key: seller_id, call_started_at, call_id, tracker_id; version: `version`.

    A mention that a correction took away leaves a row of zeros.
    """

    seller_id: str
    call_started_at: datetime
    call_id: str
    tracker_id: str
    version: int
    mentions_seller: int
    mentions_customer: int
    first_ms: int


class CallNameRow(NamedTuple):
    """How often a call mentions a name that is in no list. Key: seller_id, call_started_at, call_id, name_key."""

    seller_id: str
    call_started_at: datetime
    call_id: str
    name_key: str
    version: int
    name: str
    mentions_seller: int
    mentions_customer: int
    first_ms: int
    customer: str
    """Whose call it is, by id, else by name; empty where nobody knows."""


class OpportunityChangeRow(NamedTuple):
    """A deal as it stood from `changed_at` on. Key: opportunity_id, changed_at; version: `revision`."""

    opportunity_id: str
    changed_at: datetime
    revision: int
    seller_id: str
    customer_id: str
    name: str
    stage: str
    state: DealState
    estimated_value: Decimal
    actual_value: Decimal | None
    currency: str
    win_probability: float | None
    estimated_close_on: date | None
    closed_on: date | None
    received_at: datetime


class ActivityRow(NamedTuple):
    """Time that a seller spent. Key: activity_id; version: `revision`."""

    activity_id: str
    revision: int
    seller_id: str
    opportunity_id: str
    kind: ActivityKind
    started_at: datetime
    duration_minutes: float
    with_customer: bool
    received_at: datetime


class SellerRow(NamedTuple):
    """A seller. Key: seller_id; version: `revision`."""

    seller_id: str
    revision: int
    name: str
    team: str
    manager_id: str
    starred: bool
    active: bool
    received_at: datetime


class TrackerRow(NamedTuple):
    """A keyword or competitor. Key: tracker_id; version: `revision`."""

    tracker_id: str
    revision: int
    name: str
    kind: TrackerKind
    aliases: list[str]
    language: str
    side: str
    word_forms: bool
    compounds: bool
    only_as_name: bool | None
    removed: bool
    received_at: datetime


class PeriodRow(NamedTuple):
    """A sales period. Key: period_id; version: `revision`."""

    period_id: str
    revision: int
    starts_on: date
    ends_on: date
    team: str
    target_value: Decimal | None
    currency: str
    received_at: datetime


class DeadLetterRow(NamedTuple):
    """A message that was rejected. Key: topic, partition, offset, received_at; version: `version`, always 1.

    The message itself is in the dead-letter topic; here is only where it came from and why. `received_at` is the
    message's own time, which tells apart two topics of one name; `arrived_at` is the worker's clock, by which the row
    is kept.
    """

    topic: str
    partition: int
    offset: int
    version: int
    reason: str
    detail: str
    received_at: datetime
    refused_by: str
    arrived_at: datetime


class WithdrawnConsentRow(NamedTuple):
    """A segment whose consent was withdrawn. Key: call_id, segment_id; version: twice the revision that withdrew it,
    and one more when it is `purged`: no replaced row holds its words any more."""

    call_id: str
    segment_id: str
    version: int
    seller_id: str
    call_started_at: datetime
    purged: bool


Row = (
    SegmentRow
    | WithdrawnConsentRow
    | CallRow
    | CallKeywordRow
    | CallNameRow
    | OpportunityChangeRow
    | ActivityRow
    | SellerRow
    | TrackerRow
    | PeriodRow
    | DeadLetterRow
)


@dataclass(frozen=True, slots=True)
class StoredCall:
    """What the store holds of a call. `trackers` and `names` are those that have a row, also one of zeros."""

    call: CallRow | None
    segments: tuple[SegmentRow, ...]
    trackers: frozenset[str]
    names: frozenset[str]
