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


class Enough(NamedTuple):
    """What is enough to judge a seller's style by where no setting says otherwise: calls, of so many seconds and more,
    and minutes of speech; as the queries' variables are called."""

    enough_calls: int = 5
    enough_seconds: int = 60
    enough_minutes: int = 10


GROWTH_FROM = 20
"""A headline names a growth only of what was mentioned so often, in both windows together."""

SPIKE_SCORE = 1
"""From this score of the view team_negativity on a team's customers are in a spike."""

TURNED_COMPOUND = -0.35
"""Below this compound of the last minutes the customer of a call in progress is very negative."""

TIME_ZONE = "Europe/Copenhagen"
"""The sellers' zone where no setting says another one."""

ALL_TIME = "now-50y"
"""Where the range "all time" begins, in the words of an address."""


class Goal(NamedTuple):
    """What is recommended of a habit where no setting says otherwise: from `low` to `high` as it is shown (an hour,
    percent, seconds), and who says so."""

    low: int
    high: int
    source: Text


GOALS: Mapping[str, Goal] = {
    "talk-ratio": Goal(
        35,
        50,
        Text(
            "the seller has 35 to 50 % of the talk time, best 43 % (Gong Labs; numigtm.com, talk-to-listen ratio)",
            "sælgeren har 35 til 50 % af taletiden, bedst 43 % (Gong Labs; numigtm.com, talk-to-listen ratio)",
        ),
    ),
    "questions": Goal(
        22,
        28,
        Text(
            "11 to 14 in half an hour of discovery (getgangly.com, conversation intelligence metrics)",
            "11 til 14 på en halv times afdækning (getgangly.com, conversation intelligence metrics)",
        ),
    ),
    "engaging": Goal(
        30,
        100,
        Text(
            "four and more of ten to fourteen questions (demodesk.com, talk ratio research, 328 meetings)",
            "fire eller flere af ti til fjorten spørgsmål (demodesk.com, talk ratio research, 328 møder)",
        ),
    ),
    "own-monologue": Goal(
        0,
        76,
        Text(
            "at most 76 seconds (demodesk.com, talk ratio research, 328 meetings)",
            "højst 76 sekunder (demodesk.com, talk ratio research, 328 møder)",
        ),
    ),
}
"""Recommended ranges by habit; of interruptions no source gives one."""


def goals(own: str = "") -> str:
    """All recommended ranges as the queries read them, `name=low-high` with commas between: a company's own, which are
    written alike, go before."""
    given = [part.strip() for part in own.split(",") if part.strip()]
    return ",".join([*given, *(f"{name}={goal.low}-{goal.high}" for name, goal in GOALS.items())])
