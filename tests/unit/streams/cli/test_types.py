"""What commands take besides text and numbers."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from streams.cli import analyze, import_
from streams.cli.types import RegularFile


@pytest.fixture(params=["pipe", "/dev/zero", "/dev/null", "link"])
def endless(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What is there and can be opened, and is no file."""
    path = tmp_path / "deals.csv"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "link":
        path.symlink_to("/dev/zero")
    else:
        path = Path(request.param)
    return path


def test_a_file_is_taken_also_by_a_link_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "deals.csv", tmp_path / "link.csv"
    file.write_text("a;b")
    link.symlink_to(file)

    assert RegularFile().convert(str(file), None, None) == file
    assert RegularFile().convert(str(link), None, None) == link


@pytest.mark.timeout(10)
def test_a_pipe_or_a_device_is_refused_before_it_is_opened(endless: Path) -> None:
    with pytest.raises(click.BadParameter, match=f"'{endless}' is a pipe or a device.*save"):
        RegularFile().convert(str(endless), None, None)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "command",
    [
        (import_.command, "{}"),
        (import_.command, "--seller-list", "{}"),
        (import_.command, "--mapping", "{}"),
        (analyze.command, "{}"),
        (analyze.command, "--trackers", "{}"),
    ],
)
def test_every_command_that_reads_files_refuses_it(
    command: tuple[click.Command, *tuple[str, ...]], endless: Path
) -> None:
    program, *arguments = command
    with pytest.raises(click.BadParameter, match="is a pipe or a device"):
        program.make_context("salgspuls", [each.format(endless) for each in arguments])
