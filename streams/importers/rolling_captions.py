"""Captions that roll: a cue shows again what stood in the one before it, and adds to it.

YouTube's automatic captions, broadcasters' roll-up captions and live captions of meetings do so. What a cue repeats is
taken from it, for it was said once. Whether captions roll is decided over a whole file: people repeat themselves, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from streams.importers.cue_speakers import Said
from streams.importers.cues import Cue

_NEXT_TO_MS = 1_000
_TWO_WORDS = 2
_AT_LEAST = 2
"""Repetitions by which a file is known to roll, if they are also a third of all the places where it could."""
_MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue, its times cut to what it adds, and who says what in it."""

    cue: Cue
    said: list[Said]


@dataclass(frozen=True, slots=True)
class _Word:
    speaker: str | None
    text: str
    begins_line: bool

    def repeats(self, before: _Word) -> bool:
        """Whether it is the same word; a name that has rolled off is not shown again."""
        return self.speaker in (None, before.speaker) and self.bare == before.bare

    @property
    def bare(self) -> str:
        """The word without what is set differently while a sentence grows: capitals, punctuation."""
        return self.text.casefold().strip(".,!?…;:-") or self.text


def unrolled(cues: Sequence[Cue], spoken: Sequence[list[Said]]) -> list[Spoken]:
    """The cues without what they repeat of the one before; as they are where captions do not roll."""
    plain = [Spoken(cue, said) for cue, said in zip(cues, spoken, strict=True)]
    found, places, repeated = list[Spoken](), 0, 0
    before, shown = None, list[_Word]()
    for each in plain:
        words = list(_words(each.said))
        if before is None or not words or each.cue.start_ms - before.end_ms > _NEXT_TO_MS:
            count = 0
        else:
            count = _overlap(shown, words)
            if not count == len(shown) == len(words):  # the same once more is no sign: people say that, too
                places += any(words[0].speaker in (None, word.speaker) for word in shown)
                repeated += count >= _TWO_WORDS
        if count and before is not None:
            words = [
                replace(word, speaker=was.speaker)
                for word, was in zip(words[:count], shown[-count:], strict=True)
            ] + _inherited(words[count:], shown[-1].speaker)
            starts_with = before.end_ms if each.cue.start_ms == before.start_ms else each.cue.start_ms
            cue = replace(each.cue, start_ms=min(starts_with, each.cue.end_ms))
            found.append(Spoken(cue, _said(words[count:])))
        else:
            found.append(each)
        if words:
            before, shown = each.cue, words
    return found if repeated >= _AT_LEAST and 3 * repeated >= places else plain


def _words(said: Sequence[Said]) -> Iterator[_Word]:
    for each in said:
        for line in each.text.split("\n"):
            for place, word in enumerate(line.split()):
                yield _Word(each.speaker, word, place == 0)


def _overlap(shown: Sequence[_Word], words: Sequence[_Word]) -> int:
    """How many words repeat the end of the cue before, from the beginning of one of its lines."""
    begins = [place for place, word in enumerate(shown) if word.begins_line][-_MOST_LINES:]
    for begin in begins:
        count = len(shown) - begin
        if count <= len(words) and all(
            word.repeats(was) for word, was in zip(words, shown[begin:], strict=False)
        ):
            return count
    return 0


def _inherited(words: Sequence[_Word], speaker: str | None) -> list[_Word]:
    """What is added belongs to who spoke last, up to where somebody is named."""
    found = []
    for word in words:
        speaker = word.speaker or speaker
        found.append(replace(word, speaker=speaker))
    return found


def _said(words: Sequence[_Word]) -> list[Said]:
    found: list[Said] = []
    for word in words:
        if found and found[-1].speaker == word.speaker:
            text = f"{found[-1].text}{chr(10) if word.begins_line else ' '}{word.text}"
            found[-1] = Said(word.speaker, text)
        else:
            found.append(Said(word.speaker, word.text))
    return found
