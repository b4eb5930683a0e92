"""Opens a workbook in a process whose memory and time are bounded: what bursts there must not burst here.

One cell in the last corner of a sheet makes a reader reserve half a terabyte, and the process ends without a word. This
file is that process's program, too. It runs by its path: as a module it would load all importers first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MAX_BYTES = 3 * 1024 * 1024 * 1024
MAX_SECONDS = 300.0
_UNREADABLE = 3


def opens(path: Path) -> bool:
    """Whether a workbook can be opened, or refused, within the bounds; who reads it tells what is wrong with it."""
    try:
        ended = subprocess.run(  # noqa: S603 - this Python, and this file
            [sys.executable, "-P", __file__, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode in (0, _UNREADABLE)


def _bound_memory() -> None:
    """Where the system knows how."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    except (ImportError, ValueError, OSError):
        pass


def _open(path: str) -> int:
    """Opens all sheets, and returns the exit code of the process."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        return 0
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name)
    except CalamineError:
        return _UNREADABLE
    return 0


if __name__ == "__main__":
    _bound_memory()
    sys.exit(_open(sys.argv[1]))
