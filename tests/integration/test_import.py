"""Calls and CRM years, ours and real ones, go from files through Kafka and the worker to known numbers in the views."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clickhouse.client import connect
from grafana.i18n import Language
from grafana.macros import Variable
from grafana.pages.catalogue import PAGES
from grafana.sql import NBSP
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.support.deal_tables import SHAPES, make, truths, write
from tests.support.embedded_clickhouse import ROOT
from tests.support.oracle import a_recent_working_day
from tests.support.pages import drawn
from tests.support.pipeline import Pipeline, running_pipeline

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Known:
    """A call and a CRM year, and what is known of them."""

    call: str
    crm: str
    changes: int
    """Each deal has one, a closed one two."""
    sellers: int
    segments: int
    duration_ms: int
    call_row: tuple[Any, ...]
    deals: tuple[Any, ...]
    teams: int
    shown: dict[tuple[str, str], tuple[str, str]]
    danish: dict[str, str]

    @property
    def crm_events(self) -> int:
        return self.changes + self.sellers

    @property
    def call_events(self) -> int:
        return self.segments + 2

    @property
    def call_id(self) -> str:
        return str(self.call_row[0])


OURS = Known(
    call="importers/transcribe.json",
    crm="crm",
    changes=13 + 9,
    sellers=3,
    segments=6,
    duration_ms=21_000,
    call_row=("trial-follow-up", "Moses Frase", True, True, 21_000, 10_250, 8_150, 4, "en-GB"),
    deals=(5, Decimal(12_400), 55.56, 2480.0, 4, 2, 2, 5, 0, 3, "2017-03-01", "2017-12-31"),
    teams=2,
    shown={
        ("home", "actual-revenue"): ("DKK 12.4k", ""),
        ("home", "open-revenue"): ("", "4 open deals"),
        ("home", "deals-won"): ("5", "4 lost"),
        # 5 of the 9 that are closed: the open ones have no date to close by
        ("home", "win-rate"): ("56 %", "close rate 56 %"),
        ("home", "average-deal"): ("DKK 2,480", ""),
        ("call", "talk-ratio"): ("56 %", "customer 44 %"),
        ("call", "switches"): ("4", "686 per hour"),
    },
    danish={"deals-won": "5", "average-deal": "2.480 kr."},
)
REAL = Known(
    call="calls/example-call.json",
    crm="crm",
    changes=8_800 + 6_711,
    sellers=35,
    segments=37,
    duration_ms=182_890,
    call_row=("example-call.wav", "Moses Frase", True, True, 182_890, 114_740, 64_211, 32, "en-US"),
    deals=(
        4238,
        Decimal(10_005_534),
        63.15,
        2360.91,
        2473,
        1589,
        500,
        1480,
        0,
        1425,
        "2017-03-01",
        "2017-12-31",
    ),
    teams=3,
    shown={
        ("home", "actual-revenue"): ("DKK 10.0m", ""),
        ("home", "open-revenue"): ("", "2,089 open deals"),
        ("home", "deals-won"): ("4,238", "2,473 lost"),
        # 4,238 of the 6,711 that are closed: the open ones have no date to close by
        ("home", "win-rate"): ("63 %", "close rate 63 %"),
        ("home", "average-deal"): ("DKK 2,361", ""),
        ("call", "talk-ratio"): ("64 %", "customer 36 %"),
        ("call", "switches"): ("32", "630 per hour"),
    },
    danish={"actual-revenue": "10,0 mio. kr.", "deals-won": "4.238", "average-deal": "2.361 kr."},
)


@pytest.fixture(
    params=[
        pytest.param(OURS, id="ours"),
        pytest.param(REAL, id="real", marks=pytest.mark.real_data(twin="ours")),
    ]
)
def known(request: pytest.FixtureRequest) -> Known:
    """What is known of small files of our own, and of real ones."""
    known: Known = request.param
    return known


@pytest.fixture
def folder(known: Known, request: pytest.FixtureRequest) -> Path:
    real: Path = request.getfixturevalue("shared_data") if known is REAL else DATA
    return real


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with running_pipeline(
        TansuBroker(tmp_path / "tansu", free_port()), tmp_path, idempotent=False
    ) as pipeline:
        yield pipeline


def salgspuls_import(pipeline: Pipeline, *arguments: str | Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "streams.cli", "import", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **pipeline.settings.as_environment()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def crm_truths(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    return pipeline.query(
        """
        SELECT
            countIf(state = 'won') AS won,
            sumIf(actual_value, state = 'won') AS value,
            round(100 * won / countIf(state != 'open'), 2) AS close_rate,
            round(toFloat64(value) / won, 2) AS mean,
            countIf(state = 'lost'), countIf(stage = 'Engaging'), countIf(stage = 'Prospecting'),
            countIf(name = 'GTX Pro'), countIf(name = 'GTXPro'), countIf(customer_id = ''),
            min(if(state = 'won', closed_on, NULL)), max(closed_on)
        FROM salgspuls.opportunities
        """
    )


def call_truths(pipeline: Pipeline) -> list[tuple[Any, ...]]:
    return pipeline.query(
        """
        SELECT call_id, seller_id, ended, consent, duration_ms, talk_seller_ms, talk_customer_ms, switches, language
        FROM salgspuls.calls
        """
    )


def shown(
    pipeline: Pipeline, known: Known, page: str, name: str, language: Language = "en"
) -> dict[str, Any]:
    """What a panel of a page shows of all time: the answer to its own query."""
    one_call = {"call_id": Variable((known.call_id,))}
    reader = connect(pipeline.clickhouse.with_database("salgspuls").reader)
    answer = drawn(reader, PAGES[page].panel(name), datetime.now(UTC), language, chosen=one_call)
    reader.close()
    return {
        name: value.replace(NBSP, " ") if isinstance(value, str) else value
        for name, value in answer.row(0).items()
    }


def assert_pages_show_the_truths(pipeline: Pipeline, known: Known) -> None:
    """The numbers of the year and of the call, as a manager reads them."""
    for (page, name), (value, note) in known.shown.items():
        row = shown(pipeline, known, page, name)
        assert (row["value"] if value else "", row["note"] if note else "") == (value, note), (page, name)
    for name, value in known.danish.items():
        assert shown(pipeline, known, "home", name, "da")["value"] == value
    assert sum(shown(pipeline, known, "home", "sentiment-donut").values()) == 1, "one call is analysed"


async def test_a_call_and_a_crm_year_give_their_known_numbers_however_often_they_are_imported(
    pipeline: Pipeline, known: Known, folder: Path
) -> None:
    pipeline.start_worker()
    deals = (folder / known.crm / "sales_teams.csv", folder / known.crm / "sales_pipeline.csv")
    began = f"{a_recent_working_day(datetime.now(UTC)):%Y-%m-%dT%H:%M:%SZ}"
    for times in (1, 2):
        said = salgspuls_import(pipeline, *deals)
        sent = f"sent: {known.changes:,} opportunity_changed, {known.sellers} seller_changed\n"
        assert (sent if times == 1 else "sent: nothing\ndone: everything is stored already\n") in said
        options = ("--seller", "Moses Frase", "--consent", "--started-at", began)
        salgspuls_import(pipeline, folder / known.call, *options)
        await pipeline.until_committed(known.crm_events + times * known.call_events)
        (row,) = crm_truths(pipeline)
        assert (*row[:-2], *map(str, row[-2:])) == known.deals
        assert call_truths(pipeline) == [known.call_row]
        assert_pages_show_the_truths(pipeline, known)
        assert pipeline.query("SELECT count() FROM salgspuls.opportunity_changes") == [(known.changes,)]
        sellers = pipeline.query("SELECT count(), uniq(team) FROM salgspuls.sellers")
        assert sellers == [(known.sellers, known.teams)]
        segments = pipeline.query("SELECT count(), countIf(text != '') FROM salgspuls.segments")
        assert segments == [(known.segments, known.segments)]
        assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(0,)]


async def test_a_call_is_replayed_as_if_it_happened_now_and_without_consent_no_word_is_kept(
    pipeline: Pipeline, known: Known, folder: Path
) -> None:
    pipeline.start_worker()
    began = datetime.now(UTC)
    options = ("--seller", "seller-17", "--no-consent", "--as-if-now", "--speed", "60")
    salgspuls_import(pipeline, folder / known.call, *options)
    took = datetime.now(UTC) - began
    assert took >= timedelta(milliseconds=known.duration_ms) / 60
    await pipeline.until_committed(known.call_events)
    ((call_id, *_, consent, duration, talk_seller, _, _, _),) = call_truths(pipeline)
    assert call_id.startswith(f"{known.call_id}@")
    assert (consent, duration, talk_seller) == (False, known.duration_ms, known.call_row[5])
    ((ended_at,),) = pipeline.query(
        f"SELECT call_started_at + INTERVAL {known.duration_ms} MILLISECOND FROM salgspuls.calls"
    )
    assert began < ended_at <= datetime.now(UTC)
    assert pipeline.query("SELECT countIf(text != ''), countIf(words > 0) FROM salgspuls.segments") == [
        (0, 0)
    ]


TABLES = Path(__file__).parents[1] / "data" / "importers" / "tables"


def deal(pipeline: Pipeline, deal_id: str) -> list[tuple[Any, ...]]:
    """The changes of a deal as they are stored, in their order."""
    return pipeline.query(
        "SELECT toString(state), toFloat64(estimated_value), toFloat64(actual_value) "
        f"FROM salgspuls.opportunity_changes WHERE opportunity_id = '{deal_id}' ORDER BY changed_at"
    )


def open_value(pipeline: Pipeline) -> float:
    ((value,),) = pipeline.query(
        "SELECT toFloat64(sum(estimated_value)) FROM salgspuls.deals_at(at = now64(3), tz = 'Europe/Copenhagen') "
        "WHERE state = 'open'"
    )
    return float(value)


async def test_next_weeks_export_changes_what_has_changed_and_nothing_else(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline.start_worker()
    mapping = ("--mapping", TABLES / "base.toml")
    said = salgspuls_import(pipeline, TABLES / "csv_correction_ignored_1.csv", *mapping)
    assert "against what is stored: 1 new, 0 changed, 0 equal" in said
    assert said.endswith("sent: 2 opportunity_changed\nstored: all 2\n")
    said = salgspuls_import(pipeline, TABLES / "csv_correction_ignored_2.csv", *mapping)
    assert "0 new, 1 changed, 0 equal" in said
    assert said.endswith("stored: all 1\n")
    assert deal(pipeline, "Y-1") == [("open", 10_000, None), ("won", 10_000, 10_000)]
    said = salgspuls_import(pipeline, TABLES / "csv_correction_ignored_2.csv", *mapping)
    assert "0 new, 0 changed, 1 equal" in said
    assert said.endswith("done: everything is stored already\n")

    # a deal without a time of change moves on: a change of its own, so that its history stays
    table = tmp_path / "deals.csv"
    header = "Nr.;Sælger;Emne;Fase;Anslået;Faktisk;Oprettet;Lukket;Ændret;Forventet\n"
    table.write_text(f"{header}W-1;S;A;Tilbud;100;;01-10-2026;;;\nW-2;S;B;Tilbud;200;;01-10-2026;;;\n")
    salgspuls_import(pipeline, table, *mapping)
    assert open_value(pipeline) == 300
    table.write_text(f"{header}W-1;S;A;Forhandling;150;;01-10-2026;;;\n")
    said = salgspuls_import(pipeline, table, *mapping)
    assert "2 deals that are stored are not in these files: they stay (--whole removes them)" in said
    assert deal(pipeline, "W-1") == [("open", 100, None), ("open", 150, None)]
    assert open_value(pipeline) == 350
    said = salgspuls_import(pipeline, table, *mapping, "--whole", "--yes")
    assert "2 deals that are stored are not in these files: they will be removed (--whole)" in said
    assert open_value(pipeline) == 150
    assert deal(pipeline, "Y-1")[-1] == ("removed", 10_000, None)
    assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(0,)]


async def test_the_second_days_changes_need_no_history(pipeline: Pipeline) -> None:
    pipeline.start_worker()
    for name in ("sf_second_file_1.jsonl", "sf_second_file_2.jsonl"):
        assert "stored: all" in salgspuls_import(pipeline, TABLES / name)
    assert deal(pipeline, "006A") == [
        ("open", 48_210.5, None), ("open", 48_210.5, None), ("won", 50_000, 50_000),
    ]  # fmt: skip


async def test_what_a_worker_took_for_known_or_refused_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.start_worker()
    events = tmp_path / "events.jsonl"
    event = '{"type":"activity_logged","activity_id":"A-1","seller_id":"mia","kind":"phone",'
    events.write_text(
        f'{event}"started_at":"2026-11-24T09:30:00Z","duration_minutes":12,"with_customer":true}}\n'
    )
    assert salgspuls_import(pipeline, events).endswith("stored: all 1\n")
    events.write_text(events.read_text().replace(":12,", ":45,"))
    said = salgspuls_import(pipeline, events)
    assert "stored: 0 of 1\nknown already: 1, as it is stored or in a later revision" in said
    events.write_text(events.read_text().replace('"kind"', '"revision":2,"kind"'))
    assert "stored: all 1" in salgspuls_import(pipeline, events)
    assert pipeline.query("SELECT duration_minutes FROM salgspuls.activities") == [(45.0,)]


async def test_a_table_gives_the_pages_what_sqlite_gives(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.start_worker()
    database = make(7, 400)
    path = write(database, tmp_path / "export.csv", SHAPES["Danish Windows"])
    assert "stored: all" in salgspuls_import(pipeline, path, "--yes")
    ((won, lost, open_, revenue, open_revenue),) = pipeline.query(
        "SELECT deals_won, deals_lost, deals_open, actual_revenue, open_revenue FROM salgspuls.base_kpis("
        "from = '2000-01-01 00:00:00', to = now64(3), tz = 'Europe/Copenhagen', fiscal_start = 1, "
        "teams = [''], sellers = [''])"
    )
    wanted = truths(database)
    assert (won, lost, open_) == (wanted["won"], wanted["lost"], wanted["open"])
    assert (round(revenue, 2), round(open_revenue, 2)) == (wanted["revenue"], wanted["open_value"])


def test_without_a_worker_it_says_that_nothing_is_stored_yet(pipeline: Pipeline) -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "streams.cli",
            "import",
            str(TABLES / "csv_cr_only.csv"),
            "--yes",
            "--wait",
            "1",
        ],
        cwd=ROOT,
        env={**os.environ, **pipeline.settings.as_environment()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 3
    assert "stored: 0 of 1" in ended.stdout
    assert "not stored yet: 1. No worker has taken them" in ended.stderr
