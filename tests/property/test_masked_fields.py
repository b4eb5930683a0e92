"""Private numbers are masked in every free field that is stored, not only in what is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.conversation.rows import call_row
from processors.conversation.state import fold
from schemas.events import (
    CallStarted,
    OpportunityChanged,
    Participant,
    PeriodChanged,
    SellerChanged,
    TrackerChanged,
    parse,
)
from streams.worker.active_trackers import analyser_for
from streams.worker.facts import row_of

CASE = Path(__file__).parents[1] / "data" / "robustness" / "pii-in-titles.jsonl"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ANALYSER = analyser_for(())
PRIVATE = st.sampled_from(
    ["+45 20 30 40 51", "karen54@firma.dk", "010190-1251", "4111 1111 1111 1111", "DK50 0040 0440 1162 43"]
)
AROUND = st.sampled_from(["", "Opkald fra ", "Karen ", "Handel om print, "])


def _call(**fields: object) -> str:
    started = CallStarted(call_id="c", call_started_at=NOW, seller_id="s", **fields)  # type: ignore[arg-type]  # fields by name
    [conversation] = fold([(started, NOW)], ANALYSER).values()
    return repr(call_row(conversation, 1))


def test_a_number_in_a_title_a_name_or_a_deal_is_masked() -> None:
    started, deal = (parse(json.dumps(json.loads(line))) for line in CASE.read_text().splitlines())
    assert isinstance(started, CallStarted)
    assert isinstance(deal, OpportunityChanged)
    [conversation] = fold([(started, NOW)], ANALYSER).values()
    row = call_row(conversation, 1)
    assert (row.title, row.customer_name, row.participant_names) == (
        "Opkald fra [phone]",
        "Karen [cpr]",
        ["[phone]"],
    )
    assert row_of(deal, NOW).name == "Handel [email] [phone]"  # type: ignore[union-attr]  # the row of a deal


@given(around=AROUND, private=PRIVATE, field=st.sampled_from(["title", "customer_name", "participants"]))
def test_whatever_field_of_a_call_it_stands_in(around: str, private: str, field: str) -> None:
    said = around + private
    value = (
        (Participant(participant_id="p", side="customer", name=said),) if field == "participants" else said
    )
    assert private not in _call(**{field: value})


@given(around=AROUND, private=PRIVATE)
def test_whatever_field_of_a_fact_it_stands_in(around: str, private: str) -> None:
    said = around + private
    for fact in (
        OpportunityChanged(
            opportunity_id="o", seller_id="s", name=said, stage=said, state="open", estimated_value=Decimal(1),
            currency="DKK", changed_at=NOW,
        ),
        SellerChanged(seller_id="s", name=said, team=said),
        TrackerChanged(tracker_id="t", name=said, kind="keyword", aliases=(said,)),
        PeriodChanged(period_id="p", starts_on=NOW.date(), ends_on=NOW.date(), team=said, currency="DKK"),
    ):  # fmt: skip
        assert private not in repr(row_of(fact, NOW))


@pytest.mark.parametrize(
    "name", ["Nordlys A/S", "Renewal of the print contract", "Q4 2026", "Handel 12.500 kr."]
)
def test_what_is_not_private_stays(name: str) -> None:
    assert name in _call(title=name)
