"""`salgspuls simulate` as far as it goes without Kafka."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schemas.events import CallEnded, CallStarted, OpportunityChanged, SellerChanged, parse
from streams.cli import cli
from streams.simulator import World

UNTIL = "2026-11-24T10:30:00+01:00"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["simulate", *arguments])


def test_the_history_of_a_world_is_written_as_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"

    outcome = simulate("--seed", "3", "--history-days", "2", "--until", UNTIL, "--to-file", str(path))

    assert outcome.exit_code == 0, outcome.output
    written = [parse(line) for line in path.read_bytes().splitlines()]
    assert written == [event for _, event in World.create(3, NOW, days=2).history(end=NOW)]
    assert {SellerChanged, CallStarted, CallEnded, OpportunityChanged} <= {type(event) for event in written}


def test_it_is_written_to_standard_output_too() -> None:
    outcome = simulate("--history-days", "0", "--density", "0.05", "--until", UNTIL, "--to-file", "-")

    assert outcome.exit_code == 0
    assert parse(outcome.stdout_bytes.splitlines()[0]).type == "seller_changed"


def test_money_is_in_the_reporting_currency(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALGSPULS_REPORTING_CURRENCY", "EUR")

    outcome = simulate("--history-days", "1", "--density", "0.1", "--until", UNTIL, "--to-file", "-")

    changes = [
        event
        for event in map(parse, outcome.stdout_bytes.splitlines())
        if isinstance(event, OpportunityChanged)
    ]
    assert {change.currency for change in changes} == {"EUR"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--until", UNTIL], "--until is for --no-live or --to-file"),
        (
            ["--until", "2026-11-24T09:30:00", "--no-live"],
            "no time with a zone; write it as 2026-11-24T09:30:00Z",
        ),
        (["--to-file", "-", "--poison", "0.1"], "they need Kafka, not a file"),
        (["--spike", "Vest"], "no such team; there are Nord, Syd, Øst, International"),
        (["--duration", "5"], "no time span; write it as 90s, 10m or 2h"),
        (["--density", "0"], "not in the range"),
    ],
)
def test_what_cannot_be_is_refused_with_a_word_on_what_can(arguments: list[str], said: str) -> None:
    outcome = simulate(*arguments)

    assert outcome.exit_code == 2
    assert said in outcome.output
