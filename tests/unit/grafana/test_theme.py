"""Colours are read, and tell things apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grafana import theme
from grafana.web import board


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour",
    [theme.POSITIVE, theme.NEUTRAL, theme.NEGATIVE, theme.TOP_SELLERS, theme.TEAM, theme.ACCENT, theme.NEW],
)
def test_colours_carry_white_text_and_are_read_on_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


def test_the_style_has_enough_contrast() -> None:
    style = Path(board.STYLE).read_text(encoding="utf-8")
    found: dict[str, str] = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))
    for ink in ("ink", "quiet", "accent", "positive", "negative"):
        for ground in ("paper", "ground"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
