"""Colours, the same on every page, that survive colour blindness and carry white text (contrast 4.5:1)."""

from __future__ import annotations

POSITIVE = "#0b7a75"
NEUTRAL = "#66717d"
NEGATIVE = "#c8442c"
TOP_SELLERS = "#2f5d9b"
TEAM = "#66717d"
ACCENT = "#2f5d9b"
NEW = "#8a6100"
