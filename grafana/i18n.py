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

    def then(self, more: Text) -> Text:
        """This text and another one right after it."""
        return Text(self.en + more.en, self.da + more.da)


def same(text: str) -> Text:
    """A text that needs no translation."""
    return Text(text, text)


def uid(page: str, language: Language) -> str:
    """Identity of a page's dashboard: `salgspuls-home`, `salgspuls-home-da`."""
    return f"salgspuls-{page}" if language == "en" else f"salgspuls-{page}-{language}"


def page_of(name: str) -> tuple[str, Language]:
    """The page and the language of an identity."""
    page = name.removeprefix("salgspuls-")
    return (page.removesuffix("-da"), "da") if page.endswith("-da") else (page, "en")
