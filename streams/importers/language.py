"""What is said of files, in the two languages that it is read in."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "da"]


class Text(NamedTuple):
    """One message, a sentence of its own in each language."""

    en: str
    da: str

    def of(self, language: Language) -> str:
        """The message in one of them."""
        return self.da if language == "da" else self.en


def verbatim(text: str) -> Text:
    """A text that is already said, and has no places to fill."""
    safe = text.replace("{", "{{").replace("}", "}}")
    return Text(safe, safe)
