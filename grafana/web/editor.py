"""What the page asks of whoever may change trackers: it only reads itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from grafana.i18n import Text
from schemas.events import Side, TrackerKind


class EditError(Exception):
    """A change was refused, did not get through, or waits; `said` is for people, filled with `values`."""

    def __init__(self, said: Text, **values: object) -> None:
        self.said = Text(*(text.format(**values) for text in said))
        super().__init__(self.said.en)


class OvertakenError(EditError):
    """Somebody else has changed the tracker since it was looked at; nothing was changed."""


@dataclass(frozen=True, slots=True)
class TrackerForm:
    """A tracker as somebody filled it in. None is any language, either side."""

    name: str
    kind: TrackerKind
    aliases: tuple[str, ...] = ()
    language: str | None = None
    side: Side | None = None
    word_forms: bool = True
    compounds: bool = True

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The form that a stored tracker fills in; an empty language or side is any."""
        return cls(
            name=row["name"],
            kind=row["kind"],
            aliases=tuple(row["aliases"]),
            language=row["language"] or None,
            side=row["side"] or None,
            word_forms=bool(row["word_forms"]),
            compounds=bool(row["compounds"]),
        )


class TrackerEditor(Protocol):
    """Who carries changes out. Each returns when the change is stored, and raises EditError.

    `seen` is the tracker as it was when somebody began to change it: when it is another one by now, nothing is
    changed and OvertakenError is raised.
    """

    async def add(self, form: TrackerForm) -> None:
        """Listens for something new."""

    async def change(self, tracker_id: str, seen: TrackerForm, form: TrackerForm) -> None:
        """Makes a tracker what the form says."""

    async def remove(self, tracker_id: str, seen: TrackerForm) -> None:
        """Listens for it no longer; what was found stays."""

    async def recompute(self) -> None:
        """Analyses stored calls anew with the trackers of now; returns when it is done."""
