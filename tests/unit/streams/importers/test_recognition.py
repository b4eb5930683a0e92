"""Headings as lists in the world have them: what is known of them, and what is asked instead of taken as nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from schemas.events import OpportunityChanged
from streams.importers import MappingError, Options, Problem, Source, read, read_mapping
from streams.importers.contract import Item
from streams.importers.recognition import recognise

OPTIONS = Options(seller_id="mia", currency="DKK", reporting_currency="DKK")


def table(folder: Path, text: str, options: Options = OPTIONS) -> list[Item]:
    path = folder / "deals.csv"
    path.write_text(text, encoding="utf-8")
    return list(read(Source(path), options))


def deals(found: list[Item]) -> list[OpportunityChanged]:
    return [each for each in found if isinstance(each, OpportunityChanged)]


def problems(found: list[Item]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Problem)]


def test_a_list_without_amounts_is_no_revenue_of_nothing(tmp_path: Path) -> None:
    found = table(tmp_path, "dealname,dealstage,close date\nToner,Closed Won,01-14-2026\n")
    assert not deals(found)
    (reason,) = problems(found)
    assert reason.startswith(
        "no column tells what a deal is worth, and revenue would be 0; it has dealname, dealstage"
    )


def test_who_wants_it_without_amounts_says_so(tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    mapping.write_text(
        'kind = "opportunities"\n[columns]\nname = "dealname"\nstage = "dealstage"\nclosed_on = "close date"\n'
        '[constants]\nestimated_value = "250.50"\nseller_id = "bo"\n'
    )
    options = Options(mapping=read_mapping(mapping))
    found = table(tmp_path, "dealname,dealstage,close date\nToner,Closed Won,01-14-2026\n", options)
    (deal,) = deals(found)
    assert (f"{deal.actual_value}", deal.seller_id) == ("250.50", "bo")


@pytest.mark.parametrize(
    "constant", ['estimated_value = "much"', 'closed_on = "2026-01-01"', 'win_percent = "5"']
)
def test_a_constant_that_would_not_be_looked_at_is_refused(tmp_path: Path, constant: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'kind = "opportunities"\n[columns]\nname = "a"\nstage = "b"\nseller_id = "c"\n[constants]\n'
        + constant
    )
    with pytest.raises(MappingError, match=r"constants\."):
        read_mapping(path)


@pytest.mark.parametrize(
    ("heading", "default", "currency"),
    [
        ("Amount (EUR)", "DKK", "EUR"),
        ("amount_usd", "DKK", "USD"),
        ("Value in NOK", "DKK", "NOK"),
        ("Beløb i kr.", "SEK", "SEK"),
        ("Beløb (kr.)", "EUR", "DKK"),
        ("Amount ($)", "AUD", "AUD"),
        ("Deal value €", "DKK", "EUR"),
    ],
)
def test_a_currency_in_the_heading_of_an_amount_is_its_currency(
    heading: str, default: str, currency: str
) -> None:
    mapping = recognise(["Deal name", "Stage", heading, "Currency"], currency=default)
    assert mapping is not None
    assert mapping.fields()["estimated_value"] == (heading,)
    assert mapping.currency == currency  # type: ignore[union-attr]  # of deals


def test_amounts_in_another_currency_than_the_reports_are_not_taken_as_theirs(tmp_path: Path) -> None:
    found = table(tmp_path, "deal_id,Stage,Amount (EUR),Close date\n7,Closed Won,1200.50,2026-01-14\n")
    assert not deals(found)
    assert problems(found)[0].startswith("is in EUR, and reports are in DKK")


def test_a_list_with_ids_and_no_names_is_known_by_its_ids(tmp_path: Path) -> None:
    found = table(tmp_path, "deal_id,deal_size,stage,close_date\nD1,349497,Closed Won,2024-06-26\n")
    (deal,) = deals(found)
    assert (deal.opportunity_id, deal.name, f"{deal.actual_value}") == ("D1", "D1", "349497.00")


@pytest.mark.parametrize("nothing", ["kr. -", "- kr", "$ -", "-   €", " kr -   "])
def test_zero_in_a_spreadsheets_accounting_format_is_no_amount(tmp_path: Path, nothing: str) -> None:
    rows = ["7;Toner;Vundet;kr. 1.234,50;31-12-2025", f"8;Papir;Tilbud;{nothing};31-12-2026"]
    text = "\n".join(["deal_id;Navn;Fase;Beløb;Lukkedato", *rows, ""])
    found = table(tmp_path, text)
    assert not problems(found)
    values = {each.opportunity_id: each.estimated_value for each in deals(found)}
    assert values == {"7": Decimal("1234.50"), "8": 0}
