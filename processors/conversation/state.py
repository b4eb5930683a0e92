"""The fold: from the facts of one call, in whatever order and however often they come, to the call's numbers.

A `Conversation` is what a set of facts amounts to. Taking a fact twice changes nothing, a higher revision replaces a
lower one, and the order does not matter: every number is a sum of whole numbers, a maximum, or a function of these.
No words are kept once they are written, with one exception: a segment too short to tell its language ("okay") is
analysed in the language of the call, and once more when that turns out to be another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from clickhouse.schema.metrics import COUNTED_WORDS
from clickhouse.schema.rows import COMPOUND_SCALE
from processors.analysis.analyser import NOTHING, Analyser
from processors.analysis.masking import mask
from processors.analysis.names.extraction import own_keys
from processors.analysis.sentiment import NEGATIVE_UP_TO, POSITIVE_FROM, Sentiment, classify
from processors.analysis.trackers import primary_language
from processors.conversation.metrics import BySide, CallMetrics, CallSentiment, Mentions
from processors.conversation.segments import AnalysedSegment, SegmentState, bytes_of, segment_state
from processors.conversation.timeline import Span, Timeline
from schemas.events import CallEnded, CallEvent, CallFact, CallSegment, CallStarted, Side
from schemas.fields import EARLIEST

_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_POSITIVE_FROM_E4 = round(POSITIVE_FROM * COMPOUND_SCALE)
_NEGATIVE_UP_TO_E4 = round(NEGATIVE_UP_TO * COMPOUND_SCALE)


class IdentityConflictError(ValueError):
    """An event names another seller or another start than its call is known by."""


class _SideSums:
    """Sums over the segments of one side."""

    __slots__ = (
        "questions_closed",
        "questions_open",
        "without_consent",
        "words",
    )

    def __init__(self) -> None:
        self.words = 0
        self.questions_open = 0
        self.questions_closed = 0
        self.without_consent = 0


class Conversation:
    """What is known of one call."""

    def __init__(self, call_id: str, seller_id: str, call_started_at: datetime) -> None:
        self.call_id = call_id
        self.seller_id = seller_id
        self.call_started_at = call_started_at
        self.started: CallStarted | None = None
        self.ended: CallEnded | None = None
        self.last_event_at = EARLIEST
        """When the newest of its facts arrived; never a time that an event claims."""
        self.facts_version = 0
        """Sum of the revisions folded: grows with every fact that is taken."""
        self.held_bytes = 0
        """What the segments take in memory, estimated."""
        self.dirty_segments: dict[str, AnalysedSegment] = {}
        self.withdrawn: dict[str, int] = {}
        """Segments whose consent was withdrawn since the last write, with the revision that did."""
        self.dirty_trackers: set[str] = set()
        self.dirty_names: set[str] = set()
        self._segments: dict[str, SegmentState] = {}
        self._timeline = Timeline()
        self._sums: dict[Side, _SideSums] = {"seller": _SideSums(), "customer": _SideSums()}
        self._word_counts = [0 for _ in COUNTED_WORDS]
        self._without_count = [0 for _ in COUNTED_WORDS]
        """The seller's segments with words whose count is unknown: their language has no list."""
        self._mood_ms: dict[Sentiment, int] = {"positive": 0, "neutral": 0, "negative": 0}
        self._compound_ms = 0
        self._unknown_language = 0
        self._languages: Counter[str] = Counter()
        self._language: str | None = None
        self._awaiting_language: set[str] = set()
        self._trackers: dict[str, dict[str, tuple[Side, int, int]]] = {}
        self._own_names: frozenset[str] = frozenset()
        self._names: dict[str, dict[str, tuple[Side, int, int]]] = {}
        self._spellings: dict[str, Counter[str]] = {}

    @classmethod
    def of(cls, event: CallEvent) -> Conversation:
        """An empty conversation for the call that an event belongs to."""
        return cls(event.call_id, event.seller_id, event.call_started_at)

    @property
    def segment_count(self) -> int:
        """The number of segments."""
        return len(self._segments)

    def __contains__(self, segment_id: str) -> bool:
        return segment_id in self._segments

    def check_identity(self, event: CallEvent) -> None:
        """Raises IdentityConflictError when the event contradicts who sells, or when the call began."""
        if event.seller_id != self.seller_id:
            raise IdentityConflictError(_conflict("seller_id"))
        if event.call_started_at != self.call_started_at:
            raise IdentityConflictError(_conflict("call_started_at"))

    def apply(self, fact: CallFact, received_at: datetime, analyser: Analyser) -> bool:
        """Fold a fact in. False when it is a duplicate or older than what is known, and changes nothing.

        Raises IdentityConflictError.
        """
        self.check_identity(fact)
        match fact:
            case CallSegment():
                taken = self._apply_segment(fact, received_at, analyser)
            case CallStarted():
                taken = fact.revision > (self.started.revision if self.started else 0)
                if taken:
                    self.apply_started(_masked(fact))
            case CallEnded():
                taken = fact.revision > (self.ended.revision if self.ended else 0)
                if taken:
                    self.apply_ended(fact)
        if taken:
            self.last_event_at = max(self.last_event_at, received_at)
        return taken

    def apply_started(self, fact: CallStarted) -> None:
        """What is known of the call, from now on."""
        self.facts_version += fact.revision - (self.started.revision if self.started else 0)
        self.started = fact
        self._own_names = own_keys(
            fact.customer_name or "", [participant.name for participant in fact.participants]
        )
        self.dirty_names.update(self._names)  # what was taken for a brand may be the customer's own name

    def apply_ended(self, fact: CallEnded) -> None:
        """The end of the call, from now on."""
        self.facts_version += fact.revision - (self.ended.revision if self.ended else 0)
        self.ended = fact

    def _apply_segment(self, event: CallSegment, received_at: datetime, analyser: Analyser) -> bool:
        known = self._segments.get(event.segment_id)
        if known is not None and event.revision <= known.revision:
            return False
        if known is not None and known.consent and not event.consent:
            self.withdrawn[event.segment_id] = event.revision
        if event.consent:
            masked, language = analyser.prepare(event.text, event.language)
            segment = AnalysedSegment(
                event,
                analyser.analyse(masked, language or self._language, event.speaker),
                received_at,
                tells_language=language is not None,
            )
        else:
            segment = AnalysedSegment(event, NOTHING, received_at, tells_language=True)
        self.write(segment)
        return True

    def write(self, segment: AnalysedSegment) -> None:
        """Keep a segment, and note that it is to be written."""
        self.keep(segment_state(segment))
        self.dirty_segments[segment.event.segment_id] = segment

    def keep(self, segment: SegmentState) -> None:
        """Put a segment in the place of the one with its id, if there is one."""
        segment_id = segment.span.segment_id
        if (before := self._segments.get(segment_id)) is not None:
            self._timeline.remove(before.span)
            self._count(before, -1)
            self.facts_version -= before.revision
        self._segments[segment_id] = segment
        self._timeline.add(segment.span)
        self._count(segment, +1)
        self.facts_version += segment.revision

    def _count(self, segment: SegmentState, sign: int) -> None:
        """Add a segment to the sums, or take it out."""
        span = segment.span
        self.held_bytes += sign * bytes_of(segment)
        sums = self._sums[span.side]
        sums.words += sign * segment.words
        if span.side == "seller":
            for place, count in enumerate(segment.word_counts):
                if count is not None:
                    self._word_counts[place] += sign * count
                elif segment.words > 0:
                    self._without_count[place] += sign
        sums.questions_open += sign * segment.questions_open
        sums.questions_closed += sign * segment.questions_closed
        sums.without_consent += sign * (not segment.consent)
        self._unknown_language += sign * (segment.words > 0 and segment.compound_e4 is None)
        if span.score is not None:
            duration = span.end_ms - span.start_ms
            self._mood_ms[_class_of(span.score)] += sign * duration
            self._compound_ms += sign * duration * span.score
        if segment.awaits_language is not None:
            (self._awaiting_language.add if sign > 0 else self._awaiting_language.discard)(span.segment_id)
        elif segment.language is not None:
            self._languages[primary_language(segment.language) or ""] += sign
        for tracker_id, count in segment.mentions:
            self.dirty_trackers.add(tracker_id)
            _place(self._trackers, tracker_id, span, count, sign)
        for key, name, count in segment.names:
            if key not in self._own_names:
                self.dirty_names.add(key)
            _place(self._names, key, span, count, sign)
            self._spellings.setdefault(key, Counter())[name] += sign * count

    def resolve_language(self, analyser: Analyser) -> None:
        """Analyse in the call's language what is too short to tell its own; call it before reading any number.

        The call's language is the one that its start event gives, else the one of most segments.
        """
        language = self.started.language if self.started else None
        if language is None:
            ranked = sorted((-count, tag) for tag, count in self._languages.items() if count > 0)
            language = ranked[0][1] if ranked else None
        self._language = language
        for segment_id in sorted(self._awaiting_language):
            waiting = self._segments[segment_id].awaits_language
            if waiting is not None and waiting.findings.language != language:
                findings = analyser.analyse(waiting.findings.text, language, waiting.event.speaker)
                self.write(waiting._replace(findings=findings))

    @property
    def language(self) -> str | None:
        """The call's language, as `resolve_language` found it."""
        return self._language

    def mentions_of(self, tracker_id: str) -> Mentions:
        """How often a tracker is mentioned."""
        return _mentions(self._trackers.get(tracker_id))

    def mentions_of_name(self, key: str) -> Mentions:
        """How often a name is mentioned; never, where it is the customer's own or that of somebody who takes part."""
        if key in self._own_names:
            return Mentions(0, 0, 0)
        return _mentions(self._names.get(key))

    def name_of(self, key: str) -> str:
        """The spelling of a name that is used most; its key when it is not mentioned any more."""
        spelled = sorted((-count, name) for name, count in self._spellings.get(key, {}).items() if count > 0)
        return spelled[0][1] if spelled else key

    def mentioned(self) -> tuple[list[str], list[str]]:
        """All trackers and all name keys that the call mentions now, sorted."""
        return (
            sorted(key for key, places in self._trackers.items() if places),
            sorted(key for key, places in self._names.items() if places and key not in self._own_names),
        )

    def mark_persisted(self) -> None:
        """All that was dirty has been written."""
        self.dirty_segments.clear()
        self.withdrawn.clear()
        # what is mentioned is written again each time, see rows.keyword_rows; but a name that went away is written as
        # zero once only where consent was withheld, lest it come back to the disk that it is deleted from
        if self._sums["seller"].without_consent or self._sums["customer"].without_consent:
            self.dirty_names = {key for key in self.dirty_names if self._names.get(key)}

    def metrics(self) -> CallMetrics:
        """The call's numbers from all facts taken so far."""
        totals = self._timeline.totals()
        duration = self.ended.duration_ms if self.ended else self._timeline.end_ms
        seller, customer = self._sums["seller"], self._sums["customer"]
        talk = totals.talk_seller_ms + totals.talk_customer_ms
        return CallMetrics(
            duration_ms=duration,
            ended=self.ended is not None,
            consent=not seller.without_consent and not customer.without_consent,
            segments=len(self._segments),
            talk_ms=BySide(totals.talk_seller_ms, totals.talk_customer_ms),
            talk_ratio=totals.talk_seller_ms / talk if talk else None,
            words=BySide(seller.words, customer.words),
            words_per_minute=BySide(
                _per_minute(seller.words, seller, totals.talk_seller_ms),
                _per_minute(customer.words, customer, totals.talk_customer_ms),
            ),
            word_rates=tuple(
                [
                    None if missing else _per_minute(count, seller, totals.talk_seller_ms)
                    for count, missing in zip(self._word_counts, self._without_count, strict=True)
                ]
            ),
            switches=totals.switches,
            switches_per_hour=totals.switches * _HOUR_MS / duration if duration else None,
            pause_before_speaking_ms=totals.pause_ms / totals.pauses if totals.pauses else None,
            longest_monologue_ms=BySide(
                totals.longest_monologue_seller_ms, totals.longest_monologue_customer_ms
            ),
            interruptions=BySide(totals.interruptions_seller, totals.interruptions_customer),
            silence_ms=totals.silence_ms,
            questions_open=BySide(seller.questions_open, customer.questions_open),
            questions_closed=BySide(seller.questions_closed, customer.questions_closed),
            sentiment=self._sentiment(duration),
            unknown_language_segments=self._unknown_language,
        )

    def _sentiment(self, duration: int) -> CallSentiment:
        weight = sum(self._mood_ms.values())
        compound = self._compound_ms / weight / COMPOUND_SCALE if weight else None
        first = self._timeline.weighted_score(0, -(-duration // 4))
        last = self._timeline.weighted_score(-(-3 * duration // 4), max(duration, self._timeline.end_ms) + 1)
        return CallSentiment(
            compound=compound,
            label=None if compound is None else classify(compound),
            positive_ms=self._mood_ms["positive"],
            neutral_ms=self._mood_ms["neutral"],
            negative_ms=self._mood_ms["negative"],
            direction=(last[1] / last[0] - first[1] / first[0]) / COMPOUND_SCALE
            if first[0] and last[0]
            else None,
        )


def _masked(fact: CallStarted) -> CallStarted:
    """The start without private numbers: telephony writes the caller's number where a title or a name belongs."""
    title = None if fact.title is None else mask(fact.title)
    customer_name = None if fact.customer_name is None else mask(fact.customer_name)
    names = [mask(participant.name) for participant in fact.participants]
    if (title, customer_name) == (fact.title, fact.customer_name) and all(
        name == participant.name for name, participant in zip(names, fact.participants, strict=True)
    ):
        return fact
    participants = tuple(
        participant.model_copy(update={"name": name})
        for name, participant in zip(names, fact.participants, strict=True)
    )
    return fact.model_copy(
        update={"title": title, "customer_name": customer_name, "participants": participants}
    )


def fold(facts: Iterable[tuple[CallFact, datetime]], analyser: Analyser) -> dict[str, Conversation]:
    """Conversations by call, from facts with the moment when each was received: the whole of the fold in one go."""
    conversations: dict[str, Conversation] = {}
    for fact, received_at in facts:
        conversation = conversations.get(fact.call_id)
        if conversation is None:
            conversation = conversations[fact.call_id] = Conversation.of(fact)
        conversation.apply(fact, received_at, analyser)
    for conversation in conversations.values():
        conversation.resolve_language(analyser)
    return conversations


def _conflict(field: str) -> str:
    return f"{field}: another one than the call is known by"


def _class_of(compound_e4: int) -> Sentiment:
    if compound_e4 >= _POSITIVE_FROM_E4:
        return "positive"
    return "negative" if compound_e4 <= _NEGATIVE_UP_TO_E4 else "neutral"


def _per_minute(count: int, sums: _SideSums, talk_ms: int) -> float | None:
    """A count of a side's words by minute of its talk; unknown when some of the words are."""
    return count * _MINUTE_MS / talk_ms if talk_ms and not sums.without_consent else None


def _place(
    index: dict[str, dict[str, tuple[Side, int, int]]], key: str, span: Span, count: int, sign: int
) -> None:
    """Note that a segment mentions something, or that it no longer does."""
    places = index.setdefault(key, {})
    if sign > 0:
        side, before, start = places.get(span.segment_id, (span.side, 0, span.start_ms))
        places[span.segment_id] = (side, before + count, start)
    else:
        places.pop(span.segment_id, None)


def _mentions(places: dict[str, tuple[Side, int, int]] | None) -> Mentions:
    if not places:
        return Mentions(0, 0, 0)
    by_side: Counter[Side] = Counter()
    for side, count, _ in places.values():
        by_side[side] += count
    return Mentions(by_side["seller"], by_side["customer"], min(start for _, _, start in places.values()))
