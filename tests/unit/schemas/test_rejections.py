"""A rejection is an exception like any other, and says nothing of what was sent but short numbers."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import ValidationError

from schemas.events import EVENT_TYPES, parse
from schemas.rejections import Reason, Rejection, explain

TYPE_NAMES = [kind.model_fields["type"].default for kind in EVENT_TYPES]


def rejection(**fields: object) -> Rejection:
    body = {
        "type": "call_segment", "call_id": "c1", "call_started_at": "2026-11-24T09:30:00Z", "seller_id": "s1",
        "consent": True, "segment_id": "1", "speaker": "seller", "start_ms": 0, "end_ms": 1, "text": "hej",
    }  # fmt: skip
    with pytest.raises(ValidationError) as caught:
        parse(json.dumps(body | fields))
    return explain(caught.value)


def test_a_rejection_passes_through_context_managers() -> None:
    @contextmanager
    def stage() -> Iterator[None]:
        yield

    with pytest.raises(Rejection) as caught, stage():
        raise Rejection(Reason.EMPTY, "nothing")
    assert (caught.value.reason, str(caught.value)) == (Reason.EMPTY, "empty: nothing")


@pytest.mark.parametrize(
    "fields",
    [
        {"speaker": "Karen 20304050"},
        {"language": "Karen 20304050"},
        {"segment_id": "Karen 20304050 "},
        {"Karen 20304050": 1},
        {"participants": [{"Karen 20304050": 1}]},
        {"start_ms": 4520304050},
        {"start_ms": "20304050"},
        {"revision": 20304050},
        {"speaker": 20304050},
        {"consent": "Karen"},
        {"type": "Karen 20304050"},
        {"text": ["Karen"]},
        {"call_started_at": "Karen 20304050"},
        *({kind: "Karen 20304050"} for kind in TYPE_NAMES),
        {"participants": [{"call_started": "Karen 20304050"}]},
    ],
)
def test_no_value_is_repeated_but_short_numbers(fields: dict[str, object]) -> None:
    detail = rejection(**fields).detail
    assert "Karen" not in detail
    assert "20304050" not in detail


def test_a_misspelt_field_is_told_by_the_one_that_was_meant() -> None:
    assert "did you mean text?" in rejection(Text="Karen").detail
    assert rejection(start_ms=-5).detail == "start_ms: Input should be greater than or equal to 0 (got -5)"


@pytest.mark.parametrize("name", TYPE_NAMES)
def test_an_unknown_field_may_be_called_like_an_event(name: str) -> None:
    found = rejection(**{name: "Karen"})
    assert found.reason is Reason.UNKNOWN_FIELD
    assert "a field that this event does not have" in found.detail


def test_a_detail_is_bounded() -> None:
    assert len(rejection(**{f"x{number}": number for number in range(1000)}).detail) <= 500


def test_a_reason_of_some_thousand_fields_is_worded_only_as_far_as_it_is_told() -> None:
    message = json.dumps(
        {"type": "call_ended", "schema_version": 2} | {f"fiel{number}": 1 for number in range(15_000)}
    )
    with pytest.raises(ValidationError) as caught:
        parse(message)
    began = time.process_time()
    found = explain(caught.value)
    assert time.process_time() - began < 0.5  # wording all of them took three seconds
    assert found.reason is Reason.UNKNOWN_VERSION
    assert len(found.detail) == 500
