"""Words that are counted, in both languages."""

from __future__ import annotations

import pytest

from clickhouse.schema.metrics import COUNTED_WORDS
from processors.analysis.counted_words import UNCOUNTED, count_listed_words


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Um, so we can, uh, send the offer", "en", 2),
        ("UM... Uhm!", "en-GB", 2),
        ("You know, it is, I mean, kind of done", "en", 3),
        ("What kind of server is it?", "en", 0),
        ("Do you know what I mean by this kind of offer", "en", 0),
        ("As you know, the price is fixed", "en", 0),
        ("The number is umbrella", "en", 0),
        ("Øh, altså, vi kan sådan set godt", "da", 3),
        ("Hvis du ved det, er det fint", "da", 0),
        ("Det er, du ved, øhm, ikke dyrt", "da", 2),
        ("Er er er", "da", 0),
        ("", "en", 0),
    ],
)
def test_filler_words(text: str, language: str, count: int) -> None:
    assert counted(text, language)["filler_words"] == count


@pytest.mark.parametrize(("text", "language"), [("Äh, also", "de"), ("um", None)])
def test_nothing_is_counted_in_a_language_without_lists(text: str, language: str | None) -> None:
    assert count_listed_words(text, language) == UNCOUNTED
    assert len(UNCOUNTED) == len(COUNTED_WORDS)


def counted(text: str, language: str) -> dict[str, int | None]:
    return dict(zip(COUNTED_WORDS, count_listed_words(text, language), strict=True))
