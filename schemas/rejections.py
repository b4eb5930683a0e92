"""Why a message is refused: the closed list of reasons, and the sentence that goes with one.

The sentence names the field, the value and what is expected, but never repeats what may be a customer's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from schemas.events import EVENT_TYPES

_CUSTOMER_FIELDS = frozenset[str]().union(*(kind.CUSTOMER_FIELDS for kind in EVENT_TYPES))
_TYPE_NAMES = frozenset(kind.model_fields["type"].default for kind in EVENT_TYPES)
_MAX_VALUE_LENGTH = 60
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
    """The call is older than the store keeps segments, so that its numbers could no longer be right."""
    TOO_MANY_SEGMENTS = "too_many_segments"
    """The call already has as many segments as a call may have."""
    ERASED = "erased"
    """It is about a call, a deal or an activity whose data was erased; nothing of it is repeated anywhere."""
    REFUSED_BY_STORE = "refused_by_store"
    """ClickHouse does not accept the row."""


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - what happened, not what went wrong
    """A message that cannot be taken, and why."""

    reason: Reason
    detail: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


def explain(error: ValidationError) -> Refusal:
    """The refusal that a failed validation amounts to: its most basic reason, and each field with what is wrong."""
    problems = error.errors(include_url=False, include_context=False)
    return Refusal(_reason(problems), "; ".join(_sentences(problems))[:_MAX_DETAIL_LENGTH])


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
        path = [part for part in problem["loc"] if part not in _TYPE_NAMES]
        field = ".".join(str(part) for part in path)
        message = str(problem["msg"])
        if problem["type"] == "json_invalid":
            yield message
        elif problem["type"] in ("union_tag_invalid", "union_tag_not_found"):
            yield f"type: must be one of {', '.join(sorted(_TYPE_NAMES))}"
        elif problem["type"] == "extra_forbidden":
            yield f"{field[:_MAX_VALUE_LENGTH]}: not a field of this event, leave it out"
        else:
            shown = _shown(path, problem.get("input"))
            yield f"{field}: {message}{shown}" if field else message


def _shown(path: list[object], value: object) -> str:
    """The value as a reader may see it: plain, short, and nothing that a customer may have said."""
    if (
        not path
        or not _CUSTOMER_FIELDS.isdisjoint(map(str, path))
        or not isinstance(value, str | int | float)
    ):
        return ""
    text = repr(value)
    return f" (got {text if len(text) <= _MAX_VALUE_LENGTH else text[:_MAX_VALUE_LENGTH] + '…'})"
