"""Twilio: a page of sentences is not all of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.support.transcripts import (
    DATA,
    OPTIONS,
    items,
    reasons,
    said,
)

TWILIO = replace(OPTIONS, seller_speakers=frozenset({"1"}))


def test_a_page_of_twilio_s_sentences_is_told(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "twilio.json").read_text())
    document["meta"]["next_page_url"] = "https://intelligence.twilio.com/v2/..."
    (reason,) = reasons(items(document, tmp_path))
    assert "one page of several" in reason


def test_all_pages_in_one_file_are_the_call(tmp_path: Path) -> None:
    document = json.loads((DATA / "importers" / "twilio.json").read_text())
    sentences = document["sentences"]
    first = {
        "sentences": sentences[:1],
        "meta": {"next_page_url": "https://x.example", "previous_page_url": None},
    }
    last = {
        "sentences": sentences[1:],
        "meta": {"next_page_url": None, "previous_page_url": "https://x.example"},
    }
    whole = said(items(document, tmp_path, "call.json", TWILIO))
    assert whole
    for text in (
        [first, last],
        json.dumps(first) + "\n" + json.dumps(last),
        json.dumps(first, indent=1) + json.dumps(last, indent=1),
    ):
        assert said(items(text, tmp_path, "call.json", TWILIO)) == whole
    for part in (first, last, [first, first]):
        (reason,) = reasons(items(part, tmp_path, "call.json", TWILIO))
        assert "one page of several" in reason


def test_a_call_without_sentences_is_told_as_one(tmp_path: Path) -> None:
    found = items({"sentences": [], "meta": {"next_page_url": None}}, tmp_path, "call.json", TWILIO)
    assert reasons(found) == ["has no sentences: nobody speaks in it"]
