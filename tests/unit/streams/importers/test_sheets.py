"""Deals and sellers from CSV: a real CRM year with its traps, a Danish export with every fault that a row can have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schemas.events import OpportunityChanged, SellerChanged
from streams.importers import Item, Options, Problem, Source, read, read_mapping

DATA = Path(__file__).parents[3] / "data" / "importers"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DANISH = Options(zone=COPENHAGEN, mapping=read_mapping(DATA / "deals.toml"))
MAVEN = Options(zone=COPENHAGEN, currency="USD")


def items(path: Path, options: Options) -> list[Item]:
    return list(read(Source(path), options))


def deals(found: list[Item]) -> list[OpportunityChanged]:
    return [each for each in found if isinstance(each, OpportunityChanged)]


@dataclass(frozen=True)
class Year:
    """What is known of a year in Maven Analytics' layout."""

    stages: dict[str, int]
    won: int
    without_account: int
    closed_deal: str
    engaged: date
    closed: date
    values: tuple[Decimal, Decimal]
    seller: str
    sellers: int
    teams: set[str]
    managers: int


OURS = Year(
    stages={"Won": 5, "Lost": 4, "Engaging": 2, "Prospecting": 2},
    won=525 + 4700 + 4821 + 1154 + 1200,
    without_account=3,
    closed_deal="D001",
    engaged=date(2016, 10, 20),
    closed=date(2017, 3, 1),
    values=(Decimal(550), Decimal(525)),
    seller="Ida Holt",
    sellers=3,
    teams={"North", "South"},
    managers=2,
)
REAL = Year(
    stages={"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500},
    won=10_005_534,
    without_account=1425,
    closed_deal="1C1I7A6R",
    engaged=date(2016, 10, 20),
    closed=date(2017, 3, 1),
    values=(Decimal(1096), Decimal(1054)),
    seller="Moses Frase",
    sellers=35,
    teams={"Central", "East", "West"},
    managers=6,
)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(OURS, id="ours"),
        pytest.param(REAL, id="real", marks=pytest.mark.real_data(twin="ours")),
    ],
)
def known(request: pytest.FixtureRequest) -> Year:
    """What is known of a small year of our own, and of a real one."""
    year: Year = request.param
    return year


@pytest.fixture(scope="module")
def folder(known: Year, request: pytest.FixtureRequest) -> Path:
    real: Path | None = request.getfixturevalue("shared_data") if known is REAL else None
    return (real or DATA.parent) / "crm"


class TestAYear:
    @pytest.fixture(scope="class")
    def year(self, folder: Path) -> list[Item]:
        return items(folder / "sales_pipeline.csv", MAVEN)

    def test_its_numbers_are_the_known_ones(self, year: list[Item], known: Year) -> None:
        changes = deals(year)
        assert len(changes) == len(year)
        current = {change.opportunity_id: change for change in changes}
        assert Counter(deal.stage for deal in current.values()) == known.stages
        won = [deal.actual_value for deal in current.values() if deal.state == "won"]
        assert sum(filter(None, won)) == known.won
        assert sum(deal.customer_id is None for deal in current.values()) == known.without_account

    def test_a_closed_deal_was_open_before(self, year: list[Item], known: Year) -> None:
        changes = deals(year)
        assert len(changes) == sum(known.stages.values()) + known.stages["Won"] + known.stages["Lost"]
        opened, closed = (change for change in changes if change.opportunity_id == known.closed_deal)
        assert (opened.state, opened.stage, opened.closed_on, opened.actual_value) == (
            "open",
            "Engaging",
            None,
            None,
        )
        assert opened.changed_at == datetime.combine(known.engaged, time(), COPENHAGEN)
        assert (closed.state, closed.stage, closed.closed_on) == ("won", "Won", known.closed)
        assert (closed.estimated_value, closed.actual_value) == known.values
        assert closed.seller_id == known.seller

    def test_a_name_spelled_in_two_ways_is_one(self, year: list[Item]) -> None:
        names = {change.name for change in deals(year)}
        assert "GTX Pro" in names
        assert "GTXPro" not in names
        prices = {change.estimated_value for change in deals(year) if change.name == "GTX Pro"}
        assert prices == {4821}

    def test_deals_without_a_date_stand_as_of_the_export(self, year: list[Item]) -> None:
        prospecting = [change for change in deals(year) if change.stage == "Prospecting"]
        assert {change.changed_at for change in prospecting} == {datetime(2017, 12, 31, tzinfo=COPENHAGEN)}

    def test_sellers_have_team_and_manager(self, folder: Path, known: Year) -> None:
        found = items(folder / "sales_teams.csv", MAVEN)
        sellers = [each for each in found if isinstance(each, SellerChanged)]
        assert len(sellers) == len(found) == known.sellers
        assert {each.team for each in sellers} == known.teams
        assert len({each.manager_id for each in sellers}) == known.managers
        assert all(each.seller_id == each.name for each in sellers)

    def test_without_the_price_list_it_is_asked_for(self, folder: Path, tmp_path: Path) -> None:
        alone = tmp_path / "sales_pipeline.csv"
        lines = (folder / "sales_pipeline.csv").read_text().splitlines()[:3]
        alone.write_text("\n".join(lines))
        missing, *_ = items(alone, MAVEN)
        assert isinstance(missing, Problem)
        assert "products.csv is needed beside sales_pipeline.csv" in missing.reason


