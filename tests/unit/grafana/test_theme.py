"""Colours are read, and tell things apart."""

from __future__ import annotations

import itertools
import math
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


# rows of a matrix on linear RGB: Machado, Oliveira and Fernandes (2009), severity 1; grey is the luminance
DEFICIENCIES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]


def lab(rgb: list[float]) -> list[float]:
    """CIE L*a*b* of linear sRGB."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in to_xyz]
    ratios = [value / reference for value, reference in zip(xyz, white, strict=True)]
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def seen(colour: str, deficiency: str) -> list[float]:
    rgb = linear(colour)
    return lab(
        [
            min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))))
            for row in DEFICIENCIES[deficiency]
        ]
    )


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_states_stay_apart_for_the_colour_blind(deficiency: str) -> None:
    """Some 2.3 is the least that is seen at all; areas that lie beside each other take several times that."""
    states = (theme.POSITIVE, theme.NEUTRAL, theme.NEGATIVE)
    apart = {
        (one, other): math.dist(seen(one, deficiency), seen(other, deficiency))
        for one, other in itertools.combinations(states, 2)
    }
    assert min(apart.values()) > 14, apart
