"""What the page asks of whoever may change trackers: it only reads itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from schemas.events import Side, TrackerKind


class EditError(Exception):
    """A change was refused or could not be sent; the text is for people."""


@dataclass(frozen=True, slots=True)
class TrackerForm:
    """A tracker as somebody filled it in. Without `tracker_id` it is a new one; None is any language, either side."""

    name: str
    kind: TrackerKind
    aliases: tuple[str, ...] = ()
    language: str | None = None
    side: Side | None = None
    word_forms: bool = True
    compounds: bool = True
    tracker_id: str | None = None


class TrackerEditor(Protocol):
    """Who carries changes out; the page itself only reads. Methods may block and are called in threads.

    All raise EditError.
    """

    def save(self, form: TrackerForm) -> None:
        """Adds or changes a tracker; returns when the change is sent."""

    def remove(self, tracker_id: str) -> None:
        """Listens for it no longer; what was found stays."""

    def recompute(self) -> None:
        """Analyses stored calls anew with the trackers of now; returns when it is done."""
