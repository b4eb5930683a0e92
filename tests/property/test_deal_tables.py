"""The same deals in many shapes add up to what sqlite says of them, to the cent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli.import_ import command
from streams.cli.session import Session
from streams.config.reporting import ReportingSettings
from streams.config.settings import Settings
from tests.support.deal_tables import SHAPES, make, truths, write, write_book

CURRENCY = {"American": "USD", "German": "EUR"}


def dry_run(path: Path, currency: str) -> dict[str, object]:
    session = Session()
    session.__dict__["settings"] = Settings(reporting=ReportingSettings(currency=currency))
    ended = CliRunner().invoke(command, [str(path), "--dry-run", "--json"], obj=session)
    told: dict[str, object] = json.loads(ended.stdout)
    assert told["problems"] == []
    assert ended.exit_code == 0
    return told


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", SHAPES)
def test_a_text_adds_up_to_what_sqlite_says(name: str, seed: int, tmp_path: Path) -> None:
    database = make(seed, 300)
    path = write(database, tmp_path / "export.csv", SHAPES[name])
    assert dry_run(path, CURRENCY.get(name, "DKK"))["deals"] == truths(database)


def test_a_workbook_adds_up_to_what_sqlite_says(tmp_path: Path) -> None:
    database = make(4, 300)
    assert dry_run(write_book(database, tmp_path / "export.xlsx"), "DKK")["deals"] == truths(database)


def test_the_revenue_of_each_year(tmp_path: Path) -> None:
    database = make(5, 300)
    by_year = database.execute(
        "SELECT strftime('%Y', closed), sum(coalesce(actual, estimated)) FROM deals WHERE state = 'won' GROUP BY 1"
    ).fetchall()
    told = dry_run(write(database, tmp_path / "export.csv", SHAPES["Danish Excel"]), "DKK")
    assert told["revenue_by_year"] == {year: cents / 100 for year, cents in by_year}
