"""Transcripts of meetings in WebVTT, as Teams, Microsoft Graph, Zoom and Webex write them.

Format: https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

from collections.abc import Iterator

from streams.importers.captions import caption_events
from streams.importers.contract import Item, Options, Problem
from streams.importers.cues import webvtt_cues
from streams.importers.source import Source, UnreadableError, decoded


class WebVtt:
    """A meeting in WebVTT."""

    name = "WebVTT of Teams, Zoom or Webex"

    def recognises(self, source: Source, _options: Options) -> bool:
        return decoded(source.sample).startswith("WEBVTT")

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        try:
            cues = webvtt_cues(source.text())
        except UnreadableError as error:
            yield Problem(source.path, error.line, source.say(error.reason))
            return
        yield from caption_events(cues, source, options, "meeting")
