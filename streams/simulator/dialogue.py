"""Performs a script: who says what, in which words, in which mood. Timing comes later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Literal

from schemas.events import Side
from streams.simulator.people import Style
from streams.simulator.screenplay import HOLD, TOPICS, Manner, Passage, Repertoire, Script, Turn

Arc = Literal["steady", "warming", "cooling", "recovering", "collapsing"]
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
    """A turn as it will be spoken; `after_hold` when the customer waited on the line before it."""

    side: Side
    text: str
    mood: float
    """The customer's mood at the time."""
    after_hold: bool = False


def perform(
    script: Script,
    repertoire: Repertoire,
    rng: Random,
    style: Style,
    mood: Callable[[float], float],
    topics: Mapping[str, float],
    slot: Callable[[str], str],
) -> list[Speech]:
    """The turns of a call, sides alternating.

    `mood` gives the customer's mood at a progress from 0 to 1, `topics` how much the scenes named `topic.<name>`
    are in demand, `slot` the values of the script's slots.
    """
    course = list(_course(script.passage, repertoire, rng, style, topics))
    speeches: list[Speech] = []
    held = False
    for position, turn in enumerate(course):
        if turn is None:
            held = True
            continue
        feeling = mood(position / len(course)) + rng.gauss(0, _MOOD_SPREAD)
        manner = _customer_manner(feeling) if turn.side == "customer" else _seller_manner(rng, style)
        text = turn.wording(rng, manner).render(rng, slot)
        if speeches and speeches[-1].side == turn.side and not held:
            last = speeches[-1]
            speeches[-1] = Speech(last.side, f"{last.text} {text}", feeling, last.after_hold)
        else:
            speeches.append(Speech(turn.side, text, feeling, held))
        held = False
    return speeches


def _course(
    passage: Passage, repertoire: Repertoire, rng: Random, style: Style, topics: Mapping[str, float]
) -> Iterator[Turn | None]:
    """The turns that are really taken, None for a wait on the line."""
    for condition, group in groupby(
        passage, key=lambda part: part.condition if isinstance(part, Turn) else ""
    ):
        if condition and rng.random() >= (style.curiosity if condition == "?" else style.pushiness):
            continue
        for part in group:
            if isinstance(part, Turn):
                yield part
            elif part == HOLD:
                yield None
            elif part.name == TOPICS:
                for name in _draw(rng, topics, repertoire.topics, part.count):
                    yield from _course(rng.choice(repertoire.scenes[name]), repertoire, rng, style, topics)
            else:
                yield from _course(rng.choice(repertoire.scenes[part.name]), repertoire, rng, style, topics)


def _draw(rng: Random, topics: Mapping[str, float], names: tuple[str, ...], count: int) -> list[str]:
    """Different topics by their weights (Efraimidis and Spirakis: the largest of u ** (1 / weight))."""
    keys = {name: rng.random() ** (1 / topics.get(name.removeprefix("topic."), 1.0)) for name in names}
    return sorted(names, key=keys.__getitem__, reverse=True)[:count]


def _customer_manner(feeling: float) -> Manner:
    return "+" if feeling > _CLEARLY else "-" if feeling < -_CLEARLY else "="


def _seller_manner(rng: Random, style: Style) -> Manner:
    draw = rng.random()
    if draw < 0.75 * style.curiosity:
        return "+"
    return "-" if draw > 1 - 0.75 * style.pushiness else "="
