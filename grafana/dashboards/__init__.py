"""The committed dashboards, which `grafana.render` writes."""

from pathlib import Path

FOLDER = Path(__file__).with_name("json")
"""Where they are."""
