"""Who sells: a name that nobody has is told with those that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streams.importers import Options, Source, read
from tests.support.transcripts import (
    DATA,
    NOW,
    OPTIONS,
    items,
    meeting,
    problems,
    reasons,
)


def test_a_mistyped_name_is_told_with_those_that_are_there() -> None:
    options = Options(True, "s", frozenset(["Ana Lund"]), NOW)
    ((_, reason),) = problems(
        list(read(Source(DATA / "transcripts" / "vtt-seller-name-mistyped.vtt"), options))
    )
    assert "nobody in the file is called 'Ana Lund'; its speakers are 'Anna Lund', 'Bo Kjaer'" in reason


def test_one_of_several_names_that_is_mistyped_makes_no_customer_of_a_seller(tmp_path: Path) -> None:
    text = meeting("Anna Lund: Shall we?", "Molly Clark: Yes.", "Bo Kjaer: Fine.")
    given = frozenset(["Anna Lund", "Moly Clark"])
    options = replace(OPTIONS, seller_speakers=given, named_sellers=given)
    (reason,) = reasons(items(text, tmp_path, options=options))
    assert "nobody in the file is called 'Moly Clark', but 'Molly Clark' is" in reason
    listed = replace(options, named_sellers=frozenset({"Anna Lund", "Somebody Else"}))
    assert reasons(items(text, tmp_path, options=listed)) == []
