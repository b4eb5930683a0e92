"""Who may see what: three levels. What is not theirs never leaves the database, whatever page or address asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from clickhouse import visibility
from grafana.alerts.evaluate import AlertState

Level = Literal["admin", "manager", "wall"]
LEVELS: tuple[Level, ...] = get_args(Level)

PERSONAL = ("customer",)
"""Columns of panels that name somebody who has not chosen to be on a wall."""
_ON_A_WALL = frozenset(("team",))


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody sees. An admin: everything, and changes what is tracked. A manager: what is of their `teams`. A
    wall: the page of that name, without sentences and without names of customers, of its teams where it has any."""

    level: Level
    teams: tuple[str, ...] = ()
    name: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether some teams are not to be seen."""
        return self.level == "manager" or (self.level == "wall" and bool(self.teams))

    @property
    def edits(self) -> bool:
        """Whether what is tracked may be changed, which is for everybody."""
        return self.level == "admin"

    @property
    def stars(self) -> bool:
        """Whether the sellers that are seen may be starred."""
        return self.level != "wall"

    @property
    def filters(self) -> Mapping[str, str]:
        """What every query is narrowed by, see `clickhouse.visibility`."""
        narrowed = visibility.of_teams(self.teams) if self.is_narrowed else {}
        return {**narrowed, **(visibility.without_words() if self.level == "wall" else {})}

    def may_open(self, page: str) -> bool:
        """Whether a page, by name, is for them."""
        match self.level:
            case "admin":
                return True
            case "manager":
                return page != "system"
            case "wall":
                return page == "wall"

    def may_see(self, alert: AlertState) -> bool:
        """Whether an alert is about what they may see."""
        labels = alert.labels
        if self.level == "admin":
            return True
        if self.level == "wall" and labels.keys() - _ON_A_WALL:
            return False
        return not labels or (labels.get("team") in self.teams if self.is_narrowed else True)

    def without_names(self, sql: str, columns: set[str]) -> str:
        """A panel's query, with nothing in those of its columns that they may not read."""
        hidden = [column for column in PERSONAL if column in columns] if self.level == "wall" else []
        if not hidden:
            return sql
        blank = ", ".join(f"'' AS {column}" for column in hidden)
        return f"SELECT * REPLACE ({blank}) FROM (\n{sql}\n)"


EVERYTHING = Access("admin")
"""Of a page that asks nobody to sign in."""
