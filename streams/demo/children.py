"""Child processes of a parent that goes on running: they log to files, die with it, and are found after its crash."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import psutil
from filelock import FileLock, Timeout

from streams.errors import SalgspulsError

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

_RECORD = "children.jsonl"
_KILL_SECONDS = 5.0


class FolderTakenError(SalgspulsError):
    """The folder cannot be used; the text says why and what to do."""


def _die_with_parent() -> None:
    # runs between fork and exec: nothing here may allocate or take a lock
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


DIES_WITH_PARENT: Callable[[], None] | None = None if _LIBC is None else _die_with_parent
"""`preexec_fn` of a child that on Linux ends with the thread that started it, however that ends."""


def start_logged(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a child that dies with its parent and appends all that it says to `log`.

    It has a session of its own: Ctrl-C at the terminal reaches its parent only, which stops it in order.
    """
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - the command is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            start_new_session=True,
            preexec_fn=DIES_WITH_PARENT,
        )


class Child:
    """A named process that logs to a file and dies with its parent (see `start_logged`)."""

    def __init__(self, name: str, command: Sequence[str], log: Path, env: Mapping[str, str]) -> None:
        self.name = name
        self.log = log
        self._process = start_logged(command, log, env)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to end."""
        if self.exit_code is None:
            self._process.terminate()

    def finish(self, seconds: float) -> None:
        """Wait for its end; when that does not come, and for what it started itself, end it by force."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(seconds, 0))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


class Folder:
    """A folder that one parent at a time works in, emptied when it begins, where it notes its children."""

    def __init__(self, path: Path, record: TextIO) -> None:
        self.path = path
        self._record = record

    def note(self, name: str, pid: int) -> None:
        """Note a child, so that the next parent can end it should this one be killed."""
        self._record.write(json.dumps({"name": name, "pid": pid, "started": started(pid)}) + "\n")
        self._record.flush()


@contextlib.contextmanager
def held_folder(path: Path) -> Iterator[Folder]:
    """Take the folder: nobody else can until the block ends or the process does. What was in it is deleted.

    Children that a killed parent left are ended first. Raises FolderTakenError when somebody else has it, when it
    holds what no parent has put there, or when nobody can work in it.
    """
    with contextlib.ExitStack() as held:
        try:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()) and not (path / _RECORD).exists():
                raise FolderTakenError(
                    f"{path} holds files of yours, and all in the folder would be deleted: choose another"
                )
            held.enter_context(FileLock(path / _RECORD, timeout=0))
            record = held.enter_context((path / _RECORD).open("a+", encoding="utf-8"))
        except Timeout:
            raise FolderTakenError(
                f"{path} is in use by another run: end that one, or choose another folder"
            ) from None
        except OSError as error:
            raise FolderTakenError(f"{path}: {error.strerror or error}: choose another folder") from None
        for child in _left_over(path, record):
            _end(child)
        _empty(path)
        record.truncate(0)
        yield Folder(path, record)


def started(pid: int) -> float | None:
    """When a process started, in seconds since 1970, to tell it from a later one of its number; None: none."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None


@dataclass(frozen=True, slots=True)
class _Noted:
    """A child as an earlier parent noted it."""

    name: str
    pid: int
    started: float


def _left_over(path: Path, record: TextIO) -> list[_Noted]:
    """The children in the record. Raises FolderTakenError when no parent wrote it: what lies beside it is not ours."""
    record.seek(0)
    try:
        lines = record.read().split("\n")
        noted = [
            _noted(line) for line in lines[:-1]
        ]  # its parent may have been killed while it wrote the last one
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise FolderTakenError(
            f"{path / _RECORD} is not this program's record, and all in the folder would be deleted: "
            "move the file away, or choose another folder"
        ) from None
    return [child for child in noted if child is not None]


def _noted(line: str) -> _Noted | None:
    """A line of the record, None for one of a child that had ended before it was noted. Raises for anything else."""
    fields = json.loads(line)
    name, pid, begun = fields["name"], fields["pid"], fields["started"]
    if not isinstance(name, str) or type(pid) is not int or not 0 < pid < 1 << 31:
        raise ValueError(line)
    return None if begun is None else _Noted(name, pid, float(begun))


def _end(child: _Noted) -> None:
    if started(child.pid) != child.started:
        return  # it has ended, and its number may be a stranger's now
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(child.pid)
        process.kill()
        try:
            process.wait(_KILL_SECONDS)
        except psutil.TimeoutExpired:
            raise FolderTakenError(
                f"process {child.pid} ({child.name}) of an earlier run does not end"
            ) from None


def _empty(path: Path) -> None:
    """Delete all but the record; of a link the link alone."""
    for each in path.iterdir():
        try:
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            elif each.name != _RECORD:
                each.unlink()
        except OSError as error:
            raise FolderTakenError(
                f"{each} cannot be deleted: {error.strerror or error}: delete it, or choose another folder"
            ) from None
