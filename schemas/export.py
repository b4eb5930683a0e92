"""The contract for producers in any language: a JSON Schema for each event, and one AsyncAPI 3 document.

Written to `schemas/published/`; a test fails when what is committed there is not what this module makes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any  # Any: JSON

from schemas.events import EVENT_TYPES, SCHEMA_VERSION, Event
from schemas.rejections import Reason
from schemas.topics import DEAD_LETTERS, SOURCES, TopicSpec

FOLDER = Path(__file__).parent / "published"

_ASYNCAPI = "3.0.0"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def documents() -> dict[str, str]:
    """File name and content of everything that is published."""
    schemas = {f"{_name(kind)}.schema.json": {"$schema": _DIALECT, **_schema(kind)} for kind in EVENT_TYPES}
    return {name: _text(document) for name, document in {**schemas, "asyncapi.json": asyncapi()}.items()}


def write(folder: Path = FOLDER) -> list[Path]:
    """Write all documents and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in documents().items():
        path = folder / name
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3 document: a channel for each topic, a message for each event."""
    return {
        "asyncapi": _ASYNCAPI,
        "info": {
            "title": "Salgspuls",
            "version": f"{SCHEMA_VERSION}",
            "description": (
                "Send these events to see calls and deals live. The message key decides the partition and must be the "
                "one given for each channel. A higher revision of a fact replaces a lower one; an equal one is a "
                "duplicate. What cannot be taken goes to the channel of dead letters, with the reason in a header."
            ),
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            **{_channel(topic): _source_channel(topic) for topic in SOURCES},
            _channel(DEAD_LETTERS): _dead_letter_channel(),
        },
        "operations": {
            **{f"receive-{_channel(topic)}": _operation("receive", topic) for topic in SOURCES},
            f"send-{_channel(DEAD_LETTERS)}": _operation("send", DEAD_LETTERS),
        },
        "components": {
            "messages": {
                **{_name(kind): _message(kind) for kind in EVENT_TYPES},
                "dead_letter": _dead_letter(),
            }
        },
    }


def _source_channel(topic: TopicSpec) -> dict[str, Any]:
    return {
        "address": topic.name,
        "description": f"Message key: {topic.key}.",
        "messages": {_name(kind): {"$ref": f"#/components/messages/{_name(kind)}"} for kind in topic.carries},
        "bindings": {"kafka": {"topicConfiguration": {"cleanup.policy": [topic.cleanup]}}},
    }


def _dead_letter_channel() -> dict[str, Any]:
    return {
        "address": DEAD_LETTERS.name,
        "description": "Messages that could not be taken, as they were received, with key and value.",
        "messages": {"dead_letter": {"$ref": "#/components/messages/dead_letter"}},
    }


def _operation(action: str, topic: TopicSpec) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{_channel(topic)}"}}


def _message(kind: type[Event]) -> dict[str, Any]:
    return {
        "name": _name(kind),
        "summary": (kind.__doc__ or "").strip().partition("\n")[0],
        "contentType": "application/json",
        "payload": _schema(kind),
    }


def _dead_letter() -> dict[str, Any]:
    return {
        "name": "dead_letter",
        "summary": "A message that could not be taken.",
        "headers": {
            "type": "object",
            "required": ["topic", "partition", "offset", "received-at", "reason", "detail", "app-version"],
            "properties": {
                "topic": {"type": "string", "description": "Where it came from."},
                "partition": {"type": "string", "description": "Decimal number."},
                "offset": {"type": "string", "description": "Decimal number."},
                "sent-at": {
                    "type": "string",
                    "format": "date-time",
                    "description": "The message's own time.",
                },
                "received-at": {"type": "string", "format": "date-time", "description": "When it arrived."},
                "reason": {"type": "string", "enum": [reason.value for reason in Reason]},
                "detail": {"type": "string", "description": "The field, and what is expected."},
                "app-version": {"type": "string"},
                "withheld": {
                    "type": "string",
                    "enum": ["fields", "value"],
                    "description": "What was held back: all but harmless fields, or all of it.",
                },
                "withheld-length": {"type": "string", "description": "Bytes of the value as received."},
                "withheld-sha256": {"type": "string", "description": "SHA-256 of the value as received."},
            },
        },
        "payload": {},
    }


def _schema(kind: type[Event]) -> dict[str, Any]:
    """The JSON Schema, with definitions in place and `Example:` notes as examples."""
    raw = kind.model_json_schema(mode="validation")
    definitions = raw.pop("$defs", {})
    schema: dict[str, Any] = _inlined(raw, definitions)
    schema["title"] = _name(kind)
    schema["properties"]["type"] = {"const": _name(kind)}
    schema["required"] = sorted({"type", *schema.get("required", [])})
    return schema


def _inlined(node: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[node["$ref"].rpartition("/")[2]]
        return _inlined(
            {**target, **{key: value for key, value in node.items() if key != "$ref"}}, definitions
        )
    result = {
        key: _inlined(value, definitions)
        for key, value in node.items()
        if key != "title"
        or isinstance(value, dict)  # pydantic's titles repeat the names; a property may be called so
    }
    text, marker, example = str(result.get("description", "")).partition("Example:")
    if marker:
        result["description"] = text.strip()
        result["examples"] = [json.loads(example)]
        if not result["description"]:
            del result["description"]
    return result


def _name(kind: type[Event]) -> str:
    name: str = kind.model_fields["type"].default
    return name


def _channel(topic: TopicSpec) -> str:
    return topic.name.rpartition(".")[2]


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write()
