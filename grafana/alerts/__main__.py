"""Writes the alerting files that are committed, for usual office hours: `python -m grafana.alerts`."""

from __future__ import annotations

from grafana.alerts.files import ALERTING, MAILS, files
from grafana.alerts.mail import mails
from grafana.alerts.rules import Office


def main() -> None:
    for folder, built in ((ALERTING, files(Office())), (MAILS, mails())):
        for name, text in built.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
