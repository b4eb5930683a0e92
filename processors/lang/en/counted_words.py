"""English words that are counted of what sellers say, by the metric's name in `clickhouse/schema/metrics.py`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import CountedWords

COUNTED_WORDS: Final = {
    # what is said while the next word is looked for
    "filler_words": CountedWords(
        words=word_set("um umm ummm uh uhh uhm uhmm er erm ermm hmm hmmm basically"),
        pairs={
            ("you", "know"): word_set(
                "do did don't didn't would as if that what when how let to should might may can could"
            ),
            ("i", "mean"): word_set("what did do"),
            ("kind", "of"): word_set(
                "what which a the this that some any every one another each same right other best"
            ),
            ("sort", "of"): word_set(
                "what which a the this that some any every one another each same right other best"
            ),
        },
    ),
}
