"""The README's table of what a manager sees names pages and panels that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from grafana.dashboards import FOLDER
from grafana.dashboards_ops import FOLDER as OPERATIONS

ROOT = Path(__file__).resolve().parents[3]
BOARDS: dict[str, Any] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for folder in (FOLDER, OPERATIONS)
    for path in folder.glob("*.json")
}
ROWS = re.findall(
    r"^\| ([^|]+) \| `(salgspuls-[a-z-]+)` \| ([^|]+) \|$",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    re.M,
)


def test_the_table_names_every_page_and_only_panels_that_are_there() -> None:
    for item, uid, panels in ROWS:
        shown = {panel["title"] for panel in BOARDS[uid]["panels"]}
        named = panels.split("; ")
        assert set(named) <= shown, f"{item}: no such panel on {uid}: {set(named) - shown}"
    english = {uid for uid in BOARDS if not uid.endswith("-da")}
    assert {uid for _, uid, _ in ROWS} == english


def test_every_panel_of_home_stands_in_the_table() -> None:
    named = {panel for _, uid, panels in ROWS if uid == "salgspuls-home" for panel in panels.split("; ")}
    shown = {
        panel["title"] for panel in BOARDS["salgspuls-home"]["panels"] if panel["type"] not in ("row", "text")
    }
    assert named == shown


def test_every_picture_that_the_documents_show_is_kept() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / picture).is_file(), f"{document.name} shows {picture}"
