"""Ids are readable and nobody else's, and a statement is newer than what is stored."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickhouse.schema.rows import TrackerRow
from streams.trackers.events import identifier, statement
from streams.trackers.model import InvalidTrackerError, TrackerForm

FORM = TrackerForm(
    "Contoso 360", "competitor", aliases=("contoso three sixty",), language="en", side="customer"
)
STORED = TrackerRow(
    *("contoso-360", 4, "Contoso", "keyword", [], "", "", True, True, None, False),
    datetime(2026, 11, 24, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Contoso 360", "contoso-360"),
        ("  Tilbud_på   Ø! ", "tilbud-på-ø"),
        ("C++", "c"),
        ("+++", "tracker"),
        ("x" * 300, "x" * 64),
    ],
)
def test_an_id_is_the_name_in_small_letters(name: str, expected: str) -> None:
    assert identifier(name) == expected


def test_an_id_that_another_one_has_is_numbered() -> None:
    assert identifier("C#", {"c", "c-2"}) == "c-3"


@given(st.text(min_size=1, max_size=256), st.sets(st.sampled_from(["a", "b", "tracker", "a-2"])))
def test_any_name_has_an_id_that_the_contract_takes(name: str, taken: set[str]) -> None:
    tracker_id = identifier(name, taken)
    assert tracker_id not in taken
    assert statement(tracker_id, None, FORM).tracker_id == tracker_id


def test_a_statement_is_the_form_under_the_next_revision() -> None:
    assert statement("contoso-360", None, FORM).revision == 1
    event = statement("contoso-360", STORED, FORM, removed=True)
    assert (event.revision, event.removed) == (5, True)
    assert TrackerForm.of(event.model_dump()) == FORM


def test_what_is_invalid_is_named_with_its_value_cut_short() -> None:
    with pytest.raises(InvalidTrackerError, match=r"language: .* \(got 'Danish, English'\)$"):
        statement("x", None, TrackerForm("X", "keyword", language="Danish, English"))
    with pytest.raises(
        InvalidTrackerError, match=r"name: .* at most 256 characters \(got '(long ){11}long…\)$"
    ):
        statement("x", None, TrackerForm("long " * 60 + "!", "keyword"))


@pytest.mark.parametrize("private", ["20 30 40 51", "karen77@firma.dk", "Print 010190-1251"])
def test_what_is_masked_in_every_text_is_not_tracked(private: str) -> None:
    for form in (TrackerForm(private, "keyword"), TrackerForm("Print", "keyword", aliases=(private,))):
        with pytest.raises(InvalidTrackerError, match="texts do not keep them"):
            statement("print", None, form)
        assert statement("print", None, form, removed=True).removed
