"""Every example of a transcript in docs/importing.md is read as it stands there, and is the call that it says."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.events import CallSegment, CallStarted
from streams.importers import IMPORTERS, Options, Problem, Source, read

DOC = Path(__file__).parents[4] / "docs" / "importing.md"
_SECTION = DOC.read_text().partition("## Transcripts\n")[2].partition("\n## ")[0]
_EXAMPLE = re.compile(r"```(?:vtt|srt|json)\n(.*?)```\n\n([^\n]+)", re.DOTALL)
EXAMPLES = {
    part.partition("\n")[0]: found.groups()
    for part in _SECTION.split("\n### ")[1:]
    if (found := _EXAMPLE.search(part)) is not None
}


def test_every_format_of_transcripts_has_an_example(tmp_path: Path) -> None:
    found = set()
    for name, (content, _) in EXAMPLES.items():
        path = tmp_path / re.sub(r"\W", "-", name)
        path.write_text(content)
        found |= {each.name for each in IMPORTERS if each.recognises(Source(path), Options())}
    others = {"JSON Lines of Salgspuls events", "the answer of a job that failed"}
    transcripts = {
        each.name
        for each in IMPORTERS
        if "change events" not in each.name and "table" not in each.name.lower()
    }
    assert {name for name in transcripts if "CSV" not in name} - others == found


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_is_the_call_that_it_says(name: str, tmp_path: Path) -> None:
    content, told = EXAMPLES[name]
    path = tmp_path / "call"
    path.write_text(content)
    words = shlex.split(told.strip("`")) if told.startswith("`") else []
    assert words[::2] in ([], ["--seller-speaker"])
    sellers = frozenset(words[1::2])
    options = Options(True, "seller-17", sellers, datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    found = list(read(Source(path), options))
    assert [each.reason for each in found if isinstance(each, Problem)] == []
    spoken = [each for each in found if isinstance(each, CallSegment)]
    assert [(each.speaker, each.start_ms, each.end_ms, each.text) for each in spoken] == [
        ("seller", 1000, 3000, "Shall we begin?"),
        ("customer", 3500, 5000, "Yes, let us." if name != "Amazon Transcribe" else "Yes, let us"),
    ]
    (started,) = (each for each in found if isinstance(each, CallStarted))
    assert started.call_started_at == options.started_at
