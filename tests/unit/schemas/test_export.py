"""The published contract: what is committed is what the models say, and a stranger can work with it alone."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from schemas import export
from schemas.events import EVENT_TYPES, Event, parse
from schemas.topics import SOURCES


def _schema(kind: type[Event]) -> dict[str, Any]:
    name = kind.model_fields["type"].default
    published: dict[str, Any] = json.loads((export.FOLDER / f"{name}.schema.json").read_text())
    return published


def _example(kind: type[Event]) -> dict[str, Any]:
    """An event made of nothing but the examples of the published schema."""
    properties = _schema(kind)["properties"]
    return {
        name: field["const"] if "const" in field else field["examples"][0]
        for name, field in properties.items()
        if "const" in field or "examples" in field
    }


def test_what_is_published_is_what_the_models_say() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in export.FOLDER.iterdir()}
    assert published == export.documents(), "run `python -m schemas.export` and commit what it writes"


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_the_examples_make_a_valid_event(kind: type[Event]) -> None:
    example = _example(kind)
    if example.get("state") == "open":
        del example["closed_on"]
    jsonschema.validate(example, _schema(kind), format_checker=jsonschema.FormatChecker())
    assert type(parse(json.dumps(example))) is kind


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_field_is_documented(kind: type[Event]) -> None:
    for name, field in _schema(kind)["properties"].items():
        if name != "type":
            assert field.get("description"), f"{kind.__name__}.{name} has no description"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"consent": "yes"}, "is not of type 'boolean'"),
        ({"start_ms": -1}, "is less than the minimum"),
        ({"segment_id": " "}, "does not match"),
        ({"speaker": "agent"}, "is not one of"),
        ({"mood": "bad"}, "unexpected"),
        ({"text": "x" * 20_001}, "is too long"),
    ],
)
def test_the_schema_alone_refuses_what_the_models_refuse(change: dict[str, Any], says: str) -> None:
    kind = next(kind for kind in EVENT_TYPES if kind.__name__ == "CallSegment")
    event = _example(kind) | change
    with pytest.raises(jsonschema.ValidationError, match=says):
        jsonschema.validate(event, _schema(kind))


def test_each_topic_is_a_channel_with_its_events() -> None:
    document = json.loads((export.FOLDER / "asyncapi.json").read_text())
    assert document["asyncapi"].startswith("3.")
    channels = {channel["address"]: channel for channel in document["channels"].values()}
    for topic in SOURCES:
        names = {kind.model_fields["type"].default for kind in topic.carries}
        assert set(channels[topic.name]["messages"]) == names
    for reference in _references(document):
        assert _resolve(document, reference), f"{reference} leads nowhere"


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for value in node.values() for found in _references(value)]
    if isinstance(node, list):
        return [found for value in node for found in _references(value)]
    return []


def _resolve(document: Any, reference: str) -> Any:
    node = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node
