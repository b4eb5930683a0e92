"""A conversation as rows, and rows as a conversation again: both directions of one mapping.

What the store holds of a call is enough to go on folding where the last worker stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # Any: fields that pydantic checks

from clickhouse.schema.rows import (
    CallKeywordRow,
    CallNameRow,
    CallRow,
    SegmentRow,
    StoredCall,
    WithdrawnConsentRow,
    epoch_of,
    row_version,
    segment_version,
)
from processors.analysis.analyser import NOTHING, Analyser
from processors.conversation.segments import (
    AnalysedSegment,
    SegmentState,
    counted_mentions,
    counted_names,
)
from processors.conversation.state import Conversation
from processors.conversation.timeline import Span
from processors.text.marks import is_speech
from schemas.events import CallEnded, CallSegment, CallStarted, Participant


def segment_rows(conversation: Conversation, epoch: int) -> list[SegmentRow]:
    """The segments that are dirty since the last write."""
    facts_version = conversation.facts_version
    return [
        _segment_row(segment, segment_version(epoch, segment.event.revision, facts_version))
        for segment in conversation.dirty_segments.values()
    ]


def _segment_row(segment: AnalysedSegment, version: int) -> SegmentRow:
    event, findings = segment.event, segment.findings
    trackers, tracker_surfaces, tracker_starts = _columns(findings.mentions, 3)
    names, name_keys, name_surfaces, name_starts = _columns(findings.names, 4)
    return SegmentRow(
        call_id=event.call_id,
        segment_id=event.segment_id,
        version=version,
        revision=event.revision,
        seller_id=event.seller_id,
        call_started_at=event.call_started_at,
        speaker=event.speaker,
        participant_id=event.participant_id or "",
        start_ms=event.start_ms,
        end_ms=event.end_ms,
        consent=event.consent,
        text=findings.text,
        language=findings.language or "",
        language_told=segment.tells_language,
        confidence=event.confidence,
        words=findings.words,
        word_counts=findings.word_counts,
        compound_e4=findings.compound_e4,
        questions_open=findings.open_questions,
        questions_closed=findings.closed_questions,
        mention_trackers=trackers,
        mention_surfaces=tracker_surfaces,
        mention_starts=tracker_starts,
        name_keys=name_keys,
        name_names=names,
        name_surfaces=name_surfaces,
        name_starts=name_starts,
        questions=[question.sentence for question in findings.questions] if findings.questions else [],
        actions=list(findings.actions),
        terms=[term.base for term in findings.terms],
        term_forms=[term.form for term in findings.terms],
        received_at=segment.received_at,
    )


def _columns(found: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """What was found, field by field; `width` is the number of fields."""
    return [list(column) for column in zip(*found, strict=True)] if found else [[] for _ in range(width)]


def withdrawn_rows(conversation: Conversation, _epoch: int) -> list[WithdrawnConsentRow]:
    """The segments whose consent was withdrawn since the last write."""
    return [
        WithdrawnConsentRow(
            conversation.call_id,
            segment_id,
            2 * revision,
            conversation.seller_id,
            conversation.call_started_at,
            purged=False,
        )
        for segment_id, revision in conversation.withdrawn.items()
    ]


def call_row(conversation: Conversation, epoch: int) -> CallRow:
    """The call with all its numbers."""
    started, ended, metrics = conversation.started, conversation.ended, conversation.metrics()
    sentiment = metrics.sentiment
    participants = started.participants if started else ()
    return CallRow(
        seller_id=conversation.seller_id,
        call_started_at=conversation.call_started_at,
        call_id=conversation.call_id,
        version=row_version(epoch, conversation.facts_version),
        title=(started and started.title) or "",
        direction=(started and started.direction) or "",
        channel=(started and started.channel) or "",
        kind=(started and started.kind) or "",
        recording_id=(started and started.recording_id) or "",
        customer_id=(started and started.customer_id) or "",
        customer_name=(started and started.customer_name) or "",
        opportunity_id=(started and started.opportunity_id) or "",
        language=conversation.language or "",
        declared_language=(started and started.language) or "",
        participant_ids=[participant.participant_id for participant in participants],
        participant_sides=[participant.side for participant in participants],
        participant_names=[participant.name for participant in participants],
        started_revision=started.revision if started else 0,
        ended_revision=ended.revision if ended else 0,
        ended_duration_ms=ended.duration_ms if ended else 0,
        ended=metrics.ended,
        consent=metrics.consent,
        segments=metrics.segments,
        duration_ms=metrics.duration_ms,
        talk_seller_ms=metrics.talk_ms.seller,
        talk_customer_ms=metrics.talk_ms.customer,
        talk_ratio=metrics.talk_ratio,
        words_seller=metrics.words.seller,
        words_customer=metrics.words.customer,
        words_per_minute_seller=metrics.words_per_minute.seller,
        words_per_minute_customer=metrics.words_per_minute.customer,
        word_rates=metrics.word_rates,
        switches=metrics.switches,
        switches_per_hour=metrics.switches_per_hour,
        pause_before_speaking_ms=metrics.pause_before_speaking_ms,
        longest_monologue_seller_ms=metrics.longest_monologue_ms.seller,
        longest_monologue_customer_ms=metrics.longest_monologue_ms.customer,
        interruptions_seller=metrics.interruptions.seller,
        interruptions_customer=metrics.interruptions.customer,
        silence_ms=metrics.silence_ms,
        questions_seller_open=metrics.questions_open.seller,
        questions_seller_closed=metrics.questions_closed.seller,
        questions_customer_open=metrics.questions_open.customer,
        questions_customer_closed=metrics.questions_closed.customer,
        sentiment_compound=sentiment.compound,
        sentiment_positive_ms=sentiment.positive_ms,
        sentiment_neutral_ms=sentiment.neutral_ms,
        sentiment_negative_ms=sentiment.negative_ms,
        sentiment_label=sentiment.label or "",
        sentiment_direction=sentiment.direction,
        unknown_language_segments=metrics.unknown_language_segments,
        last_event_at=conversation.last_event_at,
    )


def keyword_rows(conversation: Conversation, epoch: int) -> list[CallKeywordRow]:
    """All trackers that the call ever mentioned, with zeros where a mention went away: a worker that was overtaken may
    have written some of them later, from fewer facts."""
    version = row_version(epoch, conversation.facts_version)
    rows = []
    for tracker_id in sorted(conversation.dirty_trackers):
        mentions = conversation.mentions_of(tracker_id)
        rows.append(
            CallKeywordRow(
                conversation.seller_id,
                conversation.call_started_at,
                conversation.call_id,
                tracker_id,
                version,
                mentions.seller,
                mentions.customer,
                mentions.first_ms,
            )
        )
    return rows


def name_rows(conversation: Conversation, epoch: int) -> list[CallNameRow]:
    """All names that the call ever mentioned, as `keyword_rows`."""
    version = row_version(epoch, conversation.facts_version)
    started = conversation.started
    customer = (started and (started.customer_id or (started.customer_name or "").lower())) or ""
    rows = []
    for key in sorted(conversation.dirty_names):
        mentions = conversation.mentions_of_name(key)
        rows.append(
            CallNameRow(
                conversation.seller_id,
                conversation.call_started_at,
                conversation.call_id,
                key,
                version,
                conversation.name_of(key) if mentions.seller + mentions.customer else key,
                mentions.seller,
                mentions.customer,
                mentions.first_ms,
                customer,
            )
        )
    return rows


def restore(stored: StoredCall, analyser: Analyser, epoch: int) -> Conversation | None:
    """The conversation that the rows are of; None when there are none.

    Everything that the store derived from the facts counts as dirty: a worker may have died between writing a fact
    and writing what follows from it. A segment of an earlier epoch is reprocessed.
    """
    first: CallRow | SegmentRow | None = stored.call or next(iter(stored.segments), None)
    if first is None:
        return None
    conversation = Conversation(first.call_id, first.seller_id, first.call_started_at)
    if (call := stored.call) is not None:
        _restore_ends(conversation, call)
    for row in stored.segments:
        if epoch_of(row.version) < epoch:
            conversation.write(_reprocessed(row, analyser))
        else:
            conversation.keep(_segment_state(row))
        conversation.last_event_at = max(conversation.last_event_at, row.received_at)
    conversation.dirty_trackers |= stored.trackers
    conversation.dirty_names |= stored.names
    return conversation


def _restore_ends(conversation: Conversation, call: CallRow) -> None:
    identity: dict[str, Any] = {
        "call_id": call.call_id,
        "seller_id": call.seller_id,
        "call_started_at": call.call_started_at,
    }
    if call.started_revision:
        conversation.apply_started(
            CallStarted.model_construct(
                **identity,
                revision=call.started_revision,
                title=call.title or None,
                direction=call.direction or None,
                channel=call.channel or None,
                kind=call.kind or None,
                recording_id=call.recording_id or None,
                customer_id=call.customer_id or None,
                customer_name=call.customer_name or None,
                opportunity_id=call.opportunity_id or None,
                language=call.declared_language or None,
                participants=tuple(
                    Participant.model_construct(participant_id=who, side=side, name=name)
                    for who, side, name in zip(
                        call.participant_ids, call.participant_sides, call.participant_names, strict=True
                    )
                ),
            )
        )
    if call.ended_revision:
        conversation.apply_ended(
            CallEnded.model_construct(
                **identity, revision=call.ended_revision, duration_ms=call.ended_duration_ms
            )
        )
    conversation.last_event_at = max(conversation.last_event_at, call.last_event_at)


def _segment_state(row: SegmentRow) -> SegmentState:
    return SegmentState(
        span=Span(
            row.start_ms,
            row.end_ms,
            row.speaker,
            row.segment_id,
            row.compound_e4 if row.speaker == "customer" else None,
            is_speech(row.text),
        ),
        revision=row.revision,
        consent=row.consent,
        language=row.language or None,
        words=row.words,
        word_counts=row.word_counts,
        compound_e4=row.compound_e4,
        questions_open=row.questions_open,
        questions_closed=row.questions_closed,
        mentions=counted_mentions(row.mention_trackers),
        names=counted_names(list(zip(row.name_keys, row.name_names, strict=True))),
        awaits_language=None if row.language_told else _analysed_segment(row),
    )


def _reprocessed(row: SegmentRow, analyser: Analyser) -> AnalysedSegment:
    language = (row.language or None) if row.language_told else None
    findings = analyser.analyse(row.text, language, row.speaker) if row.consent else NOTHING
    return AnalysedSegment(_event(row), findings, row.received_at, row.language_told)


def _analysed_segment(row: SegmentRow) -> AnalysedSegment:
    """A segment that is analysed in the call's language: enough of it to be reprocessed when that changes."""
    findings = NOTHING._replace(text=row.text, language=row.language or None)
    return AnalysedSegment(_event(row), findings, row.received_at, tells_language=False)


def _event(row: SegmentRow) -> CallSegment:
    """The event of a segment, but for its text."""
    return CallSegment.model_construct(
        call_id=row.call_id,
        seller_id=row.seller_id,
        call_started_at=row.call_started_at,
        revision=row.revision,
        consent=row.consent,
        segment_id=row.segment_id,
        speaker=row.speaker,
        participant_id=row.participant_id or None,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        confidence=row.confidence,
    )
