"""The committed dashboards are what the code says, whole and consistent."""

from __future__ import annotations

from grafana.dashboards import FOLDER
from grafana.dashboards.build import files


def test_the_committed_json_is_what_the_code_builds() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = [name for name, text in files().items() if committed.get(name) != text]
    assert not stale, f"run python -m grafana.dashboards and commit: {stale}"
    assert committed.keys() == files().keys()
