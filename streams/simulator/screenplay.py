"""Reads the screenplays of calls: scripts (whole calls) and scenes (parts that scripts share).

    == id | kind | title       a script begins
    :: name                    a scene begins; of several with one name, one is played
    S text   C text            the seller or the customer speaks; {a|b} are alternatives, <slot> is filled in
    S+ S- C+ C-                the turn in another manner: listening or pushy seller, glad or annoyed customer
    ?S ?C                      an exchange that only curious sellers start
    !S !C                      an exchange that only pushy sellers start
    @name                      play a scene
    @topics n                  play n scenes about what customers care about these weeks
    @hold                      the customer waits on the line

Lines of one side that follow each other are one turn: alternatives of its wording, in one manner or another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from random import Random
from typing import Literal

from schemas.events import Side
from streams.simulator.catalogue import SpokenLanguage

Manner = Literal["+", "=", "-"]
Condition = Literal["", "?", "!"]

_LINE = re.compile(r"^(?P<condition>[?!]?)(?P<side>[SC])(?P<manner>[+=-]?) (?P<text>.+)$")
_SIDES: Mapping[str, Side] = {"S": "seller", "C": "customer"}
_NEAREST: Mapping[Manner, tuple[Manner, ...]] = {
    "+": ("+", "=", "-"),
    "=": ("=", "+", "-"),
    "-": ("-", "=", "+"),
}
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<(\w+)>")


class Template:
    """A text with alternatives and slots."""

    __slots__ = ("_has_slots", "_parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = _CHOICE.split(text)
        self._parts = tuple(
            tuple(piece.split("|")) if odd % 2 else piece for odd, piece in enumerate(pieces) if piece
        )
        self._has_slots = "<" in text

    def render(self, rng: Random, slot: Callable[[str], str]) -> str:
        """One wording of the text; `slot` gives the value of a named slot."""
        text = "".join(part if isinstance(part, str) else rng.choice(part) for part in self._parts)
        return _SLOT.sub(lambda match: slot(match[1]), text) if self._has_slots else text


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says, in each manner in which it may be said."""

    side: Side
    condition: Condition
    wordings: Mapping[Manner, list[Template]] = field(default_factory=lambda: defaultdict(list))

    def wording(self, rng: Random, manner: Manner) -> Template:
        """A wording in the manner that was asked for, or in the nearest that there is."""
        nearest = next(near for near in _NEAREST[manner] if near in self.wordings)
        return rng.choice(self.wordings[nearest])


@dataclass(frozen=True, slots=True)
class Cue:
    """Play the scene of this name, or several topics, or let the customer wait."""

    name: str
    count: int = 1


HOLD = Cue("hold")
TOPICS = "topics"

Passage = tuple[Turn | Cue, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole call: what kind of call it is, its title and its course."""

    script_id: str
    kind: str
    title: Template
    passage: Passage


@dataclass(frozen=True, slots=True)
class Repertoire:
    """All scripts and scenes of a language."""

    scripts: Mapping[str, tuple[Script, ...]]
    """By kind of call."""
    scenes: Mapping[str, tuple[Passage, ...]]
    """By name."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of the scenes that are played for `@topics`."""
        return tuple(name for name in self.scenes if name.startswith("topic."))


def load(language: SpokenLanguage) -> Repertoire:
    """The repertoire of a language, from the text files beside this package."""
    folder = files("streams.simulator.scripts")
    texts = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(f"{language}_"))
    return parse("\n".join((folder / name).read_text("utf-8") for name in texts))


def parse(text: str) -> Repertoire:
    """The repertoire that a screenplay describes. Raises ValueError with the line that cannot be read."""
    scripts: dict[str, list[Script]] = defaultdict(list)
    scenes: dict[str, list[Passage]] = defaultdict(list)
    for header, lines in _blocks(text):
        passage = _passage(lines)
        if header.startswith("::"):
            scenes[header[2:].strip()].append(passage)
        else:
            script_id, kind, title = (part.strip() for part in header[2:].split("|"))
            scripts[kind].append(Script(script_id, kind, Template(title), passage))
    return Repertoire(
        {kind: tuple(found) for kind, found in scripts.items()},
        {name: tuple(found) for name, found in scenes.items()},
    )


def _blocks(text: str) -> Iterable[tuple[str, list[str]]]:
    header, lines = "", list[str]()
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(("==", "::")):
            if header:
                yield header, lines
            header, lines = line, []
        elif header:
            lines.append(line)
        else:
            raise ValueError(f"{line!r} stands before the first script or scene")
    if header:
        yield header, lines


def _passage(lines: Iterable[str]) -> Passage:
    passage: list[Turn | Cue] = []
    for line in lines:
        if line.startswith("@"):
            name, _, count = line[1:].partition(" ")
            passage.append(Cue(name, int(count or 1)))
            continue
        match = _LINE.match(line)
        if not match:
            raise ValueError(f"{line!r} is neither a spoken line (S, C) nor a cue (@)")
        turn = Turn(_SIDES[match["side"]], _condition(match["condition"]))
        last = passage[-1] if passage else None
        if isinstance(last, Turn) and (last.side, last.condition) == (turn.side, turn.condition):
            turn = last
        else:
            passage.append(turn)
        manner: Manner = "+" if match["manner"] == "+" else "-" if match["manner"] == "-" else "="
        turn.wordings[manner].append(Template(match["text"]))
    return tuple(passage)


def _condition(mark: str) -> Condition:
    return "?" if mark == "?" else "!" if mark == "!" else ""
