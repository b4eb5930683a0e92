"""The language of a text that comes without one."""

from itertools import islice
from pathlib import Path

import pytest

from processors.text.language import detect
from tests.support.marked_text import filled, script_lines
from tests.support.real_text import call_segments, danish_sentences, posts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hej, det er Mette fra indkøb", "da"),
        ("ja det lyder godt", "da"),
        ("3D-printeren er i stykker", "da"),
        ("HVAD KOSTER DET FOR OS?", "da"),
        ("hi this is Anna", "en"),
        ("Yes, that's right", "en"),
        ("I’m happy with it", "en"),
        ("Jeg har dessverre ikke fått noe tilbud fra dere ennå, så nå må vi finne ut av det", "no"),
        ("Vi är inte nöjda med leveransen", "sv"),
        ("Wir sind mit der Lieferung nicht zufrieden", "de"),
        ("We zijn niet tevreden met de levering", "nl"),
        ("Nous ne sommes pas satisfaits de la livraison", "fr"),
        ("Todavía no me han enviado la oferta y el precio es muy alto para nosotros", "es"),
        ("Purtroppo non ho ancora ricevuto la vostra offerta", "it"),
        ("К сожалению, я ещё не получил ваше предложение", "und"),
        ("申し訳ありませんが、まだ見積もりを受け取っていません", "und"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["", " ", "Okay", "Ja.", "No", "3D 360", "Hi Tim", "Contoso", "så så", "😀 ÅØ"]
)
def test_too_little_text_tells_nothing(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ja, det stemmer, vi har snakket om det mye",
        "Hva koster det for oss hvis vi kjøper flere?",
        "No he recibido su oferta",
    ],
)
def test_a_neighbouring_language_is_not_taken_for_ours(text: str) -> None:
    assert detect(text) not in ("da", "en")


@pytest.mark.real_data(twin="test_the_screenplays_are_in_their_language")
def test_danish_speech_is_danish(shared_data: Path) -> None:
    texts = [text for text, _ in islice(danish_sentences(shared_data), 0, None, 10)]
    told = [detect(text) for text in texts]
    assert told.count("da") >= 0.95 * len(told)
    assert len([language for language in told if language not in ("da", None)]) <= 0.002 * len(told)


@pytest.mark.real_data(twin="test_the_screenplays_are_in_their_language")
def test_english_speech_is_english(shared_data: Path) -> None:
    told = [detect(text) for text in call_segments(shared_data)]
    assert set(told) <= {"en", None}
    assert detect(" ".join(call_segments(shared_data)[:3])) == "en"
    told = [detect(post) for post in posts(shared_data)]
    assert told.count("da") <= 0.002 * len(told)


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    danish = "det er en god printer og vi er glade for den " * 20
    assert detect(danish + "and this is what they would have said " * 400) == "da"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_screenplays_are_in_their_language(language: str) -> None:
    told = [detect(filled(line)) for line in script_lines(language)]
    assert told.count(language) >= 0.95 * len(told)
    assert len([each for each in told if each not in (language, None)]) <= 0.002 * len(told)
