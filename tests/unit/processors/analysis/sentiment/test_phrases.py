"""The lines of a lexicon: alternatives, gaps, negations, and what is no line."""

import pytest

from processors.analysis.sentiment import sales_lexicon
from processors.analysis.sentiment.english import EnglishSentiment
from processors.analysis.sentiment.phrases import Line, read


def lines(*written: str) -> list[Line]:
    return read([line.replace(" | ", "\t") for line in written])


def heard(said: str, *written: str) -> list[tuple[str, float]]:
    return [(found.word, found.valence) for found in EnglishSentiment(lines(*written)).explain(said)]


def test_alternatives_stand_for_each_other_and_an_empty_one_for_nothing() -> None:
    line = "-2 | (go|went) (straight|) to (a|the (big|small)) rival | lost"
    for said in ("we went to a rival", "we go straight to the big rival"):
        assert [valence for _, valence in heard(said, line)] == [-2]
    assert heard("we went to the rival", line) == []


def test_a_gap_is_up_to_three_words_and_ends_with_the_sentence() -> None:
    line = "-2 | takes ... forever | waiting"
    assert heard("it takes forever", line) == [("takes forever", -2)]
    assert heard("it takes us all day forever", line) == [("takes us all day forever", -2)]
    assert heard("it takes one two three four forever", line) == []
    assert heard("it takes. forever", line) == []


def test_the_longest_phrase_counts_and_of_equals_the_later_line() -> None:
    assert heard("ready to sign", "1 | ready to | x", "2 | ready to sign | y") == [("ready to sign", 2)]
    assert heard("ready to sign", "1 | ready to sign | x", "2 | ready ... sign | y") == [("ready to sign", 2)]


def test_not_negates_what_follows() -> None:
    assert heard("far from good", "not | far from | negation") == [("good", 1.9 * -0.74)]


def test_apostrophes_and_hyphens_may_be_left_out() -> None:
    line = "-2 | can't live | x"
    for said in ("can't live", "cant live", "can’t live"):
        assert [valence for _, valence in heard(said, line)] == [-2]
    assert [valence for _, valence in heard("a no-go", "-2 | no-go | x")] == [-2]


def test_zero_takes_the_feeling_of_its_words_away() -> None:
    assert heard("a war room", "0 | war room | trade") == []


@pytest.mark.parametrize(
    "line",
    [
        "-2 | no reason",
        "x | word | why",
        "1 | (a|b | why",
        "1 | a) b | why",
        "1 | ... a | why",
        "1 | a ... | why",
    ],
)
def test_what_is_no_line_is_quoted(line: str) -> None:
    with pytest.raises(ValueError, match=r".+: .+"):
        lines(line)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_lexicons_are_large_and_say_why(language: str) -> None:
    found = sales_lexicon(language)
    assert len(found) > 200
    assert sum(line.feels for line in found) > 150
