"""Performs a script: who says what, in which words, in which mood. Timing comes later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Literal

from schemas.events import Side
from streams.simulator.people import Style
from streams.simulator.screenplay import WAIT, Cue, Manner, Passage, Repertoire, Script, Turn

Arc = Literal["steady", "warming", "cooling", "recovering", "collapsing"]
FURIOUS = -2.0
"""A mood below all others: the customer shouts."""

_MOOD_SPREAD = 0.22
_CLEARLY = 0.3
_TOPICS = ("need.", "deal.")


@dataclass(frozen=True, slots=True)
class Mood:
    """A customer's mood over a call, -1 to 1: a level, and the way it goes."""

    level: float
    arc: Arc

    def at(self, progress: float) -> float:
        """The mood at a point of the call, from 0 (its start) to 1 (its end)."""
        match self.arc:
            case "steady":
                swing = 0.0
            case "warming":
                swing = progress - 0.5
            case "cooling":
                swing = 0.5 - progress
            case "recovering":
                swing = -0.7 if progress < 0.45 else 0.6
            case "collapsing":
                swing = 0.4 if progress < 0.5 else -0.8
        return max(-1.0, min(1.0, self.level + swing))


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn as it will be spoken; `after_hold` when the customer waited on the line before it."""

    side: Side
    text: str
    mood: float
    """The customer's mood at the time."""
    after_hold: bool = False


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


def perform(script: Script, stage: Stage, rng: Random) -> list[Speech]:
    """The turns of a call; sides alternate wherever nobody waits on the line."""
    course = list(_course(script.passage, stage, rng, set()))
    additions = _Additions(stage, rng)
    speeches: list[Speech] = []
    held = asked_well = False
    for position, beat in enumerate(course):
        if beat is None:
            held = True
            continue
        side, progress = beat.turn.side, position / len(course)
        mood = stage.mood(progress)
        feeling = max(-1.0, min(1.0, mood + rng.gauss(0, _MOOD_SPREAD)))
        manner = _customer_manner(feeling) if side == "customer" else _seller_manner(rng, stage.style)
        text = beat.turn.wording(rng, manner).render(rng, stage.slot)
        if side == "customer":
            if mood <= FURIOUS:
                text += additions.outburst()
            elif asked_well and not text.endswith("?"):
                text += additions.detail(manner)
        else:
            answers = held or (speeches and speeches[-1].text.endswith("?"))
            if manner == "-" and beat.to_the_point and not answers:
                text = additions.ramble() + text
            elif beat.opens_topic and not answers:
                text = additions.bridge(manner) + text
            asked_well = manner == "+" and text.endswith("?") and beat.on_topic
        if speeches and speeches[-1].side == side and not held:
            last = speeches[-1]
            speeches[-1] = Speech(side, f"{last.text} {text}", feeling, last.after_hold)
        else:
            speeches.append(Speech(side, text, feeling, held))
        held = False
    return speeches


class _Additions:
    """What is said around the lines of a script: each sentence once a call."""

    def __init__(self, stage: Stage, rng: Random) -> None:
        self._stage, self._rng = stage, rng
        self._said: set[str] = set()

    def bridge(self, manner: Manner) -> str:
        """How a seller gets from one topic to the next."""
        return "".join(f"{sentence} " for sentence in self._draw("bridge", manner, 0.6))

    def ramble(self) -> str:
        """Sales talk; nobody comes up with that when a customer calls for help."""
        if not self._stage.selling:
            return ""
        return "".join(f"{sentence} " for sentence in self._draw("ramble", "=", 0.85, 0.85))

    def detail(self, manner: Manner) -> str:
        """What a customer tells of their own accord."""
        if not self._stage.selling:
            return ""
        return "".join(f" {sentence}" for sentence in self._draw("detail", manner, 0.95, 0.4))

    def outburst(self) -> str:
        """What a furious customer throws in."""
        return "".join(f" {sentence}" for sentence in self._draw("outburst", "-", 0.95, 0.6))

    def _draw(self, scene: str, manner: Manner, *chances: float) -> Iterator[str]:
        """Up to as many sentences as there are chances, of a scene that is nothing but wordings of one turn."""
        (turn,) = self._stage.repertoire.scenes[scene][0]
        assert isinstance(turn, Turn)
        for chance in chances:
            template = turn.wording(self._rng, manner)
            if self._rng.random() > chance or template.text in self._said:
                return
            self._said.add(template.text)
            yield template.render(self._rng, self._stage.slot)


@dataclass(frozen=True, slots=True)
class _Beat:
    """A turn that is taken, and where it stands: in a scene, or in the script itself."""

    turn: Turn
    scene: str = ""
    opens: bool = False

    @property
    def on_topic(self) -> bool:
        """Whether the sides talk about needs and deals."""
        return self.scene.startswith(_TOPICS)

    @property
    def to_the_point(self) -> bool:
        """Whether it is no greeting and no small talk."""
        return self.on_topic or not self.scene

    @property
    def opens_topic(self) -> bool:
        return self.opens and self.on_topic


def _course(
    passage: Passage, stage: Stage, rng: Random, played: set[str], scene: str = ""
) -> Iterator[_Beat | None]:
    """The turns that are really taken, None for a wait on the line."""
    inclination = {"": 1.0, "?": stage.style.curiosity, "!": stage.style.pushiness}
    opens = True
    for condition, group in groupby(passage, key=attrgetter("condition")):
        if rng.random() >= inclination[condition]:
            continue
        for part in group:
            if isinstance(part, Turn):
                yield _Beat(part, scene, opens)
                opens = False
            elif part.name == WAIT:
                yield None
            else:
                for name in _scenes(part, stage, rng, played):
                    yield from _course(rng.choice(stage.repertoire.scenes[name]), stage, rng, played, name)


def _scenes(cue: Cue, stage: Stage, rng: Random, played: set[str]) -> list[str]:
    """The scenes that a cue calls for, as far as they fit the product; a topic comes up once a call."""
    repertoire, family = stage.repertoire, stage.family
    if cue.name in repertoire.scenes:
        names = [cue.name] if repertoire.fits(cue.name, family) else []
    elif (named := f"{cue.name}.{family}") in repertoire.scenes:
        names = [named]
    else:
        free = [name for name in repertoire.group(cue.name, family) if name not in played]
        names = _draw(rng, stage, free, cue.count)
    names = [name for name in names if "." not in name or name not in played]
    played.update(names)
    return names


def _draw(rng: Random, stage: Stage, names: list[str], count: int) -> list[str]:
    """Different scenes by demand (Efraimidis and Spirakis: the largest of u ** (1 / weight))."""
    keys = {name: rng.random() ** (1 / stage.demand(name.rpartition(".")[2])) for name in names}
    return sorted(names, key=keys.__getitem__, reverse=True)[:count]


def _customer_manner(feeling: float) -> Manner:
    return "+" if feeling > _CLEARLY else "-" if feeling < -_CLEARLY else "="


def _seller_manner(rng: Random, style: Style) -> Manner:
    draw = rng.random()
    if draw < 0.75 * style.curiosity:
        return "+"
    return "-" if draw > 1 - 0.75 * style.pushiness else "="
