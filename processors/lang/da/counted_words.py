"""Danish words that are counted of what sellers say, by the metric's name in `clickhouse/schema/metrics.py`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import CountedWords

COUNTED_WORDS: Final = {
    # what is said while the next word is looked for
    "filler_words": CountedWords(
        words=word_set("øh øhm øhh øhhh øøh øhmm æh æhm hmm hmmm altså"),
        pairs={
            ("du", "ved"): word_set("hvis som hvad det at når hvordan hvor hvornår mon tror"),
            ("sådan", "set"): frozenset(),
            ("sådan", "lidt"): frozenset(),
        },
    ),
}
