"""Texts in both languages. Every sentence is written in each of them; none is put together from the other's words."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "da"]
LANGUAGES: tuple[Language, ...] = ("en", "da")


class Text(NamedTuple):
    """One message of the catalogue."""

    en: str
    da: str

    def of(self, language: Language) -> str:
        return self.da if language == "da" else self.en


def uid(page: str, language: Language) -> str:
    """Identity of a page's dashboard: `salgspuls-home`, `salgspuls-home-da`."""
    return f"salgspuls-{page}" if language == "en" else f"salgspuls-{page}-{language}"
