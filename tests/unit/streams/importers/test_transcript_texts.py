"""What is said of transcripts is said in both languages, with the same places to fill."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest

from streams.importers import Options, transcript_texts
from streams.language import Text
from tests.support.transcripts import OPTIONS, items, meeting, reasons

TEXTS = {name: text for name, text in vars(transcript_texts).items() if isinstance(text, Text)}


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_have_the_same_places(name: str) -> None:
    places = [{field for _, field, _, _ in string.Formatter().parse(text)} for text in TEXTS[name]]
    assert places[0] == places[1]
    assert name in ("ITS_SPEAKERS",) or TEXTS[name].en != TEXTS[name].da


def test_a_danish_user_reads_danish(tmp_path: Path) -> None:
    danish = replace(OPTIONS, told_in="da")
    assert reasons(items(meeting("we talk", "and talk"), tmp_path, options=danish))[0].startswith(
        "ingen undertekst"
    )
    assert reasons(items({"status": "failed", "error": "no sound"}, tmp_path, options=danish)) == [
        "jobbet mislykkedes (no sound): det har ingen udskrift; start det igen"
    ]
    (missing,) = reasons(items(meeting("Anna Lund: Hej."), tmp_path, options=Options(told_in="da")))
    assert missing.startswith(
        "filen fortæller ikke, om opkaldet må analyseres: --consent eller --no-consent; og heller"
    )
    assert missing.endswith("; og heller ikke, hvornår opkaldet begyndte: --started-at eller --as-if-now")
