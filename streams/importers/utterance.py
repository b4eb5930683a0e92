"""A stretch of speech in a transcript."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech in a transcript. Times are milliseconds since the call's start."""

    utterance_id: str
    speaker: str
    """Label, role or name by which the file tells its speakers apart."""
    start_ms: int
    end_ms: int
    text: str
    confidence: float | None = None
    language: str | None = None
    place: str = ""
    """Where in a JSON document it stands."""
    line: int | None = None
    """Where in a file of lines it stands."""
