"""Sentences that a transcriber breaks over several utterances of one speaker, put together again.

Questions, sentiment, keywords and names are those of whole sentences (docs/definitions.md). Utterances that follow each
other without a pause are cut at the ends of sentences instead of within them. Over a pause the text of a sentence moves
to where it begins, and the times stay: a pause is no talk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from processors.text.marks import is_speech, without_marks
from processors.text.sentences import goes_on, sentences
from streams.importers.utterance import Utterance

_LONGEST_PAUSE_MS = 2_000
_LONGEST_SENTENCE = 1_000
"""Characters. Some transcribers set no full stops at all, and nobody's sentence takes longer than a minute."""
_BACKCHANNEL_MS = 1_000
_MOST_AT_ONCE = 50
"""Utterances that are looked at for who speaks meanwhile."""


@dataclass(slots=True)
class _Open:
    """Where the latest sentence of a speaker stands among what was found, and when its last words end."""

    place: int
    end_ms: int


def joined(utterances: Iterable[Utterance]) -> list[Utterance]:
    """The utterances with no sentence over two of them, in order of their start. Each id stays that of its utterance.

    Where a sentence ends that began before a pause, an utterance without text may remain: its time is speech.
    """
    found: list[Utterance] = []
    latest: dict[str, _Open] = {}
    recent: list[Utterance] = []
    for each in sorted(utterances, key=lambda each: (each.start_ms, each.end_ms)):
        found.append(each)
        if not each.text or not is_speech(each.text):
            continue
        recent = [one for one in recent if one.end_ms > each.start_ms - _LONGEST_PAUSE_MS]
        before = latest.get(each.speaker)
        if before is None or not _goes_on(found[before.place], before.end_ms, each, recent):
            latest[each.speaker] = _Open(len(found) - 1, each.end_ms)
        elif each.start_ms > found[before.place].end_ms:
            _move_text(found, before)
            if found[-1].text:
                latest[each.speaker] = _Open(len(found) - 1, each.end_ms)
        else:
            latest[each.speaker] = _Open(_merge(found, before.place), max(before.end_ms, each.end_ms))
        recent = [*recent[1 - _MOST_AT_ONCE :], each]
    return [each for each in found if each is not _MERGED]


_MERGED = Utterance("", "", 0, 0, "")
"""Stands where an utterance has become part of another."""


def _goes_on(before: Utterance, end_ms: int, after: Utterance, recent: Iterable[Utterance]) -> bool:
    """Whether a sentence, whose words so far end at `end_ms`, goes on in its speaker's next utterance."""
    if after.start_ms - end_ms > _LONGEST_PAUSE_MS or before.language != after.language:
        return False
    if not goes_on(before.text, after.text) or len(_last_sentence(before.text)) > _LONGEST_SENTENCE:
        return False
    others = sum(
        max(0, min(one.end_ms, after.start_ms) - max(one.start_ms, end_ms))
        for one in recent
        if one.speaker != after.speaker
    )
    # a backchannel lets the speaker go on; an answer ends the sentence
    return not others or (others < _BACKCHANNEL_MS and without_marks(after.text).lstrip()[:1].islower())


def _move_text(found: list[Utterance], before: _Open) -> None:
    """Give the open sentence its next words, which the last utterance loses."""
    after = found[-1]
    said = without_marks(after.text)
    first = sentences(said)[0]
    cut = said.index(first) + len(first)
    begun = found[before.place]
    found[before.place] = replace(begun, text=f"{begun.text} {after.text[:cut].strip()}")
    found[-1] = replace(after, text=after.text[cut:].strip())
    before.end_ms = max(before.end_ms, after.end_ms)


def _merge(found: list[Utterance], place: int) -> int:
    """Make one utterance of an open sentence and the last one, which begins where that ends. Returns its place."""
    before, after = found[place], found[-1]
    at = without_marks(before.text).rfind(_last_sentence(before.text))
    whole, begun = before.text[:at].rstrip(), before.text[at:]
    if not whole:
        found[place] = _together(before, after, before.utterance_id)
        found[-1] = _MERGED
        return place
    cut = before.start_ms + (before.end_ms - before.start_ms) * at // len(before.text)
    found[place] = replace(before, text=whole, end_ms=cut)
    found[-1] = _together(replace(before, text=begun, start_ms=cut), after, after.utterance_id)
    return len(found) - 1


def _last_sentence(text: str) -> str:
    found = sentences(without_marks(text))
    return found[-1] if found else ""


def _together(one: Utterance, two: Utterance, utterance_id: str) -> Utterance:
    confidence = one.confidence
    if one.confidence is not None and two.confidence is not None:
        weights = len(one.text), len(two.text)
        confidence = (one.confidence * weights[0] + two.confidence * weights[1]) / sum(weights)
    return replace(
        one,
        utterance_id=utterance_id,
        end_ms=max(one.end_ms, two.end_ms),
        text=f"{one.text} {two.text}",
        confidence=confidence,
    )
