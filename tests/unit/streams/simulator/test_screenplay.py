"""Reading screenplays."""

from __future__ import annotations

from random import Random

import pytest

from streams.simulator.screenplay import Cue, Template, Turn, parse

SCREENPLAY = """
# a comment
== hello | cold | A call to <company> | machine flow
S {Hi|Hello} <contact>.
S+ May I ask you something?
C+ Gladly.
C- No.
?S How often?
?C Daily.
!@pitch
@need 2

:: need.toner | machine
S Toner?
C Yes.
:: need.toner
S More toner?
C No.
"""


def test_a_script_has_a_kind_a_title_families_and_a_course() -> None:
    (script,) = parse(SCREENPLAY).scripts

    assert (script.script_id, script.kind, script.families) == ("hello", "cold", ("machine", "flow"))
    assert script.title.text == "A call to <company>"
    sides = [part.side for part in script.passage if isinstance(part, Turn)]
    assert sides == ["seller", "customer", "seller", "customer"]
    assert script.passage[-2:] == (Cue("pitch", 1, "!"), Cue("need", 2, ""))


def test_lines_of_one_side_are_wordings_of_one_turn_by_manner() -> None:
    (script,) = parse(SCREENPLAY).scripts
    greeting, answer, question, _, *_ = script.passage

    assert isinstance(greeting, Turn)
    assert isinstance(answer, Turn)
    assert isinstance(question, Turn)
    assert set(greeting.wordings) == {"=", "+"}
    assert set(answer.wordings) == {"+", "-"}
    assert question.condition == "?"
    rng = Random(1)
    assert answer.wording(rng, "+").text == "Gladly."
    assert greeting.wording(rng, "-").text == "{Hi|Hello} <contact>."


def test_a_scene_may_have_several_versions_and_belong_to_a_group() -> None:
    repertoire = parse(SCREENPLAY)

    assert len(repertoire.scenes["need.toner"]) == 2
    assert repertoire.group("need", "machine") == ["need.toner"]
    assert repertoire.group("need", "flow") == []
    assert repertoire.of_kind("cold", "flow") == list(repertoire.scripts)
    assert repertoire.of_kind("cold", "care") == []


def test_a_template_fills_slots_and_starts_sentences_with_a_capital() -> None:
    template = Template("<day> then. <day>? Or {the {never}|one} after.".replace("{never}", "day"))
    wordings = {template.render(Random(seed), lambda name: {"day": "mandag"}[name]) for seed in range(20)}

    assert wordings == {"Mandag then. Mandag? Or the day after.", "Mandag then. Mandag? Or one after."}


@pytest.mark.parametrize("line", ["X Hello.", "S", "?Hello", "@two words here", "S+Hello."])
def test_a_line_that_cannot_be_read_is_shown(line: str) -> None:
    with pytest.raises(ValueError, match="neither a spoken line"):
        parse(f":: scene\n{line}")


def test_text_before_the_first_header_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the first script"):
        parse("S Hello.")
