"""The examples in docs/importing.md do what they say: files are written, commands run, lines compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli.import_ import command
from streams.cli.session import Session
from streams.config.clickhouse import ClickHouseSettings
from streams.config.settings import Settings

GUIDE = Path(__file__).parents[3] / "docs" / "importing.md"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = _BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
COMMANDS = [
    (lines.splitlines()[0], lines.splitlines()[1:])
    for kind, _, text in BLOCKS
    if kind == "console"
    for lines in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
]


@pytest.mark.parametrize(("typed", "said"), COMMANDS, ids=[typed for typed, _ in COMMANDS])
def test_an_example_says_what_the_guide_says(
    typed: str, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _, name, content in BLOCKS:
        if name:
            (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    program, subcommand, *arguments = shlex.split(typed)
    assert (program, subcommand) == ("salgspuls", "import")
    session = Session()
    session.__dict__["settings"] = Settings(
        clickhouse=ClickHouseSettings(segments_days=7300, calls_days=7300, aggregates_days=7300)
    )
    ended = CliRunner().invoke(command, arguments, obj=session)
    shown = ended.output.splitlines()
    for line in said:
        assert line in shown, ended.output


def test_the_guide_has_an_example_of_each_door() -> None:
    names = {name for _, name, _ in BLOCKS if name}
    assert {
        "hubspot.csv",
        "activities.csv",
        "sellers.csv",
        "periods.csv",
        "salesforce.jsonl",
        "dataverse.jsonl",
    } <= names
