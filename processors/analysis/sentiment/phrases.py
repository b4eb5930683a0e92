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

    def __init__(self, states: Sequence[State]) -> None:
        by_second: defaultdict[str, list[State]] = defaultdict(list)
        for state in states:
            for second, beyond in state.following.items():
                by_second[second] += beyond
        self._by_second = {second: tuple(beyond) for second, beyond in by_second.items()}
        self.before_gaps = tuple([state for state in states if state.gaps])

    def behind(self, second: str) -> tuple[State, ...]:
        """How far phrases may be said behind the first and this second word."""
        return self._by_second.get(second, ())


@dataclass(frozen=True, slots=True)
class Line:
    """A line, ready to be looked for."""

    start: State
    telling: frozenset[str]
    """A text without one of these has no phrase of the line that has a feeling."""


class Lexicon:
    """The words and phrases of lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: dict[str, Entry] = {}
        by_first: defaultdict[str, list[State]] = defaultdict(list)
        telling: set[str] = set()
        for line in lines:
            telling |= line.telling
            for first, states in line.start.following.items():
                for state in states:
                    if state.entry is not None:
                        self.words[first] = state.entry
                    if state.following or state.gaps:
                        by_first[first].append(state)
        self.starts = {first: Starts(states) for first, states in by_first.items()}
        self.telling = frozenset(telling)
        """A text without one of these has no phrase with a feeling."""


def read(lines: Iterable[str], common: frozenset[str]) -> list[Line]:
    """A lexicon's lines; those that are empty or begin with "#" are left out. `common` words are in most sentences.

    Raises ValueError, which quotes the line, for one that is not of the form above.
    """
    found = []
    for order, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_read(line.rstrip("\n"), order, common))
        except ValueError as error:
            raise ValueError(f"{line!r}: {error}") from None
    return found


def plain(words: Sequence[str], valence: float) -> Line:
    """The line of a word or a phrase that stands for nothing but itself, before all that are read."""
    return _line(list(words), Entry(valence, False, " ".join(words), "", -1), frozenset())


class _Choice:
    """Alternatives within a phrase."""

    def __init__(self, alternatives: list[list["str | _Choice"]]) -> None:
        self.alternatives = alternatives


_Element = str | _Choice
"""A word or GAP, or alternatives."""


def _read(line: str, order: int, common: frozenset[str]) -> Line:
    columns = line.split("\t")
    if len(columns) != 3 or not all(columns):
        raise ValueError("a line is a valence, a word or phrase, and why, with tabs between")
    negates = columns[0] == "not"
    entry = Entry(0.0 if negates else float(columns[0]), negates, columns[1], columns[2], order)
    pieces = iter(_PIECE.findall(_UNWRITTEN.sub("", columns[1].lower())))
    alternatives, closed = _alternatives(pieces)
    if closed or len(alternatives) > 1:
        raise ValueError("brackets do not match")
    return _line(alternatives[0], entry, common)


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


def _line(said: list[_Element], entry: Entry, common: frozenset[str]) -> Line:
    start = _before(said, State(entry, {}, ()))
    if start.entry is not None or start.gaps or said[-1] == GAP:
        raise ValueError("a phrase begins and ends with a word")
    return Line(start, _rarest(said, common) if entry.valence else frozenset())


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


def _rarest(said: list[_Element], common: frozenset[str]) -> frozenset[str]:
    """Words of which one is in every phrase that is said so, those that are likely the rarest; empty when none is."""
    best: frozenset[str] = frozenset()
    for element in said:
        words = frozenset[str]()
        if isinstance(element, _Choice):
            each = [_rarest(alternative, common) for alternative in element.alternatives]
            if all(each):
                words = frozenset[str]().union(*each)
        elif element != GAP:
            words = frozenset({element})
        if words and (not best or _rarity(words, common) > _rarity(best, common)):
            best = words
    return best


def _rarity(words: frozenset[str], common: frozenset[str]) -> tuple[int, int]:
    """Greater for words that few sentences have: long ones, as far as nothing else is known."""
    return -len(words & common), min(map(len, words))
