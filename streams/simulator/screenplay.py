"""Reads the screenplays of calls: scripts (whole calls) and scenes (parts that scripts share).

    == id | kind | title | families | weight
                               a script, for deals about these families of products, or about any; and how often it
                               is played beside others (1)
    :: name | families         a scene; of several with one name, one is played
    S text   C text            the seller or the customer speaks; {a|b} are alternatives, <slot> is filled in
    S+ S- C+ C-                the turn in another manner: listening or pushy seller, glad or annoyed customer
    @name                      play the scene `name`, or the one that is `name.<family of the product>`
    @name n                    play n of the scenes whose names begin with `name.`, by what is in fashion
    @until p name ...          play scenes of these groups, one of each in turn, until p per cent of the time are over
    @wait                      the customer waits on the line
    @pause                     nobody says anything for some seconds, because a screen is shown
    S2 text   C2 text          the second person of a side speaks
    ?S ?C ?@name               what only curious sellers bring about
    !S !C !@name               what only pushy sellers bring about
    &S &C &@name               what takes a second person on the customer's side
    %S %C %@name               what takes one on the seller's

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
Condition = Literal["", "?", "!", "&", "%"]

_CONDITIONS: Mapping[str, Condition] = {"": "", "?": "?", "!": "!", "&": "&", "%": "%"}
_FILL = re.compile(r"^(?P<condition>[?!&%]?)@until (?P<percent>\d+) (?P<groups>\w+(?: \w+)*)$")
_CUE = re.compile(r"^(?P<condition>[?!&%]?)@(?P<name>[\w.]+)(?: (?P<count>\d))?$")
_LINE = re.compile(r"^(?P<condition>[?!&%]?)(?P<side>[SC])(?P<second>2?)(?P<manner>[+=-]?) (?P<text>.+)$")
_SIDES: Mapping[str, Side] = {"S": "seller", "C": "customer"}
_NEAREST: Mapping[Manner, tuple[Manner, ...]] = {
    "+": ("+", "=", "-"),
    "=": ("=", "+", "-"),
    "-": ("-", "=", "+"),
}
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<(\w+)>")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] ))\w")


class Template:
    """A text with alternatives and slots."""

    __slots__ = ("_has_slots", "_parts", "asks", "text", "told")

    def __init__(self, text: str) -> None:
        self.text = text
        self.asks = "?" in text
        self.told = _told(text)
        """What is left of it without its questions."""
        pieces = _CHOICE.split(text)
        self._parts = tuple(
            tuple(piece.split("|")) if odd % 2 else piece for odd, piece in enumerate(pieces) if piece
        )
        self._has_slots = "<" in text

    def render(self, rng: Random, slot: Callable[[str], str]) -> str:
        """One wording of the text; `slot` gives the value of a named slot."""
        text = "".join(part if isinstance(part, str) else rng.choice(part) for part in self._parts)
        if not self._has_slots:
            return text
        filled = _SLOT.sub(lambda match: slot(match[1]), text)
        return _SENTENCE_START.sub(lambda match: match[0].upper(), filled)


def _told(text: str) -> str:
    return " ".join(found.strip() for found in _SENTENCE.findall(text) if "?" not in found)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says, in each manner in which it may be said."""

    side: Side
    condition: Condition
    second: bool = False
    """Whether it is the second person of the side."""
    wordings: Mapping[Manner, list[Template]] = field(default_factory=lambda: defaultdict(list))

    def wording(self, rng: Random, manner: Manner, telling: bool = False) -> Template:
        """A wording in the manner that was asked for, or in the nearest that there is; when `telling`, one that tells
        and does not ask, if there is one."""
        near = [self.wordings[each] for each in _NEAREST[manner] if each in self.wordings]
        if telling:
            told = [[template for template in some if not template.asks] for some in near]
            near = [some for some in told if some] or near
        return rng.choice(near[0])

    @property
    def asks(self) -> float:
        """The share of its wordings that ask."""
        templates = [template for templates in self.wordings.values() for template in templates]
        return sum(template.asks for template in templates) / len(templates)

    @property
    def tells(self) -> bool:
        """Whether something is left of every wording, or of another one, when nothing is asked."""
        templates = [template for templates in self.wordings.values() for template in templates]
        return not all(template.asks for template in templates) or all(
            template.told for template in templates
        )

    @property
    def speaker(self) -> tuple[Side, bool, Condition]:
        """Lines that follow each other and agree in this are one turn."""
        return self.side, self.second, self.condition

    @property
    def words(self) -> float:
        """How many words its wordings have on average."""
        texts = [template.text for templates in self.wordings.values() for template in templates]
        return 1 + sum(text.count(" ") for text in texts) / len(texts)


