"""Which words before a colon are names of speakers: "Anna Lund: Hello." against "My advice: buy it now."

Judged over a whole file: names recur, or at least look like names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from processors.lang import word_set
from processors.lang.da import headings as danish
from processors.lang.en import headings as english
from processors.lang.names.persons import FIRST_NAMES
from processors.text.marks import is_speech
from streams.importers.identity import normalised

_PREFIX = re.compile(
    r"\s*(?:>>+\s*|-\s+)?(?:\[([^\[\]:]{1,100})\]|([^:<>;?!\"“”]{1,100}))\s?[:\uff1a](?:\s+|$)(?!//)"
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_ADDITION = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MOST_WORDS = 14
_OFTEN = 3


_PARTICLES = word_set(
    """
    van von der den de del della di da dos das du la le el al bin ibn y e af til zu zur ter ten of and og und the at for
    md phd ph.d
    """
)
_HEADINGS = english.HEADINGS | danish.HEADINGS
_NEVER_FIRST = english.NEVER_FIRST | danish.NEVER_FIRST


def prefix_of(line: str) -> tuple[str | None, str]:
    """What stands before a colon at the beginning of a plain line, and what behind it."""
    found = _PREFIX.match(line)
    if found is None:
        return None, line
    return " ".join((found[1] or found[2]).split()) or None, line[found.end() :]


def names_in(cues: Sequence[Sequence[str]], known: Collection[str]) -> set[str]:
    """Which prefixes are names, in cues without any other mark of who speaks: of each the plain lines.

    `known` are names, normalised, that are given.
    """
    spoken = [lines[0] for lines in cues if lines and is_speech(" ".join(lines))]
    lines = [line for cue in cues for line in cue]
    counts = Counter(name for line in lines if (name := prefix_of(line)[0]) is not None)
    candidates = {name: count for name, count in counts.items() if _may_be_name(name)}
    given = {name for name in candidates if normalised(name) in known}
    recurring = {
        name
        for name, count in candidates.items()
        if count > 1 and (_looks_like_name(name) or (count >= _OFTEN and _is_handle(name)))
    }
    prefixed = sum(prefix_of(text)[0] in candidates for text in spoken)
    if 10 * prefixed >= 9 * len(spoken):
        # every cue begins with one: people who write their own names small are told apart from headings by that
        recurring |= {name for name, count in candidates.items() if count > 1 and _is_handle(name)}
    if recurring:
        # a prefix that stands once among names that recur is one only when it is somebody's
        names = recurring | {name for name in candidates if _is_person(name) or _is_label_of_speaker(name)}
    else:
        names = {name for name in candidates if _is_name_by_itself(name)}
    named = sum(prefix_of(text)[0] in names for text in spoken)
    if 2 * named < len(spoken):
        # most cues are nobody's: a word before a colon must be more than a heading
        names = {name for name in names if _is_person(name) or _is_label_of_speaker(name)}
    return names | given


def _may_be_name(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= _MOST_WORDS
        and _LETTER_OR_DIGIT.search(name) is not None
        and not (len(words) == 1 and (name.casefold() in _HEADINGS or name.isdigit()))
        and words[0].casefold().strip(",.") not in _NEVER_FIRST
    )


def _looks_like_name(name: str) -> bool:
    """Whether every word begins as words of names do, titles and additions in brackets included."""
    bare = _ADDITION.sub(" ", name)
    words = bare.replace(",", " ").split()
    return bool(words) and all(
        (place and word.casefold().strip(".") in _PARTICLES) or not word[:1].islower() or not word.islower()
        for place, word in enumerate(words)
    )


def _is_name_by_itself(name: str) -> bool:
    """Whether it is to be taken for a name where it stands once, and nothing recurs."""
    words = [word.strip(".,").casefold() for word in name.split()]
    if len(words) == 1:
        return words[0] in FIRST_NAMES or _is_label_of_speaker(name)
    return _looks_like_name(name) and _HEADINGS.isdisjoint(words)


def _is_handle(name: str) -> bool:
    """Whether it is written as people do who write their own names small: a heading begins with a capital."""
    words = [word.casefold().strip("',.") for word in name.split()]
    return not name[:1].isupper() and all(word not in _NEVER_FIRST | _HEADINGS for word in words)


def _is_person(name: str) -> bool:
    """Whether it is a first name that is known, with another one."""
    bare = _ADDITION.sub(" ", name)
    last, comma, first = bare.partition(",")
    words = (f"{first} {last}" if comma else bare).casefold().split()
    return len(words) > 1 and _looks_like_name(name) and any(word in FIRST_NAMES for word in words[:2])


def _is_label_of_speaker(name: str) -> bool:
    return (
        re.fullmatch(
            r"(?:speaker|spk|taler|person|participant|agent|customer|kunde|sælger)[\s_]?\w{0,3}", name, re.I
        )
        is not None
    )
