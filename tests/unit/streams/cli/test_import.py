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
from streams.cli.import_ import command
from streams.cli.session import Session
from streams.config.clickhouse import ClickHouseSettings
from streams.config.kafka import KafkaSettings
from streams.config.reporting import ReportingSettings
from streams.config.settings import Settings, WebSettings
from streams.demo.brokers import free_port
from streams.jobs.importing.checks import moment_of

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


def last_line(ended: Result) -> str:
    return ended.stdout.splitlines()[-1]


def test_a_table_is_shown_as_it_was_understood_before_anything_else() -> None:
    ended = run("--dry-run", DATA / "tables" / "csv_thousands_us.csv")
    assert ended.exit_code == 1
    assert "csv_thousands_us.csv: deals of Salesforce, utf-8, comma, 4 rows" in ended.stdout
    assert "  opportunity_id       Opportunity ID" in ended.stdout
    assert "GTX Pro for Nordlys  Sam Sales  Proposal/Price Quote  open  48,210.50" in ended.stdout
    assert "revenue 12,000.00, open 48,210.50, weighted 36,157.88" in ended.stdout
    assert "revenue by year: 2026: 12,000.00" in ended.stdout
    assert "Created Date: dates like 9/1/2026 are read as in Last Modified Date: month first" in ended.stdout
    assert last_line(ended) == "read: 5 opportunity_changed"
    assert "csv_thousands_us.csv:5: is in EUR, and reports are in DKK: convert it" in ended.stderr


def test_in_danish_for_danish_readers() -> None:
    ended = run("--dry-run", DATA / "tables" / "csv_thousands_us.csv", web=WebSettings(language="da"))
    assert "omsætning 12.000,00, åbent 48.210,50, vægtet 36.157,88" in ended.stdout
    assert "er i EUR, og rapporterne er i DKK: omregn den" in ended.stderr


def test_a_dry_run_for_machines() -> None:
    ended = run("--dry-run", "--json", DATA / "tables" / "csv_won_without_actual.csv")
    told = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert told["deals"] == {
        "won": 1, "lost": 1, "open": 2, "removed": 0, "revenue": 25_000, "open_value": 55_000, "weighted": 39_000,
    }  # fmt: skip
    assert (told["events"], told["problems"]) == ({"opportunity_changed": 6}, [])
    refused = run("--dry-run", "--json", DATA / "tables" / "csv_stage_case.csv")
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert (told["events"], told["deals"]["won"]) == ({}, 0)
    assert [problem["line"] for problem in told["problems"]] == [2, 2]
    assert "can be read in two ways: day first: 2026-10-01" in told["problems"][0]["reason"]
    assert run("--json", DATA / "events.jsonl").exit_code == 2


def test_an_option_answers_what_a_column_leaves_open() -> None:
    ended = run("--dry-run", "--json", "--date-format", "%d-%m-%Y", DATA / "tables" / "csv_stage_case.csv")
    assert json.loads(ended.stdout)["deals"]["won"] == 2


def test_a_mapping_that_was_saved_reads_the_same(tmp_path: Path) -> None:
    saved, table = tmp_path / "ours.toml", DATA / "tables" / "csv_two_date_kinds.csv"
    first = run("--dry-run", "--json", "--save-mapping", saved, table)
    second = run("--dry-run", "--json", "--mapping", saved, table)
    assert json.loads(first.stdout)["deals"] == json.loads(second.stdout)["deals"]
    assert json.loads(second.stdout)["tables"][0]["mapping"] == "given"


def test_a_bad_row_is_told_with_file_and_line_once_a_cause_and_the_others_are_read(tmp_path: Path) -> None:
    table = tmp_path / "deals.csv"
    lines = (DATA / "deals.csv").read_bytes().splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith((b"D-5", b"D-6"))]
    more = [lines[8].replace(b"D-8", b"D-%d" % number) for number in (20, 21, 22)]
    table.write_bytes(b"".join([*kept, *more]))
    ended = run("--dry-run", table, "--mapping", DATA / "deals.toml")
    assert ended.exit_code == 1
    assert last_line(ended) == "read: 5 opportunity_changed"
    told = ended.stderr.splitlines()
    assert f"{table}:7: Sælger: must not be empty (4 x: 7, 9, 10, 11)" in told
    assert told[-1] == "Error: left out, each for the reason above: 7 records"
    assert len(told) == 5


def test_nothing_is_sent_of_a_table_of_which_a_column_does_not_fit() -> None:
    ended = run("--dry-run", DATA / "deals.csv", "--mapping", DATA / "deals.toml")
    assert ended.exit_code == 1
    assert last_line(ended) == "read: nothing"
    assert f"{DATA / 'deals.csv'}:6: Anslået: must hold numbers" in ended.stderr


def test_what_a_worker_would_refuse_is_told_before_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    first, *rest = (DATA / "events.jsonl").read_text().splitlines()
    path.write_text("\n".join([first.replace("2026-09-14", "2001-09-14"), *rest]))
    ended = run("--dry-run", path)
    assert ended.exit_code == 1
    assert f"{path}:1: call_started_at: 2001-09-14 08:30 is before " in ended.stderr
    euros = run(
        "--dry-run", DATA / "dataverse.json", "--currency", "DKK", reporting=ReportingSettings(currency="EUR")
    )
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
    assert run("--dry-run", DATA / "dataverse.json").stdout == "read: 4 opportunity_changed\n"
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


def test_a_call_id_of_one_s_own_goes_before_the_file_s() -> None:
    assert (
        run("--dry-run", DATA / "zoom.vtt", *TOLD, "--call-id", "mine", "--seller-speaker", "x").exit_code
        == 1
    )
    ended = run("--dry-run", DATA / "zoom.vtt", DATA / "teams.vtt", "--call-id", "mine")
    assert ended.exit_code == 2
    assert "--call-id is for one file" in ended.stderr
    for options in (("--dry-run",), (DATA / "zoom.vtt",), ("--call-id", "mine")):
        assert run("--watch", DATA, *options).exit_code == 2


def test_a_thousand_values_of_one_fault_are_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(
        "".join(f'{{"type":"activity_logged","duration_minutes":-{number}}}\n' for number in range(1, 1001))
    )
    ended = run(path, "--dry-run")
    assert ended.exit_code == 1
    assert len(ended.stderr.splitlines()) == 22  # twenty of them, the others in one, and the end
    assert "(980 x: 21, 22, 23, 24, 25, 26, …)" in ended.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4\n\xe2\xe3", "of no known format"),
        (b"Anna Lund: Hi there.\n", "of no known format"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_table_and_no_transcript_is_not_told_as_a_table(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    ended = run(path, "--dry-run")
    assert ended.exit_code == 1
    assert said in ended.stderr
    assert "table that can be read in two ways" not in ended.stderr
