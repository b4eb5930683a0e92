"""Fillers, in both languages."""

from __future__ import annotations

import pytest

from processors.analysis.fillers import count_fillers


@pytest.mark.parametrize(
    ("text", "language", "fillers"),
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
        ("Äh, also", "de", None),
        ("um", None, None),
    ],
)
def test_fillers_are_counted(text: str, language: str | None, fillers: int | None) -> None:
    assert count_fillers(text, language) == fillers
