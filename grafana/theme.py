"""Colours, the same on every page, that survive colour blindness and carry white text (contrast 4.5:1)."""

from __future__ import annotations

POSITIVE = "#005f73"
NEUTRAL = "#70767c"
NEGATIVE = "#bf3f27"
TOP_SELLERS = "#2f5d9b"
TEAM = "#66717d"
ACCENT = "#2f5d9b"
NEW = "#8a6100"

GROWTH_STEPS: tuple[tuple[float | None, str], ...] = (
    (None, "#9fb4d0"),  # falling
    (1, "#5b80b2"),  # steady
    (2, "#1d4073"),  # rising
    (3, NEW),
)
"""Colour of growth: neither good nor bad, so one hue, the darker the more."""

INK = "#1c2733"
QUIET = "#55616e"
LINE = "#dde2e8"
PAPER = "#ffffff"
WARNING = "#8a6100"
VEIL = "#ffffff"
"""Behind words that lie on a chart."""

PALETTE = ("#2f5d9b", "#b4541a", "#0b7a75", "#7a4fa3", "#66717d", "#8a6100", "#1c7fb6", "#a83253")
"""Colours of series that have none: apart in hue and brightness."""
