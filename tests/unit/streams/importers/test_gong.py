"""Gong: sides, people and deal from the same file or from one beside it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from schemas.events import CallStarted
from streams.importers import Options, Source, read
from tests.support.transcripts import (
    DATA,
    items,
    reasons,
)


def test_gong_tells_sides_people_and_deal_also_from_a_file_beside(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "gong.json").read_text())
    calls = {"calls": document.pop("calls")}
    (tmp_path / "call.calls.json").write_text(json.dumps(calls))
    found = items(document, tmp_path, "call.json", Options(consent=True))
    started = next(each for each in found if isinstance(each, CallStarted))
    assert (started.seller_id, started.direction, started.language) == ("234599484848423", "outbound", "en")
    assert (started.opportunity_id, started.customer_id) == ("0013601230sV7grAAC", "0013601230sV7grAAD")
    assert started.call_started_at == datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
    assert list(read(Source(tmp_path / "call.calls.json"), Options(consent=True))) == []
    (tmp_path / "call.json").unlink()
    assert len(reasons(list(read(Source(tmp_path / "call.calls.json"), Options(consent=True))))) == 1
