"""The dashboards as code. `python -m grafana.dashboards` writes them to `json/`, which is committed."""

from pathlib import Path

FOLDER = Path(__file__).with_name("json")
"""Where the committed dashboards are."""
