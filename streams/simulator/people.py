"""The sales force: teams, the sellers in them, and the ways in which sellers differ."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from schemas.events import SellerChanged
from streams.simulator.catalogue import listed


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

    @property
    def event(self) -> SellerChanged:
        """The event that makes them known."""
        return SellerChanged(
            seller_id=self.seller_id, name=self.name, team=self.team, manager_id=self.leader_id
        )

    @property
    def activity(self) -> float:
        """How many deals they take on, beside 1.0 for an ordinary seller."""
        return 0.6 if self.leader_id is None else 1.0


_TEAMS = {"Nord": 0.0, "Syd": 0.05, "Øst": 0.2, "International": 1.0}
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


def hire(seed: int) -> tuple[Seller, ...]:
    """The sixteen sellers of a world, in four teams."""
    rng = Random(f"{seed}/people")
    danish, english = rng.sample(_DANISH, len(_DANISH)), rng.sample(_ENGLISH, len(_ENGLISH))
    # skills are spread evenly before they are dealt out, so that every world has its stars and its strugglers
    count = len(_TEAMS) * _SELLERS_A_TEAM
    skills = [(rank + rng.uniform(0.2, 0.8)) / count for rank in range(count)]
    rng.shuffle(skills)
    sellers: list[Seller] = []
    for team, english_share in _TEAMS.items():
        leader_id = None
        for _ in range(_SELLERS_A_TEAM):
            seller_id = f"seller-{len(sellers) + 1:02}"
            name = (english if english_share == 1 else danish).pop()
            style = _style(rng, skills[len(sellers)])
            sellers.append(Seller(seller_id, name, team, leader_id, english_share, style))
            leader_id = leader_id or seller_id
    return tuple(sellers)


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
