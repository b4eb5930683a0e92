"""Which demos run on this machine, so that a command in another terminal finds the one that does.

Each running demo has a file of its own in the user's state folder: its settings, and the process that it lives by.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
from platformdirs import user_state_path

from streams.config.settings import Settings

_FOLDER = "demos"


def folder() -> Path:
    """Where running demos are noted."""
    return user_state_path("salgspuls") / _FOLDER


@contextlib.contextmanager
def registered(settings: Settings) -> Iterator[None]:
    """Note a demo of this process while the block lasts. A home that cannot be written to is no reason not to run."""
    path = folder() / f"{os.getpid()}.json"
    entry = {
        "pid": os.getpid(),
        "started": psutil.Process().create_time(),
        "settings": settings.as_environment(),
    }
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(json.dumps(entry), encoding="utf-8")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def running() -> Settings | None:
    """The settings of the demo that was started last and still runs; None when none does."""
    with contextlib.suppress(OSError):
        for path in sorted(folder().glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True):
            if (settings := _alive(path)) is not None:
                return settings
    return None


def _alive(path: Path) -> Settings | None:
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        if psutil.Process(entry["pid"]).create_time() == entry["started"]:
            return Settings.load(env=entry["settings"])
    except psutil.NoSuchProcess:
        pass
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    with contextlib.suppress(OSError):
        path.unlink()  # it was killed
    return None
