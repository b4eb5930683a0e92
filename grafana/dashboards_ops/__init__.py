"""The dashboard of whoever operates the workers: their Prometheus metrics. Its JSON is committed beside it."""

from pathlib import Path

FOLDER = Path(__file__).with_name("json")
"""Where the committed dashboard is."""
