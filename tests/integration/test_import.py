"""Real calls and a real CRM year go from files through Kafka and the worker to the views, and give known numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clickhouse.client import connect
from grafana.dashboards import FOLDER
from grafana.dashboards.sql import NBSP
from grafana.macros import Variable, expand
from grafana.web import transform
from grafana.web.board import load
from grafana.web.queries import frame_of
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from tests.support.embedded_clickhouse import ROOT
from tests.support.oracle import a_recent_working_day
from tests.support.pipeline import Pipeline, running_pipeline

CRM_EVENTS = 15_511 + 35
"""Of 8,800 deals 6,711 are closed, which are two changes each, and 500 in prospecting have one; and the sellers."""
CALL_EVENTS = 37 + 2
BOARDS = load(FOLDER)


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


def shown(pipeline: Pipeline, uid: str, number: int) -> dict[str, Any]:
    """What a panel of a page shows of all time: the answer to its own query."""
    board = BOARDS[uid]
    panel = next(panel for panel in board.panels if panel.id == number)
    now, zone = datetime.now(UTC), ZoneInfo("Europe/Copenhagen")
    variables = {
        known.name: Variable(known.default, known.multi, (), known.all_value) for known in board.variables
    } | {"call_id": Variable(("example-call.wav",))}
    reader = connect(pipeline.clickhouse.with_database("salgspuls").reader)
    answer = frame_of(
        reader.query(expand(panel.queries[0], board.default_range.resolve(now, zone), variables))
    )
    reader.close()
    row = transform.apply(answer, panel.transformations).row(0)
    return {
        name: value.replace(NBSP, " ") if isinstance(value, str) else value for name, value in row.items()
    }


def assert_pages_show_the_truths(pipeline: Pipeline) -> None:
    """The numbers of the year and of the call, as a manager reads them."""

    def said(uid: str, number: int) -> tuple[str, str]:
        row = shown(pipeline, uid, number)
        return row["value"], row["note"]

    home, call = "salgspuls-home", "salgspuls-call"
    assert said(home, 2)[0] == "DKK 10.0m"
    assert said(home, 3)[1] == "2,089 open deals"
    assert said(home, 4) == ("4,238", "2,473 lost")
    assert said(home, 5) == ("48 %", "close rate 63 %"), "4,238 of 8,800, and of the 6,711 that are closed"
    assert said(home, 6)[0] == "DKK 2,361"
    assert [said(f"{home}-da", number)[0] for number in (2, 4, 6)] == ["10,0 mio. kr.", "4.238", "2.361 kr."]
    assert sum(shown(pipeline, home, 101).values()) == 1, "one call is analysed"
    assert said(call, 3) == ("64 %", "customer 36 %")
    assert said(call, 5) == ("32", "630 per hour")


async def test_a_call_and_a_crm_year_give_their_known_numbers_however_often_they_are_imported(
    pipeline: Pipeline, shared_data: Path
) -> None:
    pipeline.start_worker()
    call = shared_data / "calls" / "example-call.json"
    deals = (shared_data / "crm" / "sales_teams.csv", shared_data / "crm" / "sales_pipeline.csv")
    began = f"{a_recent_working_day(datetime.now(UTC)):%Y-%m-%dT%H:%M:%SZ}"
    for times in (1, 2):
        said = salgspuls_import(pipeline, *deals)
        assert said == "sent: 15,511 opportunity_changed, 35 seller_changed\n"
        salgspuls_import(pipeline, call, "--seller", "Moses Frase", "--consent", "--started-at", began)
        await pipeline.until_committed(times * (CRM_EVENTS + CALL_EVENTS))
        ((won, value, close_rate, mean, *rest),) = crm_truths(pipeline)
        assert (won, value, close_rate, mean) == (4238, Decimal("10005534"), 63.15, 2360.91)
        assert rest[:6] == [2473, 1589, 500, 1480, 0, 1425]
        assert [f"{day}" for day in rest[6:]] == ["2017-03-01", "2017-12-31"]
        assert call_truths(pipeline) == [
            ("example-call.wav", "Moses Frase", True, True, 182_890, 114_740, 64_211, 32, "en-US")
        ]
        assert_pages_show_the_truths(pipeline)
        assert pipeline.query("SELECT count() FROM salgspuls.opportunity_changes") == [(15_511,)]
        assert pipeline.query("SELECT count(), uniq(team) FROM salgspuls.sellers") == [(35, 3)]
        assert pipeline.query("SELECT count(), countIf(text != '') FROM salgspuls.segments") == [(37, 37)]
        assert pipeline.query("SELECT count() FROM salgspuls.dead_letters") == [(0,)]


async def test_a_call_is_replayed_as_if_it_happened_now_and_without_consent_no_word_is_kept(
    pipeline: Pipeline, shared_data: Path
) -> None:
    pipeline.start_worker()
    call = shared_data / "calls" / "example-call.json"
    began = datetime.now(UTC)
    options = ("--seller", "seller-17", "--no-consent", "--as-if-now", "--speed", "60")
    salgspuls_import(pipeline, call, *options)
    took = datetime.now(UTC) - began
    assert took >= timedelta(milliseconds=182_890) / 60
    await pipeline.until_committed(CALL_EVENTS)
    ((call_id, *_, consent, duration, talk_seller, _, _, _),) = call_truths(pipeline)
    assert call_id.startswith("example-call.wav@")
    assert (consent, duration, talk_seller) == (False, 182_890, 114_740)
    ((ended_at,),) = pipeline.query(
        "SELECT call_started_at + INTERVAL 182890 MILLISECOND FROM salgspuls.calls"
    )
    assert began < ended_at <= datetime.now(UTC)
    assert pipeline.query("SELECT countIf(text != ''), countIf(words > 0) FROM salgspuls.segments") == [
        (0, 0)
    ]
