"""Twilio: a page of sentences is not all of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.transcripts import (
    DATA,
    items,
    reasons,
)


def test_a_page_of_twilio_s_sentences_is_told(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "twilio.json").read_text())
    document["meta"]["next_page_url"] = "https://intelligence.twilio.com/v2/..."
    (reason,) = reasons(items(document, tmp_path))
    assert "one page of several" in reason
