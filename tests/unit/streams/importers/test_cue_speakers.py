"""Who speaks, by marks of their own: ids of Webex, fields of Microsoft Graph."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from schemas.events import CallStarted
from tests.support.transcripts import (
    items,
    problems,
    said,
)

METADATA = """WEBVTT

0:0:16.246 --> 0:0:17.726
{"startDateTime":"2023-04-03T10:46:02.6460Z","speakerName":"Anna Lund",
"spokenText":"Shall we?","spokenLanguage":"en-us"}

0:0:18.0 --> 0:0:19.50
{"startDateTime":"2023-04-03T10:46:04.4Z","speakerName":"Bo Kjaer","spokenText":"Yes.","spokenLanguage":"en-us"}

0:0:20.0 --> 0:0:20.500
{"startDateTime":"2023-04-03T10:46:06.4Z","speakerName":"","spokenText":"Hm?","spokenLanguage":"en-us"}
"""


def test_graphs_metadata_tell_who_says_what_when_in_which_language(tmp_path: Path) -> None:
    found = items(METADATA, tmp_path)
    assert said(found) == [("Anna Lund", 16_246, 17_726, "Shall we?"), ("Bo Kjaer", 18_000, 19_050, "Yes.")]
    assert problems(found) == [(10, "does not say who speaks, by a voice tag or a name before it")]
    started = next(each for each in found if isinstance(each, CallStarted))
    assert started.call_started_at == datetime(2023, 4, 3, 10, 45, 46, 400_000, tzinfo=UTC)
    assert started.language == "en-us"


def test_webex_also_writes_names_without_an_id(tmp_path: Path) -> None:
    text = (
        'WEBVTT\n\n1 "Anna Lund" (123)\n00:01.000 --> 00:02.000\nShall we?\n\n'
        '2 "Bo (he/him)"\n00:02.000 --> 00:03.000\nYes.\n'
    )
    found = items(text, tmp_path)
    assert said(found) == [("Anna Lund", 1000, 2000, "Shall we?"), ("Bo (he/him)", 2000, 3000, "Yes.")]
