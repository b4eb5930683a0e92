"""A data folder has one holder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clickhouse.embedded.config import EmbeddedError
from clickhouse.embedded.folder import held


def test_the_second_holder_is_told_who_is_the_first(tmp_path: Path) -> None:
    with (
        held(tmp_path),
        pytest.raises(EmbeddedError, match=f"{tmp_path} is in use by process {os.getpid()}"),
        held(tmp_path),
    ):
        pass
    with held(tmp_path):
        pass


def test_a_lock_file_without_a_holder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("99999\n and more than there was\n")
    with held(tmp_path):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_rows_that_a_killed_process_left_are_removed(tmp_path: Path) -> None:
    with held(tmp_path) as (engine, incoming):
        (incoming / "rows").write_text("x")
        (engine / "table").write_text("x")
    with held(tmp_path) as (engine, incoming):
        assert list(incoming.iterdir()) == []
        assert (engine / "table").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(EmbeddedError, match="file/data cannot be used: Not a directory"),
        held(tmp_path / "file" / "data"),
    ):
        pass
