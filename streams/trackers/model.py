"""Trackers as people edit them, and why an edit fails: what page, command line and service share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self  # Any: values as the driver has them

from processors.analysis.names.as_name import is_common_word
from schemas.events import Side, TrackerKind
from streams.errors import SalgspulsError


class TrackerError(SalgspulsError):
    """An edit was rejected, did not get through, or has not taken effect yet.

    `str(error)` is English; a view translates by class, with `values` for the blanks of its own text.
    """

    template: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = {key: str(value) for key, value in values.items()}
        super().__init__(self.template.format(**self.values))


class InvalidTrackerError(TrackerError):
    """A tracker cannot be as it was given; `reason` names each field, its value and what is allowed."""

    template = "That cannot be tracked. {reason}"


class AlreadyTrackedError(TrackerError):
    """Another tracker has this `name` in the same language and for the same side: it would be counted twice."""

    template = "{name} is already tracked: change that tracker instead."


class UnknownTrackerError(TrackerError):
    """There is no tracker `tracker_id`, or it was removed."""

    template = "There is no tracker {tracker_id!r}; `salgspuls trackers list` shows all."


class OvertakenError(TrackerError):
    """Somebody else has changed the tracker `name` since it was looked at; nothing was changed."""

    template = "Somebody else has changed {name} in the meantime, so nothing was saved."


class NotChangedError(TrackerError):
    """The change could not be sent; `reason` says why."""

    template = "The change did not get through. {reason}"


class NotStoredYetError(TrackerError):
    """The change was sent, but no worker has stored it in time."""

    template = "The change is sent, and takes effect once a worker has stored it. {reason}"


class NotReprocessedError(TrackerError):
    """Past calls could not be reprocessed; `reason` says why."""

    template = "Past calls could not be reprocessed. {reason}"


class ReprocessingError(TrackerError):
    """Past calls are being reprocessed already."""

    template = "Past calls are being reprocessed already."


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
    only_as_name: bool | None = None
    """None: where it is a competitor and an everyday word."""

    @property
    def is_common_word(self) -> bool:
        """Whether the name, or an alias, is an everyday word: what is counted may not mean it."""
        return any(map(is_common_word, (self.name, *self.aliases)))

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
            only_as_name=None if row["only_as_name"] is None else bool(row["only_as_name"]),
        )


class TrackerEditor(Protocol):
    """What a view needs to edit trackers. Each call returns when the change is stored, and raises TrackerError.

    `seen` is the tracker as it was when somebody began to change it: if it is different by now, nothing is
    changed and OvertakenError is raised.
    """

    async def add(self, form: TrackerForm) -> None:
        """Start tracking something new."""

    async def change(self, tracker_id: str, seen: TrackerForm, form: TrackerForm) -> None:
        """Make a tracker what the form says."""

    async def remove(self, tracker_id: str, seen: TrackerForm) -> None:
        """Stop tracking it; past mentions stay."""

    async def reprocess(self) -> None:
        """Reprocess past calls with the current trackers; returns when it is done."""
