"""The sales force: teams, the sellers in them, and the ways in which sellers differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from schemas.events import SellerChanged
from streams.simulator.catalogue import SpokenLanguage, listed


@dataclass(frozen=True, slots=True)
class Style:
    """How a seller talks. Shares are 0 to 1."""

    skill: float
    """Moves customers' moods and deals; what the rest of a style goes with, loosely."""
    curiosity: float
    """How often they ask, and pick up what the customer said."""
    pushiness: float
    """How often they pitch when they could listen."""
    words_per_minute: float
    pause_ms: float
    """How long they wait, on average, before they answer."""
    interrupts: float
    """How often they start before the customer has finished."""
    diligence: float
    """How many activities they put around a deal, beside 1.0 for an ordinary seller."""


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller; the first of a team leads it and sells less."""

    seller_id: str
    name: str
    team: str
    leader_id: str | None
    english_share: float
    style: Style
    workload: float = 1.0
    """How much they take on, beside 1.0 for an ordinary seller."""

    @property
    def event(self) -> SellerChanged:
        """The event that makes them known."""
        return SellerChanged(
            seller_id=self.seller_id, name=self.name, team=self.team, manager_id=self.leader_id
        )

    @property
    def activity(self) -> float:
        """How many deals and calls they take on, beside 1.0 for an ordinary seller."""
        return self.workload * (0.75 if self.leader_id is None else 1.0)


_TEAMS = {"Nord": 0.0, "Syd": 0.05, "Øst": 0.5, "International": 1.0}
_SELLERS_A_TEAM = 4
_DANISH = listed(
    "Molly Clausen, Anders Bjerre, Signe Lykke, Rasmus Thygesen, Camilla Nørgaard, Jonas Steffensen, "
    "Trine Aagaard, Mikkel Damgaard, Sofie Ellegaard, Emil Kristoffersen, Nanna Hedegaard, "
    "Frederik Munk, Ida Rosenkvist, Peter Kragh, Julie Bertelsen, Christian Overgaard"
)
_ENGLISH = listed(
    "Oliver Hastings, Emma Lindqvist, Liam O'Connell, Hannah Brooks, Samir Qureshi, Kate Ellison, "
    "Tom Ferreira, Maya Novak"
)


SPECIALISTS: Mapping[SpokenLanguage, tuple[str, ...]] = {
    "da": listed("Kasper Vinding, Marianne Elkjær"),
    "en": listed("Robert Ashdown, Ingrid Sandoval"),
}
"""Who joins a demonstration where it gets technical."""


def hire(seed: int) -> tuple[Seller, ...]:
    """The sixteen sellers of a world, in four teams."""
    rng = Random(f"{seed}/people")
    danish, english = rng.sample(_DANISH, len(_DANISH)), rng.sample(_ENGLISH, len(_ENGLISH))
    skills = _skills(rng)
    sellers: list[Seller] = []
    for team, english_share in _TEAMS.items():
        leader_id = None
        for _ in range(_SELLERS_A_TEAM):
            seller_id = f"seller-{len(sellers) + 1:02}"
            name = (english if english_share == 1 else danish).pop()
            style = _style(rng, skills[len(sellers)])
            workload = rng.uniform(1.0, 1.6)
            sellers.append(Seller(seller_id, name, team, leader_id, english_share, style, workload))
            leader_id = leader_id or seller_id
    return tuple(sellers)


def _skills(rng: Random) -> list[float]:
    """Spread evenly over all, and over each team: every team has its star and its straggler."""
    teams = len(_TEAMS)
    ranks = [rng.sample(range(level * teams, (level + 1) * teams), teams) for level in range(_SELLERS_A_TEAM)]
    skills: list[float] = []
    for of_team in zip(*ranks, strict=True):
        shuffled = rng.sample(of_team, len(of_team))
        skills += [(rank + rng.uniform(0.2, 0.8)) / (teams * _SELLERS_A_TEAM) for rank in shuffled]
    return skills


def _style(rng: Random, skill: float) -> Style:
    def leaning(weight: float) -> float:
        """A trait that goes with skill (or against it, when negative) as far as `weight` says, 0 to 1."""
        lean = skill if weight > 0 else 1 - skill
        return abs(weight) * lean + (1 - abs(weight)) * rng.random()

    return Style(
        skill=skill,
        curiosity=leaning(0.75),
        pushiness=leaning(-0.75),
        words_per_minute=145 + 20 * leaning(-0.3) + rng.uniform(-8, 8),
        pause_ms=250 + 800 * leaning(0.6),
        interrupts=0.01 + 0.12 * leaning(-0.6),
        diligence=0.6 + 0.9 * leaning(0.6),
    )
