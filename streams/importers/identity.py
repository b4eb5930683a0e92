"""By which id a call is known: what its platform calls it, else what stays when a file is corrected."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError

from schemas.fields import Id

_ID: TypeAdapter[str] = TypeAdapter(Id)


def call_identity(*parts: str) -> str:
    """An id from what tells a call, or a participant, from others in the system that it comes from; always the same."""
    joined = "/".join(parts)
    try:
        return _ID.validate_python(joined)
    except ValidationError:
        return _digest(joined)


def identity_of_speech(speakers: Iterable[str], times: Iterable[tuple[int, int]], length_ms: int) -> str:
    """The id of a call that has none: from who speaks, when (start and end in ms), and how long it lasts.

    Words take no part, nor does how a file is written: corrected words, other line ends, another format of the same
    transcript leave the id as it is.
    """
    names = sorted({normalised(speaker) for speaker in speakers})
    return _digest(json.dumps([names, sorted(set(times)), length_ms], ensure_ascii=False))


def normalised(name: str) -> str:
    """A name without what differs between two spellings of it: case, blanks, composed letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
