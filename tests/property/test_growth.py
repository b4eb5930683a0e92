"""Time grows with the length of a text and no faster, and memory likewise, whatever stands in it: by ratio, 1 to 8."""

from __future__ import annotations

import random
import time
import tracemalloc
from dataclasses import replace

import pytest

from processors.analysis.analyser import Analyser
from processors.analysis.trackers import Tracker, TrackerIndex
from schemas.fields import MAX_TEXT_LENGTH
from streams.worker.active_trackers import analyser_for

GROWTH = (1, 2, 4, 8)
SHORT = MAX_TEXT_LENGTH // GROWTH[-1] // 2
MOST = 24
"""Times as much for eight times the text: quadratic would be 64."""
HARDLY_SECONDS = 0.005
HARDLY_BYTES = 1 << 20

UNITS = (
    "a|1|é|e\u0301|🙂| |\n|.|?|(|[|'|@|a.|a-|1-|a@|@1DK50|one 1|en og |hundrede og |double |at b dot |snabel a |"
    "[noise] |(laughs) |<unk>"
    "|A. |I.B.M. |Nordlys A/S |Peter Hansen |Mr. |von der |of the |& |e.g. |f.eks. |10:30 |1.000,00 |kr. |DK50 0040 "
    "|CPR |account number is |what is |er det |right? |ikke? |I'll send |jeg sender |let me |not "
    "|ikke |very |never so "
    "|but |men |kind of |no problem |um, |øh |you know |Acme |acme corp |acme-|??() I.B.M. |1) A/S at "
)
MIXED = ["".join(random.Random(seed).choices(UNITS.split("|"), k=4)) for seed in range(12)]
TRACKERS = TrackerIndex([Tracker("acme", "Acme Corp", "competitor", aliases=("acme", "acme-corp a/s"))])


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    found = replace(analyser_for([]), trackers=TRACKERS)
    for language in ("da", "en"):
        _analyse(found, "What is it, Peter? I'll send it. Hvad er det? ", language)  # what is loaded once
    return found


def _analyse(analyser: Analyser, text: str, language: str) -> None:
    masked, _ = analyser.prepare(text, None)
    analyser.analyse(masked, language, "seller")


def _seconds(analyser: Analyser, text: str, language: str) -> float:
    took = []
    for _ in range(2):
        began = time.process_time()
        _analyse(analyser, text, language)
        took.append(time.process_time() - began)
    return min(took)


def _peak_bytes(analyser: Analyser, text: str, language: str) -> int:
    tracemalloc.start()
    try:
        _analyse(analyser, text, language)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _texts(unit: str) -> list[str]:
    return [("so " + unit * (SHORT * times))[: SHORT * times] for times in GROWTH]


@pytest.mark.alone
@pytest.mark.timeout(120)
@pytest.mark.parametrize("unit", [*UNITS.split("|"), *MIXED])
def test_time_grows_with_the_length_of_a_text(unit: str, analyser: Analyser) -> None:
    language = "da" if len(unit) % 2 else "en"
    took = [_seconds(analyser, text, language) for text in _texts(unit)]
    for times, seconds in zip(GROWTH, took, strict=True):
        assert seconds <= MOST / GROWTH[-1] * times * max(took[0], HARDLY_SECONDS), took


@pytest.mark.parametrize("unit", MIXED[::3])
def test_memory_grows_with_the_length_of_a_text(unit: str, analyser: Analyser) -> None:
    short, *_, long = [_peak_bytes(analyser, text, "en") for text in _texts(unit)]
    assert long <= MOST * max(short, HARDLY_BYTES)
