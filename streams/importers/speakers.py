"""Who of a transcript's speakers sells: as its file says, else as the options say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from processors.lang import word_set
from schemas.events import Side
from streams.importers import transcript_texts as texts
from streams.importers.contract import Options
from streams.importers.identity import normalised
from streams.importers.utterance import Utterance

_ALMOST = 0.85
_SHOWN = 12
"""Speakers named in one message."""
_COMPANY = re.compile(r"\s+(?:[-–—|/@·])\s+")
"""Between a name and where its bearer works."""
_TITLES = word_set(
    """
    dr prof professor mr mrs ms miss hr fru frk phd dphil md mba emba msc bsc jr sr esq cpa cfa pmp ii iii iv
    candmerc cand candpolit candjur candit candscient hd dipling ing mag
    """
)
"""Without their dots."""
_ADDITION = re.compile(r"[(\[][^()\[\]]*[)\]]")


def sides_of(
    stated: Mapping[str, Side], names: Mapping[str, str], speech: Iterable[Utterance], options: Options
) -> dict[str, Side]:
    """The side of each speaker: as the file says, else the seller's of those who are said to sell."""
    there = {each.speaker for each in speech}
    exactly = {normalised(name) for speaker in there for name in (speaker, names.get(speaker, speaker))}
    sellers = {
        spelling
        for name in options.seller_speakers
        # who is called just so is nobody else: "Room (Anna)" is not "Room (Bo)"
        for spelling in ((normalised(name),) if normalised(name) in exactly else _spellings(name))
    }
    sides = dict(stated)
    for speaker in sorted(there - sides.keys()):
        called = {*_spellings(speaker), *_spellings(names.get(speaker, speaker))}
        called |= {_COMPANY.split(spelling, maxsplit=1)[0] for spelling in called}
        sides[speaker] = "customer" if sellers.isdisjoint(called) else "seller"
    return sides


def main_seller(
    known: Mapping[str, str], speech: Iterable[Utterance], sides: Mapping[str, Side]
) -> str | None:
    """Of the sellers, who have a name or an id in `known`, the one who speaks most; None when there is none."""
    talk = Counter[str]()
    for each in speech:
        if each.speaker in known and sides[each.speaker] == "seller":
            talk[known[each.speaker]] += each.end_ms - each.start_ms
    return max(sorted(talk), key=talk.__getitem__, default=None)


def no_seller(names: Mapping[str, str], speech: Sequence[Utterance], options: Options) -> str:
    """What to say when nobody sells. Names, which may be customers', are shown only where one was given wrongly."""
    say = options.told_in
    there = sorted({each.speaker for each in speech})
    called = [names.get(speaker, speaker) for speaker in there]
    if options.seller_speakers and called:
        given = sorted(options.seller_speakers)
        nobody = texts.NOBODY_CALLED if len(given) == 1 else texts.NONE_OF_THOSE
        return nobody.of(say).format(given=repr(given[0]), count=len(given), there=_listed(called, options))
    if names:
        return texts.WHO_SELLS_BY_NAME.of(say)
    labels = ", ".join(there[:_SHOWN]) or texts.ITS_SPEAKERS.of(say)
    return texts.WHO_SELLS_BY_LABEL.of(say).format(there=labels)


def mistyped(
    names: Mapping[str, str], speech: Iterable[Utterance], sides: Mapping[str, Side], options: Options
) -> str:
    """What to say when a name that was given is nobody's but almost a customer's, who would be taken for one: "" else.

    A list of all sellers has many who are not in the file, so only names that were given one by one are looked at.
    """
    there = {each.speaker: names.get(each.speaker, each.speaker) for each in speech}
    known = {
        spelling for speaker, name in there.items() for spelling in (*_spellings(speaker), *_spellings(name))
    }
    customers = {normalised(name): name for speaker, name in there.items() if sides[speaker] == "customer"}
    for given in sorted(options.named_sellers):
        is_label = any(letter.isdigit() for letter in given)
        if (
            not is_label
            and known.isdisjoint(_spellings(given))
            and (almost := get_close_matches(normalised(given), customers, n=1, cutoff=_ALMOST))
        ):
            return texts.MISTYPED.of(options.told_in).format(
                given=repr(given), almost=repr(customers[almost[0]])
            )
    return ""


def _listed(names: Sequence[str], options: Options) -> str:
    left = len(names) - _SHOWN
    more = texts.AND_MORE.of(options.told_in).format(count=left) if left > 0 else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more


def _spellings(name: str) -> Iterator[str]:
    """As a name is written: "Lund, Anna (Nordlys)", "Lund, Anna, Ph.D." and "Dr. Anna Lund" are Anna Lund."""
    yield normalised(name)
    bare = normalised(_ADDITION.sub("", name))
    if bare:
        yield bare
        parts = [part for each in bare.split(",") if (part := _without_titles(each))]
        if parts:
            yield ", ".join(parts)
        if len(parts) > 1:
            yield f"{parts[1]} {parts[0]}"


def _without_titles(words: str) -> str:
    """Words of a name, normalised, without academic titles and forms of address."""
    kept = [word for word in words.split() if word.replace(".", "") not in _TITLES]
    return " ".join(kept)
