"""What a row's stage, status and marks amount to: open, won, lost or removed, decided over all rows of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from schemas.events import DealState
from streams.importers import texts
from streams.importers.columns import Column, Columns, is_nothing, text_of
from streams.importers.findings import Choice, Question
from streams.importers.mapping import DealMapping
from streams.importers.tables.numbers import number_of
from streams.importers.tables.table import Row, heading
from streams.importers.words import folded, is_open_stage, sounds_closed, state_of, truth_of

_STATE_CODES: dict[str, DealState] = {"0": "open", "1": "won", "2": "lost"}
"""Of Dataverse."""
_MOST_COMBINATIONS = 5_000
_SHOWN_LENGTH = 60


class Marks(NamedTuple):
    """All that a row says of its state."""

    state: str
    stage: str
    closed: str
    won: str
    removed: str


@dataclass(slots=True)
class Seen:
    """Where marks were seen, and which shares stood beside them."""

    line: int
    count: int = 0
    shares: set[str | Decimal] = field(default_factory=set)
    state: DealState | None = None


class States:
    """Gathers the marks of all rows; then says the state of each."""

    def __init__(self, columns: Columns, mapping: DealMapping) -> None:
        self._columns = columns
        self._mapping = mapping
        self._told = {folded(name): state for name, state in mapping.states.items()}
        self._fields = [
            columns.fields.get(name, []) for name in ("state", "stage", "is_closed", "is_won", "is_removed")
        ]
        self._shares = columns.fields.get("win_percent", [])
        self.seen: dict[Marks, Seen] = {}
        self.share_is_percent = True

    def marks(self, row: Row) -> Marks:
        """What a row says."""
        return Marks(*(_first(columns, row) for columns in self._fields))

    def see(self, row: Row) -> None:
        """Look at a row, before anything is decided."""
        marks = self.marks(row)
        seen = self.seen.get(marks)
        if seen is None:
            if len(self.seen) >= _MOST_COMBINATIONS:
                return
            seen = self.seen[marks] = Seen(row.line)
        seen.count += 1
        for column in self._shares:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if isinstance(cell, str | Decimal) and not is_nothing(cell) and len(seen.shares) < 200:
                seen.shares.add(cell)

    def of(self, row: Row) -> DealState | None:
        """The state of a row; None when nothing says it."""
        seen = self.seen.get(self.marks(row))
        return None if seen is None else seen.state

    def decide(self) -> None:
        """Decide what all marks amount to, and how shares are written; what is open is asked."""
        for marks, seen in self.seen.items():
            seen.state = self._told_by(marks)
        self._decide_shares()
        for seen in self.seen.values():
            if seen.state is None and not self._told and self._are_open(seen):
                seen.state = "open"
        self._take_the_rest_as_open()
        self._ask()

    def _told_by(self, marks: Marks) -> DealState | None:
        if marks.removed and truth_of(marks.removed):
            return "removed"
        if marks.state:
            state = self._told.get(folded(marks.state)) or state_of(marks.state)
            if state is None and heading(self._columns.heading_of("state")) == "statecode":
                state = _STATE_CODES.get(marks.state)
            if state is not None:
                return state
        closed, won = truth_of(marks.closed or ""), truth_of(marks.won or "")
        if won:
            return "won"
        if marks.closed and closed:
            return "lost" if marks.won else state_of(marks.stage)
        if marks.closed and not closed:
            return "open"
        stage = marks.stage or marks.state
        if not stage:
            return None
        if self._told:
            return self._told.get(folded(stage))
        return state_of(stage) or ("open" if is_open_stage(stage) else None)

    def _values(self, seen: Seen) -> list[Decimal]:
        column = self._shares[0]
        values = []
        for cell in seen.shares:
            if isinstance(cell, Decimal):
                values.append(cell)
            elif (number := number_of(cell)) is not None:
                values.append(number.value(column.decimals))
        return values

    def _decide_shares(self) -> None:
        """Percent or shares of 1: by the column as a whole, and what won deals have."""
        given = self._mapping.win_format
        if given or not self._shares:
            self.share_is_percent = given != "share"
            return
        column = self._shares[0]
        values = {value for seen in self.seen.values() for value in self._values(seen)}
        signed = any(
            isinstance(cell, str) and "%" in cell for seen in self.seen.values() for cell in seen.shares
        )
        if signed or not values or max(values) == 0:
            return
        if max(values) > 1:
            if low := [value for value in values if 0 < value < 1]:
                self._ask_mixed(column, min(low), max(values))
            return
        won = {value for seen in self.seen.values() if seen.state == "won" for value in self._values(seen)}
        by_won = won == {Decimal(1)}
        between = any(0 < value < 1 for value in values)
        if by_won or (between and "%" not in column.name):
            self.share_is_percent = False
            return
        self._ask_share(column, max(values))

    def _ask_mixed(self, column: Column, low: Decimal, high: Decimal) -> None:
        find = self._columns.findings
        line = next((seen.line for seen in self.seen.values() if low in self._values(seen)), 1)
        as_percent = find.say(texts.AS_PERCENT, value=f"{low:f}")
        text = find.say(texts.MIXED_SHARES, column=column.name, low=f"{low:f}", high=f"{high:f}")
        choice = Choice(as_percent, 'win_format = "percent"', {"win_format": "percent"})
        find.questions.append(Question(column.name, line, text, (choice,)))

    def _ask_share(self, column: Column, value: Decimal) -> None:
        find = self._columns.findings
        line = next((seen.line for seen in self.seen.values() if value in self._values(seen)), 1)
        choices = (
            Choice(
                find.say(texts.AS_PERCENT, value=f"{value:f}"),
                'win_format = "percent"',
                {"win_format": "percent"},
            ),
            Choice(
                find.say(texts.AS_SHARE, value=f"{value * 100:f}"),
                'win_format = "share"',
                {"win_format": "share"},
            ),
        )
        text = find.say(texts.WHICH_SHARE, column=column.name, value=f"{value:f}")
        find.questions.append(Question(column.name, line, text, choices))

    def _are_open(self, seen: Seen) -> bool:
        """Whether all deals with these marks may still be won or lost, by how likely they are won."""
        if not self._shares or not seen.shares:
            return False
        whole = 100 if self.share_is_percent else 1
        values = self._values(seen)
        return bool(values) and all(0 < value < whole for value in values)

    def _take_the_rest_as_open(self) -> None:
        """Where closed stages are named as such, those that do not sound closed are open: reported, to be looked at."""
        has_closed = any(seen.state in ("won", "lost") for seen in self.seen.values())
        if self._told or not has_closed:
            return
        taken = []
        for marks, seen in self.seen.items():
            stage = marks.stage or marks.state
            if seen.state is None and stage and not sounds_closed(stage):
                seen.state = "open"
                taken.append(f"{stage[:_SHOWN_LENGTH]} ({seen.count})")
        if taken:
            find = self._columns.findings
            find.unsure.append(
                find.say(
                    texts.TAKEN_AS_OPEN,
                    column=self._columns.heading_of("stage", "state"),
                    stages=", ".join(taken),
                )
            )

    def _ask(self) -> None:
        """Which stages nobody can tell; of a mapping that names stages, these are left out, and reported as such."""
        if self._told:
            return
        find = self._columns.findings
        open_marks: dict[str, Seen] = {}
        for marks, seen in self.seen.items():
            value = marks.stage or marks.state
            if seen.state is None and value:
                known = open_marks.setdefault(value, Seen(seen.line))
                known.count += seen.count
        for value, seen in open_marks.items():
            short = value[:_SHOWN_LENGTH]
            choices = tuple(
                Choice(
                    find.say(texts.KNOWN_WORDS[state]),
                    f'[states] "{short}" = "{state}"',
                    {"states": {value: state}},
                )
                for state in ("open", "won", "lost")
            )
            column = self._columns.heading_of("stage", "state")
            text = find.say(texts.WHICH_STATE, column=column, count=seen.count, value=f'"{short}"')
            find.questions.append(Question(column, seen.line, text, choices))


def _first(columns: list[Column], row: Row) -> str:
    for column in columns:
        if column.index < len(row.cells):
            value = text_of(row.cells[column.index])
            if value:
                return value
    return ""
