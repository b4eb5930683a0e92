"""Real and marked text for measuring what is found in words, read from the shared data and from tests/data."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import streams.simulator.scripts
from tests.support.real_text import danish_sentences

DATA = Path(__file__).parents[1] / "data"
SCRIPTS = Path(streams.simulator.scripts.__path__[0])
KINDS_OF_BRANDS = {"corporation", "product", "group"}

_LINE = re.compile(r"[?!&%]?[SC]2?[+-]? (?P<text>.+)")
_CHOICE = re.compile(r"\{([^{}|]*)[^{}]*\}")
_SLOT = re.compile(r"<(\w+)>")
_SLOT_VALUES = {
    "company": "Nordbo",
    "product": "MX 400",
    "weekday": "torsdag",
    "seller": "Mette",
    "contact": "Lars",
}


def sample_turns(shared_data: Path) -> dict[str, list[str]]:
    """What is said in each turn of the two sample calls, by file name."""
    transcribed = json.loads((shared_data / "calls" / "example-call.json").read_text("utf-8"))
    automated = json.loads((shared_data / "calls" / "bda-standard.json").read_text("utf-8"))
    return {
        "example-call.json": [turn["Content"] for turn in transcribed["Transcript"]],
        "bda-standard.json": [segment["text"] for segment in automated["audio_segments"]],
    }


Counts = dict[str, dict[str, int]]
"""How many of each kind, by turn."""


def marked_questions() -> dict[str, Counts]:
    """Open and closed questions of the sample calls, by file name and turn."""
    marks: dict[str, Counts] = _marks()["questions"]
    return marks


def marked_turns(language: str) -> list[tuple[int, int, str]]:
    """(open questions, closed questions, what is said) of turns of our own."""
    lines = (DATA / "marked_turns.txt").read_text("utf-8").splitlines()
    rows = [line.split(" | ", 3) for line in lines if line[0] != "#"]
    return [(int(asks), int(checks), said) for spoken, asks, checks, said in rows if spoken == language]


def marked_actions() -> dict[str, dict[str, int]]:
    """Action items of the sample calls, by file name and turn."""
    marks: dict[str, dict[str, int]] = _marks()["actions"]
    return marks


def _marks() -> Any:
    return json.loads((DATA / "marked_questions_actions.json").read_text("utf-8"))


def marked_promises(name: str, language: str) -> list[tuple[bool, str]]:
    """(whether it promises something, sentence) of a file of marked promises."""
    rows = [line.split(" | ", 2) for line in (DATA / name).read_text("utf-8").splitlines() if line[0] != "#"]
    return [(mark == "1", sentence) for spoken, mark, sentence in rows if spoken == language]


def marked_names() -> list[tuple[str, str, set[str]]]:
    """(language, sentence, names in lower case) of our own sentences."""
    rows = []
    for line in (DATA / "marked_names.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, sentence, marked = (part.strip() for part in line.split("|"))
            rows.append((language, sentence, {name.lower() for name in marked.split(";") if name}))
    return rows


def tagged_posts(path: Path) -> Iterator[tuple[str, set[str]]]:
    """(text, names of brands) of a file in columns: token, tab, B-/I-kind or O; blank lines between texts."""
    tokens: list[str] = []
    brands: list[list[str]] = []
    inside = False
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if not line.strip():
            if tokens:
                yield " ".join(tokens), {" ".join(brand) for brand in brands}
            tokens, brands, inside = [], [], False
            continue
        token, tag = line.split("\t")
        tokens.append(token)
        if tag.startswith("B-"):
            inside = tag[2:] in KINDS_OF_BRANDS
            if inside:
                brands.append([token])
        elif tag == "O":
            inside = False
        elif inside:
            brands[-1].append(token)


def script_lines(language: str) -> list[str]:
    """The lines of the simulator's screenplays, slots unfilled, of each choice the first."""
    lines = []
    for path in sorted(SCRIPTS.glob(f"{language}_*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if match := _LINE.fullmatch(line):
                text = match["text"]
                while _CHOICE.search(text):
                    text = _CHOICE.sub(r"\1", text)
                lines.append(text)
    return lines


def filled(line: str, values: dict[str, str] | None = None) -> str:
    """A screenplay's line with its slots filled; a slot without a value gets the number 12."""
    known = _SLOT_VALUES | (values or {})
    return _SLOT.sub(lambda slot: known.get(slot[1], "12"), line)


def unread_danish(shared_data: Path) -> list[str]:
    """Danish sentences of the web and of news that nobody read while writing rules: every second one."""
    return [text for text, _ in danish_sentences(shared_data)][191::2]


def unmarked(sentence: str) -> str:
    """The sentence with its question mark taken away."""
    return re.sub(r"\?+$", ".", sentence)


def bare(sentence: str) -> str:
    """The sentence as a transcript without capitals and punctuation has it."""
    return re.sub(r"[.,?!:;\"]", "", sentence.lower())
