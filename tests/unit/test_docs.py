"""What the documents for contributors name exists, and the words of the glossary are the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMING = [
    "CONTRIBUTING.md",
    "README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
]
ROOMS = ("schemas", "processors", "clickhouse", "streams", "grafana", "deploy", "tests", "docs")
RECIPES = ("A metric", "A panel", "An importer", "An alert rule", "An analysis", "A table")


def named(text: str) -> set[str]:
    """The files and folders that a text names; `<page>`, `NNNN` and `...` stand for anything, `{a,b}` for each."""
    found = set()
    for token in re.findall(r"`([^`\n]+)`", text):
        for path in re.findall(rf"(?:{'|'.join(ROOMS)})/[\w./<>*{{}},-]*", token):
            if not token.startswith(("http", "/")):
                found.add(path.rstrip(".,"))
    return found - {"deploy/.env"}  # made by who deploys


def exists(path: str) -> bool:
    braces = re.search(r"\{([^}]*)\}", path)
    if braces:
        return all(exists(path.replace(braces[0], each)) for each in braces[1].split(","))
    pattern = re.sub(r"<\w+>|NNNN", "*", path).rstrip("/")
    return any(True for _ in ROOT.glob(pattern)) or any(True for _ in ROOT.glob(f"{pattern}.py"))


@pytest.mark.parametrize("document", NAMING)
def test_what_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    assert [path for path in sorted(named(text)) if not exists(path)] == []


@pytest.mark.parametrize("document", NAMING)
def test_where_a_document_leads_there_is_something(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not target.startswith(("http", "#")):
            file, _, heading = target.partition("#")
            assert (path.parent / file).exists(), target
            if heading:
                assert heading in _anchors((path.parent / file).read_text("utf-8")), target


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_each_recipe_of_the_cookbook_lists_its_files() -> None:
    text = (ROOT / "docs" / "development.md").read_text("utf-8")
    recipes = dict(re.findall(r"^### (.+)\n((?:(?!^##).*\n)*)", text, re.MULTILINE))
    for recipe in RECIPES:
        assert len(named(recipes[recipe])) >= 4, recipe


def test_commands_of_make_that_documents_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in NAMING:
        for target in re.findall(r"`make ([a-z-]+)", (ROOT / document).read_text("utf-8")):
            assert target in targets, f"{document}: make {target}"


def test_the_glossary_says_each_word_once_and_sends_nobody_astray() -> None:
    rows = re.findall(
        r"^\| \*\*(.+?)\*\* \| (.+) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    words = [word for word, _ in rows]
    assert 35 <= len(words) <= 60
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=str.lower)
    assert all(meaning.strip() for _, meaning in rows)
