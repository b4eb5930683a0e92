"""What people read of the settings is what the program does."""

from __future__ import annotations

from streams.config.section import env_name
from streams.config.settings import Settings, sections
from streams.config.settings_docs import CHECKOUT, env_example, in_readme, settings_page

REMEDY = "stale: run `python -m streams.config.settings_docs`"


def names() -> list[str]:
    return [env_name(section, name) for section, kind in sections().items() for name in kind.model_fields]


def test_the_committed_page_is_current() -> None:
    assert (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page(), REMEDY


def test_the_committed_example_is_current() -> None:
    assert (CHECKOUT / ".env.example").read_text(encoding="utf-8") == env_example(), REMEDY


def test_the_tables_in_the_readme_are_current() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert in_readme(readme) == readme, REMEDY


def test_every_setting_has_its_row() -> None:
    rows = [line for line in settings_page().splitlines() if line.startswith("| `SALGSPULS_")]
    assert [row.split("`")[1] for row in rows] == names()
    assert all(row.count(" | ") == 3 and row.rstrip("| ").endswith((".", ".)")) for row in rows)


def test_the_example_with_its_comments_taken_off_gives_the_defaults() -> None:
    pairs = [line.removeprefix("# ").partition("=") for line in env_example().splitlines() if "=" in line]
    given = {name: value for name, _, value in pairs}
    assert set(names()) <= given.keys()
    assert Settings.load(env=given) == Settings()
