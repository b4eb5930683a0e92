"""What the store must hold of facts, worked out without the fold: no Conversation, and no rows that it makes.

The analyses of one segment are the product's own, which other tests hold to their definitions; everything that is made
of several segments is made here anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from processors.analysis.analyser import NOTHING, Analyser, Findings
from processors.analysis.masking import mask
from processors.analysis.terms import MAX_TERMS, MIN_PAIR_COUNT
from processors.conversation.timeline import Span, measure
from schemas.events import AnyEvent, CallEnded, CallEvent, CallSegment, CallStarted
from tests.support import speech_oracle

Columns = dict[str, Any]


def latest(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """Each fact at its highest revision; of equal ones the first."""
    known: dict[tuple[Any, ...], AnyEvent] = {}
    for event in events:
        fact = (type(event), *event.fact_id)
        if fact not in known or event.revision > known[fact].revision:
            known[fact] = event
    return list(known.values())


def most_said(counts: Mapping[str, int]) -> dict[str, int]:
    """The terms of a call that the store keeps: said most first, equal ones in alphabetical order, at most MAX_TERMS;
    one of two words only where it is said MIN_PAIR_COUNT times."""
    kept = [(-count, term) for term, count in counts.items() if count >= MIN_PAIR_COUNT or " " not in term]
    return {term: -minus_count for minus_count, term in sorted(kept)[:MAX_TERMS]}


def calls(events: Iterable[AnyEvent], analyser: Analyser) -> dict[str, Columns]:
    """Call -> the columns of its row that follow from these facts, its texts, and mentions as (seller, customer)."""
    by_call: dict[str, list[CallEvent]] = defaultdict(list)
    for event in latest(events):
        if isinstance(event, CallEvent):
            by_call[event.call_id].append(event)
    return {call_id: _call(of_one, analyser) for call_id, of_one in by_call.items()}


def _call(events: Sequence[CallEvent], analyser: Analyser) -> Columns:
    started = next((event for event in events if isinstance(event, CallStarted)), None)
    ended = next((event for event in events if isinstance(event, CallEnded)), None)
    segments = [event for event in events if isinstance(event, CallSegment)]
    found = _findings(segments, started, analyser)
    duration = ended.duration_ms if ended else max((one.end_ms for one in segments), default=0)
    # one scan over the final segments: what the fold keeps up to date, segment by segment, in any order
    times = measure(Span(one.start_ms, one.end_ms, one.speaker, one.segment_id, None) for one in segments)
    columns: Columns = {
        "facts_version": sum(event.revision for event in events),
        "title": mask(started.title or "") if started else "",
        "customer_name": mask(started.customer_name or "") if started else "",
        "ended": ended is not None,
        "consent": all(one.consent for one in segments),
        "segments": len(segments),
        "duration_ms": duration,
        "silence_ms": speech_oracle.silence_ms(segments),
        "switches": times.switches,
        "interruptions_seller": times.interruptions_seller,
        "interruptions_customer": times.interruptions_customer,
        "unknown_language_segments": sum(
            bool(one.words) and one.compound_e4 is None for one in found.values()
        ),
    }
    for side in ("seller", "customer"):
        mine = [one for one in segments if one.speaker == side]
        columns[f"talk_{side}_ms"] = speech_oracle.talk_ms(segments, side)
        columns[f"words_{side}"] = sum(found[one.segment_id].words for one in mine)
        asked = [each.kind for one in mine for each in found[one.segment_id].questions]
        columns[f"questions_{side}_open"] = asked.count("open")
        columns[f"questions_{side}_closed"] = asked.count("closed")
    for label, belongs in _CLASSES.items():
        columns[f"sentiment_{label}_ms"] = sum(
            one.end_ms - one.start_ms
            for one in segments
            if one.speaker == "customer"
            and (score := found[one.segment_id].compound_e4) is not None
            and belongs(score)
        )
    columns["texts"] = {one.segment_id: found[one.segment_id].text for one in segments}
    tracked = {key: [each.tracker_id for each in one.mentions] for key, one in found.items()}
    columns["mentions"] = _by_side(segments, tracked)
    return columns


_CLASSES: dict[str, Callable[[int], bool]] = {
    "positive": lambda e4: e4 >= 500,
    "neutral": lambda e4: -500 < e4 < 500,
    "negative": lambda e4: e4 <= -500,
}


def _findings(
    segments: Sequence[CallSegment], started: CallStarted | None, analyser: Analyser
) -> dict[str, Findings]:
    """What each segment says, in its own language, or else in the call's: the stated one, or that of most segments."""
    prepared = {
        one.segment_id: analyser.prepare(one.text, one.language) if one.consent else ("", None)
        for one in segments
    }
    spoken = Counter(language.split("-")[0].lower() for _, language in prepared.values() if language)
    most = min(spoken, key=lambda tag: (-spoken[tag], tag), default=None)
    of_call = (started.language if started else None) or most
    return {
        one.segment_id: analyser.analyse(*_in(prepared[one.segment_id], of_call), one.speaker)
        if one.consent
        else NOTHING
        for one in segments
    }


def _in(prepared: tuple[str, str | None], of_call: str | None) -> tuple[str, str | None]:
    text, language = prepared
    return text, language or of_call


def _by_side(segments: Sequence[CallSegment], said: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in segments:
        for key in said[one.segment_id]:
            counts[key][one.speaker] += 1
    return {key: (each["seller"], each["customer"]) for key, each in counts.items()}