@dataclass(frozen=True, slots=True)
class Cue:
    """Play a scene, or `count` scenes of a group; or be silent for a while."""

    name: str
    count: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Fill:
    """Play scenes of groups until so many per cent of the call's time are over."""

    groups: tuple[str, ...]
    percent: int
    condition: Condition


WAIT, PAUSE = "wait", "pause"

Passage = tuple[Turn | Cue | Fill, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole call: what kind of call it is, its title, its course, and what it may be about."""

    script_id: str
    kind: str
    title: Template
    passage: Passage
    families: tuple[str, ...]
    """Families of products; empty for any."""
    weight: float = 1.0
    """How often it is played beside others."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """All scripts and scenes of a language."""

    scripts: tuple[Script, ...]
    scenes: Mapping[str, tuple[Passage, ...]]
    """By name."""
    limits: Mapping[str, tuple[str, ...]]
    """The scenes that are only about some families of products, with these."""

    def of_kind(self, kind: str, family: str) -> list[Script]:
        """The scripts for a kind of call about a family of products."""
        return [
            script
            for script in self.scripts
            if script.kind == kind and (not script.families or family in script.families)
        ]

    def group(self, name: str, family: str) -> list[str]:
        """The names of the scenes in a group that fit a family of products."""
        return [scene for scene in self.scenes if scene.startswith(f"{name}.") and self.fits(scene, family)]

    def fits(self, scene: str, family: str) -> bool:
        """Whether a scene may be about a family of products."""
        return scene not in self.limits or family in self.limits[scene]


def load(language: SpokenLanguage) -> Repertoire:
    """The repertoire of a language, from the text files beside this package."""
    folder = files("streams.simulator.scripts")
    texts = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(f"{language}_"))
    return parse("\n".join((folder / name).read_text("utf-8") for name in texts))


def parse(text: str) -> Repertoire:
    """The repertoire that a screenplay describes. Raises ValueError with the line that cannot be read."""
    scripts: list[Script] = []
    scenes: dict[str, list[Passage]] = defaultdict(list)
    limits: dict[str, tuple[str, ...]] = {}
    for header, lines in _blocks(text):
        passage = _passage(lines)
        fields = [part.strip() for part in header[2:].split("|")]
        if header.startswith("::"):
            scenes[fields[0]].append(passage)
            if fields[1:]:
                limits[fields[0]] = tuple(fields[1].split())
        else:
            families = tuple(fields[3].split()) if fields[3:] else ()
            weight = float(fields[4]) if fields[4:] else 1.0
            scripts.append(Script(fields[0], fields[1], Template(fields[2]), passage, families, weight))
    return Repertoire(tuple(scripts), {name: tuple(found) for name, found in scenes.items()}, limits)


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
    passage: list[Turn | Cue | Fill] = []
    for line in lines:
        if cue := _CUE.match(line):
            passage.append(Cue(cue["name"], int(cue["count"] or 1), _CONDITIONS[cue["condition"]]))
            continue
        if fill := _FILL.match(line):
            groups = tuple(fill["groups"].split())
            passage.append(Fill(groups, int(fill["percent"]), _CONDITIONS[fill["condition"]]))
            continue
        match = _LINE.match(line)
        if not match:
            raise ValueError(f"{line!r} is neither a spoken line (S, C) nor a cue (@)")
        turn = Turn(_SIDES[match["side"]], _CONDITIONS[match["condition"]], bool(match["second"]))
        last = passage[-1] if passage else None
        if isinstance(last, Turn) and last.speaker == turn.speaker:
            turn = last
        else:
            passage.append(turn)
        manner: Manner = "+" if match["manner"] == "+" else "-" if match["manner"] == "-" else "="
        turn.wordings[manner].append(Template(match["text"]))
    return tuple(passage)
