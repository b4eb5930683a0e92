"""JSON Lines of our own events, as `salgspuls simulate --to-file` writes them: one event a line."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from schemas.events import EVENT_TYPES, CallSegment, parse
from streams.importers import file_texts as texts
from streams.importers.contract import Item, Options, Problem
from streams.importers.source import MAX_LINE_BYTES, Source, json_object
from streams.importers.validation import event_reason

_TYPES = {kind.model_fields["type"].default for kind in EVENT_TYPES}


class JsonLines:
    """Our own events. They say everything themselves: of the options only a refused consent counts."""

    name = "JSON Lines of Salgspuls events"

    def recognises(self, source: Source, _options: Options) -> bool:
        return any(map(_is_event, source.sample.splitlines()))

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        if options.start_now is not None:
            yield Problem(source.path, None, source.say(texts.NOW_IS_FOR_TRANSCRIPTS))
            return
        for line in source.lines():
            if len(line) >= MAX_LINE_BYTES:
                reason = source.say(texts.LONG_EVENT, most=MAX_LINE_BYTES)
                yield Problem(source.path, source.line, reason)
            elif line.strip():
                yield _event(line, source, options)


def _event(line: bytes, source: Source, options: Options) -> Item:
    try:
        event = parse(line)
    except ValidationError as error:
        return Problem(source.path, source.line, source.say(event_reason(error)))
    if isinstance(event, CallSegment) and options.consent is False:
        return event.model_copy(update={"consent": False})
    return event


def _is_event(line: bytes) -> bool:
    kind = (json_object(line) or {}).get("type")
    return isinstance(kind, str) and kind in _TYPES
