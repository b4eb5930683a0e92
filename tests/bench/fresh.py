"""What a segment of fresh real text costs: microseconds of CPU, with nothing in memory, after other words, once more.

`python -m tests.bench.fresh [SEGMENTS]`, with PYTHONPATH at what is compiled and PYTHONSAFEPATH=1.
"""

from __future__ import annotations

import sys
from random import Random
from time import process_time

from processors.analysis.terms import prepare
from processors.text.cache import BUDGET
from schemas.events import Side
from streams.config.settings import WorkerSettings
from streams.worker.main import collect_rarely, warm_up
from tests.bench import stages
from tests.bench.spoken import real_sentences, spoken
from tests.conftest import REAL_DATA


def main(segments: int) -> None:
    """Prints one line."""
    prepare()
    warm_up(WorkerSettings().sales_lexicon)
    analyser, _ = stages.simulated()
    sentences = real_sentences(REAL_DATA)
    sides: tuple[Side, Side] = ("seller", "customer")
    first, others = (spoken(sentences, segments, Random(seed)) for seed in (1, 2))
    collect_rarely()
    BUDGET.forget()
    costs = []
    for said in (first, others, first):
        begun = process_time()
        for place, each in enumerate(said):
            analyser.analyse(*analyser.prepare(each.text, each.language), sides[place % 2])
        costs.append((process_time() - begun) / segments * 1e6)
    print("us a segment: nothing in memory {:.0f}, after other words {:.0f}, once more {:.0f}".format(*costs))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
