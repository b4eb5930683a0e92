"""The command line is there at once, lists its commands, and ends in a sentence rather than in a traceback."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest
from aiokafka.errors import UnknownTopicOrPartitionError

from streams import cli
from streams.config.section import SettingsError

ROOT = Path(cli.__file__).parents[2]
Failing = Callable[[BaseException], None]

HEAVY = ("faust", "aiokafka", "chdb", "nicegui", "clickhouse_connect", "pydantic", "vaderSentiment")


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"],
            **{f"SALGSPULS_{name.upper()}": value for name, value in env.items()},
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def main(arguments: Sequence[str]) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.alone
def test_help_is_there_within_half_a_second() -> None:
    took = []
    for _ in range(3):
        started = time.monotonic()
        assert run("--help").returncode == 0
        took.append(time.monotonic() - started)
    assert min(took) < 0.5


def test_a_file_whose_name_is_no_utf8_is_described(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"m\xf8de.csv")
    path.write_text("Id;Owner;Name;Stage;Amount\n1;A;B;Proposal;900,50\n")
    code = f"from streams.cli import main; main(['import', {str(path)!r}, '--dry-run'])"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60
    )
    assert (shown.returncode, b"m\\udcf8de.csv: " in shown.stdout) == (0, True), shown


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import sys
from streams.cli import main
try:
    main(["--help"])
except SystemExit:
    print([name for name in {HEAVY} if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_help_lists_every_command_with_what_it_is_for() -> None:
    shown = run("--help").stdout
    for commands in cli.COMMANDS.values():
        for name, summary in commands.items():
            assert f"  {name} " in shown
            assert summary.split()[0] in shown


@pytest.mark.parametrize("name", [name for commands in cli.COMMANDS.values() for name in commands])
def test_every_command_explains_itself_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    group = isinstance(cli.cli.get_command(click.Context(cli.cli), name), click.Group)
    assert group or "Example" in shown
    assert "Usage: salgspuls " in shown


def test_the_modules_of_the_commands_load_nothing_heavy_before_they_run() -> None:
    names = [path.stem for path in (ROOT / "streams" / "cli").glob("*.py") if not path.stem.startswith("__")]
    code = f"""
import importlib, sys
for name in {names}:
    importlib.import_module(f"streams.cli.{{name}}")
print([name for name in {HEAVY} if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("salgspuls ")


def test_wrong_usage_says_what_is_right() -> None:
    ended = run("demo", "--prot", "1")
    assert ended.returncode == 2
    assert "--port" in ended.stderr


def test_wrong_settings_end_in_sentences() -> None:
    ended = run("settings", kafka_security="SASL", web_port="0")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.splitlines()[0].startswith("Error: SALGSPULS_KAFKA_SECURITY: ")
    assert "SALGSPULS_WEB_PORT: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_settings_are_shown_redacted_in_the_form_of_their_file(tmp_path: Path) -> None:
    path = tmp_path / "salgspuls.toml"
    path.write_text('[clickhouse]\nwriter_password = "hunter2"\n[web]\nport = 9000\n')
    shown = run("--config", str(path), "settings", web_language="da").stdout
    assert "hunter2" not in shown
    assert 'writer_password = "**********"' in shown
    assert "port = 9000  # not the default" in shown
    assert 'language = "da"  # not the default' in shown
    again = tmp_path / "again.toml"
    again.write_text(shown)
    assert run("--config", str(again), "settings").stdout == shown


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Makes the command `settings` raise."""
    command = importlib.import_module("streams.cli.settings").command

    def fail_with(error: BaseException) -> None:
        def fail(_session: object) -> None:
            raise error

        monkeypatch.setattr(command, "callback", click.pass_obj(fail))

    return fail_with


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SettingsError("SALGSPULS_X: no such setting"), 1, "Error: SALGSPULS_X: no such setting\n"),
        (
            UnknownTopicOrPartitionError(),
            1,
            "Error: Kafka: the topic does not exist: run `salgspuls topics ensure` (UnknownTopicOrPartitionError)\n",
        ),
        (click.ClickException("no tracker 'x'"), 1, "Error: no tracker 'x'\n"),
        (
            ZeroDivisionError("division by zero"),
            70,
            "Error: ZeroDivisionError: division by zero\nThis should not",
        ),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(
    error: Exception, code: int, said: str, failing: Failing, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(error)
    assert main(["settings"]) == code
    assert capsys.readouterr().err.startswith(said)


def test_debug_shows_where_an_error_came_from(failing: Failing) -> None:
    failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        cli.main(["--debug", "settings"])


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_is_no_error(
    error: BaseException, failing: Failing, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(error)
    assert main(["settings"]) == 130
    assert capsys.readouterr().err.strip() == ""


def test_a_reader_that_has_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "streams.cli", "settings"],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.stderr == ""
