"""A sentence over several utterances of one speaker becomes whole, and no time of anybody changes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.importers.sentence_joining import joined
from streams.importers.utterance import Utterance

Row = tuple[str, int, int, str]


def rows(*utterances: Row) -> list[Row]:
    told = [Utterance(str(number), *each) for number, each in enumerate(utterances)]
    return [(each.speaker, each.start_ms, each.end_ms, each.text) for each in joined(told)]


def test_pieces_without_a_pause_become_one() -> None:
    assert rows(("a", 0, 1000, "We run Business"), ("a", 1000, 2000, "Central today.")) == [
        ("a", 0, 2000, "We run Business Central today.")
    ]


def test_whole_sentences_stay_and_the_unfinished_one_moves_on() -> None:
    assert rows(("a", 0, 2000, "Fine, so. We run."), ("a", 2000, 3000, "Yes.")) == [
        ("a", 0, 2000, "Fine, so. We run."),
        ("a", 2000, 3000, "Yes."),
    ]
    assert rows(("a", 0, 2000, "Fine. Maybe"), ("a", 2000, 4000, "tomorrow. And it"), ("a", 4000, 5000, "is.")) == [
        ("a", 0, 1090, "Fine."),
        ("a", 1090, 3206, "Maybe tomorrow."),
        ("a", 3206, 5000, "And it is."),
    ]  # fmt: skip


def test_over_a_pause_the_words_move_and_the_times_stay() -> None:
    assert rows(
        ("a", 0, 1000, "Would you like"), ("a", 1500, 2000, "to see how"), ("a", 3000, 4000, "it works? Or not?")
    ) == [
        ("a", 0, 1000, "Would you like to see how it works?"),
        ("a", 1500, 2000, ""),
        ("a", 3000, 4000, "Or not?"),
    ]  # fmt: skip


def test_a_longer_pause_ends_a_sentence() -> None:
    spoken = (("a", 0, 1000, "We run Business"), ("a", 3001, 4000, "Central today."))
    assert rows(*spoken) == list(spoken)


def test_who_is_answered_begins_anew_and_who_is_only_heard_goes_on() -> None:
    answered = (("a", 0, 1000, "Shall we begin"), ("b", 1100, 1500, "Yes"), ("a", 1600, 2000, "Good"))
    assert rows(*answered) == list(answered)
    heard = rows(("a", 0, 1000, "Would you like"), ("b", 1100, 1500, "Mhm."), ("a", 1600, 2000, "to see it?"))
    assert heard == [
        ("a", 0, 1000, "Would you like to see it?"),
        ("b", 1100, 1500, "Mhm."),
        ("a", 1600, 2000, ""),
    ]
    long = (
        ("a", 0, 1000, "Would you like"),
        ("b", 1100, 2200, "I like it all"),
        ("a", 2300, 2500, "to see it?"),
    )
    assert rows(*long) == list(long)


def test_who_speaks_meanwhile_ends_no_sentence() -> None:
    assert rows(("a", 0, 1000, "We run"), ("b", 500, 1500, "Yes."), ("a", 1000, 2000, "it.")) == [
        ("a", 0, 2000, "We run it."),
        ("b", 500, 1500, "Yes."),
    ]


def test_a_mark_is_no_part_of_a_sentence_and_ends_none() -> None:
    assert rows(("a", 0, 1000, "We run"), ("a", 1000, 1200, "[noise]"), ("a", 1200, 2000, "it.")) == [
        ("a", 0, 1000, "We run it."),
        ("a", 1000, 1200, "[noise]"),
        ("a", 1200, 2000, ""),
    ]


def test_speech_without_full_stops_does_not_become_one_piece() -> None:
    spoken = [("a", 1000 * number, 1000 * number + 1000, "we talk about the plan") for number in range(200)]
    assert max(len(text) for *_, text in rows(*spoken)) < 1100


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.integers(0, 40),
            st.integers(0, 8),
            st.sampled_from(
                ["We run", "it. And", "fine.", "Yes? no", "[noise]", "", "f.eks. in", "[x] well", "ok [x]"]
            ),
        ),
        max_size=30,
    )
)
def test_speakers_words_and_time_are_kept(told: list[tuple[str, int, int, str]]) -> None:
    utterances = [
        Utterance(str(number), who, 250 * start, 250 * (start + length), text)
        for number, (who, start, length, text) in enumerate(told)
    ]
    found = joined(utterances)
    for who in "ab":
        assert _time(found, who) == _time(utterances, who)
        assert sorted(_words(found, who)) == sorted(_words(utterances, who))
    assert len({each.utterance_id for each in found}) == len(found)


def _time(utterances: list[Utterance], who: str) -> set[int]:
    return {
        ms
        for each in utterances
        if each.speaker == who and each.text != "[noise]"
        for ms in range(each.start_ms, each.end_ms)
    }


def _words(utterances: list[Utterance], who: str) -> list[str]:
    return [word for each in utterances if each.speaker == who for word in each.text.split()]
