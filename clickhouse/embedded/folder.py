"""The data folder: made private, and held by one process at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clickhouse.embedded.config import EmbeddedError


@contextmanager
def held(path: Path) -> Iterator[tuple[Path, Path]]:
    """Hold the data folder and give, in it, the engine's folder and an empty one for rows on their way into it.

    The lock is the operating system's: it goes with its process, however that ends. Raises EmbeddedError when another
    process has it, or when the folder cannot be written.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedError(f"data folder {path} cannot be used: {error.strerror}") from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 32, 0).decode(errors="replace").strip()
            raise EmbeddedError(
                f"data folder {path} is in use by process {holder or '(unknown)'}; stop it or choose another folder"
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        engine, incoming = path / "engine", path / "incoming"
        engine.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(incoming, ignore_errors=True)  # a process that was killed leaves rows behind
        incoming.mkdir(mode=0o700)
        yield engine, incoming
    finally:
        os.close(lock)
