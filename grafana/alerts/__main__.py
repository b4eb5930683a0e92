"""Writes the alerting files that are committed, for usual office hours: `python -m grafana.alerts`."""

from __future__ import annotations

from grafana.alerts.files import ALERTING, files
from grafana.alerts.rules import Office


def main() -> None:
    ALERTING.mkdir(parents=True, exist_ok=True)
    for name, text in files(Office()).items():
        (ALERTING / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
