"""When `make` compiles the analyses anew: after each change of what is compiled, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = "processors/old.py"
INSTALLER = """#!/bin/sh
case "$*" in
    -V) echo Python 3.13.0 ;;
    *"pip "*) mkdir -p build/compiled.new/processors && cp processors/*.py build/compiled.new/processors ;;
esac
"""
"""Stands for the environment's Python, whose pip takes a minute to compile: what is tried here is `make`."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("schemas", "processors", "clickhouse", "streams", "grafana", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    for name in (
        SOURCE,
        "processors/kept.py",
        "setup.py",
        "pyproject.toml",
        "requirements.lock",
        "requirements-dev.lock",
    ):
        (tmp_path / name).write_text("1")
    python = tmp_path / ".venv/bin/python"
    python.write_text(INSTALLER)
    python.chmod(0o755)
    for marker in ("installed", "installed-dev"):
        (tmp_path / ".venv" / marker).touch()
    assert compiles(tmp_path)
    return tmp_path


def compiles(checkout: Path) -> bool:
    """Whether `make` compiles."""
    told = subprocess.run(
        ["make", "build/compiled"], cwd=checkout, check=True, capture_output=True, text=True, timeout=60
    )
    return "Compiling" in told.stdout


def moved(checkout: Path) -> None:
    (checkout / SOURCE).rename(checkout / "processors/new.py")


def removed(checkout: Path) -> None:
    (checkout / SOURCE).unlink()


def changed_within_its_time(checkout: Path) -> None:
    times = (checkout / SOURCE).stat()
    (checkout / SOURCE).write_text("2")
    os.utime(checkout / SOURCE, ns=(times.st_atime_ns, times.st_mtime_ns))


def added_from_long_ago(checkout: Path) -> None:
    (checkout / "processors/new.py").write_text("2")
    os.utime(checkout / "processors/new.py", (0, 0))


@pytest.mark.parametrize("change", [moved, removed, changed_within_its_time, added_from_long_ago])
def test_it_compiles_after_each_change_of_a_source(change: Callable[[Path], None], checkout: Path) -> None:
    change(checkout)

    assert compiles(checkout)
    there = {path.name for path in (checkout / "processors").iterdir()}
    assert {path.name for path in (checkout / "build/compiled/processors").iterdir()} == there


def test_it_does_not_where_nothing_is_changed(checkout: Path) -> None:
    (checkout / SOURCE).touch()
    (checkout / "tests").mkdir()

    assert not compiles(checkout)


def test_one_that_was_broken_off_is_begun_again(checkout: Path) -> None:
    shutil.rmtree(checkout / "build/compiled")
    (checkout / "build/compiled.new").mkdir()

    assert compiles(checkout)
    assert not (checkout / "build/compiled.new").exists()
