"""Colours, the same on every page, that survive colour blindness and carry white text (contrast 4.5:1)."""

from __future__ import annotations

POSITIVE = "#0b7a75"
NEUTRAL = "#66717d"
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
