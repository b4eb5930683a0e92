"""Serves the built-in page for the browser tests: `python page_server.py`, settings as JSON on standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clickhouse.client import ClickHouseConfig
from grafana.web.app import run
from grafana.web.config import PageConfig


def main() -> None:
    settings = json.load(sys.stdin)
    if "dashboards" in settings["page"]:
        settings["page"]["dashboards"] = Path(settings["page"]["dashboards"])
    run(PageConfig(clickhouse=ClickHouseConfig(**settings["reader"]), **settings["page"]))


main()
