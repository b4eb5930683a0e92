"""`salgspuls sentiment`: a line in, a compound out, and the words that did it when asked."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from streams.cli.sentiment import command


def run(text: str | bytes, *arguments: str) -> list[str]:
    ended = CliRunner().invoke(command, arguments, input=text)
    assert ended.exit_code == 0, ended.output
    return ended.output.split("\n")[:-1]


@pytest.mark.parametrize(
    ("language", "sentences", "signs"),
    [
        ("en", ["VADER is smart and funny!", "It was not good.", "The meeting is at ten."], [1, -1, 0]),
        ("da", ["Det er ikke dårligt.", "Vi er meget utilfredse.", "Mødet er klokken ti."], [1, -1, 0]),
    ],
)
def test_each_line_has_its_compound(language: str, sentences: list[str], signs: list[int]) -> None:
    compounds = [float(line) for line in run("\n".join(sentences), "--language", language)]
    assert [(each > 0) - (each < 0) for each in compounds] == signs


def test_a_known_sentence_has_its_known_compound_with_four_decimals() -> None:
    # the first example of VADER's own documentation
    assert run("VADER is smart, handsome, and funny.\n", "--language", "en") == ["0.8316"]


def test_lines_stay_aligned_even_when_they_are_empty_or_no_text() -> None:
    assert run(b"\ngood\r\n\xff\xfe\n\n", "--language", "en") == ["0.0000", "0.4404", "0.0000", "0.0000"]


def test_the_words_that_did_it_are_shown() -> None:
    said = "The price is not good, but the service is great.\n"
    (line,) = run(said, "--language", "en", "--explain", "--no-lexicon")
    compound, *words = line.split("\t")
    assert float(compound) > 0
    assert [word.partition(" ")[0] for word in words] == ["good", "great"]
    assert float(words[0].split()[1]) < 0 < float(words[1].split()[1])


def test_a_language_without_analysis_is_refused() -> None:
    ended = CliRunner().invoke(command, ["--language", "de"], input="gut\n")
    assert ended.exit_code == 2
    assert "'en', 'da'" in ended.output
