"""English words that the rules of sentiment know by role: data of `processors.analysis.sentiment`."""

from typing import Final

from processors.lang import word_set

ANSWERS: Final = word_set(
    """
    sorry thanks yes yeah yep yup yea ya yah no nope nah ok okay okey sure right alright correct exactly absolutely
    certainly definitely understood gotcha mhm mm hmm uh um er uhhuh mmhmm huh oh ah well fine so and true indeed
    """
)
"""A sentence of nothing else is an answer or a backchannel, without feeling."""

BEFORE_ANSWER: Final = word_set("um uh oh well okay ok yeah yes so and no ah hmm")
"""Words in front of a "no" that answers."""

AFTER_ANSWER: Final = word_set(
    """
    i im ive ill id it its itll that thats thatll this we were weve well wed you youre they theyre he she there theres
    not thank thanks thats sir maam sorry yes yeah but no lets dont because just actually okay ok its uh um my our
    """
)
"""Words behind a "no" that answers, whatever they say."""

SENTENCE_ADVERBS: Final = word_set("unfortunately sadly regrettably")
"""Words about a whole sentence, which nothing in it negates."""
