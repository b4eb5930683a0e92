"""What the command line says, in the two languages that it is read in."""

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

    def filled(self, **values: object) -> Text:
        """The message with its places filled."""
        return Text(self.en.format(**values), self.da.format(**values))

    def at(self, place: str) -> Text:
        """The message behind the place that it is about."""
        return Text(f"{place}: {self.en}", f"{place}: {self.da}") if place else self


def same(text: str) -> Text:
    """A text that is the same in both languages."""
    return Text(text, text)


def verbatim(text: str) -> Text:
    """A text that is already said, and has no places to fill."""
    safe = text.replace("{", "{{").replace("}", "}}")
    return Text(safe, safe)
