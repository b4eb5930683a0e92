"""Limits of the product's definitions that pages, alerts and their texts share; each stands here once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from grafana.i18n import Text

HEALTHY_FROM = 65
"""Below this health, 0 to 100, a deal is at risk."""

CLOSES_SOON_DAYS = 30
"""A deal at risk counts in the headline when its estimated close is within so many days."""

SENTIMENT_LIMIT = 0.05
"""From this compound on a call is positive, from its negative down negative, else neutral."""

GROWTH_STEADY = 0.05
"""What grows or falls by at most this share is steady."""

TIME_ZONE = "Europe/Copenhagen"
"""The sellers' zone where no setting says another one."""

ALL_TIME = "now-50y"
"""Where the range "all time" begins, in the words of an address."""


class Goal(NamedTuple):
    """What is recommended of a habit: from `low` to `high` in the number's own unit, in words, and who says so."""

    low: float
    high: float
    shown: Text
    source: Text


GOALS: Mapping[str, Goal] = {
    "questions": Goal(
        22,
        28,
        Text("22–28", "22–28"),
        Text(
            " Recommended: 11 to 14 in half an hour of discovery (getgangly.com, conversation intelligence metrics).",
            " Anbefalet: 11 til 14 på en halv times afdækning (getgangly.com, conversation intelligence metrics).",
        ),
    ),
}
"""Recommended ranges by habit. A company that knows better ones writes them here; without one a chart has no goal."""
