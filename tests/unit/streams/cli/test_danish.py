"""The help of import, trackers and doctor in Danish: all of it, of options that there are, and wrong usage as well."""

from __future__ import annotations

import copy
import importlib

import click
import pytest

from streams import cli
from streams.cli.danish import HELP, translated


def _command(path: str) -> click.Command:
    first, *rest = path.split()
    module = importlib.import_module(f"streams.cli.{'import_' if first == 'import' else first}")
    command: click.Command = module.command
    for name in rest:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


@pytest.mark.parametrize("path", HELP)
def test_every_option_that_has_a_help_has_a_danish_one(path: str) -> None:
    options = {each.name for each in _command(path).params if isinstance(each, click.Option) and each.help}
    assert HELP[path].options.keys() == options


def test_help_is_danish_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = translated(copy.deepcopy(_command("doctor")), "doctor")
    with pytest.raises(SystemExit):
        command.main(["--help"], prog_name="salgspuls doctor")
    told = capsys.readouterr().out
    assert told.startswith("Brug: salgspuls doctor [VALG]")
    for part in ("Slutkode 1", "Valgmuligheder:", "Ét JSON-array", "Vis denne hjælp, og slut."):
        assert part in told
    for english in ("Usage", "Options", "Show this"):
        assert english not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import"], "Fejl: angiv de filer, der skal importeres, eller en mappe med --watch"),
        (["import", "/nowhere"], "Fejl: [FILES]...: /nowhere findes ikke"),
        (["import", "/dev/zero"],
         "Fejl: [FILES]...: /dev/zero er et rør (pipe) eller en enhed og ikke en fil: gem først indholdet som en fil"),
        (["import", "--dryrun", "x"], "Fejl: der er ingen valgmulighed --dryrun; mente du --dry-run?"),
        (["import", "--revision", "x"], "Fejl: --revision: x er ikke et tal"),
        (["import", "--wait"], "Fejl: valgmuligheden --wait skal have en værdi"),
        (["trackers", "add", "--name", "a", "--kind", "b"], "Fejl: --kind: b er ikke en af 'keyword', 'competitor'"),
        (["trackers", "add", "--name", "a"], "Fejl: --kind mangler; vælg mellem keyword, competitor"),
        (["trackers", "find"], "Fejl: der er ingen kommando find"),
        (["doctor", "x"], "Fejl: for mange argumenter (x)"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_danish(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SALGSPULS_WEB_LANGUAGE", "da")
    monkeypatch.setattr(
        "streams.cli.danish.translated", lambda command, _path: command
    )  # commands are everybody's
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == said
