"""What customers say in sales calls, with the lexicon of sales talk: sentences of our own, each with its class."""

from pathlib import Path

import pytest

from processors.analysis.sentiment import Sentiment, classify, compound, explain, segment_sentiment

DATA = Path(__file__).resolve().parents[4] / "data" / "sentiment"
CLASSES: dict[str, Sentiment] = {"+": "positive", "-": "negative", "0": "neutral"}


def marked(name: str) -> list[tuple[str, Sentiment]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(columns[1], CLASSES[columns[0]]) for columns in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "idioms_en.tsv"),
        ("da", "sales_talk_da.tsv"),
        ("en", "customers_en.tsv"),
        ("da", "customers_da.tsv"),
    ],
)
def test_every_sentence_has_its_class(language: str, name: str) -> None:
    sentences = marked(name)
    assert len(sentences) > 30
    wrong = {
        text: compound(text, language)
        for text, label in sentences
        if label != classify(compound(text, language))
    }
    assert wrong == {}


@pytest.mark.parametrize("sales", [True, False])
def test_no_complaint_is_no_complaint(sales: bool) -> None:
    """VADER's authors mended "no" in 2020; with the sales lexicon a mere "no problem" may be neutral."""
    known = [0.3089, 0.5423, 0.3089, 0.4677, 0.6310, 0.6310, 0.7580, 0.6976]
    said = (DATA / "no_problem_en.txt").read_text(encoding="utf-8").splitlines()
    heard = [compound(text, "en", sales=sales) for text in said]
    assert all(each >= 0 for each in heard)
    if not sales:
        assert heard == pytest.approx(known, abs=0.01)


@pytest.mark.parametrize(("language", "reply"), [("en", "No problem."), ("da", "Ikke noget problem.")])
def test_both_languages_take_no_problem_for_a_reply(language: str, reply: str) -> None:
    assert compound(reply, language) == 0


@pytest.mark.parametrize(
    ("language", "praise"),
    [("en", "There were no problems at all."), ("da", "Der var slet ingen problemer.")],
)
def test_both_languages_hear_that_there_were_no_problems(language: str, praise: str) -> None:
    assert compound(praise, language) > 0


@pytest.mark.parametrize(
    ("language", "question", "statement"),
    [
        ("en", "What problems are you having with your current vendor?", "We have terrible problems."),
        ("da", "Hvilke problemer har I med jeres nuværende system?", "Vi har forfærdelige problemer."),
    ],
)
def test_a_sellers_question_is_neutral_whatever_it_is_about(
    language: str, question: str, statement: str
) -> None:
    assert segment_sentiment(question, language, "seller") == 0
    assert segment_sentiment(question, language, "seller", sales=False) == 0
    assert (segment_sentiment(statement, language, "seller") or 0) < 0


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("en", "No."),
        ("en", "Yes, sure."),
        ("en", "Yeah, okay, right."),
        ("da", "Nej."),
        ("da", "Ja, ja, fint."),
        ("en", "No no"),
    ],
)
def test_a_bare_answer_is_neutral(language: str, answer: str) -> None:
    assert compound(answer, language) == 0


def test_a_question_says_something_by_a_phrase_only() -> None:
    assert compound("Is it easy and reliable?", "en") == 0
    assert compound("When can we get started?", "en") > 0
    assert compound("It is reliable, isn't it?", "en") > 0


def test_a_no_that_answers_negates_nothing() -> None:
    assert compound("no it's good", "en") > 0
    assert compound("no it's good", "en", sales=False) < 0


@pytest.mark.parametrize(
    ("said", "phrase", "why"),
    [
        ("We went with another vendor.", "went with another vendor", "churn"),
        ("I'M READY TO SIGN", "READY TO SIGN", "buying signal"),
        ("Send me, when you can, nothing. Ready. To sign", "", ""),
    ],
)
def test_a_phrase_counts_as_one_word_and_says_why(said: str, phrase: str, why: str) -> None:
    found = [(each.word, each.why) for each in explain(said, "en") if each.why]
    assert found == ([(phrase, why)] if phrase else [])


def test_a_negation_turns_a_phrase() -> None:
    assert compound("We are ready to sign", "en") > 0 > compound("We are not ready to sign", "en")
    assert compound("Jeg er vild med det", "da") > 0 > compound("Jeg er ikke vild med det", "da")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No refund and no one ever calls back."),
        ("da", "Stadig ingen vare og ingen svar på mine mails."),
        ("da", "Kunden sagde at I ikke har styr på noget."),
        ("da", "Det kunne ikke laves til den måned."),
        ("da", "Hold jer langt væk, ordren blev annulleret uden begrundelse."),
        ("da", "Super dårlig service."),
    ],
)
def test_a_phrase_with_a_negation_of_its_own_is_turned_by_no_other(language: str, said: str) -> None:
    assert compound(said, language) <= 0


@pytest.mark.parametrize("said", ["Nemt og hurtigt, varen kom som lovet.", "Det kan sgu ikke være bedre."])
def test_what_went_well_is_heard_in_danish(said: str) -> None:
    assert compound(said, "da") > 0
