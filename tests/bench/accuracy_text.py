"""How right questions, action items, masking and names are; docs/accuracy.md holds the figures.

Run with `pytest -s`.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from processors.analysis.action_items import find_actions
from processors.analysis.masking import mask
from processors.analysis.names.candidates import listed
from processors.analysis.names.extraction import NameFinder, name_key
from processors.analysis.questions import find_questions
from processors.text.cache import BUDGET
from processors.text.sentences import sentences
from streams.simulator.catalogue import BRANDS
from streams.simulator.trackers import TRACKERS
from tests.support.marked_text import (
    bare,
    filled,
    marked_actions,
    marked_names,
    marked_promises,
    marked_questions,
    sample_turns,
    script_lines,
    tagged_posts,
    unmarked,
    unread_danish,
)
from tests.support.real_text import danish_sentences, posts
from tests.support.spoken_numbers import SENTENCES, leaks, spoken_numbers


def universal_dependencies() -> list[str]:
    """The texts of the treebanks whose folders SALGSPULS_UD names, parted by colons; none where it is not set."""
    folders = filter(None, os.environ.get("SALGSPULS_UD", "").split(":"))
    files = [path for folder in folders for path in sorted(Path(folder).glob("*.conllu"))]
    return [
        text
        for path in files
        for text in re.findall(r"^# text = (.*)$", path.read_text("utf-8"), re.MULTILINE)
    ]


def figures(right: int, found: int, marked: int) -> str:
    precision, recall = right / found if found else 0.0, right / marked
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({right} right, {found} found, {marked} marked)"


def report_questions(title: str, texts: Iterable[str], language: str, change: Callable[[str], str]) -> float:
    """Print how many sentences with a question mark are found without it, and how many others are taken for one."""
    asking, telling = [], []
    for text in dict.fromkeys(texts):
        if len(sentences(text)) == 1 and 3 <= len(text.split()) <= 20:
            if text.endswith("?"):
                asking.append(text)
            elif text.endswith(".") and "?" not in text and not text.endswith(".."):
                telling.append(text)
    right = sum(bool(find_questions(change(text), language)) for text in asking)
    wrong = sum(bool(find_questions(change(text), language)) for text in telling)
    print(
        f"  {title}: {figures(right, right + wrong, len(asking))}; {wrong / len(telling):.2%} of {len(telling)} others"
    )
    return right / len(asking)


def test_questions(shared_data: Path) -> None:
    print("\nQuestions")
    for title, change in (("as they are", str), ("question marks taken away", unmarked)):
        right = found = marked = 0
        for name, turns in sample_turns(shared_data).items():
            for at, turn in enumerate(turns):
                marks = marked_questions()[name].get(str(at), {})
                asked = find_questions(" ".join(change(each) for each in sentences(turn)), "en")
                right += (Counter[str](each.kind for each in asked) & Counter(marks)).total()
                found, marked = found + len(asked), marked + sum(marks.values())
        print(f"  sample calls, {title}: {figures(right, found, marked)}")
        assert right / marked > 0.85
    danish = unread_danish(shared_data)
    assert report_questions("Danish web and news, no marks", danish, "da", unmarked) > 0.5
    report_questions("Danish web and news, bare", danish, "da", bare)
    english = [re.sub(r" (n't|'\w+|[.,!?:;])", r"\1", post) for post in posts(shared_data)][::2]
    report_questions(
        "English posts, no marks", (each for post in english for each in sentences(post)), "en", unmarked
    )
    for language in ("da", "en"):
        said = [each for line in script_lines(language) for each in sentences(filled(line))]
        assert report_questions(f"screenplays {language}, no marks", said, language, unmarked) > 0.8
        report_questions(f"screenplays {language}, bare", said, language, bare)


def test_action_items(shared_data: Path) -> None:
    print("\nAction items")
    found = [
        (len(find_actions(turn, "en")), marked_actions()[name].get(str(at), 0))
        for name, turns in sample_turns(shared_data).items()
        for at, turn in enumerate(turns)
    ]
    right = sum(min(each) for each in found)
    print(
        f"  sample calls: {figures(right, sum(count for count, _ in found), sum(mark for _, mark in found))}"
    )
    for name in ("marked_promises.txt", "marked_promises_held_out.txt"):
        for language in ("da", "en"):
            rows = marked_promises(name, language)
            hits = [marked for marked, sentence in rows if find_actions(sentence, language)]
            print(
                f"  {name} {language}: {figures(sum(hits), len(hits), sum(mark for mark, _ in rows))} of {len(rows)}"
            )
            assert sum(hits) / len(hits) > 0.65
    danish = [text for text, _ in danish_sentences(shared_data)]
    promising = sum(bool(find_actions(text, "da")) for text in danish)
    print(f"  Danish web and news: {promising} of {len(danish)} sentences are taken for a promise")


def test_masking(shared_data: Path) -> None:
    print("\nMasking")
    turns = [turn for turns in sample_turns(shared_data).values() for turn in turns]
    print(
        f"  sample calls: {sum(mask(turn) != turn for turn in turns)} of {len(turns)} turns changed, none should be"
    )
    danish = [text for text, _ in danish_sentences(shared_data)]
    masks: Counter[str] = Counter()
    for text in danish:
        masks.update(
            re.findall(r"\[(?:email|phone|card|cpr|iban|account|passport|licence|ssn)\]", mask(text))
        )
    digits = sum(bool(re.search(r"\d", text)) for text in danish)
    for language in ("da", "en"):
        for kind in SENTENCES:
            said = list(spoken_numbers(kind, language, 400))
            right = sum(not leaks(mask(each.text), each.harmless) for each in said)
            print(f"  said as words, {kind} {language}: recall {right / len(said):.3f}")
            assert right / len(said) > 0.95
    print(f"  Danish web and news: {dict(masks)} in {len(danish)} sentences, {digits} of them with digits")
    assert masks["[card]"] == 0
    for text in universal_dependencies():
        if (masked := mask(text)) != text:
            print(f"  UD: {text} -> {masked}")


def test_names(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    print("\nNames")
    finder = NameFinder()

    def wnut(name: str) -> str:
        found: set[str] = set()
        marked: set[str] = set()
        for text, brands in tagged_posts(shared_data / "names" / name):
            marked |= brands
            found |= {mention.surface.removesuffix("'s") for mention in finder.find(text, "en")}
        return figures(len(found & marked), len(found), len(marked))

    def own(rows: list[tuple[str, str, set[str]]]) -> str:
        right = found = marked = 0
        for language, sentence, wanted in rows:
            got = {mention.surface.lower().removesuffix("'s") for mention in finder.find(sentence, language)}
            right, found, marked = right + len(got & wanted), found + len(got), marked + len(wanted)
        return figures(right, found, marked)

    print(f"  WNUT 2017 development part, surfaces: {wnut('emerging.dev.conll')}")
    print(f"  WNUT 2017 training part, surfaces: {wnut('wnut17train.conll')}")
    for language in ("da", "en"):
        rows = [row for row in marked_names() if row[0] == language]
        print(f"  own sentences {language}: odd lines {own(rows[::2])}; even lines {own(rows[1::2])}")
    known = [said for tracker in TRACKERS for said in (tracker.name, *tracker.aliases)]
    unlisted = NameFinder(known)
    for language in ("da", "en"):
        for title, change in (("tidy", str), ("bare", bare)):
            right = marked = wrong = 0
            for line in script_lines(language):
                for brand in BRANDS if "<brand>" in line else ("",):
                    keys = [
                        each.key for each in unlisted.find(change(filled(line, {"brand": brand})), language)
                    ]
                    expected = {name_key(brand)} if brand else set()
                    right += len(expected & set(keys))
                    marked += bool(brand)
                    wrong += len(set(keys) - expected - {name_key("Nordbo"), name_key("MX 400")})
            print(f"  screenplays {language}, {title}: {figures(right, right + wrong, marked)}")
    without = frozenset[str]()
    monkeypatch.setattr("processors.analysis.names.evidence.BRANDS", without)
    monkeypatch.setattr("processors.analysis.names.extraction.BRANDS", without)
    monkeypatch.setattr("processors.analysis.names.candidates.BRANDS", without)
    monkeypatch.setattr("processors.analysis.names.candidates._BRAND_WORDS", without)
    monkeypatch.setattr("processors.analysis.names.candidates._LISTS", listed())
    BUDGET.forget()  # what is remembered of words was told with the brands
    finder = NameFinder()
    print(
        f"  WNUT 2017 development part, without the list of well-known brands: {wnut('emerging.dev.conll')}"
    )
