"""Who sells: a name that nobody has is told with those that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from streams.importers import Options, Source, read
from tests.support.transcripts import (
    DATA,
    NOW,
    OPTIONS,
    items,
    meeting,
    problems,
    reasons,
    sides,
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


@pytest.mark.parametrize(
    "name",
    [
        "Lund, Anna, Ph.D.", "Lund, Anna, PhD, MBA", "Lund, Anna", "Anna Lund, Ph.D.", "Dr. Anna Lund",
        "Lund, Dr. Anna (Nordlys)", "Anna Lund | Nordlys", "Anna Lund - Nordlys", "Lund, Anna, Nordlys",
        "Anna Lund [Sales]", "ANNA  LUND",
    ],
)  # fmt: skip
def test_a_name_is_one_however_it_is_written(name: str, tmp_path: Path) -> None:
    text = meeting(f"{name}: Shall we?", "Bo Kjaer: Yes.", f"{name}: Good.", "Bo Kjaer: Fine.")
    for given in ("Anna Lund", "Lund, Anna", name):
        options = replace(OPTIONS, seller_speakers=frozenset([given]))
        found = items(text, tmp_path, options=options)
        assert reasons(found) == []
        assert [side for side, *_ in sides(found)][:2] == ["seller", "customer"]


def test_who_is_called_just_so_is_nobody_else(tmp_path: Path) -> None:
    pairs = (("Room (Anna)", "Room (Bo)"), ("Room - Anna", "Room - Bo"), ("Lund, Ib, Jr", "Lund, Ib, Sr"))
    for one, other in pairs:
        text = meeting(f"{one}: Shall we?", f"{other}: Yes.", f"{one}: Good.", f"{other}: Fine.")
        options = replace(OPTIONS, seller_speakers=frozenset([one]))
        found = items(text, tmp_path, options=options)
        assert [side for side, *_ in sides(found)][:2] == ["seller", "customer"]
