"""`salgspuls import` without a broker: what is read, what is told, and how a call is set into the present."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from schemas.events import ActivityLogged, CallEnded, CallSegment, SellerChanged
from streams.cli.import_ import command, moment_of
from streams.cli.session import Session
from streams.config.settings import ClickHouseSettings, KafkaSettings, ReportingSettings, Settings
from streams.demo.brokers import free_port

DATA = Path(__file__).parents[3] / "data" / "importers"
NOW = datetime.now(UTC)
STARTED = f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
TOLD = ("--seller", "seller-17", "--consent", "--started-at", STARTED)

KEPT_LONG = ClickHouseSettings(segments_days=7300, calls_days=7300, aggregates_days=7300)
"""So that calls of a fixed day are taken whenever this runs."""


def run(*arguments: str | Path, **settings: Any) -> Result:
    session = Session()
    session.__dict__["settings"] = Settings(**{"clickhouse": KEPT_LONG, **settings})
    return CliRunner().invoke(command, [str(each) for each in arguments], obj=session)


def test_a_dry_run_reads_and_checks_everything_and_sends_nothing() -> None:
    ended = run("--dry-run", DATA / "transcribe.json", DATA / "events.jsonl", *TOLD)
    assert ended.exit_code == 0, ended.output
    assert ended.stdout == "read: 2 call_ended, 12 call_segment, 2 call_started\n"


def test_a_bad_record_is_told_with_file_and_line_and_the_others_are_read() -> None:
    ended = run("--dry-run", DATA / "deals.csv", "--mapping", DATA / "deals.toml")
    assert ended.exit_code == 1
    assert ended.stdout == "read: 5 opportunity_changed\n"
    told = ended.stderr.splitlines()
    assert (
        told[0]
        == f"{DATA / 'deals.csv'}:5: Fase: must be a stage of [states]: Kvalificering, Tilbud, Vundet, Tabt"
    )
    assert told[-1] == "Error: left out, each for the reason above: 6 records"
    assert len(told) == 7


def test_what_a_worker_would_refuse_is_told_before_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    first, *rest = (DATA / "events.jsonl").read_text().splitlines()
    path.write_text("\n".join([first.replace("2026-09-14", "2001-09-14"), *rest]))
    ended = run("--dry-run", path)
    assert ended.exit_code == 1
    assert f"{path}:1: call_started_at: 2001-09-14 08:30 is before " in ended.stderr
    euros = run("--dry-run", DATA / "deals.csv", "--mapping", DATA / "deals.toml",
                reporting=ReportingSettings(currency="EUR"))  # fmt: skip
    assert euros.stdout == "read: nothing\n"
    assert "currency: DKK is not the reporting currency EUR: convert before sending" in euros.stderr


def test_consent_must_be_stated() -> None:
    ended = run("--dry-run", DATA / "transcribe.json", "--seller", "s", "--started-at", STARTED)
    assert ended.exit_code == 1
    assert "the file does not say whether the call may be analysed: --consent or --no-consent" in ended.stderr


def test_sellers_are_told_by_a_list(tmp_path: Path) -> None:
    listed = tmp_path / "sellers.txt"
    listed.write_text("\ufeffMoses Frase\n\n  Molly Clark \n", encoding="utf-8")
    options = ("--seller-list", listed, "--consent", "--started-at", STARTED)
    assert run("--dry-run", DATA / "zoom.vtt", *options).exit_code == 0


def test_the_currency_of_deals_that_do_not_say_it_is_an_option() -> None:
    assert run("--dry-run", DATA / "dataverse.json").stdout == "read: 3 opportunity_changed\n"
    ended = run("--dry-run", DATA / "dataverse.json", "--currency", "USD")
    assert "currency: USD is not the reporting currency DKK" in ended.stderr


def test_a_wrong_mapping_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text('kind = "deals"')
    ended = run("--dry-run", DATA / "deals.csv", "--mapping", path)
    assert ended.exit_code == 1
    assert ended.stderr.startswith(f"Error: {path}: kind: ")


@pytest.mark.parametrize(
    "arguments", [("none.json",), ("--speed", "0.5", "x"), ("--started-at", "today", "x"), ()]
)
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    assert run("--dry-run", *arguments).exit_code == 2


def test_without_a_broker_it_says_so() -> None:
    where = KafkaSettings(bootstrap=f"127.0.0.1:{free_port()}")
    ended = run(DATA / "events.jsonl", kafka=where)
    assert ended.exit_code == 1
    assert "Kafka does not answer at" in str(ended.exception)


def test_customers_words_are_in_no_problem(tmp_path: Path) -> None:
    document = json.loads((DATA / "transcribe.json").read_text())
    for turn in document["Transcript"]:
        turn["Content"] = "a customer's secret " * 2000
    path = tmp_path / "call.json"
    path.write_text(json.dumps(document))
    ended = run("--dry-run", path, *TOLD)
    assert ended.stderr.count("text: String should have at most 20000 characters") == 6
    assert "secret" not in ended.output


def test_a_folder_of_dynamics_files_is_each_call_once(tmp_path: Path) -> None:
    for name in ("trial.json", "trial.transcript.json"):
        shutil.copy(DATA / name, tmp_path / name)
    ended = run("--dry-run", *sorted(tmp_path.iterdir()), "--consent")
    assert ended.stdout == "read: 1 call_ended, 6 call_segment, 1 call_started\n"


def test_events_are_paced_by_when_what_they_tell_had_happened() -> None:
    call: dict[str, Any] = {"call_id": "c", "call_started_at": NOW, "seller_id": "s"}
    began = NOW.replace(microsecond=NOW.microsecond // 1000 * 1000)
    said = CallSegment(
        **call, consent=True, segment_id="1", speaker="seller", start_ms=1000, end_ms=2500, text="hello"
    )
    assert moment_of(said) == began + timedelta(milliseconds=2500)
    assert moment_of(CallEnded(**call, duration_ms=3000)) == began + timedelta(seconds=3)
    meeting = ActivityLogged(
        activity_id="a",
        seller_id="s",
        kind="meeting",
        started_at=NOW,
        duration_minutes=30,
        with_customer=True,
    )
    assert moment_of(meeting) == began + timedelta(minutes=30)
    assert moment_of(SellerChanged(seller_id="s", name="Molly", team="Nord")) < began
