"""Which sentences ask: by hand-made examples, by the marked sample calls, by real Danish without question marks."""

from collections import Counter
from pathlib import Path

import pytest

from processors.analysis.questions import Question, find_questions
from processors.text.sentences import sentences
from tests.support.marked_text import (
    filled,
    marked_questions,
    marked_turns,
    sample_turns,
    script_lines,
    unmarked,
    unread_danish,
)

DATA = Path(__file__).parents[3] / "data"


def kinds(text: str, language: str | None) -> list[str]:
    return [question.kind for question in find_questions(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "what does it cost",
        "okay great so how many users do you have",
        "Which one's easiest for you",
        "when would you like to start",
        "in which country are you",
        "sure no problem what city were you born in",
        "tell me a little about your team",
        "I was wondering what you pay today",
        "What's your budget?",
        "Your name, please?",
    ],
)
def test_open_questions_in_english(text: str) -> None:
    assert kinds(text, "en-US") == ["open"]


@pytest.mark.parametrize(
    "text",
    [
        "can you send it today",
        "yeah and do you use it every day",
        "that sounds good would you like a demo",
        "I was wondering if we may have left it there",
        "it ships on Monday, right",
        "you have two offices don't you",
        "is there anything else",
        "So the price is fixed?",
        "Could you tell me what it costs?",
    ],
)
def test_closed_questions_in_english(text: str) -> None:
    assert kinds(text, "en") == ["closed"]


@pytest.mark.parametrize(
    "text",
    [
        "What I need is a quote.",
        "When we spoke last week you liked it.",
        "That is what the customer wants.",
        "So do I.",
        "I know how it works.",
        "Which is great.",
        "Should you need anything, call me.",
        "We do it the way you want.",
        "All I can do is wait.",
        "Have the papers ready.",
        "That sounds right.",
        "Let me know if you need help.",
        "",
        "...",
    ],
)
def test_english_that_does_not_ask(text: str) -> None:
    assert kinds(text, "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "hvad koster det",
        "okay fint hvornår kan I levere",
        "og hvor mange brugere er I",
        "hvilken løsning har I i dag",
        "på hvilken måde hjælper det",
        "så hvad tænker du",
        "jeg vil gerne høre hvordan I arbejder",
        "fortæl lidt om jeres virksomhed",
        "Hvad hedder du?",
        "Dit telefonnummer?",
    ],
)
def test_open_questions_in_danish(text: str) -> None:
    assert kinds(text, "da-DK") == ["open"]


@pytest.mark.parametrize(
    "text",
    [
        "kan du sende den",
        "ja okay har I prøvet den",
        "er prisen fast",
        "bruger I den hver dag",
        "det lyder godt kan du sende et tilbud",
        "mon vi kan nå det",
        "det er på mandag, ikke",
        "den er bedre eller hvad",
        "jeg vil gerne vide om den kan leveres",
        "Så du vil gerne have den?",
        "Kan du fortælle mig, hvad den koster?",
    ],
)
def test_closed_questions_in_danish(text: str) -> None:
    assert kinds(text, "da") == ["closed"]


@pytest.mark.parametrize(
    "text",
    [
        "Så kan du bare ringe.",
        "Nu har vi den.",
        "I dag har du fået den.",
        "Har du spørgsmål, så ring.",
        "Vil du vide mere, kan du læse det her.",
        "Hvad angår prisen, er den fast.",
        "Det er det, hvad jeg siger.",
        "Tak skal du have.",
        "Når du er klar, starter vi.",
        "Hvor er det dejligt.",
        "Siger han.",
        "Hver dag.",
    ],
)
def test_danish_that_does_not_ask(text: str) -> None:
    assert kinds(text, "da") == []


def test_each_sentence_that_asks_is_told_with_its_place() -> None:
    text = "Hej. Hvad koster det? Fint.  Kan du sende den i dag?"

    assert find_questions(text, "da") == [
        Question("Hvad koster det?", 5, "open"),
        Question("Kan du sende den i dag?", 29, "closed"),
    ]


def test_what_masking_left_does_not_hide_a_question() -> None:
    assert kinds("[phone] what is that", "en") == ["open"]


def test_in_other_languages_only_the_question_mark_tells() -> None:
    assert kinds("Wie viel kostet das? Und wann", "de") == ["closed"]
    assert kinds("what is it", None) == []


@pytest.mark.real_data(twin="test_questions_of_our_own_turns")
def test_questions_of_the_sample_calls(shared_data: Path) -> None:
    """Marked before the rules were written; the rules have been tuned with the marks in view."""
    right = found = marked = 0
    for name, turns in sample_turns(shared_data).items():
        for at, turn in enumerate(turns):
            marks = marked_questions()[name].get(str(at), {})
            count = Counter(kinds(turn, "en"))
            right += (count & Counter(marks)).total()
            found += count.total()
            marked += sum(marks.values())

    assert marked == 31
    assert right / found >= 0.95
    assert right / marked >= 0.95


@pytest.mark.real_data(twin="test_questions_of_the_screenplays_whose_mark_is_taken_away")
def test_danish_questions_whose_mark_is_taken_away(shared_data: Path) -> None:
    """On every second sentence of two corpora of web and news text, none of which the rules were tuned on."""
    asking, telling = told_apart(unread_danish(shared_data))

    assert len(asking) > 150
    assert sum(bool(kinds(text, "da")) for text in asking) / len(asking) >= 0.55
    assert sum(bool(kinds(text, "da")) for text in telling) / len(telling) <= 0.015


def test_questions_of_the_screenplays_whose_mark_is_taken_away() -> None:
    """Our own lines are plainer than the web's: more of their questions are found."""
    asking, telling = told_apart([filled(line) for line in script_lines("da")])

    assert len(asking) > 150
    assert sum(bool(kinds(text, "da")) for text in asking) / len(asking) >= 0.85
    assert sum(bool(kinds(text, "da")) for text in telling) / len(telling) <= 0.015


def told_apart(texts: list[str]) -> tuple[list[str], list[str]]:
    """Single sentences that ask, without their mark, and those that tell."""
    asking, telling = [], []
    for text in texts:
        if len(sentences(text)) == 1 and 3 <= len(text.split()) <= 20:
            if text.endswith("?"):
                asking.append(unmarked(text))
            elif text.endswith(".") and "?" not in text and not text.endswith(".."):
                telling.append(text)
    return asking, telling


def test_questions_of_our_own_turns() -> None:
    """Written as a transcriber writes, many of them without a question mark, and marked by reading.

    Bounds are a little under what is reached: three of these turns are read wrongly.
    """
    right = found = marked = 0
    for language in ("da", "en"):
        for asks, checks, text in marked_turns(language):
            count = Counter(kinds(text, language))
            right += (count & Counter(open=asks, closed=checks)).total()
            found += count.total()
            marked += asks + checks

    assert marked == 22
    assert right / found >= 0.9
    assert right / marked >= 0.9


def test_what_asks_and_what_only_looks_like_it_without_punctuation_or_capitals() -> None:
    """Eighty sentences a language, marked before the rules were mended; three are known to be wrong."""
    rows = [line.split("\t") for line in (DATA / "marked_asking.tsv").read_text("utf-8").splitlines()]
    wrong = [
        sentence
        for language, mark, sentence in rows
        if bool(find_questions(sentence, language)) != (mark == "asks")
    ]

    assert len(rows) > 150
    assert set(wrong) <= {"Var det ikke det jeg sagde", "Du er med på den ikke", "Ready to start"}
