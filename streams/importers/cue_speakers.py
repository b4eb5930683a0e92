"""Who speaks in cues: by voice tags (Teams), ids (Webex), fields (Microsoft Graph), or a name before the text (Zoom).

Only the last has no mark of its own, see `speaker_names`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # Any: JSON

from pydantic import TypeAdapter, ValidationError

from streams.importers.cues import Cue
from streams.importers.identity import normalised
from streams.importers.speaker_names import names_in, prefix_of

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>")
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")  # and where SubRip files say to show a text
_WEBEX_ID = re.compile(r'\d+\s+"(.*)"(?:\s+\(\d+\))?')
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_MOST_NAMES = 500

_MOMENT: TypeAdapter[datetime] = TypeAdapter(datetime)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says in a cue, line by line; speaker None who is not named."""

    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a cue of Microsoft Graph's metadata tells besides who says what."""

    began_at: datetime | None
    language: str | None


def spoken_in(cues: Sequence[Cue], sellers: Iterable[str] = ()) -> list[list[Said]]:
    """Of each cue who says what, in order, nothing empty; `sellers` are names that are known."""
    tagged = [_tagged(cue) for cue in cues]
    plain = [cue for cue, said in zip(cues, tagged, strict=True) if said is None]
    names = names_in([_lines(cue) for cue in plain], {normalised(name) for name in sellers})
    inner = _inside(names)
    return [
        [each for each in (said if said is not None else _prefixed(cue, names, inner)) if each.text]
        for cue, said in zip(cues, tagged, strict=True)
    ]


def metadata_of(cue: Cue) -> Metadata | None:
    """What Graph tells of a cue; None when the cue is of no such file."""
    fields = _fields(cue.text)
    if fields is None:
        return None
    language = fields.get("spokenLanguage")
    try:
        began_at = _MOMENT.validate_python(fields.get("startDateTime"))
    except ValidationError:
        began_at = None
    if began_at is not None and began_at.tzinfo is None:
        began_at = None
    return Metadata(began_at, language if isinstance(language, str) else None)


def _fields(text: str) -> dict[str, Any] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) and {"speakerName", "spokenText"} <= fields.keys() else None


def _tagged(cue: Cue) -> list[Said] | None:
    """Who says what by marks of their own; None where there are none."""
    if (fields := _fields(cue.text)) is not None:
        name, text = (
            value if isinstance(value, str) else "" for value in (fields["speakerName"], fields["spokenText"])
        )
        return [Said(_plain(name) or None, _plain_lines(text))]
    before, *voices = _VOICE.split(cue.text)
    if voices:
        said = [("", before)] if _LETTER_OR_DIGIT.search(_plain(before)) else []
        said += zip((voice or "" for voice in voices[::2]), voices[1::2], strict=True)
        return [Said(_plain(name) or None, _plain_lines(text)) for name, text in said]
    if found := _WEBEX_ID.fullmatch(cue.identifier):
        return [Said(_plain(found[1]) or None, _plain_lines(cue.text))]
    return None


def _prefixed(cue: Cue, names: Collection[str], inner: re.Pattern[str] | None) -> Iterator[Said]:
    """Who says what by the names that stand before it."""
    speaker: str | None = None
    words: list[str] = []
    for line in _lines(cue):
        name, rest = prefix_of(line)
        if name is not None and name in names:
            yield Said(speaker, "\n".join(words))
            speaker, words, line = name, [], rest
        if inner is not None:
            first, *more = inner.split(line)
            words.append(first.strip())
            for name, text in zip(more[::2], more[1::2], strict=True):
                yield Said(speaker, "\n".join(filter(None, words)))
                speaker, words = name, [text.strip()]
        else:
            words.append(line)
    yield Said(speaker, "\n".join(filter(None, words)))


def _inside(names: Collection[str]) -> re.Pattern[str] | None:
    """Where a name begins another's words within a line: behind the end of a sentence."""
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))[:_MOST_NAMES]
    return re.compile(rf"(?<=[.!?…])\s+({'|'.join(map(re.escape, longest_first))}):\s+")


def _lines(cue: Cue) -> list[str]:
    return [line for text in cue.text.split("\n") if (line := _plain(text))]


def _plain_lines(text: str) -> str:
    return "\n".join(line for each in text.split("\n") if (line := _plain(each)))


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
