"""The committed dashboards are what Grafana's own types say: an unknown key or value in any panel is an error."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grafana.dashboards import FOLDER
from grafana.dashboards_ops import FOLDER as OPERATIONS

TYPES = Path(__file__).resolve().parents[1] / "support" / "grafana_schema"
UNTYPED = {"row", "alertlist"}
"""Panels of which Grafana publishes no types."""

FOR_OLDER = {"custom.hidden": None, "custom.cellOptions": "wrapText"}
"""What only tables up to Grafana 12.2 read: a whole setting, or a key of one."""

pytestmark = pytest.mark.grafana_schema


def boards() -> Iterator[Any]:
    for folder in (FOLDER, OPERATIONS):
        for path in sorted(folder.glob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))


def nested(properties: list[dict[str, Any]]) -> dict[str, Any]:
    """The properties of an override as field settings: `custom.width` is `width` in `custom`."""
    settings: dict[str, Any] = {}
    for one in properties:
        where, _, name = one["id"].rpartition(".")
        value, older = one["value"], FOR_OLDER.get(one["id"], "")
        if older is None:
            continue
        if older:
            value = {key: kept for key, kept in value.items() if key != older}
        (settings.setdefault(where, {}) if where else settings)[name] = value
    return settings


def typescript(board: Any) -> Iterator[str]:
    """Declarations that compile when the dashboard has the form that Grafana's types describe."""
    name = re.sub(r"\W", "_", board["uid"])
    yield f"export const {name}: Board = {json.dumps(board)};"
    for panel in board["panels"]:
        if panel["type"] in UNTYPED:
            continue
        fields = panel.get("fieldConfig", {"defaults": {}, "overrides": []})
        whole = {
            "options": panel["options"],
            "defaults": fields["defaults"],
            "overrides": [nested(override["properties"]) for override in fields["overrides"]],
        }
        declared = f"export const {name}_{panel['id']}: Kinds[{json.dumps(panel['type'])}]"
        yield f"// {board['uid']}, {panel['title']}\n{declared} = {json.dumps(whole)};"


def complaints(lines: Iterator[str], folder: Path) -> list[str]:
    (folder / "dashboards.ts").write_text(
        "import type { Board, Kinds } from './panel_types';\n" + "\n".join(lines), encoding="utf-8"
    )
    (folder / "panel_types.ts").write_text((TYPES / "panel_types.ts").read_text(encoding="utf-8"))
    (folder / "node_modules").symlink_to(TYPES / "node_modules")
    compiler = TYPES / "node_modules" / ".bin" / "tsc"
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--pretty", "false"]
    run = subprocess.run(
        [compiler, *options, "dashboards.ts"], cwd=folder, capture_output=True, text=True, timeout=300
    )
    return [line for line in run.stdout.splitlines() if "error TS" in line]


def test_grafanas_types_know_every_key_and_value(tmp_path: Path) -> None:
    lines = [line for board in boards() for line in typescript(board)]
    assert len(lines) > 200
    found = complaints(iter(lines), tmp_path)
    assert not found, "\n".join(found[:20])


def test_a_key_that_grafana_does_not_know_is_found(tmp_path: Path) -> None:
    board = next(board for board in boards() if board["uid"] == "salgspuls-team")
    table = next(panel for panel in board["panels"] if panel["type"] == "table")
    table["options"]["footer"] = {"show": False}
    table["fieldConfig"]["overrides"][0]["properties"].append({"id": "custom.unseen", "value": True})
    board["panels"] = [table]
    found = complaints(typescript(board), tmp_path)
    assert any("footer" in line for line in found)
    assert any("unseen" in line for line in found)