def good(tmp_path: Path) -> Path:
    """The Danish export without the rows in which an amount and a date are none."""
    path = tmp_path / "deals.csv"
    lines = (DATA / "deals.csv").read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith((b"D-5", b"D-6"))))
    return path


class TestADanishExport:
    @pytest.fixture(scope="class")
    def found(self, tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
        return items(good(tmp_path_factory.mktemp("export")), DANISH)

    def test_semicolons_commas_and_letters_are_read(self, found: list[Item]) -> None:
        offer = deals(found)[0]
        assert offer.model_dump(exclude_none=True) == {
            "type": "opportunity_changed",
            "schema_version": 1,
            "revision": 1,
            "opportunity_id": "D-1",
            "seller_id": "Søren Holm",
            "customer_id": "Nordlys A/S",
            "name": "Printere; ti stk.",
            "stage": "Tilbud",
            "state": "open",
            "estimated_value": Decimal("48210.50"),
            "currency": "DKK",
            "win_probability": 0.6,
            "estimated_close_on": date(2026, 10, 30),
            "changed_at": datetime(2026, 8, 31, 22, tzinfo=UTC),
        }

    def test_a_deal_closed_on_the_day_it_was_opened_has_its_changes_in_order(self, found: list[Item]) -> None:
        opened, closed = (change for change in deals(found) if change.opportunity_id == "D-2")
        assert (opened.state, closed.state) == ("open", "won")
        assert opened.changed_at < closed.changed_at
        assert (closed.estimated_value, closed.actual_value) == (Decimal(12_000), Decimal(11_500))

    def test_a_deal_that_nobody_has_valued_is_worth_nothing_yet(self, found: list[Item]) -> None:
        _, lost = (change for change in deals(found) if change.opportunity_id == "D-3")
        assert (lost.state, lost.actual_value, lost.customer_id) == ("lost", None, None)
        assert lost.estimated_value == 0

    def test_each_fault_of_a_row_is_told_with_its_line_and_without_words(self, found: list[Item]) -> None:
        problems = [each for each in found if isinstance(each, Problem)]
        assert [(each.line, each.reason) for each in problems] == [
            (6, "has 4 cells, and the header 11: is a separator or a quotation mark missing?"),
            (
                5,
                (
                    'Fase: "Forhandling" is neither open, won nor lost as far as [states] tells; '
                    "it has Kvalificering, Tilbud, Vundet, Tabt: name it there"
                ),
            ),
            (7, "Sælger: must not be empty"),
            (8, "Lukket: must tell when the deal was won"),
        ]
        assert {change.opportunity_id for change in deals(found)} == {"D-1", "D-2", "D-3"}

    def test_nothing_is_sent_of_a_file_of_which_a_column_does_not_fit(self) -> None:
        found = items(DATA / "deals.csv", DANISH)
        assert deals(found) == []
        told = [(each.line, each.reason) for each in found if isinstance(each, Problem)]
        assert (
            6,
            "Anslået: must hold numbers, and this is none: mend it, or leave the column out of the mapping",
        ) in told
        assert (7, "Forventet: must hold dates like %d-%m-%Y (2026-10-30)") in told

    def test_the_wrong_encoding_is_told(self) -> None:
        mapping = DANISH.mapping
        assert mapping is not None
        utf8 = mapping.model_copy(update={"encoding": "utf-8"})
        (refused,) = items(DATA / "deals.csv", replace(DANISH, mapping=utf8))
        assert isinstance(refused, Problem)
        assert refused.reason.startswith("is not utf-8: ")


def test_rows_of_several_lines_are_told_by_their_first(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    content = (DATA / "deals.csv").read_bytes().splitlines(keepends=True)
    several = b';S\xf8ren Holm;;"Printere\nog\nscannere";Vundet;1;1;1;;;\n'
    path.write_bytes(b"".join([content[0], b"D-11" + several, b"D-12" + several]))
    (problem,) = items(path, DANISH)
    assert isinstance(problem, Problem)
    assert problem.lines == (2, 5)


def test_a_quote_that_is_never_closed_refuses_the_file_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    header, _, good_row, *_ = (DATA / "deals.csv").read_bytes().splitlines(keepends=True)
    path.write_bytes(header + b'D-0;"open\n' + good_row * 5000)
    (problem,) = items(path, DANISH)
    assert problem == Problem(path, 2, "opens a quotation mark that is never closed", 1, (2,))


def test_a_mapping_that_the_file_does_not_fit_names_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Nr.;Emne;Sælgr\nD-1;Printere;S\n", encoding="cp1252")
    (problem,) = items(path, DANISH)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("has no column Anslået, Chance, Faktisk")
    assert problem.reason.endswith("it has Nr., Emne, Sælgr; did you mean Sælgr?")
