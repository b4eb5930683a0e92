"""Why a message is rejected: the closed list of reasons, and the sentence that goes with one.

The sentence names the field and what is expected. Of what was sent it repeats nothing but short numbers in fields of
numbers: a name, a phone number or spoken words may stand in any other field, also as the field's own name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any  # Any: a place within JSON, and what pydantic says of it

from pydantic import ValidationError

from schemas.events import EVENT_TYPES, Participant

_TYPE_NAMES = frozenset(kind.model_fields["type"].default for kind in EVENT_TYPES)
_FIELDS = frozenset(Participant.model_fields).union(*(kind.model_fields for kind in EVENT_TYPES))
_NUMBERS = frozenset(
    {
        "schema_version", "revision", "start_ms", "end_ms", "duration_ms", "confidence", "win_probability",
        "duration_minutes",
    }
)  # fmt: skip
_MAX_NUMBER_LENGTH = 6
"""Digits of a number that is repeated: a longer one may be a phone number that came into the wrong field."""
_MAX_NAME_LENGTH = 60
_MAX_DETAIL_LENGTH = 500


class Reason(StrEnum):
    """The closed list of reasons; the label of metrics, and what `dead_letters.reason` may hold."""

    EMPTY = "empty"
    """The message has no value."""
    TOO_LARGE = "too_large"
    """The message is larger than any event can be."""
    NOT_JSON = "not_json"
    """The value is not a JSON object in UTF-8."""
    UNKNOWN_TYPE = "unknown_type"
    """`type` is missing or names no event of this contract."""
    UNKNOWN_VERSION = "unknown_version"
    """`schema_version` is one that this program does not know."""
    UNKNOWN_FIELD = "unknown_field"
    """The event has a field that the contract does not have."""
    INVALID_FIELD = "invalid_field"
    """A field is missing or its value is outside what the contract allows."""
    WRONG_TOPIC = "wrong_topic"
    """The event belongs to another topic."""
    WRONG_KEY = "wrong_key"
    """The message key is not the event's, so that its partition may be another worker's."""
    WRONG_CURRENCY = "wrong_currency"
    """Money is not in the reporting currency."""
    IDENTITY_CONFLICT = "identity_conflict"
    """The event names another seller or another start than the call is known by."""
    BEYOND_RETENTION = "beyond_retention"
    """It is older than the store keeps such facts: stored, it would be gone at once, or make numbers wrong."""
    IN_THE_FUTURE = "in_the_future"
    """It is dated later than it arrived, by more than clocks differ."""
    TOO_MANY_SEGMENTS = "too_many_segments"
    """The call already has as many segments as a call may have."""
    ERASED = "erased"
    """It is about a call, a deal or an activity whose data was erased; nothing of it is repeated anywhere."""
    REFUSED_BY_STORE = "refused_by_store"
    """ClickHouse does not accept the row."""
    UNPROCESSABLE = "unprocessable"
    """An analysis fails on it: a defect of this program, of which the log has the place and no words."""


class Rejection(Exception):  # noqa: N818 - what happened, not what went wrong
    """A message that cannot be taken, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


def explain(error: ValidationError) -> Rejection:
    """The rejection that a failed validation amounts to: its most basic reason, and each field with what is wrong."""
    problems = error.errors(include_url=False, include_context=False)
    return Rejection(_reason(problems), _joined(_sentences(problems)))


def _joined(sentences: Iterable[str]) -> str:
    """As many as fit: there may be one for each of some thousand fields, and each takes its time to be worded."""
    told: list[str] = []
    length = 0
    for sentence in sentences:
        told.append(sentence)
        length += len(sentence)
        if length >= _MAX_DETAIL_LENGTH:
            break
    return "; ".join(told)[:_MAX_DETAIL_LENGTH]


def _reason(problems: Iterable[Mapping[str, Any]]) -> Reason:
    found = {_reason_of_one(problem) for problem in problems}
    basic_first = (Reason.NOT_JSON, Reason.UNKNOWN_TYPE, Reason.UNKNOWN_VERSION, Reason.UNKNOWN_FIELD)
    return next((reason for reason in basic_first if reason in found), Reason.INVALID_FIELD)


def _reason_of_one(problem: Mapping[str, Any]) -> Reason:
    match problem["type"]:
        case "json_invalid" | "model_attributes_type" | "model_type" | "dict_type":
            return Reason.NOT_JSON
        case "union_tag_invalid" | "union_tag_not_found":
            return Reason.UNKNOWN_TYPE
        case "extra_forbidden":
            return Reason.UNKNOWN_FIELD
        case "literal_error" if problem["loc"][-1:] == ("schema_version",):
            return Reason.UNKNOWN_VERSION
    return Reason.INVALID_FIELD


def _sentences(problems: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for problem in problems:
        path = list(problem["loc"])
        if path[:1] and path[0] in _TYPE_NAMES:  # the event that it would be; a field may be called like one
            del path[0]
        match problem["type"]:
            case "json_invalid":
                yield str(problem["msg"])
            case "union_tag_invalid" | "union_tag_not_found":
                yield f"type: must be one of {', '.join(sorted(_TYPE_NAMES))}"
            case "extra_forbidden":
                yield _unknown_field(path)
            case _:
                field = _shown_path(path)
                sentence = f"{problem['msg']}{_shown_value(path, problem.get('input'))}"
                yield f"{field}: {sentence}" if field else sentence


def _unknown_field(path: list[Any]) -> str:
    """Leave it out, or spell it as the contract does; what it is called may be anybody's words."""
    inside = _shown_path(path[:-1])
    name = str(path[-1])[:_MAX_NAME_LENGTH].lower()
    near = difflib.get_close_matches(name, sorted(_FIELDS), n=1, cutoff=0.8)
    meant = f", or did you mean {near[0]}?" if near else ""
    return f"{f'{inside}: ' if inside else ''}a field that this event does not have: leave it out{meant}"


def _shown_path(path: Iterable[Any]) -> str:
    """The place of a field by names of the contract and numbers of list items."""
    return ".".join(str(part) if isinstance(part, int) or part in _FIELDS else "…" for part in path)


def _shown_value(path: list[Any], value: object) -> str:
    """A short number in a field of numbers; else nothing."""
    if not path or path[-1] not in _NUMBERS or not isinstance(value, int | float):
        return ""
    text = repr(value) if abs(value) < 10**_MAX_NUMBER_LENGTH else ""
    return f" (got {text})" if 0 < len(text) <= _MAX_NUMBER_LENGTH else ""
