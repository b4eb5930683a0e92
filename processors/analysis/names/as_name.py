"""Whether words that are everyday ones too are said as a name: "we compared Close and Front", not "let's close this".

A capital inside a sentence is evidence, where the text has its capitals; without them, or where a sentence begins,
only what stands around: "we use ...", "switched from ... to", names beside it. Pure.
"""

from typing import Final

from processors.analysis.names.candidates import Heard, has_telling_capitals
from processors.analysis.names.evidence import BRANDS, EVERYDAY
from processors.lang import word_set
from processors.lang.da import names as danish
from processors.lang.da import words as danish_words
from processors.lang.en import names as english
from processors.lang.en import words as english_words
from processors.lang.names import brands, places

_CONTEXTS: Final = (english.CONTEXT, danish.CONTEXT)
_LEADING: Final = frozenset().union(*(each.use | each.from_ | each.versus for each in _CONTEXTS)) | word_set(
    "tried trying love hate evaluated evaluating considered considering comparing compare compared vs versus called"
    " sammenligner sammenlignet vurderer vurderede kender hedder contre såsom like"
)
_CONJUNCTIONS: Final = frozenset().union(*(each.conjunctions for each in _CONTEXTS))
_BRAND_VERBS: Final = frozenset().union(*(each.brand_verbs for each in _CONTEXTS))
_FUNCTION: Final = english_words.FUNCTION_WORDS | danish_words.FUNCTION_WORDS
_LIST_REACH: Final = 3
"""Names of a list on either side that are looked at."""


def is_common_word(name: str) -> bool:
    """Whether a name is one word that people say all the time, or a day or month: what is heard may be no name."""
    word = name.strip().lower()
    return word in _COMMON


_COMMON: Final = EVERYDAY | places.CALENDAR | brands.AMBIGUOUS_BRANDS


def said_as_name(text: str, start: int, end: int) -> bool:
    """Whether the words of `text` from `start` to before `end` are said as a name."""
    heard = Heard(text)
    at = next((place for place, offset in enumerate(heard.starts) if offset == start), None)
    if at is None:
        return False
    beyond = at + 1
    while beyond < len(heard.words) and heard.starts[beyond] < end:
        beyond += 1
    return _is_name(heard, at, beyond)


def _is_name(heard: Heard, at: int, beyond: int) -> bool:
    word = heard.words[at]
    due = word.lower in places.CALENDAR  # English writes these with a capital, name or not
    cased = has_telling_capitals(heard) and heard.capitals != [0]
    if cased and not word.capital:
        return False
    if cased and not due and not heard.opens(at):
        return True
    return _is_led_to(heard, at, beyond) or _is_in_list(heard, at, beyond, cased=cased)


def _is_led_to(heard: Heard, at: int, beyond: int) -> bool:
    """Whether a phrase leads to the words and they describe nothing behind them: "we use close", "close offers"."""
    follows = heard.lower(beyond) if heard.joined(beyond) else ""
    if follows in _BRAND_VERBS:
        return True
    before = heard.lower(at - 1) if at and not heard.opens(at) else ""
    return (before in _LEADING or heard.in_phrase(at)) and not _goes_on(heard, beyond)


def _goes_on(heard: Heard, beyond: int) -> bool:
    """Whether a noun follows that the words describe: "use front page"."""
    if not heard.joined(beyond):
        return False
    follows = heard.words[beyond]
    return follows.lower not in _FUNCTION and not follows.capital


def _is_in_list(heard: Heard, at: int, beyond: int, *, cased: bool) -> bool:
    """Whether a brand stands beside the words in a list: "HubSpot and close", "Square og Monday og Apple"."""
    return any(
        _is_brand(heard, place, cased=cased)
        for place in (*_listed(heard, at, -1), *_listed(heard, beyond - 1, 1))
    )


def _listed(heard: Heard, at: int, step: int) -> list[int]:
    """The places of words that commas and conjunctions join to the one at `at`, to one side."""
    found: list[int] = []
    place = at + step
    while 0 <= place < len(heard.words) and len(found) < _LIST_REACH:
        joined = heard.lower(place) in _CONJUNCTIONS
        place += step * joined
        nearer = place if step < 0 else place - 1
        comma = 0 <= nearer < len(heard.words) - 1 and "," in heard.between(nearer)
        if not (joined or comma) or not 0 <= place < len(heard.words):
            break
        found.append(place)
        place += step
    return found


def _is_brand(heard: Heard, place: int, *, cased: bool) -> bool:
    word = heard.words[place]
    if word.bare in BRANDS:
        return True
    return (
        cased
        and word.capital
        and not heard.opens(place)
        and word.lower not in places.CALENDAR
        and not word.in_address
    )
