"""A whole call: its events as speech-to-text and telephony would send them, and the truth about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from schemas.events import (
    AnyEvent,
    CallEnded,
    CallSegment,
    CallStarted,
    Participant,
    Side,
)
from streams.replay import TimedEvent
from streams.simulator.briefs import CallBrief, Kind, Threat
from streams.simulator.course import Stage
from streams.simulator.dialogue import perform
from streams.simulator.fashion import Fashion
from streams.simulator.screenplay import Repertoire, Script
from streams.simulator.slots import Slots
from streams.simulator.timing import Recording, record
from streams.simulator.trackers import mentions
from streams.simulator.transcription import Engine, transcribe

_LANGUAGE_TAGS = {"da": "da-DK", "en": "en-GB"}
_KINDS: Mapping[Kind, str] = {"won": "decision", "lost": "decision", "wrong_number": "cold"}
"""What telephony calls kinds of calls, where it is not what scripts call them: it does not know how one will end."""
_THREAT_TOPICS: Mapping[Threat, str] = {"rival": "competitor", "budget": "budget", "price": "price"}
_NO_SALE = ("service", "complaint", "won", "lost", "voicemail", "wrong_number")
_SURELY, _HARDLY = 200.0, 0.02
"""Demand for a topic that weighs on a deal, and for one that is none of it."""
_SPEAKERS: Mapping[tuple[Side, bool], str] = {
    ("seller", False): "p-seller",
    ("seller", True): "p-specialist",
    ("customer", False): "p-customer",
    ("customer", True): "p-colleague",
}
_NO_CONSENT = 0.02
_LINKED_LATER = 0.04
_PLAIN_TRANSCRIPT = 0.15


@dataclass(frozen=True, slots=True)
class CallTruth:
    """What was planned into a call: what an analysis of its final facts must find.

    Times are whole milliseconds. Without consent nothing may be found in the words: `questions` and `mentions` are
    empty then.
    """

    call_id: str
    seller_id: str
    customer_id: str
    opportunity_id: str | None
    started_at: datetime
    language: str
    consent: bool
    duration_ms: int
    segments: int
    talk_ms: Mapping[Side, int]
    switches: int
    interruptions: Mapping[Side, int]
    silence_ms: int
    questions: Mapping[Side, int]
    mentions: Mapping[Side, Mapping[str, int]]
    """By tracker id."""
    mood: float
    """Mean of the customer's planned mood over their turns, -1 to 1."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call from its first event to its last."""

    brief: CallBrief
    events: tuple[TimedEvent, ...]
    """In the order in which they are sent."""
    truth: CallTruth
    ends_at: datetime
    """When the line is free again."""


def make_call(
    brief: CallBrief, repertoire: Repertoire, fashion: Fashion, rng: Random, mood: Callable[[float], float]
) -> Call:
    """A call that follows its brief; `mood` gives the customer's mood at a progress from 0 to 1."""
    day = brief.started_at.date()
    script = _script(brief, repertoire, rng)
    slots = Slots(brief, fashion, day, rng)
    stage = Stage(
        repertoire=repertoire,
        style=brief.seller.style,
        selling=brief.kind not in _NO_SALE,
        family=brief.product.family,
        mood=mood,
        demand=lambda topic: _demand(topic, brief, fashion),
        slot=slots,
        minutes=brief.minutes,
        colleague=brief.colleague is not None,
        specialist=brief.specialist is not None,
    )
    speeches = perform(script, stage, rng)
    recording = record(speeches, brief.customer.language, rng, brief.seller.style)
    felt = [speech.mood for speech in speeches if speech.side == "customer"]
    title = script.title.render(rng, slots)
    return _Transcript(brief, recording, rng).call(title, sum(felt) / len(felt) if felt else 0.0)


def _script(brief: CallBrief, repertoire: Repertoire, rng: Random) -> Script:
    """A script for the call; who says no, says it for the reason that weighed on the deal."""
    scripts = repertoire.of_kind(brief.kind, brief.product.family)
    if brief.kind == "lost":
        reason = brief.threat if brief.threat in ("rival", "budget") else "declined"
        scripts = [script for script in scripts if script.script_id.endswith(f"-{reason}")]
    return rng.choices(scripts, [script.weight for script in scripts])[0]


def _demand(topic: str, brief: CallBrief, fashion: Fashion) -> float:
    """How much a topic is asked for in a call: what weighs on its deal surely, a rival that it has not hardly."""
    if brief.threat and topic == _THREAT_TOPICS[brief.threat]:
        return _SURELY
    if topic == "competitor" and brief.opportunity_id and brief.rival is None:
        return _HARDLY
    return fashion.popularity(topic, brief.started_at.date())


