"""Who sells: a name that nobody has is told with those that are there."""

from __future__ import annotations

from streams.importers import Options, Source, read
from tests.support.transcripts import (
    DATA,
    NOW,
    problems,
)


def test_a_mistyped_name_is_told_with_those_that_are_there() -> None:
    options = Options(True, "s", frozenset(["Ana Lund"]), NOW)
    ((_, reason),) = problems(
        list(read(Source(DATA / "transcripts" / "vtt-seller-name-mistyped.vtt"), options))
    )
    assert "nobody in the file is called 'Ana Lund'; its speakers are 'Anna Lund', 'Bo Kjaer'" in reason
