"""`salgspuls users`: who may sign in is written to a file, shown without passwords, and taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grafana.web.users import matches, read
from streams.cli import cli

PASSWORD = "correct horse battery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "users.toml"


def users(path: Path, *arguments: str, given: str = f"{PASSWORD}\n{PASSWORD}\n") -> Result:
    return CliRunner().invoke(cli, ["users", *arguments, "--file", str(path)], input=given)


def test_a_user_is_added_changed_and_removed(path: Path) -> None:
    added = users(path, "add", "anna", "--level", "manager", "--team", "Nord", "--team", 'Øst\'s "B"')
    assert added.exit_code == 0, added.output
    assert PASSWORD not in added.output
    first = read(path)
    assert first.by_name["anna"].teams == ("Nord", 'Øst\'s "B"')
    assert matches(PASSWORD, first.by_name["anna"].password)
    assert users(path, "add", "tv", "--level", "wall").exit_code == 0
    assert users(path, "add", "anna", "--level", "admin").exit_code == 0
    second = read(path)
    assert second.secret == first.secret, "others stay signed in"
    assert second.by_name["anna"].level == "admin"
    shown = users(path, "list")
    assert shown.output == "anna: admin\ntv: wall\n"
    assert users(path, "remove", "anna").exit_code == 0
    assert read(path).by_name.keys() == {"tv"}
    assert "no user anna" in users(path, "remove", "anna").output


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (["x", "--level", "manager"], f"{PASSWORD}\n{PASSWORD}\n", "at least one team"),
        (["x", "--level", "admin", "--team", "Nord"], f"{PASSWORD}\n{PASSWORD}\n", "leave the teams out"),
        (["x", "--level", "admin"], "short\nshort\n", "at least 10 characters"),
        (["a b", "--level", "admin"], f"{PASSWORD}\n{PASSWORD}\n", "letters, digits"),
        (["x", "--level", "boss"], "", "boss"),
    ],
)
def test_what_cannot_be_a_user_is_told_and_nothing_is_written(
    path: Path, arguments: list[str], given: str, told: str
) -> None:
    said = users(path, "add", *arguments, given=given)
    assert said.exit_code == 2
    assert told in said.output
    assert not path.exists()


def test_without_a_file_it_says_which_settings_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALGSPULS_WEB_USERS", raising=False)
    said = CliRunner().invoke(cli, ["users", "list"])
    assert said.exit_code == 2
    assert "SALGSPULS_WEB_USERS" in said.output
