"""Azure: phrases that failed."""

from __future__ import annotations

import json
from pathlib import Path

from streams.importers import Options
from tests.support.transcripts import (
    DATA,
    OPTIONS,
    SELLERS,
    items,
    reasons,
)


def test_azure_s_phrases_that_failed_are_told(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "azure_batch.json").read_text())
    document["recognizedPhrases"][2] |= {"recognitionStatus": "Failure", "nBest": []}
    found = items(document, tmp_path, "call.json", Options(True, "s", SELLERS, OPTIONS.started_at))
    assert reasons(found) == ["recognizedPhrases.2: recognitionStatus is Failure, so it has no words"]
