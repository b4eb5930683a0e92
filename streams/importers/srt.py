"""Transcripts in SubRip (.srt), with the speaker's name before the text, as WhisperX and others write them."""

from __future__ import annotations

from collections.abc import Iterator

from streams.importers.captions import caption_events
from streams.importers.contract import Item, Options, Problem
from streams.importers.cues import is_timing, subrip_cues
from streams.importers.source import Source, UnreadableError, decoded


class Subrip:
    """A call in SubRip."""

    name = "SubRip (.srt) with names"

    def recognises(self, source: Source, _options: Options) -> bool:
        lines = [line for line in decoded(source.sample).removeprefix("\ufeff").splitlines() if line.strip()][
            :2
        ]
        numbered = len(lines) == 2 and lines[0].strip().isdecimal() and is_timing(lines[1])
        return numbered or (bool(lines) and is_timing(lines[0]))

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        try:
            cues = subrip_cues(source.text())
        except UnreadableError as error:
            yield Problem(source.path, error.line, source.say(error.reason))
            return
        yield from caption_events(cues, source, options, None)
