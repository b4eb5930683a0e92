"""Times each stage that a segment of speech goes through, and prints microseconds a segment as JSON.

Over simulated calls in Danish and English, about half of whose segments do not say their language, and over the
segments of the two real sample calls. Rounds take turns over the stages, since machines are noisy.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import processors.text as analyses
from clickhouse.schema.rows import TrackerRow
from processors.analysis.action_items import find_actions
from processors.analysis.analyser import Analyser
from processors.analysis.masking import mask
from processors.analysis.questions import find_questions
from processors.analysis.sentiment import segment_sentiment
from processors.analysis.terms import terms
from processors.conversation.rows import call_row, keyword_rows, name_rows, segment_rows
from processors.conversation.state import fold
from processors.text.language import detect
from processors.text.sentences import count_words
from schemas.events import CallFact, CallSegment, Side, TrackerChanged, parse, serialize
from schemas.topics import CALLS, topic_of
from streams.simulator import World
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import tracker_row
from streams.worker.main import collect_rarely
from tests.support.real_text import call_segments

FACTS = 10_000
ROUNDS = 7
WHOLE = "read, analyse, fold and rows together"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def simulated() -> tuple[Analyser, list[CallFact]]:
    """The analyser with the trackers of a simulated company, and facts of its calls."""
    trackers: list[TrackerRow] = []
    facts: list[CallFact] = []
    for timed in World.create(3, NOW, days=120, density=2.0).history(end=NOW):
        event = timed.event
        if isinstance(event, TrackerChanged):
            trackers.append(tracker_row(event, NOW))
        elif topic_of(event) is CALLS:
            facts.append(event)  # type: ignore[arg-type]  # this topic holds nothing else
            if len(facts) == FACTS:
                break
    return analyser_for(trackers), facts


Said = tuple[str, str | None, Side]
"""Masked words, their language and who says them."""
Stages = dict[str, tuple[Callable[[], object], int]]
"""What to time, and the segments among which its cost is divided."""


def timed(stages: Stages) -> dict[str, list[float]]:
    """Microseconds a segment of each stage, round by round, with garbage collected as in a worker."""
    collect_rarely()
    costs: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(ROUNDS):
        for name, (work, segments) in stages.items():
            begun = process_time()
            work()
            costs[name].append((process_time() - begun) / segments * 1e6)
    return costs


def looks(analyser: Analyser, said: list[Said]) -> Stages:
    """Each look into masked words by itself; together they cost less, since they share the sentences of a text."""
    count = len(said)
    return {
        "mask": (lambda: [mask(text) for text, _, _ in said], count),
        "language, where none is said": (lambda: [detect(text) for text, _, _ in said], count),
        "sentiment": (lambda: [segment_sentiment(text, language) for text, language, _ in said], count),
        "keywords": (lambda: [analyser.trackers.find(*each) for each in said], count),
        "names": (lambda: [analyser.names.find(text, language) for text, language, _ in said], count),
        "questions": (lambda: [find_questions(text, language) for text, language, _ in said], count),
        "action items": (lambda: [find_actions(text, language) for text, language, _ in said], count),
        "terms, of sellers only": (
            lambda: [
                terms(text, spoken, analyser.excluded) for text, spoken, side in said if side == "seller"
            ],
            count,
        ),
    }


def of_simulated_segments() -> tuple[str, dict[str, list[float]]]:
    """What was timed in words, and the costs of its stages."""
    analyser, facts = simulated()
    messages = [serialize(fact) for fact in facts]
    segments = [fact for fact in facts if isinstance(fact, CallSegment)]
    count = len(segments)
    said: list[Said] = [(*analyser.prepare(each.text, each.language), each.speaker) for each in segments]
    received = [(fact, NOW) for fact in facts]
    calls = fold(received, analyser).values()
    costs = timed(
        looks(analyser, said)
        | {
            "analyse, all looks together": (lambda: [analyser.analyse(*each) for each in said], count),
            "read and validate": (lambda: [parse(message) for message in messages], count),
            "mask, tell the language, analyse and fold": (lambda: fold(received, analyser), count),
            "rows": (
                lambda: [
                    (segment_rows(each, 1), call_row(each, 1), keyword_rows(each, 1), name_rows(each, 1))
                    for each in calls
                ],
                count,
            ),
        }
    )
    whole = ("read and validate", "mask, tell the language, analyse and fold", "rows")
    costs[WHOLE] = [sum(rounds) for rounds in zip(*(costs[part] for part in whole), strict=True)]
    words = sum(count_words(text) for text, _, _ in said) / count
    return f"{count:,} simulated segments, {words:.1f} words each", costs


def of_real_segments(shared_data: Path) -> tuple[str, dict[str, list[float]]]:
    """The same of real ones."""
    analyser, _ = simulated()
    texts = call_segments(shared_data)
    sides: tuple[Side, Side] = ("seller", "customer")
    said: list[Said] = [(mask(text), "en", side) for text in texts for side in sides]
    costs = timed(
        looks(analyser, said)
        | {
            "mask and analyse": (
                lambda: [
                    analyser.analyse(*analyser.prepare(text, spoken), side) for text, spoken, side in said
                ],
                len(said),
            )
        }
    )
    words = sum(map(count_words, texts)) / len(texts)
    return f"{len(texts)} segments of the sample calls, {words:.1f} words each", costs


if __name__ == "__main__":
    sections = [of_simulated_segments(), of_real_segments(Path(sys.argv[1]))]
    print(json.dumps({"analyses": analyses.__file__, "sections": sections}))
