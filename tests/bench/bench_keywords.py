"""Keywords: the cost of looking for trackers must not grow with their number."""

import random
import time
from pathlib import Path

from processors.analysis.trackers import Tracker, TrackerIndex
from tests.bench.conftest import Costs
from tests.support.marked_text import sample_turns

FEW, MANY = 20, 2_000
ROUNDS = 7
SYLLABLES = ("ka", "lo", "mi", "ter", "van", "dex", "pro", "sul", "bri", "nor", "fen", "tak", "zu", "gri")
HEARD = ("printer", "rabat", "credit card", "room", "address", "pris", "system", "e-mail", "code", "bank")


def trackers(number: int) -> list[Tracker]:
    """`number` trackers: those that are heard, and made-up ones of one to three words that are not."""
    draw = random.Random(7)
    names = list(HEARD)
    while len(names) < number:
        name = " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(draw.randint(1, 3)))
        names.append(name.title())
    return [
        Tracker(f"t{at}", name, "keyword" if at % 2 else "competitor", (f"{name} 360",))
        for at, name in enumerate(names)
    ]


def test_cost_is_flat_in_the_number_of_trackers(shared_data: Path, costs: Costs) -> None:
    texts = [turn for turns in sample_turns(shared_data).values() for turn in turns]
    segments = texts * 20
    indexes = {number: TrackerIndex(trackers(number)) for number in (FEW, MANY)}
    spent: dict[int, list[float]] = {number: [] for number in indexes}
    mentions = dict.fromkeys(indexes, 0)

    for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
        for number, index in indexes.items():
            started = time.perf_counter()
            found = sum(len(index.find(text, "en", "customer")) for text in segments)
            spent[number].append((time.perf_counter() - started) / len(segments) * 1e6)
            mentions[number] = found

    costs.add(
        "Keywords in the sample calls", {f"{number:,} trackers": rounds for number, rounds in spent.items()}
    )
    assert mentions[FEW] == mentions[MANY] > 0
    assert min(spent[MANY]) <= 1.3 * min(spent[FEW])
