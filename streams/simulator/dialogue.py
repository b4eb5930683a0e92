"""Performs a script: who says what, in which words, in which mood. Timing comes later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from schemas.events import Side
from streams.simulator.course import Beat, Course, Silence, Stage
from streams.simulator.people import Style
from streams.simulator.screenplay import Manner, Script, Template, Turn

Arc = Literal["steady", "warming", "cooling", "recovering", "collapsing"]
FURIOUS = -2.0
"""A mood below all others: the customer shouts."""

_MOOD_SPREAD = 0.22
_CLEARLY = 0.3


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
    """A turn as it will be spoken; `after` a silence, when there was one before it."""

    side: Side
    text: str
    mood: float
    """The customer's mood at the time."""
    after: Silence | None = None
    second: bool = False
    """Whether it is the second person of the side who speaks."""


def perform(script: Script, stage: Stage, rng: Random) -> list[Speech]:
    """The turns of a call; the speaker changes wherever nobody is silent."""
    course = list(Course(stage, rng).walk(script.passage))
    additions = _Additions(stage, rng)
    speeches: list[Speech] = []
    silence: Silence | None = None
    asked_well = False
    for position, beat in enumerate(course):
        if not isinstance(beat, Beat):
            silence = beat
            continue
        side, progress = beat.turn.side, position / len(course)
        mood = stage.mood(progress)
        feeling = max(-1.0, min(1.0, mood + rng.gauss(0, _MOOD_SPREAD)))
        manner = _customer_manner(feeling) if side == "customer" else _seller_manner(rng, stage.style)
        text = _said(beat, rng, manner).render(rng, stage.slot)
        if side == "customer":
            if mood <= FURIOUS:
                text += additions.outburst()
            elif asked_well and not text.endswith("?"):
                text += additions.detail(manner)
            asked_well = False
        else:
            answers = silence or (speeches and speeches[-1].text.endswith("?"))
            if manner == "-" and beat.to_the_point and not answers:
                text = additions.ramble() + text
            elif beat.opens_topic and not answers:
                text = additions.bridge(manner) + text
            asked_well = manner == "+" and text.endswith("?") and beat.on_topic
        last = speeches[-1] if speeches else None
        if last and not silence and (last.side, last.second) == (side, beat.turn.second):
            speeches[-1] = replace(last, text=f"{last.text} {text}", mood=feeling)
        else:
            speeches.append(Speech(side, text, feeling, silence, beat.turn.second))
        silence = None
    return speeches


def _said(beat: Beat, rng: Random, manner: Manner) -> Template:
    template = beat.turn.wording(rng, manner, beat.telling)
    return Template(template.told) if beat.telling and template.asks and template.told else template


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
        return "".join(f"{sentence} " for sentence in self._draw("ramble", "=", 0.9, 0.85, 0.6))

    def detail(self, manner: Manner) -> str:
        """What a customer volunteers."""
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


def _customer_manner(feeling: float) -> Manner:
    return "+" if feeling > _CLEARLY else "-" if feeling < -_CLEARLY else "="


def _seller_manner(rng: Random, style: Style) -> Manner:
    draw = rng.random()
    if draw < 0.75 * style.curiosity:
        return "+"
    return "-" if draw > 1 - 0.75 * style.pushiness else "="
