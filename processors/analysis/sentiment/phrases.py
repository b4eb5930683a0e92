"""Lexicons of words and phrases: how a line of one is read, and where its phrases begin.

A line has a valence, a word or phrase, and why, with tabs between: `-2.5`, `(go|went) with (another|someone else)`,
`lost`. Alternatives stand in brackets, an empty one for nothing, one within another; `...` is a gap of up to three
words; `not` in the place of a valence makes the phrase negate what follows it. A phrase of valence 0 takes the feeling
of its words away. Where two phrases fit, the longer counts, and of equally long ones the later line.

Alternatives are never multiplied out: 300 lines say some 400,000 phrases. Each line becomes a small graph of states,
from one to the next of which a word leads, and for any two words a lexicon knows the states that they lead to.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "..."
"""In a phrase: nothing, or up to three words."""
WIDEST_GAP: Final = 3

_PIECE: Final = re.compile(r"[(|)]|[^(|)\s]+")
_UNWRITTEN: Final = re.compile(r"['’]|(?<=\w)-(?=\w)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says of its words and phrases, and its place among the lines."""

    valence: float
    negates: bool
    pattern: str
    why: str
    order: int


class State:
    """How far a phrase is said: `entry` when it may end here, and where each next word leads."""

    def __init__(
        self, entry: Entry | None, following: Mapping[str, tuple["State", ...]], gaps: tuple["State", ...]
    ) -> None:
        self.entry = entry
        self.following = following
        self.gaps = gaps
        """Where one is behind a gap that comes next."""


class Starts:
    """How far phrases are said behind a first word."""

    def __init__(self, states: Sequence[State], feeling: Sequence[State]) -> None:
        self.behind = _by_word(states)
        """By the second word."""
        behind_gaps = [beyond for state in states for beyond in state.gaps]
        self.behind_gap = _by_word(behind_gaps)
        """By the first word behind a gap that comes next."""
        self.before_two_gaps = tuple([state for state in behind_gaps if state.gaps])
        self.feeling = frozenset(_by_word(feeling))
        """Second words of phrases that have a valence."""
        self.feels_behind_gap = any(state.gaps for state in feeling)
        """Whether a gap may come next in a phrase that has a valence."""


def _by_word(states: Iterable[State]) -> dict[str, tuple[State, ...]]:
    """Where each next word leads from any of the states."""
    found: defaultdict[str, list[State]] = defaultdict(list)
    for state in states:
        for word, beyond in state.following.items():
            found[word] += beyond
    return {word: tuple(beyond) for word, beyond in found.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line, ready to be looked for."""

    start: State
    feels: bool
    """Whether it has a valence."""


class Lexicon:
    """The words and phrases of lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: dict[str, Entry] = {}
        states: defaultdict[str, list[State]] = defaultdict(list)
        feeling: defaultdict[str, list[State]] = defaultdict(list)
        for line in lines:
            for first, behind in line.start.following.items():
                for state in behind:
                    if state.entry is not None:
                        self.words[first] = state.entry
                    if state.following or state.gaps:
                        states[first].append(state)
                        if line.feels:
                            feeling[first].append(state)
        self.starts = {first: Starts(found, feeling[first]) for first, found in states.items()}


def read(lines: Iterable[str]) -> list[Line]:
    """A lexicon's lines; those that are empty or begin with "#" are left out.

    Raises ValueError, which quotes the line, for one that is not of the form above.
    """
    found = []
    for order, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_read(line.rstrip("\n"), order))
        except ValueError as error:
            raise ValueError(f"{line!r}: {error}") from None
    return found


def plain(words: Sequence[str], valence: float) -> Line:
    """The line of a word or a phrase that stands for nothing but itself, before all that are read."""
    return _line(list(words), Entry(valence, False, " ".join(words), "", -1))


class _Choice:
    """Alternatives within a phrase."""

    def __init__(self, alternatives: list[list["str | _Choice"]]) -> None:
        self.alternatives = alternatives


_Element = str | _Choice
"""A word or GAP, or alternatives."""


def _read(line: str, order: int) -> Line:
    columns = line.split("\t")
    if len(columns) != 3 or not all(columns):
        raise ValueError("a line is a valence, a word or phrase, and why, with tabs between")
    negates = columns[0] == "not"
    entry = Entry(0.0 if negates else float(columns[0]), negates, columns[1], columns[2], order)
    pieces = iter(_PIECE.findall(_UNWRITTEN.sub("", columns[1].lower())))
    alternatives, closed = _alternatives(pieces)
    if closed or len(alternatives) > 1:
        raise ValueError("brackets do not match")
    return _line(alternatives[0], entry)


def _alternatives(pieces: Iterator[str]) -> tuple[list[list[_Element]], bool]:
    """What stands between "|" up to the bracket that closes, and whether there was one."""
    alternatives: list[list[_Element]] = [[]]
    for piece in pieces:
        if piece == ")":
            return alternatives, True
        if piece == "|":
            alternatives.append([])
        elif piece == "(":
            inner, closed = _alternatives(pieces)
            if not closed:
                raise ValueError("a bracket is not closed")
            alternatives[-1].append(_Choice(inner))
        else:
            alternatives[-1].append(piece)
    return alternatives, False


def _line(said: list[_Element], entry: Entry) -> Line:
    start = _before(said, State(entry, {}, ()))
    if start.entry is not None or start.gaps or said[-1] == GAP:
        raise ValueError("a phrase begins and ends with a word")
    return Line(start, entry.valence != 0)


def _before(said: list[_Element], after: State) -> State:
    """The state from which what is said leads to `after`."""
    state = after
    for element in reversed(said):
        if isinstance(element, _Choice):
            state = _merged([_before(alternative, state) for alternative in element.alternatives])
        elif element == GAP:
            state = State(None, {}, (state,))
        else:
            state = State(None, {element: (state,)}, ())
    return state


def _merged(states: list[State]) -> State:
    following: dict[str, tuple[State, ...]] = {}
    gaps: dict[State, None] = {}
    entry: Entry | None = None
    for state in states:
        entry = entry or state.entry
        gaps.update(dict.fromkeys(state.gaps))
        for word, beyond in state.following.items():
            following[word] = tuple(dict.fromkeys((*following.get(word, ()), *beyond)))
    return State(entry, following, tuple(gaps))