class _Transcript:
    """Turns a recording into events and keeps count of what they say in the end."""

    def __init__(self, brief: CallBrief, recording: Recording, rng: Random) -> None:
        self._brief, self._recording, self._rng = brief, recording, rng
        self._events: list[TimedEvent] = []
        self._consent = rng.random() >= _NO_CONSENT
        self._questions: Counter[Side] = Counter()
        self._mentions: Mapping[Side, Counter[str]] = {"seller": Counter(), "customer": Counter()}

    def call(self, title: str, mood: float) -> Call:
        brief, recording, rng = self._brief, self._recording, self._rng
        self._start(title)
        engine: Engine = "plain" if rng.random() < _PLAIN_TRANSCRIPT else "punctuated"
        tags_segments = rng.random() < 0.5
        talk_ms: dict[Side, int] = {"seller": 0, "customer": 0}
        for number, stretch in enumerate(recording.stretches, start=1):
            talk_ms[stretch.side] += stretch.end_ms - stretch.start_ms
            self._segment(f"s-{number:04}", number - 1, engine, tags_segments)
        duration_ms = max(stretch.end_ms for stretch in recording.stretches) + rng.randint(300, 2_200)
        ends_at = brief.started_at + timedelta(milliseconds=duration_ms)
        ended = CallEnded(
            call_id=brief.call_id,
            call_started_at=brief.started_at,
            seller_id=brief.seller.seller_id,
            duration_ms=duration_ms,
        )
        self._send(ends_at + timedelta(milliseconds=rng.randint(100, 1_200)), ended)
        self._events.sort(key=lambda timed: timed.at)
        truth = CallTruth(
            call_id=brief.call_id,
            seller_id=brief.seller.seller_id,
            customer_id=brief.customer.customer_id,
            opportunity_id=brief.opportunity_id,
            started_at=brief.started_at,
            language=brief.customer.language,
            consent=self._consent,
            duration_ms=duration_ms,
            segments=len(recording.stretches),
            talk_ms=talk_ms,
            switches=recording.switches,
            interruptions=recording.interruptions,
            silence_ms=recording.silence_ms,
            questions=self._questions,
            mentions=self._mentions,
            mood=mood,
        )
        return Call(brief, tuple(self._events), truth, ends_at)

    def _send(self, at: datetime, event: AnyEvent) -> None:
        self._events.append(TimedEvent(at, event))

    def _start(self, title: str) -> None:
        brief = self._brief
        started = CallStarted(
            call_id=brief.call_id,
            call_started_at=brief.started_at,
            seller_id=brief.seller.seller_id,
            title=title,
            direction=brief.direction,
            channel=brief.channel,
            kind=_KINDS.get(brief.kind, brief.kind),
            customer_id=brief.customer.customer_id,
            customer_name=brief.customer.name,
            opportunity_id=brief.opportunity_id,
            language=_LANGUAGE_TAGS[brief.customer.language],
            participants=tuple(self._participants()),
        )
        if brief.opportunity_id is not None and self._rng.random() < _LINKED_LATER:
            self._send(brief.started_at, started.model_copy(update={"opportunity_id": None}))
            linked = started.model_copy(update={"revision": 2})
            self._send(brief.started_at + timedelta(seconds=self._rng.randint(20, 90)), linked)
        else:
            self._send(brief.started_at, started)

    def _participants(self) -> Iterator[Participant]:
        brief = self._brief
        people: tuple[tuple[Side, str, str | None], ...] = (
            ("seller", "p-seller", brief.seller.name),
            ("customer", "p-customer", brief.customer.contact),
            ("seller", "p-specialist", brief.specialist),
            ("customer", "p-colleague", brief.colleague),
        )
        for side, participant_id, name in people:
            if name:
                yield Participant(participant_id=participant_id, side=side, name=name)

    def _segment(self, segment_id: str, number: int, engine: Engine, tagged: bool) -> None:
        brief, stretch = self._brief, self._recording.stretches[number]
        language = brief.customer.language
        hypotheses = transcribe(stretch.text, stretch.end_ms - stretch.start_ms, language, engine, self._rng)
        for revision, heard in enumerate(hypotheses, start=1):
            event = CallSegment(
                revision=revision,
                call_id=brief.call_id,
                call_started_at=brief.started_at,
                seller_id=brief.seller.seller_id,
                consent=self._consent,
                segment_id=segment_id,
                speaker=stretch.side,
                participant_id=_SPEAKERS[stretch.side, stretch.second],
                start_ms=stretch.start_ms,
                end_ms=stretch.end_ms - heard.shortened_ms,
                text=heard.text,
                language=_LANGUAGE_TAGS[language] if tagged else None,
                confidence=heard.confidence,
            )
            self._send(brief.started_at + timedelta(milliseconds=stretch.end_ms + heard.delay_ms), event)
        if self._consent:
            self._questions[stretch.side] += stretch.text.count("?")
            self._mentions[stretch.side].update(mentions(hypotheses[-1].text, language))
