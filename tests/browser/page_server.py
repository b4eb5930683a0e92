"""Serves the built-in page for the browser tests: `python page_server.py`, settings as JSON on standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clickhouse.client import ClickHouseConfig
from grafana.web.app import run
from grafana.web.config import PageConfig
from streams.config.settings import LogSettings
from streams.logs import logs


def main() -> None:
    settings = json.load(sys.stdin)
    if "dashboards" in settings["page"]:
        settings["page"]["dashboards"] = Path(settings["page"]["dashboards"])
    if log := settings["page"].pop("log", None):
        sys.stderr = sys.stdout = Path(log).open("w", encoding="utf-8")  # noqa: SIM115 until the process ends
    logs.configure(LogSettings())
    run(PageConfig(clickhouse=ClickHouseConfig(**settings["reader"]), **settings["page"]))


main()
