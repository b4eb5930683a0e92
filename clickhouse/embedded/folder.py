"""The data folder: made private, and held by one process at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clickhouse.embedded.config import EmbeddedError


@contextmanager
def held(path: Path) -> Iterator[tuple[Path, Path]]:
    """Hold the data folder and give, in it, the engine's folder and an empty one for rows on their way into it.

    The lock is the operating system's: it goes with its process, however that ends. Raises EmbeddedError when another
    process has it, or when the folder cannot be written.
    """
    with ExitStack() as stack:
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            stack.enter_context(FileLock(path / "lock", timeout=0, mode=0o600))
        except Timeout:
            holder = (path / "lock").read_text(encoding="utf-8", errors="replace").strip()
            raise EmbeddedError(
                f"data folder {path} is in use by process {holder or '(unknown)'}; stop it or choose another folder"
            ) from None
        except OSError as error:
            raise EmbeddedError(f"data folder {path} cannot be used: {error.strerror}") from None
        (path / "lock").write_text(f"{os.getpid()}\n", encoding="utf-8")
        engine, incoming = path / "engine", path / "incoming"
        engine.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(incoming, ignore_errors=True)  # a process that was killed leaves rows behind
        incoming.mkdir(mode=0o700)
        yield engine, incoming
