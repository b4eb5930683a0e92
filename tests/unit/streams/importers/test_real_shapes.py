"""Tables as CRMs and spreadsheets write them: what each amounts to, or why nothing of it is sent.

The files in tests/data/importers/tables each hold one trap; the sums were worked out by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schemas.events import ActivityLogged, OpportunityChanged, SellerChanged
from streams.importers import Item, Options, Problem, Source, read, read_mapping
from streams.importers.contract import Memory
from streams.importers.sheets import open_sheets
from streams.importers.totals import DealTotals

TABLES = Path(__file__).parents[3] / "data" / "importers" / "tables"
NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)


def options(mapping: str | None = None, **given: Any) -> Options:
    return Options(
        zone=ZoneInfo("Europe/Copenhagen"),
        reporting_currency="DKK",
        mapping=read_mapping(TABLES / mapping) if mapping else None,
        now=NOW,
        memory=Memory(),
        **given,
    )


def found_in(path: Path, given: Options) -> tuple[dict[str, Any], list[Problem], list[Item]]:
    items = list(read(Source(path), given))
    totals = DealTotals()
    for item in items:
        if isinstance(item, OpportunityChanged):
            totals.add(item)
    problems = [item for item in items if isinstance(item, Problem)]
    return totals.totals.as_json(), problems, items


def sums(won: int, lost: int, open_: int, revenue: float, open_value: float) -> dict[str, Any]:
    return {"won": won, "lost": lost, "open": open_, "revenue": revenue, "open_value": open_value}


NOTHING = sums(0, 0, 0, 0, 0)

CASES: list[tuple[str, str | None, dict[str, Any], list[tuple[int, str]]]] = [
    ("csv_blank_rows.csv", "five.toml", sums(0, 0, 1, 0, 1900.5), []),
    ("csv_blank_rows.csv", None, sums(0, 0, 1, 0, 1900.5), []),
    ("csv_correction_ignored_1.csv", "base.toml", sums(1, 0, 0, 1000, 0), []),
    ("csv_correction_ignored_2.csv", "base.toml", sums(1, 0, 0, 10_000, 0), []),
    ("csv_cr_only.csv", "five.toml", sums(0, 0, 1, 0, 900), []),
    ("csv_cr_only.csv", None, sums(0, 0, 1, 0, 900), []),
    (
        "csv_day_month_swapped.csv",
        "csv_day_month_swapped.toml",
        NOTHING,
        [(5, "the column looks like %d-%m-%Y"), (5, "the column looks like %d-%m-%Y")],
    ),
    ("csv_day_month_swapped.csv", None, sums(6, 0, 0, 600, 0), []),
    (
        "csv_decimal_point_with_comma_mapping.csv",
        "five.toml",
        NOTHING,
        [(2, '1234.50 has "." before its decimals, and the mapping says ","')],
    ),
    ("csv_decimal_point_with_comma_mapping.csv", None, sums(0, 0, 2, 0, 1247), []),
    (
        "csv_money_with_currency.csv",
        "five.toml",
        sums(0, 0, 3, 0, 3703),
        [(5, "Beløb: is negative (-1234.50)")],
    ),
    ("csv_money_with_currency.csv", None, sums(0, 0, 3, 0, 3703), [(5, "Beløb: is negative (-1234.50)")]),
    ("csv_opened_after_closed.csv", "base.toml", sums(1, 0, 0, 10_000, 0), []),
    ("csv_stage_and_status.csv", "csv_stage_and_status.toml", sums(1, 1, 1, 200, 100), []),
    ("csv_stage_and_status.csv", None, sums(1, 1, 1, 200, 100), []),
    ("csv_stage_case.csv", "base.toml", sums(2, 0, 0, 2, 0), []),
    (
        "csv_stage_case.csv",
        None,
        NOTHING,
        [
            (2, "Oprettet: 01-10-2026 can be read in two ways"),
            (2, "Lukket: 10-11-2026 can be read in two ways"),
        ],
    ),
    ("csv_thousands_us.csv", "csv_thousands_us.toml", sums(1, 1, 1, 12_000, 48_210.5), [(5, "is in EUR")]),
    ("csv_thousands_us.csv", None, sums(1, 1, 1, 12_000, 48_210.5), [(5, "is in EUR")]),
    ("csv_two_date_kinds.csv", "csv_two_date_kinds.toml", sums(1, 1, 1, 12_000, 48_210.5), []),
    ("csv_two_date_kinds.csv", None, sums(1, 1, 1, 12_000, 48_210.5), []),
    ("csv_utf16.csv", "csv_utf16.toml", sums(0, 0, 1, 0, 900.5), []),
    ("csv_utf16.csv", None, sums(0, 0, 1, 0, 900.5), []),
    ("csv_utf8_as_cp1252.csv", "csv_utf8_as_cp1252.toml", NOTHING, [(1, 'set encoding = "utf-8"')]),
    ("csv_utf8_as_cp1252.csv", None, sums(0, 0, 1, 0, 900), []),
    ("csv_vanished_deal_1.csv", "base.toml", sums(0, 0, 2, 0, 300), []),
    ("csv_won_without_actual.csv", "csv_won_without_actual.toml", sums(1, 1, 2, 25_000, 55_000), []),
    ("csv_won_without_actual.csv", None, sums(1, 1, 2, 25_000, 55_000), []),
    ("dv_webapi.json", None, sums(1, 0, 0, 47_000, 0), []),
    ("sf_delete.jsonl", None, sums(0, 0, 0, 0, 0), []),
    ("sf_pubsub_nulls.jsonl", None, sums(1, 0, 0, 50_000, 0), []),
]


@pytest.mark.parametrize(("name", "mapping", "wanted", "told"), CASES, ids=[f"{n}-{m}" for n, m, *_ in CASES])
def test_a_file_is_right_or_nothing_of_it_is_sent(
    name: str, mapping: str | None, wanted: dict[str, Any], told: list[tuple[int, str]]
) -> None:
    totals, problems, _ = found_in(TABLES / name, options(mapping))
    assert {key: totals[key] for key in wanted} == wanted
    assert len(problems) == len(told), problems
    for problem, (line, part) in zip(problems, told, strict=True):
        assert problem.line == line
        assert part in problem.reason


def test_what_is_likely_counts_by_its_share_however_that_is_written() -> None:
    for mapping in ("csv_won_without_actual.toml", None):
        totals, *_ = found_in(TABLES / "csv_won_without_actual.csv", options(mapping))
        assert totals["weighted"] == 15_000 * 0.2 + 40_000 * 0.9


def test_a_second_file_of_changes_goes_on_where_the_first_ended() -> None:
    given = options()
    for name in ("sf_second_file_1.jsonl", "sf_second_file_2.jsonl"):
        totals, problems, _ = found_in(TABLES / name, given)
        assert problems == []
    assert (totals["won"], totals["revenue"]) == (1, 50_000)
    alone, problems, _ = found_in(TABLES / "sf_second_file_2.jsonl", options())
    assert alone["won"] == 0
    assert all("what it was before is not known" in problem.reason for problem in problems)


@pytest.mark.parametrize(
    ("given", "revenue"),
    [
        ({"actualvalue_base": 350_620, "estimatedvalue_base": 373_000}, 350_620),
        ({"estimatedvalue_base": 373_000}, 350_620),  # at the estimate's rate, 7.46
        ({"actualvalue_base": 350_620}, 350_620),
        ({}, 47_000),
        ({"exchangerate": 0.134, "actualvalue_base": None, "estimatedvalue_base": None}, 350_746.27),
        ({"exchangerate": 0.134, "_transactioncurrencyid_value": "1b2c-eur"}, 350_746.27),
        ({"exchangerate": 1, "_transactioncurrencyid_value": "7d8e-dkk"}, 47_000),
        ({"exchangerate": 0.134, "actualvalue_base": 350_620}, 350_620),
        ({"exchangerate": 0.134, "estimatedvalue_base": 373_000}, 350_746.27),
    ],
)
def test_what_is_said_in_the_currency_of_reports_counts(
    tmp_path: Path, given: dict[str, int], revenue: int
) -> None:
    record = {
        "opportunityid": "b011", "name": "GTX", "statecode": 1, "actualvalue": 47_000, "estimatedvalue": 50_000,
        "actualclosedate": "2026-11-20", "_ownerid_value": "75c2",
    }  # fmt: skip
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"value": [record | given]}))
    totals, problems, _ = found_in(path, options())
    assert (totals["revenue"], problems) == (revenue, [])


def test_a_page_of_records_in_one_line_is_read_as_one_in_many(tmp_path: Path) -> None:
    page = json.loads((TABLES / "dv_webapi.json").read_bytes())
    path = tmp_path / "page.json"
    for end in ("", "\n"):
        path.write_text(json.dumps(page) + end)
        totals, problems, _ = found_in(path, options())
        assert (totals["won"], totals["revenue"], problems) == (1, 47_000, [])


def test_a_message_that_has_lost_its_fields_states_nothing() -> None:
    totals, (problem,), _ = found_in(TABLES / "dv_stripped.json", options())
    assert (totals["open"], totals["open_value"]) == (1, 48_210.5)
    assert problem.reason.startswith("1: has no fields")


def test_activities_come_from_a_table_and_from_our_own_lines() -> None:
    for mapping in ("activities_and_periods.toml", None):
        _, problems, items = found_in(TABLES / "activities_and_periods.csv", options(mapping))
        assert problems == []
        activities = [item for item in items if isinstance(item, ActivityLogged)]
        assert [each.kind for each in activities] == ["phone", "email", "meeting"]
        assert activities[0].started_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert [each.duration_minutes for each in activities] == [12, 0, 60]
    _, problems, items = found_in(TABLES / "activities_and_periods.jsonl", options())
    assert problems == []
    assert Counter(getattr(item, "type", "") for item in items) == {"activity_logged": 1, "period_changed": 1}


def test_activities_of_one_seller_need_no_column_of_sellers(tmp_path: Path) -> None:
    text = "Type,Subject,Start,Duration (minutes)\nCall,Hi,2026-11-20 09:00,12\nMeeting,Demo,2026-11-21 10:00,45\n"
    path = written(tmp_path, text)
    _, problems, items = found_in(path, options(seller_id="mia"))
    assert problems == []
    assert [(item.seller_id, item.kind) for item in items if isinstance(item, ActivityLogged)] == [
        ("mia", "phone"), ("mia", "meeting"),
    ]  # fmt: skip
    _, (problem,), _ = found_in(path, options())
    assert problem.reason.startswith(
        "no column tells who sells: name it as seller_id in a mapping, or give --seller"
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('kind = "activities"\n[columns]\nkind = "Type"\nstarted_at = "Start"\n')
    given = Options(mapping=read_mapping(mapping), seller_id="mia", now=NOW)
    _, problems, items = found_in(path, given)
    assert (problems, len(items)) == ([], 2)
    _, (problem,), _ = found_in(written(tmp_path, "Type,Date,Amount\nInvoice,2026-11-20,12\n"), options())
    assert "no column tells who sells" not in problem.reason


def test_an_activity_finds_its_deal_by_name(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text("Nr.;Sælger;Emne;Fase;Beløb\n101;Mia Holm;Printere;Tilbud;900,50\n", encoding="utf-8")
    given = options()
    given.memory.keeps_names = True
    found_in(deals, given)
    *_, items = found_in(TABLES / "activities_and_periods.csv", given)
    assert {item.opportunity_id for item in items if isinstance(item, ActivityLogged)} == {"101"}


def test_danish_sentences_for_danish_readers() -> None:
    _, problems, _ = found_in(TABLES / "csv_money_with_currency.csv", options(told_in="da"))
    assert problems[0].reason.startswith("Beløb: er negativ (-1234.50)")


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


RELATIVES: list[dict[str, Any]] = tomllib.loads(
    (TABLES.parent / "relatives.toml").read_text(encoding="utf-8")
)["table"]


@pytest.mark.parametrize("table", RELATIVES, ids=[table["name"] for table in RELATIVES])
def test_relatives_of_the_cases(table: dict[str, Any], tmp_path: Path) -> None:
    totals, problems, items = found_in(written(tmp_path, table["text"]), options())
    if "sums" in table:
        wanted = sums(*table["sums"])
        assert {key: totals[key] for key in wanted} == wanted, problems
    else:
        assert [item for item in items if not isinstance(item, Problem)] == []
        assert problems


def test_shares_are_told_by_what_won_deals_have(tmp_path: Path) -> None:
    header = "Id,Owner,Name,Stage,Amount,Probability (%),Close Date\n"
    text = f"{header}1,A,B,Proposal,100,0.4,\n2,A,C,Closed Won,5,1,2026-10-13\n"
    totals, problems, _ = found_in(written(tmp_path, text), options())
    assert problems == []
    assert totals["weighted"] == 40


def test_a_question_shows_both_readings_and_an_answer_decides(tmp_path: Path) -> None:
    path = written(tmp_path, "Nr.;Sælger;Emne;Fase;Beløb\n1;A;B;Tilbud;1.900\n2;A;C;Tilbud;12.000\n")
    (sheet,) = open_sheets(Source(path), options())
    sheet.inspect()
    (question,) = sheet.findings.questions
    assert [choice.label for choice in question.choices] == ["1900", "1.900"]
    assert 'decimal = ","' in question.reason
    sheet.answer(question, 0)
    sheet.inspect()
    list(sheet.survey(lambda _event: None))
    assert sheet.deals.totals.open_value == Decimal(13_900)


def test_closed_ahead_counts_when_it_was_closed(tmp_path: Path) -> None:
    text = "Id,Owner,Name,Stage,Amount,Close Date,Last Modified Date\n1,A,B,Closed Won,100,2027-02-28,2026-11-20\n"
    *_, items = found_in(written(tmp_path, text), options())
    (won,) = (item for item in items if isinstance(item, OpportunityChanged))
    assert f"{won.closed_on}" == "2026-11-20"


def test_the_opening_is_never_after_the_closing() -> None:
    *_, items = found_in(TABLES / "csv_opened_after_closed.csv", options("base.toml"))
    opening, won = (item for item in items if isinstance(item, OpportunityChanged))
    assert (opening.state, won.state) == ("open", "won")
    assert opening.changed_at < won.changed_at


def test_sellers_with_star_and_activity(tmp_path: Path) -> None:
    text = "Navn;E-mail;Team;Leder;Stjerne;Aktiv\nMia Holm;mia@x.dk;Nord;Bo;x;ja\nOle;ole@x.dk;Syd;;;nej\n"
    _, problems, items = found_in(written(tmp_path, text), options())
    assert problems == []
    mia, ole = (item for item in items if isinstance(item, SellerChanged))
    assert (mia.seller_id, mia.team, mia.manager_id, mia.starred, mia.active) == (
        "mia@x.dk",
        "Nord",
        "Bo",
        True,
        True,
    )
    assert (ole.manager_id, ole.starred, ole.active) == (None, False, False)


def test_periods_by_name_and_by_days(tmp_path: Path) -> None:
    text = "Periode;Team;Mål\n2026-Q4;;2.500.000,00\nQ1 2027;Nord;500.000,00\n2026-11;;1,00\nmaj 2027;;2,00\n"
    _, problems, items = found_in(written(tmp_path, text), options())
    assert problems == []
    told = [(str(each.starts_on), str(each.ends_on), each.target_value) for each in items]  # type: ignore[union-attr]  # periods
    assert told == [
        ("2026-10-01", "2026-12-31", Decimal("2500000.00")),
        ("2027-01-01", "2027-03-31", Decimal("500000.00")),
        ("2026-11-01", "2026-11-30", Decimal("1.00")),
        ("2027-05-01", "2027-05-31", Decimal("2.00")),
    ]


def test_a_table_of_something_else_is_told_with_its_columns(tmp_path: Path) -> None:
    (problem,) = list(read(Source(written(tmp_path, "Colour,Weight,Height\nred,1,2\nblue,3,4\n")), options()))
    assert isinstance(problem, Problem)
    assert "is a table, but not one of deals, activities, sellers or periods" in problem.reason
    assert "Colour, Weight, Height" in problem.reason
    (problem,) = list(
        read(Source(written(tmp_path, "My secret, which nobody knows, is this:\nmany, words\n")), options())
    )
    assert isinstance(problem, Problem)
    assert "secret" not in problem.reason
