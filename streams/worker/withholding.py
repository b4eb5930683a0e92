"""What of a rejected message may go on to the dead-letter topic, whatever was wrong with it.

Nobody knows what stands in a message that was not understood: words spoken without consent, a name, a number. So it is
not searched for what must not go on. What goes on is a list of fields that hold nothing of the kind, each with a value
that the contract allows in it; the source topic has the rest, until its retention ends.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import Any, NamedTuple  # Any: JSON

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from processors.analysis.masking import mask
from schemas.events import EVENT_TYPES
from schemas.rejections import Reason, Rejection
from streams.kafka.messages import MAX_MESSAGE_BYTES, Message

_IDS = ("call_id", "segment_id", "seller_id", "opportunity_id", "activity_id", "tracker_id", "period_id")
_OTHERS = (
    "type", "schema_version", "revision", "call_started_at", "consent", "speaker", "start_ms", "end_ms", "confidence",
    "produced_at", "direction", "channel", "duration_ms", "state", "currency", "win_probability",
    "estimated_close_on", "closed_on", "changed_at", "kind", "started_at", "duration_minutes", "with_customer",
    "starred", "active", "side", "word_forms", "compounds", "only_as_name", "removed", "starts_on", "ends_on",
)  # fmt: skip
_ID = re.compile(r"(?=[^\d]*\d)[\w.:/-]{1,64}", re.ASCII)
"""What no word is: an id with a digit in it, and nothing that separates words."""
_NO_PART_OF_A_NUMBER = re.compile(r"[^\d.-]+", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)")
_LARGE = 10_000_000
"""A number from here on may be a phone number that came into the wrong field."""


class Shareable(NamedTuple):
    """What may be sent of a rejected message: a value (None when nothing of it may), and headers about the rest."""

    value: bytes | None
    headers: dict[str, bytes]


def shareable(message: Message, rejection: Rejection) -> Shareable:
    """The harmless part of a rejected message, some kB at most; headers have length and SHA-256 of what it was."""
    if message.value is None:
        return Shareable(None, {})
    if rejection.reason is Reason.ERASED:  # also a hash would say something of it
        return Shareable(None, {"withheld": b"value"})
    fields = _harmless_fields(message.value)
    headers = {
        "withheld": b"fields" if fields else b"value",
        "withheld-length": str(len(message.value)).encode(),
        "withheld-sha256": hashlib.sha256(message.value).hexdigest().encode(),
    }
    return Shareable(to_json(fields) if fields else None, headers)


def _harmless_fields(value: bytes) -> dict[str, Any]:
    if len(value) > MAX_MESSAGE_BYTES:
        return {}
    try:
        decoded = from_json(value)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(decoded, dict):
        return {}
    return {
        name: decoded[name] for name in _ADAPTERS if name in decoded and _is_harmless(name, decoded[name])
    }


def _is_harmless(name: str, value: object) -> bool:
    """Whether the contract knows such a value for the field, and it cannot be anything else."""
    if not isinstance(value, str | int | float) or (not isinstance(value, str) and abs(value) >= _LARGE):
        return False
    if name in _IDS and not _is_no_word_and_no_number(str(value)):
        return False
    return any(_is_as_written(adapter, value) for adapter in _ADAPTERS[name])


def _is_no_word_and_no_number(value: str) -> bool:
    """Whether an id holds nothing private, also when letters stand directly before or behind a number."""
    alone = _NO_PART_OF_A_NUMBER.sub(" ", value)
    return _ID.fullmatch(value) is not None and mask(value) == value and mask(alone) == alone


def _is_as_written(adapter: TypeAdapter[Any], value: object) -> bool:
    """Whether a value is valid, and looks as the contract writes it: "2345678901" is valid as a moment, too."""
    try:
        written = adapter.dump_python(adapter.validate_json(to_json(value), strict=True), mode="json")
    except ValidationError:
        return False
    return written == value or (isinstance(value, str) and _MOMENT.fullmatch(value) is not None)


def _takes_any_words(adapter: TypeAdapter[Any]) -> bool:
    """Whether a field is free text in some event, whatever it is in others."""
    for words in ("Karen Holm", "Karen", "karen", "karen-holm"):
        with suppress(ValidationError):
            adapter.validate_python(words)
            return True
    return False


def _adapters() -> dict[str, list[TypeAdapter[Any]]]:
    """For each field of the list, the types that the contract's events give it."""
    found: dict[str, list[TypeAdapter[Any]]] = {name: [] for name in (*_IDS, *_OTHERS)}
    seen: set[tuple[str, str]] = set()
    for kind in EVENT_TYPES:
        for name, field in kind.model_fields.items():
            if name in found and (name, repr(field.annotation) + repr(field.metadata)) not in seen:
                seen.add((name, repr(field.annotation) + repr(field.metadata)))
                adapter = TypeAdapter[Any](field.rebuild_annotation())
                if name in _IDS or not _takes_any_words(adapter):
                    found[name].append(adapter)
    return found


_ADAPTERS = _adapters()
