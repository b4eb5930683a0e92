"""Serves the built-in page for the browser tests: `python page_server.py`, settings as JSON on standard input."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from clickhouse.client import ClickHouseConfig, connect
from grafana.page.app import run
from grafana.page.config import PageConfig
from grafana.page.editor import EditError, TrackerForm
from schemas.rows import TrackerRow
from tests.support.sample_rows import insert, row


class StoringEditor:
    """Stores trackers as the worker would after an event of theirs."""

    def __init__(self, writer: ClickHouseConfig) -> None:
        self._writer = writer

    def save(self, form: TrackerForm) -> None:
        if len(form.name) > 20:
            raise EditError("name: at most 20 characters here")
        known = {} if form.tracker_id is None else {"revision": 2}
        self._store(
            row(
                TrackerRow,
                **{"revision": 1} | known,
                tracker_id=form.tracker_id or form.name.casefold(),
                name=form.name,
                kind=form.kind,
                aliases=list(form.aliases),
                language=form.language or "",
                side=form.side or "",
                word_forms=form.word_forms,
                compounds=form.compounds,
                received_at=datetime.now(UTC),
            )
        )

    def remove(self, tracker_id: str) -> None:
        self._store(
            row(
                TrackerRow,
                tracker_id=tracker_id,
                revision=3,
                name=tracker_id,
                kind="keyword",
                removed=True,
                received_at=datetime.now(UTC),
            )
        )

    def recompute(self) -> None:
        raise EditError("no worker runs here")

    def _store(self, tracker: TrackerRow) -> None:
        client = connect(self._writer)
        insert(client, {TrackerRow: [tracker]})
        client.close()


def main() -> None:
    settings = json.load(sys.stdin)
    if "dashboards" in settings["page"]:
        settings["page"]["dashboards"] = Path(settings["page"]["dashboards"])
    reader, writer = (ClickHouseConfig(**settings[name]) for name in ("reader", "writer"))
    run(PageConfig(clickhouse=reader, editor=StoringEditor(writer), **settings["page"]))


main()
