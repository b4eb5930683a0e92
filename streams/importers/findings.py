"""What is found while a file is read: problems, questions with their possible answers, and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # Any: fields that pydantic checks

from streams.language import Language, Text

_HARMLESS = re.compile(r"[\d.,:/ %+\-–−'()]{1,30}")
_PLACES = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer: how it reads, and the change of the mapping that it is."""

    label: str
    toml: str
    update: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Two readings are possible. Unanswered, it is a reason to send nothing."""

    column: str
    line: int
    text: str
    choices: tuple[Choice, ...]

    @property
    def reason(self) -> str:
        """The question as a problem: what is open, both readings, and how to choose."""
        readings = "; ".join(f"{choice.label} ({choice.toml})" for choice in self.choices)
        return f"{self.text}: {readings}"


@dataclass(slots=True)
class Cause:
    """One cause of problems, with the places where it was seen."""

    reason: str
    lines: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, *lines: int, count: int | None = None) -> None:
        """More places; `count` where it is of more than these."""
        self.count += len(lines) if count is None else count
        self.lines.extend(lines[: _PLACES - len(self.lines)])


@dataclass(slots=True)
class Findings:
    """All that is to be said of a table. Whether `refusals` or `questions` are there decides if it may be sent."""

    path: Path
    language: Language = "en"
    refusals: dict[str, Cause] = field(default_factory=dict)
    """Why nothing of the file can be sent."""
    questions: list[Question] = field(default_factory=list)
    left_out: dict[str, Cause] = field(default_factory=dict)
    """Why rows are left out."""
    notes: dict[str, Cause] = field(default_factory=dict)
    """What was decided, that a reader may want to know."""
    unsure: list[str] = field(default_factory=list)
    """What was decided on good evidence, and should be looked at."""

    def say(self, text: Text, **values: object) -> str:
        """A sentence in the reader's language."""
        message = text.of(self.language)
        return message.format(**values) if values else message

    def refuse(self, line: int, text: Text, *, count: int = 1, **values: object) -> None:
        """Nothing of the file can be sent."""
        reason = self.say(text, **values)
        self.refusals.setdefault(reason, Cause(reason)).add(line, count=count)

    def leave_out(self, line: int, text: Text, **values: object) -> None:
        """A row is left out."""
        reason = self.say(text, **values)
        self.left_out.setdefault(reason, Cause(reason)).add(line)

    def note(self, line: int, text: Text, **values: object) -> None:
        """Something was decided of a row."""
        reason = self.say(text, **values)
        self.notes.setdefault(reason, Cause(reason)).add(line)

    @property
    def is_refused(self) -> bool:
        return bool(self.refusals or self.questions)


def shown(value: object) -> str:
    """A value as it may be shown: what has letters may be a customer's words, in a row whose cells have slipped."""
    text = str(value)
    return f" ({text})" if _HARMLESS.fullmatch(text) else ""
