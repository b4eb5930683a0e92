"""The course of a call: which turns of a script and of its scenes are taken, until its time is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Literal

from streams.simulator.people import Style
from streams.simulator.screenplay import PAUSE, WAIT, Condition, Cue, Fill, Passage, Repertoire, Turn

Silence = Literal["wait", "pause"]
"""The customer waits on the line; or nobody says anything while a screen is shown."""

_TOPICS = ("need.", "deal.", "story.")
_SOLD = ("show.", "terms.", "ask.")
_WORDS_A_MINUTE = 137
"""Of both sides together, the pauses between them included, and what is said around the lines of a script not."""
_QUESTIONS = 4.0
_QUESTIONS_A_MINUTE = 0.3
"""An ordinary seller asks so much at first, and so much more as time goes by; eleven to fourteen times in half an hour
(Gong Labs)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a script meets when it is performed."""

    repertoire: Repertoire
    style: Style
    selling: bool
    """Whether something is to be sold, not somebody to be helped."""
    family: str
    """Family of the product that the call is about."""
    mood: Callable[[float], float]
    """The customer's mood at a progress from 0 to 1."""
    demand: Callable[[str], float]
    """How much a topic is in fashion."""
    slot: Callable[[str], str]
    """The values of the script's slots."""
    minutes: float = 0.0
    """How long the call is meant to take."""
    colleague: bool = False
    """Whether the customer has somebody beside them."""
    specialist: bool = False
    """Whether the seller has."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A turn that is taken, and where it stands: in a scene, or in the script itself."""

    turn: Turn
    scene: str = ""
    opens: bool = False
    telling: bool = False
    """Whether enough has been asked: the seller tells something instead."""

    @property
    def on_topic(self) -> bool:
        """Whether the sides talk about needs and deals."""
        return self.scene.startswith(_TOPICS)

    @property
    def to_the_point(self) -> bool:
        """Whether it is no greeting and no small talk."""
        return self.on_topic or not self.scene or self.scene.startswith(_SOLD)

    @property
    def opens_topic(self) -> bool:
        return self.opens and self.on_topic


class Course:
    """Walks through a script once; what has been played is not played again."""

    def __init__(self, stage: Stage, rng: Random) -> None:
        self._stage, self._rng = stage, rng
        self._played: set[str] = set()
        self._words = 0.0
        self._asked = 0.0
        self._inclination: dict[Condition, float] = {
            "": 1.0,
            "?": stage.style.curiosity,
            "!": stage.style.pushiness,
            "&": float(stage.colleague),
            "%": float(stage.specialist),
        }

    def walk(self, passage: Passage, scene: str = "") -> Iterator[Beat | Silence]:
        """The turns that are really taken, and where nobody speaks."""
        opens = True
        for condition, group in groupby(passage, key=attrgetter("condition")):
            if self._rng.random() >= self._inclination[condition]:
                continue
            unanswered = False
            for part in group:
                if isinstance(part, Turn):
                    if unanswered and part.side == "customer":
                        unanswered = False
                        continue
                    telling = self._asked_enough(part, scene)
                    unanswered = telling and not opens
                    if not unanswered or part.tells:
                        self._words += part.words
                        self._asked += 0 if telling or part.side == "customer" else part.asks
                        yield Beat(part, scene, opens, telling)
                    opens = False
                elif isinstance(part, Fill):
                    yield from self._fill(part)
                elif part.name in (WAIT, PAUSE):
                    yield "wait" if part.name == WAIT else "pause"
                else:
                    for name in self._scenes(part):
                        yield from self._play(name)

    def _asked_enough(self, turn: Turn, scene: str) -> bool:
        """Whether a turn of a scene would ask more than sellers ask by this time of the call."""
        if turn.side == "customer" or turn.asks == 0 or not scene or not self._stage.selling:
            return False
        curious = 0.7 + 0.6 * self._stage.style.curiosity
        return self._asked >= curious * (_QUESTIONS + _QUESTIONS_A_MINUTE * self._words / _WORDS_A_MINUTE)

    def _play(self, scene: str) -> Iterator[Beat | Silence]:
        self._played.add(scene)
        yield from self.walk(self._rng.choice(self._stage.repertoire.scenes[scene]), scene)

    def _fill(self, fill: Fill) -> Iterator[Beat | Silence]:
        """Scenes of the groups, one of each in turn, until so much of the time is over or nothing is left to say."""
        wanted = fill.percent / 100 * self._stage.minutes * _WORDS_A_MINUTE
        left = list(fill.groups)
        while left and self._words < wanted:
            group = left.pop(0)
            if drawn := self._draw(self._free(group), 1):
                left.append(group)
                yield from self._play(drawn[0])

    def _scenes(self, cue: Cue) -> Sequence[str]:
        """The scenes that a cue calls for, as far as they fit the product; a topic comes up once a call."""
        repertoire, family = self._stage.repertoire, self._stage.family
        if cue.name in repertoire.scenes:
            names = [cue.name] if repertoire.fits(cue.name, family) else []
        elif (named := f"{cue.name}.{family}") in repertoire.scenes:
            names = [named]
        else:
            return self._draw(self._free(cue.name), cue.count)
        return [name for name in names if "." not in name or name not in self._played]

    def _free(self, group: str) -> list[str]:
        names = self._stage.repertoire.group(group, self._stage.family)
        return [name for name in names if name not in self._played]

    def _draw(self, names: list[str], count: int) -> list[str]:
        """Different scenes by demand (Efraimidis and Spirakis: the largest of u ** (1 / weight))."""
        demand = self._stage.demand
        keys = {name: self._rng.random() ** (1 / demand(name.rpartition(".")[2])) for name in names}
        return sorted(names, key=keys.__getitem__, reverse=True)[:count]
