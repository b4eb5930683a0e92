"""The cues of WebVTT and SubRip files: what is shown when, with the line where its times stand.

WebVTT is read as its specification tells (https://www.w3.org/TR/webvtt1/#file-parsing), but that what the specification
passes over is reported, and that times are read in the forms that tools write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ARROW = "-->"
_NOT_CUES = ("NOTE", "STYLE", "REGION")
_TIME = r"-?(?:\d{1,9}:)?-?\d{1,9}:-?\d{1,2}(?:[.,]-?\d{1,9})?"
_TIMING = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_PARTS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,]-?(\d+))?")
_UNPADDED = re.compile(r":\d(?!\d)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_COUNTER = re.compile(r"\s*\d+\s*")
_MEANT_AS_ID = re.compile(r'\d+|[\w-]{8,}/\d+-\d+|\d+\s+".*"(?:\s+\(\d+\))?')


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: where its times stand, its id, when it is (milliseconds), and its text with tags and line ends."""

    line: int
    identifier: str
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class NoCue:
    """A block of a file that has no times, or none that can be read, with its first line."""

    line: int


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    identifier: str
    timing: str | None
    text: Sequence[str]


def webvtt_cues(text: str) -> list[Cue | NoCue]:
    """The cues of a WebVTT file, in its order."""
    return _cues(list(_webvtt_blocks(_lines(text))))


def subrip_cues(text: str) -> list[Cue | NoCue]:
    """The cues of a SubRip (.srt) file, in its order."""
    return _cues(list(_subrip_blocks(_lines(text))))


def is_timing(line: str) -> bool:
    """Whether a line has the times of a cue."""
    return _TIMING.fullmatch(line) is not None


def _lines(text: str) -> list[str]:
    return _LINE_END.split(text.removeprefix("\ufeff"))


def _webvtt_blocks(lines: Sequence[str]) -> Iterator[_Block]:
    at = 1  # behind the signature
    while at < len(lines) and lines[at].strip() and _ARROW not in lines[at]:
        at += 1  # the header
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        first, identifier, timing = at, "", None
        if _ARROW not in lines[at] and at + 1 < len(lines) and _ARROW in lines[at + 1]:
            identifier = lines[at].strip()
            at += 1
        if _ARROW in lines[at]:
            timing = lines[at]
            at += 1
        begun = at if timing is not None else first
        at = _end_of_text(lines, at, first, begins_empty=timing is not None)
        shown = list(lines[begun:at])
        if at < len(lines) and lines[at].strip() and shown and _MEANT_AS_ID.fullmatch(shown[-1].strip()):
            shown.pop()  # and so does the id before it, which the specification leaves in the text
            at -= 1
        if (timing if timing is not None else shown[0]).split(maxsplit=1)[0] not in _NOT_CUES:
            yield _Block(first + 1 + bool(identifier), identifier, timing, shown)


def _end_of_text(lines: Sequence[str], at: int, first: int, *, begins_empty: bool) -> int:
    """Where the text of a block ends: at an empty line, or where a line with an arrow begins the next cue.

    A line of blanks is none, as YouTube writes them; where an editor has taken the blanks away, it still begins a text.
    """
    said = not begins_empty
    while at < len(lines) and (_ARROW not in lines[at] or at == first):
        if not lines[at].strip():
            if (said and not lines[at]) or _begins_block(lines, at + 1):
                break
        else:
            said = True
        at += 1
    return at


def _begins_block(lines: Sequence[str], at: int) -> bool:
    """Whether a cue, a comment, an empty line or nothing stands there."""
    here = lines[at : at + 2]
    return (
        not here
        or not here[0].strip()
        or any(_ARROW in line for line in here)
        or here[0].startswith(_NOT_CUES)
    )


def _subrip_blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Cues begin where their times stand, with the number before them, for their text may have blank lines.

    A number behind a blank line, with text and no times behind it, is a cue that lacks them.
    """
    begins = [number for number, line in enumerate(lines) if _ARROW in line or _lacks_times(lines, number)]
    first = begins[0] if begins else len(lines)
    before = first - 1 if first and _COUNTER.fullmatch(lines[first - 1]) else first
    if any(line.strip() for line in lines[:before]):
        yield _Block(1, "", None, lines[:before])
    for place, number in enumerate(begins):
        last = begins[place + 1] if place + 1 < len(begins) else len(lines)
        shown = list(lines[number + 1 : last])
        if last < len(lines) and _ARROW in lines[last] and shown and _COUNTER.fullmatch(shown[-1]):
            shown.pop()
        identifier = lines[number - 1].strip() if number and _COUNTER.fullmatch(lines[number - 1]) else ""
        timing = lines[number] if _ARROW in lines[number] else None
        yield _Block(number + 1, identifier, timing, [line for line in shown if line.strip()])


def _lacks_times(lines: Sequence[str], number: int) -> bool:
    """Whether a line is the number of a cue that goes on with its text instead of its times."""
    if number + 1 >= len(lines) or not _COUNTER.fullmatch(lines[number]) or _ARROW in lines[number + 1]:
        return False
    return bool(lines[number + 1].strip()) and (number == 0 or not lines[number - 1].strip())


def _cues(blocks: Sequence[_Block]) -> list[Cue | NoCue]:
    # Microsoft's Graph writes 0:0:3.90 for 3 s and 90 ms: no zeros before any number, so none before these either
    unpadded = any(
        _UNPADDED.search(time) is not None
        for block in blocks
        if block.timing and (found := _TIMING.fullmatch(block.timing))
        for time in found.groups()
    )
    cues: list[Cue | NoCue] = []
    for block in blocks:
        found = _TIMING.fullmatch(block.timing) if block.timing else None
        times = [_milliseconds(time, unpadded=unpadded) for time in found.groups()] if found else []
        start, end = times if len(times) == 2 else (None, None)
        if start is None or end is None:
            cues.append(NoCue(block.line))
        else:
            cues.append(Cue(block.line, block.identifier, start, end, "\n".join(block.text)))
    return cues


def _milliseconds(time: str, *, unpadded: bool) -> int | None:
    """None where minutes or seconds are none. A negative time, which tools write of what began before the recording, is
    the recording's start."""
    parts = _PARTS.fullmatch(time.replace("-", ""))
    if parts is None:
        return None
    hours, minutes, seconds, fraction = parts.groups(default="")
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    if "-" in time:
        return 0
    whole = unpadded and len(fraction) < 3
    milliseconds = int(fraction or 0) if whole else int(fraction[:3].ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + milliseconds
